// SPDX-License-Identifier: GPL-3.0-or-later
// The whole span at a glance, with the window that everything else shows as a frame to drag.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/timescale.h"

#include <QWidget>
#include <span>

namespace postlude {

/// How many failed or slow requests a full bar stands for. A handful of failures in a whole quiet
/// day should not look like an outage, nor should what fails always, one in thousands: ten at
/// least, and one in fifty of the most there were.
std::uint32_t fullBar(std::span<const Bucket> buckets);

class Overview : public QWidget {
    Q_OBJECT
public:
    explicit Overview(QWidget* parent = nullptr);
    void setSession(Session* session);
    [[nodiscard]] QSize sizeHint() const override { return {400, 36}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 36}; }

Q_SIGNALS:
    /// Where no log tells of requests: silencesIn() the whole span.
    void silencesFound(const std::vector<postlude::Window>& silences);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Grip : std::uint8_t { None, From, To, Whole, New };
    void load();
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] Grip gripAt(double x) const;
    void drag(double x);
    void paintGaps(QPainter& painter) const;
    void paintBars(QPainter& painter) const;
    void paintFrame(QPainter& painter) const;
    [[nodiscard]] QString tipAt(double x) const;

    Session* session_ = nullptr;
    SeriesTable table_;
    std::vector<Window> silences_;
    QTimer reload_;
    Grip grip_ = Grip::None;
    Instant grabbed_{};
    Window before_;
};

} // namespace postlude
