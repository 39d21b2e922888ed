// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/chart.h"
#include "core/postmortem/wording.h"
#include "ui/common/session.h"
#include "ui/common/shown.h"
#include "ui/findings/evidencetext.h"
#include "ui/postmortem/markedlist.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>

namespace postlude {

namespace {

/// The lines a bookmark points at, or its window; nothing of a moment alone.
std::vector<Evidence> shownBy(const Bookmark& mark, const BookmarkLook& look, const Query& query) {
    if (look.until && *look.until > mark.at)
        return {Evidence{{}, 0, 0, std::string(nameOf(ChartKind::Errors)), {mark.at, *look.until}}};
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

} // namespace

EvidenceTray::EvidenceTray(Document& document, QWidget* parent)
    : MarkedList(parent)
    , document_(document) {
    setObjectName(QStringLiteral("evidenceTray"));
    setAccessibleName(tr("Evidence tray"));
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    connect(this, &QListWidget::itemActivated, this, [this] {
        if (const EvidencePiece* piece = current()) Q_EMIT entryWanted(*piece);
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
            add({mark.at, note.isEmpty() ? when : note,
                 shownBy(mark, session_->lookOf(mark.id), session_->query())},
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

void EvidenceTray::add(const EvidencePiece& piece, const QString& sign) {
    auto* its = new QListWidgetItem(sign + piece.text, this);
    its->setData(PayloadRole, int(pieces_.size()));
    its->setToolTip(
        tr("Enter adds it to the timeline; drag it onto an entry or into a text to attach it"));
    pieces_.push_back(piece);
}

const EvidencePiece* EvidenceTray::current() const {
    const QListWidgetItem* its = currentItem();
    return its ? &pieces_[std::size_t(its->data(PayloadRole).toInt())] : nullptr;
}

void EvidenceTray::contextMenuEvent(QContextMenuEvent* event) {
    const EvidencePiece* piece = current();
    if (!piece) return;
    const EvidencePiece chosen = *piece; // the menu may outlive a refresh
    QMenu menu(this);
    QAction* add = menu.addAction(tr("Add to the timeline"));
    QAction* attach = menu.addAction(tr("Attach to the sentence or entry chosen last"));
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
    return {pieceType()};
}

QMimeData* EvidenceTray::mimeData(const QList<QListWidgetItem*>& items) const {
    if (items.isEmpty()) return nullptr;
    return packPiece(pieces_[std::size_t(items.front()->data(PayloadRole).toInt())]);
}

void EvidenceTray::addPieces(QMenu& menu, const std::function<void(const EvidencePiece&)>& take) {
    const auto add = [&](const EvidencePiece& piece, const QString& text) {
        menu.addAction(menuText(text), this, [take, piece] { take(piece); });
    };
    if (const auto line = session_ ? selectedPiece(*session_) : std::nullopt)
        add(*line, tr("The selected line, %1").arg(linkText(line->evidence.front())));
    for (int i = 0; i < count(); ++i)
        if (const EvidencePiece& piece = pieces_[std::size_t(i)]; !piece.evidence.empty())
            add(piece, item(i)->text());
}

} // namespace postlude
