// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts, changes, server states, messages and people on the shared axis.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/events.h"
#include "ui/investigate/timescale.h"

#include <QWidget>

namespace postlude {

class TimeNavigator;

/// Labels never overlap: what has no room is elided, what is crowded folds into one label "+3".
class Lanes : public QWidget {
    Q_OBJECT
public:
    explicit Lanes(TimeNavigator& navigator, QWidget* parent = nullptr);
    void setSession(Session* session);
    void setEvents(std::vector<LaneEvent> events);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// A text where it is painted; tests see to it that none overlap.
    struct Label {
        QRectF place;
        QString text;
    };
    [[nodiscard]] std::vector<Label> labels() const;

Q_SIGNALS:
    /// A note was clicked.
    void bookmarkWanted(std::int64_t id);
    /// A message was double-clicked: the filter for all lines like it.
    void filterWanted(const QString& filter);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void gatherNotes();
    void settleFilter();
    void filterFor(const QPoint& position);
    [[nodiscard]] double noteHeight() const;
    void layOut(Lane lane, std::vector<Label>& out) const;
    void paintMarks(QPainter& painter) const;
    void clickedAt(const QPoint& position);
    [[nodiscard]] double rowHeight() const;
    [[nodiscard]] QRectF barOf(const LaneEvent& event) const;
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] std::vector<const LaneEvent*> eventsAt(QPointF position) const;

    TimeNavigator& navigator_;
    Session* session_ = nullptr;
    std::vector<LaneEvent> events_;
    int rows_ = kLanes - 1; ///< lanes that are shown
    bool filtered_ = false; ///< elsewhere: below stands that it is not so here
};

} // namespace postlude
