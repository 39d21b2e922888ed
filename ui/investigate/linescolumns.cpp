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
    settleRowHeight();
    fittedDates_ = model_->dateDigits();
    std::array<int, LinesModel::Columns> widths{};
    int usual = 0;
    for (int column = 0; column < LinesModel::Columns; ++column) {
        const QString title =
            model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int named = std::max(horizontalHeader()->sectionSizeHint(column),
                                   head.horizontalAdvance(title) + 2 * kPad);
        const int date = column == LinesModel::Time ? fittedDates_ : 0;
        widths[static_cast<std::size_t>(column)] = std::max(
            mono.horizontalAdvance(QString(digitsOf(column) + date, QLatin1Char('0'))) + kPad,
            named);
        if (column == LinesModel::Text) continue;
        setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
        if (column < LinesModel::kUsualColumns) usual += widths[static_cast<std::size_t>(column)];
    }
    if (chosen_) return;
    // With large text in a small window the text of a line is worth more than its server's name.
    const int room = viewport()->width() - kTextDigits * digit;
    for (const int column : {LinesModel::Server, LinesModel::Took, LinesModel::Source}) {
        // What was written says the server and how long it took.
        const bool told = writtenRows_ > 0 && column != LinesModel::Source;
        const bool hide = told || usual > room;
        setColumnHidden(column, hide);
        if (hide) usual -= widths[static_cast<std::size_t>(column)];
    }
}

/// Lines of another day need another column of times.
void LinesView::fitDates() {
    if (!chosen_ && fittedDates_ != model_->dateDigits()) fitColumns();
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

/// All rows are of one height: there may be millions of them.
void LinesView::settleRowHeight() {
    const int height = writtenRows_ > 0
                           ? writtenRows_ * QFontMetrics(Theme::current().mono()).lineSpacing() + 8
                           : std::max(24, QFontMetrics(QApplication::font()).height() + 8);
    setRowHeight(height);
}

void LinesView::setWrittenRows(int rows) {
    rows = std::clamp(rows, 0, kMostWrittenRows);
    if (rows > 0) writtenLast_ = rows;
    if (std::exchange(writtenRows_, rows) == rows) return;
    const bool seen = viewport()->rect().intersects(visualRect(currentIndex()));
    model_->setWritten(rows > 0);
    fitColumns();
    viewport()->update();
    if (seen) scrollTo(currentIndex(), EnsureVisible);
}

void LinesView::chooseWrittenRows(int rows) {
    arrangement_->change(rows > 0 ? tr("Lines as written") : tr("Lines in columns"),
                         [&] { setWrittenRows(rows); });
}

void LinesView::toggleWritten() {
    chooseWrittenRows(writtenRows_ > 0 ? 0 : writtenLast_);
}

void LinesView::chooseColourBy(ColourBy by) {
    arrangement_->change(tr("Colour rows"), [&] { model_->setColourBy(by); });
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

/// The columns with how times are written, what rows are coloured by and how high they are, to take
/// changes back.
QByteArray LinesView::arranged() const {
    const auto digit = [](auto choice) { return char('0' + static_cast<int>(choice)); };
    return QByteArray{} + digit(model_->times()) + digit(model_->colourBy()) + digit(writtenRows_) +
           columnsState();
}

void LinesView::arrangeAs(const QByteArray& state) {
    restoreColumns(state.mid(3));
    setTimes(static_cast<LinesModel::Times>(state[0] - '0'));
    model_->setColourBy(static_cast<ColourBy>(state[1] - '0'));
    setWrittenRows(state[2] - '0');
}

void LinesView::settleColumns() {
    arrangement_->settle();
}

} // namespace postlude
