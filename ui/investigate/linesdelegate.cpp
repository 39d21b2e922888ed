// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/linesdelegate.h"

#include "ui/common/rowmodel.h"
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"

#include <QPainter>
#include <QTableView>

namespace postlude {

namespace {

constexpr int kSquare = 9;
constexpr int kPad = 6;

bool isMono(int column) {
    return column != LinesModel::Source && column != LinesModel::Server;
}

/// Behind what was searched, wherever it is in the text.
void paintFound(QPainter* painter, const QRect& place, const QString& text, int side,
                const QRegularExpression& searched) {
    if (!searched.isValid()) return;
    const QFontMetrics metrics(painter->font());
    const int begin =
        side == Qt::AlignRight ? place.right() + 1 - metrics.horizontalAdvance(text) : place.left();
    QColor behind = Theme::current().warning;
    behind.setAlphaF(0.35F);
    for (auto found = searched.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const int from = metrics.horizontalAdvance(text.left(match.capturedStart()));
        const int to = metrics.horizontalAdvance(text.left(match.capturedEnd()));
        painter->fillRect(begin + from, place.top() + 2, to - from, place.height() - 3, behind);
    }
}

} // namespace

void LinesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const Theme& theme = Theme::current();
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(option.rect, selected ? theme.selection : theme.surface);
    painter->setPen(theme.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    QRect place = option.rect.adjusted(kPad, 0, -kPad, -1);
    // Whose line it is shows before its text where the column of the sources is hidden.
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    const bool square =
        index.column() == LinesModel::Source ||
        (index.column() == LinesModel::Text && view && view->isColumnHidden(LinesModel::Source));
    if (const QVariant colour = index.data(ColourRole); square && colour.isValid()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour.value<QColor>());
        painter->drawRoundedRect(
            QRectF(place.left(), place.center().y() - kSquare / 2.0 + 0.5, kSquare, kSquare), 2, 2);
        place.setLeft(place.left() + kSquare + 6);
    }
    painter->setFont(isMono(index.column()) ? theme.mono() : option.font);
    const QFontMetrics metrics(painter->font());
    const QVariant mark = index.column() == LinesModel::Time ? index.data(MarkRole) : QVariant{};
    if (mark.isValid()) {
        painter->setPen(mark.value<QColor>());
        painter->drawText(
            place.adjusted(metrics.horizontalAdvance(QStringLiteral("00:00:00.000 ")), 0, 0, 0),
            Qt::AlignVCenter, QStringLiteral("★"));
    }
    const QVariant tone = index.data(ToneRole);
    painter->setPen(tone.isValid() ? tone.value<QColor>() : theme.text);
    // Of addresses in one network the end differs.
    const auto elide = index.column() == LinesModel::Server ? Qt::ElideLeft : Qt::ElideRight;
    const QString text = metrics.elidedText(index.data().toString(), elide, place.width());
    const QVariant align = index.data(Qt::TextAlignmentRole);
    const int side = align.isValid() ? Qt::AlignRight : Qt::AlignLeft;
    if (const auto* lines = qobject_cast<const LinesView*>(option.widget))
        paintFound(painter, place, text, side, lines->searched());
    painter->drawText(place, side | Qt::AlignVCenter | Qt::TextSingleLine, text);
    painter->restore();
}

QSize LinesDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {80, option.fontMetrics.height() + 8};
}

} // namespace postlude
