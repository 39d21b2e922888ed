// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/chart.h"
#include "core/postmortem/wording.h"
#include "ui/common/session.h"
#include "ui/common/shown.h"
#include "ui/postmortem/markedlist.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>

namespace postlude {

namespace {

/// The lines a bookmark points at; the moment alone if it has none.
std::vector<Evidence> linesOf(const Bookmark& mark, const Query& query) {
    if (!mark.record) return {};
    const Result<RecordRow> row = query.record(*mark.record);
    if (!row) return {};
    for (const SourceInfo& source : query.sources()) {
        if (source.id != row->source) continue;
        Evidence lines;
        lines.source = source.path;
        lines.firstLine = row->line;
        lines.lastLine = row->line + row->lines - 1;
        return {lines};
    }
    return {};
}

const char* const kPieceType = "application/x-postlude-piece";

} // namespace

EvidenceTray::EvidenceTray(Document& document, QWidget* parent)
    : MarkedList(parent)
    , document_(document) {
    setObjectName(QStringLiteral("evidenceTray"));
    setAccessibleName(tr("Evidence tray"));
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    connect(this, &QListWidget::itemActivated, this, [this] {
        if (const Piece* piece = current()) Q_EMIT entryWanted(*piece);
    });
    connect(&document, &Document::analysisChanged, this, &EvidenceTray::refresh);
}

void EvidenceTray::setSession(Session* session) {
    if (session_) session_->disconnect(this);
    session_ = session;
    if (session) connect(session, &Session::bookmarksChanged, this, &EvidenceTray::refresh);
    refresh();
}

void EvidenceTray::refresh() {
    clear();
    pieces_.clear();
    if (session_) {
        const auto marks = session_->caseFile().bookmarks();
        for (const Bookmark& mark : marks ? *marks : std::vector<Bookmark>{}) {
            const QString note = shownWhole(mark.note);
            const QString when =
                QString::fromStdString(session_->selection().zone().timeOfDay(mark.at, 0));
            add({mark.at, note.isEmpty() ? when : note, linesOf(mark, session_->query())},
                QStringLiteral("★ "));
        }
    }
    const Analysis* analysis = document_.analysis();
    if (const Incident* meant = analysis ? incidentMeant(document_.now(), *analysis) : nullptr) {
        const Incident& incident = *meant;
        for (const ChartKind kind : {ChartKind::Share, ChartKind::Errors, ChartKind::Latency}) {
            Evidence chart;
            chart.chart = std::string(nameOf(kind));
            chart.window = chartWindow(incident, analysis->span.to);
            add({incident.impactStart, QString::fromStdString(std::string(titleOf(kind))), {chart}},
                QStringLiteral("▤ "));
        }
    }
    fit();
    setVisible(count() > 0);
}

void EvidenceTray::add(const Piece& piece, const QString& sign) {
    auto* its = new QListWidgetItem(sign + piece.text, this);
    its->setData(PayloadRole, int(pieces_.size()));
    its->setToolTip(tr("Enter adds it to the timeline; drag it onto an entry to attach it"));
    pieces_.push_back(piece);
}

const EvidenceTray::Piece* EvidenceTray::current() const {
    const QListWidgetItem* its = currentItem();
    return its ? &pieces_[std::size_t(its->data(PayloadRole).toInt())] : nullptr;
}

void EvidenceTray::contextMenuEvent(QContextMenuEvent* event) {
    const Piece* piece = current();
    if (!piece) return;
    const Piece chosen = *piece; // the menu may outlive a refresh
    QMenu menu(this);
    QAction* add = menu.addAction(tr("Add to the timeline"));
    QAction* attach = menu.addAction(tr("Attach to the selected entry"));
    QAction* show = menu.addAction(tr("Show in Investigate"));
    add->setEnabled(!document_.isReadOnly());
    attach->setEnabled(!document_.isReadOnly() && !chosen.evidence.empty());
    show->setEnabled(session_ && !chosen.evidence.empty());
    const QAction* picked = menu.exec(event->globalPos());
    if (picked == add) Q_EMIT entryWanted(chosen);
    if (picked == attach) Q_EMIT attachWanted(chosen);
    if (picked == show && session_) Q_EMIT session_->evidenceRequested(chosen.evidence.front());
}

QStringList EvidenceTray::mimeTypes() const {
    return {QLatin1String(kPieceType)};
}

/// The evidence goes as JSON of an entry, so that the timeline need not know the tray.
QMimeData* EvidenceTray::mimeData(const QList<QListWidgetItem*>& items) const {
    if (items.isEmpty()) return nullptr;
    const Piece& piece = pieces_[std::size_t(items.front()->data(PayloadRole).toInt())];
    Postmortem carrier;
    carrier.timeline.push_back(
        {piece.at, {}, EntryKind::Action, piece.text.toStdString(), piece.evidence});
    auto* data = new QMimeData;
    data->setData(QLatin1String(kPieceType), QByteArray::fromStdString(toJson(carrier)));
    return data;
}

} // namespace postlude
