// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/fieldgrid.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTimer>
#include <algorithm>

namespace postlude {

namespace {

// In heights of a line of text.
constexpr int kWideFrom = 38;
constexpr int kNarrowFrom = 27;

} // namespace

FieldGrid::FieldGrid(QWidget* parent)
    : QWidget(parent)
    , grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    // Never wider than its pane, whatever stands in it.
    setMinimumWidth(fontMetrics().height() * 8);
}

void FieldGrid::addField(const QString& text, QWidget* field, QWidget* check, Room room) {
    auto* label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field);
    field->setParent(this);
    field->setAccessibleName(text);
    if (check) check->setParent(this);
    fields_.push_back({label, field, check, room});
    arrange();
}

void FieldGrid::showField(const QWidget* field, bool shown) {
    const auto found = std::ranges::find(fields_, field, &Field::field);
    if (found == fields_.end() || found->field->isHidden() != shown) return;
    found->label->setVisible(shown);
    found->field->setVisible(shown);
}

FieldGrid::Shape FieldGrid::wanted() const {
    const int lines = width() / std::max(fontMetrics().height(), 1);
    return lines >= kWideFrom ? Shape::Wide : lines >= kNarrowFrom ? Shape::Narrow : Shape::Column;
}

void FieldGrid::arrange() {
    while (QLayoutItem* item = grid_->takeAt(0))
        delete item;
    shape_ = wanted();
    const bool column = shape_ == Shape::Column;
    int widest = 0;
    for (const Field& field : fields_)
        widest = std::max(widest, field.label->sizeHint().width());
    grid_->setColumnMinimumWidth(
        0, column ? 0 : std::max(widest, fontMetrics().horizontalAdvance(tr("Requests failed"))));
    grid_->setColumnStretch(0, column ? 1 : 0);
    grid_->setColumnStretch(1, column ? 0 : 3);
    grid_->setColumnStretch(2, 0);
    grid_->setColumnStretch(3, shape_ == Shape::Wide ? 2 : 0);
    int row = 0;
    bool second = false;
    for (const Field& field : fields_)
        place(field, row, second);
}

/// `second`: half of the row is taken.
void FieldGrid::place(const Field& f, int& row, bool& second) {
    if (shape_ == Shape::Column) {
        grid_->addWidget(f.label, row++, 0);
        grid_->addWidget(f.field, row++, 0);
        if (f.check) grid_->addWidget(f.check, row++, 0);
        return;
    }
    const bool wide = shape_ == Shape::Wide;
    if (second && (f.room != Room::Half || !wide)) {
        ++row;
        second = false;
    }
    const bool half = f.room == Room::Half && wide;
    const auto side = qobject_cast<QPlainTextEdit*>(f.field) ? Qt::AlignTop : Qt::AlignVCenter;
    const int at = second ? 2 : 0;
    grid_->addWidget(f.label, row, at, side);
    grid_->addWidget(f.field, row, at + 1, 1, half ? 1 : wide && f.check ? 1 : 3);
    if (f.check && wide)
        grid_->addWidget(f.check, row, 2, 1, 2);
    else if (f.check)
        grid_->addWidget(f.check, ++row, 1, 1, 3);
    if (half && !second) {
        second = true;
        return;
    }
    second = false;
    ++row;
}

void FieldGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (wanted() != shape_) QTimer::singleShot(0, this, &FieldGrid::arrange);
}

void FieldGrid::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) QTimer::singleShot(0, this, &FieldGrid::arrange);
}

} // namespace postlude
