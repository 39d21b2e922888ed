// SPDX-License-Identifier: GPL-3.0-or-later
// Which columns the lines have and how wide they are: as the user has chosen them, else as many of
// the usual ones as leave room for the text.
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"

#include <QApplication>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <array>

namespace postlude {

namespace {

constexpr int kTextDigits = 26; ///< that the text is worth before any other column

/// In digits, by what usually stands in them.
int digitsOf(int column) {
    switch (column) {
    case LinesModel::Time:
        return 15;
    case LinesModel::Status:
        return 9; // "EMERGENCY"
    case LinesModel::Took:
        return 9;
    case LinesModel::Source:
    case LinesModel::Server:
    case LinesModel::Number:
    case LinesModel::Bytes:
    case LinesModel::Method:
        return 12;
    default:
        return 18;
    }
}

} // namespace

/// Wide enough for its head in any case.
void LinesView::fitColumns() {
    const QScopedValueRollback<bool> guard(fitting_, true);
    const QFontMetrics mono(Theme::current().mono()), head(Theme::current().small());
    const int digit = mono.horizontalAdvance(QLatin1Char('0'));
    constexpr int kPad = 12;
    verticalHeader()->setDefaultSectionSize(
        std::max(24, QFontMetrics(QApplication::font()).height() + 8));
    std::array<int, LinesModel::Columns> widths{};
    int usual = 0;
    for (int column = 0; column < LinesModel::Columns; ++column) {
        const QString title =
            model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int named = std::max(horizontalHeader()->sectionSizeHint(column),
                                   head.horizontalAdvance(title) + 2 * kPad);
        widths[static_cast<std::size_t>(column)] = std::max(digit * digitsOf(column) + kPad, named);
        if (column == LinesModel::Text) continue;
        setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
        if (column < LinesModel::kUsualColumns) usual += widths[static_cast<std::size_t>(column)];
    }
    if (chosen_) return;
    // With large text in a small window the text of a line is worth more than its server's name.
    const int room = viewport()->width() - kTextDigits * digit;
    for (const int column : {LinesModel::Server, LinesModel::Took, LinesModel::Source}) {
        const bool hide = usual > room;
        setColumnHidden(column, hide);
        if (hide) usual -= widths[static_cast<std::size_t>(column)];
    }
}

void LinesView::columnsTouched() {
    if (fitting_ || !horizontalHeader()->underMouse()) return;
    arrangement_->touched(tr("Arrange columns"));
    chosen_ = true;
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
}

/// A new one stands before the text, which takes what room is left.
void LinesView::showColumn(int column, bool on) {
    QHeaderView* header = horizontalHeader();
    chosen_ = true;
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setColumnHidden(column, !on);
    if (on && column > LinesModel::Text)
        header->moveSection(header->visualIndex(column), header->visualIndex(LinesModel::Text));
    header->moveSection(header->visualIndex(LinesModel::Text), LinesModel::Columns - 1);
}

void LinesView::resetColumns() {
    QHeaderView* header = horizontalHeader();
    chosen_ = false;
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (int column = 0; column < LinesModel::Columns; ++column) {
        header->moveSection(header->visualIndex(column), column);
        setColumnHidden(column, column >= LinesModel::kUsualColumns);
    }
    header->moveSection(header->visualIndex(LinesModel::Text), LinesModel::Columns - 1);
    setTimes(LinesModel::Times::Absolute);
    style();
}

QByteArray LinesView::columnsState() const {
    return chosen_ ? horizontalHeader()->saveState() : QByteArray{};
}

void LinesView::restoreColumns(const QByteArray& state) {
    const QScopedValueRollback<bool> guard(fitting_, true);
    if (state.isEmpty() || !horizontalHeader()->restoreState(state)) return resetColumns();
    chosen_ = true;
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    horizontalHeader()->show();
}

/// The columns with how times are written, to take changes back.
QByteArray LinesView::arranged() const {
    return char('0' + static_cast<int>(model_->times())) + columnsState();
}

void LinesView::arrangeAs(const QByteArray& state) {
    restoreColumns(state.mid(1));
    setTimes(static_cast<LinesModel::Times>(state.front() - '0'));
}

void LinesView::settleColumns() {
    arrangement_->settle();
}

} // namespace postlude
