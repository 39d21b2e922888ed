// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/entryview.h"

#include "ui/common/theme.h"
#include "ui/postmortem/celldelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTimer>

#include <set>

namespace postlude {

EntryView::EntryView(EntryModel& model, int wide, QWidget* parent)
    : QTableView(parent)
    , model_(model)
    , wide_(wide) {
    setModel(&model);
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setWordWrap(true);
    setSelectionBehavior(SelectRows);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setTabKeyNavigation(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(1);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // Queued: the view has then taken in the rows itself.
    const auto later = [this] { QTimer::singleShot(0, this, &EntryView::fit); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, later);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, later);
    connect(&model, &QAbstractItemModel::dataChanged, this, later);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, later);
    connect(this, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (isLink(index)) Q_EMIT linkActivated(index.row());
    });
    later();
}

bool EntryView::isLink(const QModelIndex& index) const {
    return index.isValid() && index.data(CellRole).toInt() == int(CellStyle::Link) &&
           !index.data(Qt::DisplayRole).toString().isEmpty();
}

void EntryView::addRow() {
    const int row =
        model_.addAfter(currentIndex().isValid() ? currentIndex().row() : model_.rowCount() - 1);
    if (row < 0) return;
    reveal(row);
    edit(model_.index(row, wide_));
}

std::vector<int> EntryView::chosenRows() const {
    std::set<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedIndexes())
        rows.insert(index.row());
    if (rows.empty() && currentIndex().isValid()) rows.insert(currentIndex().row());
    return {rows.begin(), rows.end()};
}

void EntryView::removeRows() {
    std::vector<int> rows = chosenRows();
    if (rows.empty()) return;
    const int stay = rows.front();
    model_.removeAt(std::move(rows));
    if (model_.rowCount() > 0) reveal(std::min(stay, model_.rowCount() - 1));
}

void EntryView::moveRow(int by) {
    if (!currentIndex().isValid()) return;
    const int column = currentIndex().column();
    const int row = model_.moveBy(currentIndex().row(), by);
    setCurrentIndex(model_.index(row, column));
}

void EntryView::reveal(int row) {
    setCurrentIndex(model_.index(row, wide_));
    setFocus();
}

void EntryView::act(const QModelIndex& index) {
    if (isLink(index))
        Q_EMIT linkActivated(index.row());
    else if (index.isValid())
        edit(index);
}

void EntryView::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() == Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Insert:
        return addRow();
    case Qt::Key_Delete:
        return removeRows();
    case Qt::Key_Up:
        if (alt) return moveRow(-1);
        break;
    case Qt::Key_Down:
        if (alt) return moveRow(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return act(currentIndex());
    case Qt::Key_Tab:
    case Qt::Key_Backtab: {
        // Out of the table at its ends, so that Tab is no trap.
        const bool back = event->key() == Qt::Key_Backtab;
        const QModelIndex here = currentIndex();
        const bool first = here.row() <= 0 && here.column() <= 0;
        const bool last =
            here.row() == model_.rowCount() - 1 && here.column() == model_.columnCount() - 1;
        if (!here.isValid() || (back ? first : last)) {
            focusNextPrevChild(!back);
            return;
        }
        break;
    }
    default:
        break;
    }
    if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo))
        return event->ignore();
    QTableView::keyPressEvent(event);
}

void EntryView::focusOutEvent(QFocusEvent* event) {
    QTableView::focusOutEvent(event);
    viewport()->update();
}

/// The page scrolls, not the table.
void EntryView::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

bool EntryView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool link = isLink(indexAt(mouse->position().toPoint()));
        viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
    return QTableView::viewportEvent(event);
}

void EntryView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) fit();
}

/// Columns as wide as what is in them, the wide one takes the rest; rows as tall as they need.
/// Of all columns but the wide one. Where there is little room the text keeps half of it, and
/// the others break; but no head and no short word is cut as long as two tenths are left.
std::vector<int> EntryView::widthsIn(int room) const {
    const int most = std::max(room / 4, 80), word = fontMetrics().averageCharWidth() * 16;
    const auto count = std::size_t(model_.columnCount());
    std::vector<int> widths(count, 0), least(count, 0);
    int taken = 0, needed = 0;
    for (int column = 0; column < model_.columnCount(); ++column) {
        if (column == wide_) continue;
        const auto i = std::size_t(column);
        const int head = horizontalHeader()->sectionSizeHint(column);
        const int wish = model_.rowCount() == 0 ? 0 : sizeHintForColumn(column);
        widths[i] = std::max(std::min(std::max(wish, head), most), head);
        // Names of files and prose break well; times and kinds do not.
        const QModelIndex top = model_.index(0, column);
        const bool breaks =
            top.data(CellRole).toInt() == int(CellStyle::Link) || top.data(SpelledRole).toBool();
        least[i] = std::min(widths[i], std::max(head, breaks ? word * 5 / 8 : word));
        taken += widths[i];
        needed += least[i];
    }
    const int limit = std::max(room / 2, std::min(needed, room * 8 / 10));
    if (taken <= limit) return widths;
    std::vector<int> out(count, 0);
    int others = 0;
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = needed >= limit ? least[i] * limit / std::max(needed, 1)
                                 : least[i] + (widths[i] - least[i]) * (limit - needed) /
                                                  std::max(taken - needed, 1);
        others += out[i];
    }
    // Prose in another column that gave most of its room away gets some from the first.
    for (std::size_t i = 0; i < count; ++i) {
        const int wide = room - others;
        const bool prose = model_.index(0, int(i)).data(SpelledRole).toBool();
        if (prose && widths[i] >= most && out[i] < std::min(wide, most))
            out[i] += (wide - out[i]) / 3;
    }
    return out;
}

void EntryView::fit() {
    if (fitting_) return;
    fitting_ = true;
    const int room = viewport()->width();
    const std::vector<int> widths = widthsIn(room);
    int others = 0;
    for (int column = 0; column < model_.columnCount(); ++column) {
        if (column == wide_) continue;
        setColumnWidth(column, widths[std::size_t(column)]);
        others += widths[std::size_t(column)];
    }
    setColumnWidth(wide_, std::max(room - others, 60));
    resizeRowsToContents();
    updateGeometry();
    setFixedHeight(sizeHint().height());
    fitting_ = false;
}

QSize EntryView::sizeHint() const {
    const int rows = verticalHeader()->length();
    return {640, horizontalHeader()->sizeHint().height() + rows + 2};
}

QSize EntryView::minimumSizeHint() const {
    return {fontMetrics().height() * 8, sizeHint().height()};
}

} // namespace postlude
