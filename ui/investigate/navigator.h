// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse does on anything with a time axis: wheel zooms around the pointer, a drag selects
// a window, Shift or the middle button pans, a click sets the moment. One for all of them.
#pragma once

#include "ui/common/selection.h"
#include "ui/investigate/timescale.h"

#include <QPoint>
#include <QTimer>

class QMouseEvent;
class QWheelEvent;
class QWidget;

namespace postlude {

class TimeNavigator : public QObject {
    Q_OBJECT
public:
    explicit TimeNavigator(QObject* parent = nullptr);
    void setSelection(Selection* selection);
    /// The widget's whole width is on the shared axis (see TimeScale::across).
    /// What is pressed in its upper `head` pixels (property "head") is its own.
    void watch(QWidget* widget);

    /// While the cursor is not locked it follows the mouse.
    void setLocked(bool locked);
    [[nodiscard]] bool locked() const { return locked_; }
    /// The moment under the mouse, wherever it is.
    [[nodiscard]] std::optional<Instant> hovered() const { return hovered_; }
    /// What a drag under way would select.
    [[nodiscard]] std::optional<Window> band() const { return band_; }

    void zoom(double factor); ///< around the cursor if it is in view, else the middle
    void pan(double screens); ///< by that share of the window
    void showAll();

Q_SIGNALS:
    void hoverChanged();
    void bandChanged();
    void lockChanged();
    void clicked(QWidget* where, postlude::Instant at, const QPoint& position);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Drag : std::uint8_t { None, Pressed, Band, Pan };
    [[nodiscard]] TimeScale scale(const QWidget* widget) const;
    bool wheel(QWidget* widget, QWheelEvent* event);
    bool press(const QWidget* widget, QMouseEvent* event);
    bool move(QWidget* widget, QMouseEvent* event);
    bool release(QWidget* widget, QMouseEvent* event);
    void hover(std::optional<Instant> at);
    void setBand(std::optional<Window> band);

    Selection* selection_ = nullptr;
    QTimer settle_; ///< makes one step of the history of many turns of the wheel
    Drag drag_ = Drag::None;
    QPoint pressed_;
    Window dragged_;
    std::optional<Instant> hovered_;
    std::optional<Window> band_;
    bool locked_ = true;
};

} // namespace postlude
