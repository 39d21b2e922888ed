// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/timelinesection.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/evidencetext.h"
#include "ui/postmortem/evidencepiece.h"
#include "ui/postmortem/flowlayout.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace postlude {

TableSection::TableSection(Document& document, EntryModel& model, EntryView* view,
                           const QString& addText, const QString& emptyText, QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , view_(view)
    , buttons_(new FlowLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* empty = new QLabel(emptyText, this);
    setRole(empty, "muted");
    empty->setWordWrap(true);
    column->addWidget(view);
    column->addWidget(empty);
    column->addLayout(buttons_);
    const QString noun = view->objectName() == QStringLiteral("taskTable")
                             ? QStringLiteral("Task")
                             : QStringLiteral("Entry");
    const auto name = [&](const char* verb) { return QLatin1String(verb) + noun; };
    connect(addButton(addText, tr("Ins"), qPrintable(name("add"))), &QPushButton::clicked, view,
            &EntryView::addRow);
    connect(addButton(tr("Remove"), tr("Del"), qPrintable(name("remove"))), &QPushButton::clicked,
            view, &EntryView::removeRows);
    connect(addButton(QStringLiteral("↑"), tr("Move up (Alt+Up)"), qPrintable(name("moveUp"))),
            &QPushButton::clicked, view, [view] { view->moveRow(-1); });
    connect(
        addButton(QStringLiteral("↓"), tr("Move down (Alt+Down)"), qPrintable(name("moveDown"))),
        &QPushButton::clicked, view, [view] { view->moveRow(1); });
    const auto shown = [view, empty, &model] {
        view->setVisible(model.rowCount() > 0);
        empty->setVisible(model.rowCount() == 0);
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, shown);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, shown);
    shown();
}

QPushButton* TableSection::addButton(const QString& text, const QString& tip, const char* name) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAccessibleName(text.size() == 1 ? tip : text);
    setRole(button, "quiet");
    button->setEnabled(!document_.isReadOnly());
    connect(&document_, &Document::accessChanged, button,
            [this, button] { button->setEnabled(!document_.isReadOnly()); });
    buttons_->addWidget(button);
    return button;
}

TimelineView::TimelineView(TimelineModel& model, QWidget* parent)
    : EntryView(model, TimelineModel::Text, parent)
    , timeline_(model) {
    setObjectName(QStringLiteral("timelineTable"));
    setAccessibleName(tr("Timeline"));
    setAcceptDrops(true);
    setDragDropMode(DropOnly);
    connect(this, &EntryView::linkActivated, this, &TimelineView::follow);
    // After the view itself has taken them in.
    const auto later = [this] { QTimer::singleShot(0, this, &TimelineView::hideOthers); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, later);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, later);
    connect(&model, &QAbstractItemModel::dataChanged, this, later);
}

void TimelineView::mergeRows() {
    std::vector<int> rows = chosenRows();
    if (rows.size() == 1) rows.push_back(rows.front() + 1);
    if (const int row = timeline_.merge(rows); row >= 0) reveal(row);
}

void TimelineView::splitRow() {
    if (!currentIndex().isValid()) return;
    if (const int row = timeline_.split(currentIndex().row()); row >= 0) reveal(row);
}

void TimelineView::attach(const std::vector<Evidence>& evidence) {
    for (const Evidence& e : evidence)
        timeline_.attach(currentIndex().row(), e);
}

void TimelineView::showKind(std::optional<EntryKind> kind) {
    kind_ = kind;
    hideOthers();
}

void TimelineView::hideOthers() {
    bool changed = false;
    for (int row = 0; row < timeline_.rowCount(); ++row) {
        const bool other = kind_ && timeline_.entry(row).kind != *kind_;
        if (isRowHidden(row) == other) continue;
        setRowHidden(row, other);
        changed = true;
    }
    if (changed) fit();
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const bool joins = event->key() == Qt::Key_J;
    if (joins && event->modifiers() == Qt::ControlModifier) return mergeRows();
    if (joins && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) return splitRow();
    EntryView::keyPressEvent(event);
}

/// One piece of evidence is shown at once; of several one is chosen.
void TimelineView::follow(int row) {
    const std::vector<Evidence> all = timeline_.entry(row).evidence;
    if (all.size() == 1) Q_EMIT evidenceRequested(all.front());
    if (all.size() < 2) return;
    QMenu menu(this);
    for (const Evidence& e : all)
        menu.addAction(menuText(fullText(e)), this, [this, e] { Q_EMIT evidenceRequested(e); });
    menu.exec(viewport()->mapToGlobal(
        visualRect(model()->index(row, TimelineModel::Links)).bottomLeft()));
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = currentIndex();
    if (!index.isValid()) return;
    const int row = index.row();
    const std::vector<Evidence> all = timeline_.entry(row).evidence;
    const bool may =
        timeline_.flags(index.siblingAtColumn(TimelineModel::Text)) & Qt::ItemIsEditable;
    QMenu menu(this);
    for (const Evidence& e : all)
        menu.addAction(menuText(tr("Show %1").arg(fullText(e))), this,
                       [this, e] { Q_EMIT evidenceRequested(e); });
    for (std::size_t i = 0; may && i < all.size(); ++i)
        menu.addAction(menuText(tr("Take %1 away").arg(fullText(all[i]))), this,
                       [this, row, i] { timeline_.detach(row, i); });
    if (may) {
        if (!all.empty()) menu.addSeparator();
        menu.addAction(tr("Add entry below"), this, &EntryView::addRow);
        menu.addAction(tr("Remove entry"), this, &EntryView::removeRows);
        menu.addAction(chosenRows().size() > 1 ? tr("Merge entries") : tr("Merge with the next"),
                       QKeySequence(Qt::CTRL | Qt::Key_J), this, &TimelineView::mergeRows);
        menu.addAction(tr("Split after the first sentence"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J), this,
                       &TimelineView::splitRow);
        menu.addAction(tr("Sort by time"), &timeline_, &TimelineModel::sortByTime);
    }
    if (!menu.isEmpty()) menu.exec(event->globalPos());
}

void TimelineView::dragEnterEvent(QDragEnterEvent* event) {
    if (holdsPiece(event->mimeData())) event->acceptProposedAction();
}

void TimelineView::dragMoveEvent(QDragMoveEvent* event) {
    if (holdsPiece(event->mimeData())) event->acceptProposedAction();
}

/// On an entry: its evidence. Below them: an entry of its own.
void TimelineView::dropEvent(QDropEvent* event) {
    const auto piece = pieceIn(event->mimeData(), timeline_.session());
    if (!piece) return;
    const QModelIndex on = indexAt(event->position().toPoint());
    if (on.isValid())
        for (const Evidence& e : piece->evidence)
            timeline_.attach(on.row(), e);
    else if (piece->at != Instant{})
        timeline_.addAt(piece->at, piece->text, piece->evidence);
    event->acceptProposedAction();
}

} // namespace postlude
