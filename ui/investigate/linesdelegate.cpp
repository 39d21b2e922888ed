// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/linesdelegate.h"

#include "ui/common/rowmodel.h"
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <QTextLayout>

namespace postlude {

namespace {

constexpr int kSquare = 9;
constexpr int kPad = 6;
constexpr int kEdge = 4; // of the row's colour

bool isMono(int column) {
    return column != LinesModel::Source && column != LinesModel::Server;
}

QColor foundFill() {
    QColor behind = Theme::current().warning;
    behind.setAlphaF(0.35F);
    return behind;
}

/// Behind what was searched, wherever it is in the text.
void paintFound(QPainter* painter, const QRect& place, const QString& text, int side,
                const QRegularExpression& searched) {
    if (!searched.isValid()) return;
    const QFontMetrics metrics(painter->font());
    const int begin =
        side == Qt::AlignRight ? place.right() + 1 - metrics.horizontalAdvance(text) : place.left();
    const QColor behind = foundFill();
    for (auto found = searched.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const int from = metrics.horizontalAdvance(text.left(match.capturedStart()));
        const int to = metrics.horizontalAdvance(text.left(match.capturedEnd()));
        painter->fillRect(begin + from, place.top() + 2, to - from, place.height() - 3, behind);
    }
}

/// Behind what was searched in one row of a text that goes over several.
void paintFoundIn(QPainter* painter, const QTextLine& line, const QRect& place, const QString& text,
                  const QRegularExpression& searched) {
    if (!searched.isValid()) return;
    const int begin = line.textStart(), end = begin + line.textLength();
    for (auto found = searched.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const int from = std::max(begin, int(match.capturedStart()));
        const int to = std::min(end, int(match.capturedEnd()));
        if (from >= to) continue;
        const double left = line.cursorToX(from), right = line.cursorToX(to);
        painter->fillRect(QRectF(place.left() + left, place.top(), right - left, place.height()),
                          foundFill());
    }
}

/// As many rows of it as have room; the last one says that there is more.
void paintWrapped(QPainter* painter, const QRect& place, const QString& whole,
                  const QRegularExpression& searched) {
    const QFontMetrics metrics(painter->font());
    const int high = metrics.lineSpacing(), rows = std::max(1, place.height() / high);
    // Only what may be seen is laid out.
    const qsizetype most = (rows + 1) * (place.width() / metrics.horizontalAdvance(u'0') + 1);
    const QString text = whole.left(most);
    QTextLayout layout(text, painter->font(), painter->device());
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAnywhere);
    layout.setTextOption(wrap);
    layout.beginLayout();
    for (int row = 0; row < rows; ++row)
        if (QTextLine line = layout.createLine(); line.isValid()) line.setLineWidth(place.width());
    layout.endLayout();
    for (int row = 0; row < layout.lineCount(); ++row) {
        const QTextLine line = layout.lineAt(row);
        const QRect there(place.left(), place.top() + row * high, place.width(), high);
        paintFoundIn(painter, line, there, text, searched);
        const bool more = row + 1 == rows && line.textStart() + line.textLength() < whole.size();
        QString part = text.mid(line.textStart(), more ? -1 : line.textLength());
        part.replace(QChar::LineSeparator, more ? QChar(0x240A) : QChar(u' '));
        painter->drawText(there, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          more ? metrics.elidedText(part, Qt::ElideRight, there.width()) : part);
    }
}

/// At the left edge of the row, whichever column stands there.
void paintEdge(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
               const QColor& colour) {
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (!view || view->horizontalHeader()->sectionPosition(index.column()) > 0) return;
    painter->fillRect(option.rect.adjusted(0, 0, kEdge - option.rect.width(), -1), colour);
}

bool isHidden(const QStyleOptionViewItem& option, int column) {
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    return view && view->isColumnHidden(column);
}

/// What the row is coloured by, where no column says it.
QString untold(const QStyleOptionViewItem& option, const QModelIndex& index) {
    const QString by = index.data(LinesModel::ColouredByRole).toString();
    const bool told = index.siblingAtColumn(LinesModel::Status).data().toString() == by &&
                      !isHidden(option, LinesModel::Status);
    return by.isEmpty() || told ? QString{} : by + QStringLiteral("  ");
}

} // namespace

void LinesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const Theme& theme = Theme::current();
    const bool isText = index.column() == LinesModel::Text;
    painter->save();
    const auto edge = index.data(LinesModel::EdgeRole).value<QColor>();
    const auto fill = index.data(LinesModel::FillRole).value<QColor>();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme.selection);
    else
        painter->fillRect(option.rect, fill.isValid() ? fill : theme.surface);
    painter->setPen(theme.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (edge.isValid()) paintEdge(painter, option, index, edge);
    QRect place = option.rect.adjusted(kPad, 0, -kPad, -1);
    painter->setFont(isMono(index.column()) ? theme.mono() : option.font);
    const QFontMetrics metrics(painter->font());
    // Of a high row the first line of text.
    const auto* lines = qobject_cast<const LinesView*>(option.widget);
    const int rows = lines ? lines->writtenRows() : 0;
    const int high = QFontMetrics(theme.mono()).lineSpacing();
    QRect first = place;
    if (rows > 1) first.setHeight(place.height() - (rows - 1) * high);
    // Whose line it is shows before its text where the column of the sources is hidden.
    const bool square =
        index.column() == LinesModel::Source || (isText && isHidden(option, LinesModel::Source));
    if (const QVariant colour = index.data(ColourRole); square && colour.isValid()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour.value<QColor>());
        painter->drawRoundedRect(
            QRectF(place.left(), first.center().y() - kSquare / 2.0 + 0.5, kSquare, kSquare), 2, 2);
        place.setLeft(place.left() + kSquare + 6);
        first.setLeft(place.left());
    }
    const QVariant mark = index.column() == LinesModel::Time ? index.data(MarkRole) : QVariant{};
    if (mark.isValid()) {
        painter->setPen(mark.value<QColor>());
        painter->drawText(
            first.adjusted(metrics.horizontalAdvance(QStringLiteral("00:00:00.000 ")), 0, 0, 0),
            Qt::AlignVCenter, QStringLiteral("★"));
    }
    auto tone = index.data(ToneRole).value<QColor>();
    if (tone.isValid() && fill.isValid()) tone = toneOnFill(tone);
    painter->setPen(tone.isValid() ? tone : theme.text);
    QString whole =
        index.data(isText && rows > 0 ? int(LinesModel::WrittenRole) : int(Qt::DisplayRole))
            .toString();
    if (isText) whole = untold(option, index) + whole;
    const QRegularExpression searched =
        lines ? lines->searched() : QRegularExpression(QStringLiteral("("));
    if (isText && rows > 0) {
        const QRect text(first.left(), first.top() + (first.height() - high) / 2, first.width(),
                         rows * high);
        paintWrapped(painter, text, whole, searched);
        return painter->restore();
    }
    // Of addresses in one network the end differs.
    const auto elide = index.column() == LinesModel::Server ? Qt::ElideLeft : Qt::ElideRight;
    const QString text = metrics.elidedText(whole, elide, first.width());
    const QVariant align = index.data(Qt::TextAlignmentRole);
    const int side = align.isValid() ? Qt::AlignRight : Qt::AlignLeft;
    paintFound(painter, first, text, side, searched);
    painter->drawText(first, side | Qt::AlignVCenter | Qt::TextSingleLine, text);
    painter->restore();
}

QSize LinesDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {80, option.fontMetrics.height() + 8};
}

} // namespace postlude
