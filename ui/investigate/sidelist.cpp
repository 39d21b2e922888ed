// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/sidelist.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace postlude {

namespace {

constexpr int kSquare = 9;

} // namespace

void SideModel::show(std::vector<SideRow> rows) {
    if (rows == rows_) return;
    const std::size_t count = rows.size();
    setRows(count, [&] { rows_ = std::move(rows); });
}

QVariant SideModel::cell(int row, int, int role) const {
    const SideRow& here = rows_[static_cast<std::size_t>(row)];
    switch (role) {
    case Qt::DisplayRole:
        return here.text;
    case Qt::ToolTipRole:
        return plainTip(here.tip);
    case Qt::AccessibleTextRole:
        return QStringList{here.text, here.note, here.right}.join(QLatin1Char(' '));
    case ColourRole:
        return here.colour.isValid() ? QVariant(here.colour) : QVariant{};
    case ToneRole:
        return here.tone.isValid() ? QVariant(here.tone) : QVariant{};
    case NoteRole:
        return here.note;
    default:
        return {};
    }
}

QString rightOf(const SideRow& row, const QFontMetrics& metrics, int width) {
    const int wide = metrics.horizontalAdvance(row.text) + 8 + metrics.horizontalAdvance(row.right);
    return wide > width && !row.shortRight.isEmpty() ? row.shortRight : row.right;
}

SideFit fitOf(const SideRow& row, const QFontMetrics& metrics, int width) {
    SideFit fit{row.note, rightOf(row, metrics, width)};
    const auto wide = [&metrics](const QString& text, int space) {
        return text.isEmpty() ? 0 : metrics.horizontalAdvance(text) + space;
    };
    const auto fits = [&] {
        return wide(row.text, 0) + wide(fit.note, 5) + wide(fit.right, 8) <= width;
    };
    if (fit.note.isEmpty() || fits()) return fit;
    fit.note = row.note.section(QLatin1Char(' '), 0, 1); // "−3 min" of "−3 min 4 s"
    // A name is known by most of its letters; with fewer the number beside it would be of nobody.
    const int left = width - wide(fit.note, 5) - wide(fit.right, 8);
    if (left < wide(row.text, 0) * 17 / 20) fit.right.clear();
    return fit;
}

void SideDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Theme& theme = Theme::current();
    painter->save();
    painter->setFont(option.font);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    if (option.state.testFlag(QStyle::State_MouseOver) || focused)
        painter->fillRect(option.rect, focused ? theme.selection : theme.grid);
    QRect place = option.rect.adjusted(12, 0, -12, 0);
    const QFontMetrics metrics(option.font);
    const QVariant square = index.data(ColourRole);
    if (square.isValid()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(square.value<QColor>());
        painter->drawRoundedRect(
            QRectF(place.left(), place.center().y() - kSquare / 2.0 + 0.5, kSquare, kSquare), 2, 2);
        place.setLeft(place.left() + kSquare + 6);
    }
    const auto& rows = static_cast<const SideModel*>(index.model())->shownRows();
    const auto [note, right] =
        fitOf(rows[static_cast<std::size_t>(index.row())], metrics, place.width());
    painter->setPen(theme.muted);
    painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter, right);
    if (!right.isEmpty()) place.setRight(place.right() - metrics.horizontalAdvance(right) - 8);
    const int noteWide = note.isEmpty() ? 0 : metrics.horizontalAdvance(note) + 5;
    const QString text = metrics.elidedText(index.data().toString(),
                                            rows[static_cast<std::size_t>(index.row())].elide,
                                            place.width() - noteWide);
    const QVariant tone = index.data(ToneRole);
    painter->setPen(tone.isValid() ? tone.value<QColor>() : theme.text);
    painter->drawText(place, Qt::AlignVCenter | Qt::TextSingleLine, text);
    if (!note.isEmpty()) {
        painter->setPen(theme.warning);
        painter->drawText(place.adjusted(metrics.horizontalAdvance(text) + 5, 0, 0, 0),
                          Qt::AlignVCenter | Qt::TextSingleLine, note);
    }
    painter->restore();
}

QSize SideDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {60, std::max(22, option.fontMetrics.height() + 6)};
}

SideList::SideList(const QString& name, QWidget* parent)
    : QListView(parent)
    , model_(new SideModel(this)) {
    setAccessibleName(name);
    setModel(model_);
    setItemDelegate(new SideDelegate(this));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setUniformItemSizes(true);
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setProperty("role", QByteArray("sections"));
    connect(model_, &QAbstractItemModel::modelReset, this, &QWidget::updateGeometry);
}

QSize SideList::sizeHint() const {
    const int row = model_->rowCount() > 0 ? sizeHintForRow(0) : 0;
    return {180, row * model_->rowCount()};
}

} // namespace postlude
