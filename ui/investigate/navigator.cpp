// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/navigator.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <QWidget>
#include <cmath>

namespace postlude {

namespace {

constexpr int kDragPixels = 4;

} // namespace

TimeNavigator::TimeNavigator(QObject* parent)
    : QObject(parent) {
    settle_.setSingleShot(true);
    settle_.setInterval(350);
    connect(&settle_, &QTimer::timeout, this, [this] {
        if (selection_) selection_->commit();
    });
}

void TimeNavigator::setSelection(Selection* selection) {
    selection_ = selection;
    drag_ = Drag::None;
    setBand({});
    hover({});
}

void TimeNavigator::watch(QWidget* widget) {
    widget->setMouseTracking(true);
    widget->installEventFilter(this);
}

void TimeNavigator::setLocked(bool locked) {
    if (locked == locked_) return;
    locked_ = locked;
    Q_EMIT lockChanged();
}

TimeScale TimeNavigator::scale(const QWidget* widget) const {
    return TimeScale::across(widget->width(), selection_->place().window);
}

bool TimeNavigator::eventFilter(QObject* watched, QEvent* event) {
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!selection_ || !widget || selection_->bounds().empty()) return false;
    switch (event->type()) {
    case QEvent::Wheel:
        return wheel(widget, static_cast<QWheelEvent*>(event));
    case QEvent::MouseButtonPress:
        return press(widget, static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        return move(widget, static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return release(widget, static_cast<QMouseEvent*>(event));
    case QEvent::Leave:
        hover({});
        selection_->endPeek();
        return false;
    default:
        return false;
    }
}

bool TimeNavigator::wheel(QWidget* widget, QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    const bool sideways =
        std::abs(turn.x()) > std::abs(turn.y()) || event->modifiers().testFlag(Qt::ShiftModifier);
    const double steps = (sideways && turn.x() != 0 ? turn.x() : turn.y()) / 120.0;
    const Window window = selection_->place().window;
    if (sideways)
        selection_->glideWindow(
            moved(window, fromSeconds(-steps * 0.1 * seconds(window.length()))));
    else
        selection_->glideWindow(
            zoomed(window, scale(widget).at(event->position().x()), std::pow(0.8, steps)));
    settle_.start();
    event->accept();
    return true;
}

bool TimeNavigator::press(const QWidget* widget, QMouseEvent* event) {
    if (event->pos().y() < widget->property("head").toInt()) return false;
    const bool pans =
        event->button() == Qt::MiddleButton ||
        (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
    if (!pans && event->button() != Qt::LeftButton) return false;
    drag_ = pans ? Drag::Pan : Drag::Pressed;
    pressed_ = event->pos();
    dragged_ = selection_->place().window;
    return true;
}

bool TimeNavigator::move(QWidget* widget, QMouseEvent* event) {
    const TimeScale here = scale(widget);
    const Instant at = here.at(event->position().x());
    hover(here.window.contains(at) ? std::optional(at) : std::nullopt);
    if (drag_ == Drag::Pressed && std::abs(event->pos().x() - pressed_.x()) >= kDragPixels)
        drag_ = Drag::Band;
    if (drag_ == Drag::Band) {
        const Instant from = here.at(pressed_.x());
        setBand(Window{std::min(from, at), std::max(from, at)});
    } else if (drag_ == Drag::Pan) {
        selection_->glideWindow(
            moved(dragged_, here.perPixel() * (pressed_.x() - event->pos().x())));
    } else if (!locked_ && hovered_) {
        selection_->peek(*hovered_);
    }
    return drag_ != Drag::None;
}

bool TimeNavigator::release(QWidget* widget, QMouseEvent* event) {
    const Drag was = std::exchange(drag_, Drag::None);
    const std::optional<Window> chosen = band_;
    setBand({});
    if (was == Drag::Pan) selection_->commit();
    if (was == Drag::Band && chosen) selection_->setWindow(*chosen);
    if (was == Drag::Pressed)
        Q_EMIT clicked(widget, scale(widget).at(event->position().x()), event->pos());
    return was != Drag::None;
}

void TimeNavigator::hover(std::optional<Instant> at) {
    if (at == hovered_) return;
    hovered_ = at;
    Q_EMIT hoverChanged();
}

void TimeNavigator::setBand(std::optional<Window> band) {
    if (band == band_) return;
    band_ = band;
    Q_EMIT bandChanged();
}

void TimeNavigator::zoom(double factor) {
    if (!selection_) return;
    const Window window = selection_->place().window;
    const Instant moment = selection_->place().moment;
    const Instant around = window.contains(moment) ? moment : window.from + window.length() / 2;
    selection_->setWindow(zoomed(window, around, factor));
}

void TimeNavigator::pan(double screens) {
    if (!selection_) return;
    const Window window = selection_->place().window;
    selection_->setWindow(moved(window, fromSeconds(screens * seconds(window.length()))));
}

void TimeNavigator::showAll() {
    if (selection_) selection_->showAll();
}

} // namespace postlude
