// SPDX-License-Identifier: GPL-3.0-or-later
// One moment, one window, one filter. Every panel shows the selection and may change it; panels
// never talk to each other.
#pragma once

#include "core/base/zone.h"
#include "core/query/query.h"

#include <QObject>

namespace postlude {

/// A place in the incident; what Alt+Left goes back to.
struct Visit {
    Instant moment{};
    Window window;
    QString filter;
    std::optional<RecordId> record;
    bool operator==(const Visit&) const = default;
};

/// Lives on the GUI thread. Setting what already is emits nothing.
class Selection : public QObject {
    Q_OBJECT
public:
    explicit Selection(QObject* parent = nullptr);
    [[nodiscard]] const Visit& place() const { return place_; }
    [[nodiscard]] ClockView clock() const { return clock_; }
    [[nodiscard]] const Zone& zone() const { return zone_; }
    [[nodiscard]] Window bounds() const { return bounds_; }
    /// What of the bounds was reached by reach(); empty: nothing.
    [[nodiscard]] Window reached() const { return reached_; }

    void setBounds(Window whole); ///< resets window and history
    /// More has been read, or clocks were corrected: a window that showed everything still does,
    /// any other stays; the history is kept.
    void moveBounds(Window whole);
    /// The cursor; no history entry. A line of another moment is no longer the selected one.
    void setMoment(Instant moment);
    /// What is to be reached though it lies outside: the bounds hold it from now on, too.
    void reach(Window window);
    /// What showAll() shows beside the bounds: what came before and after what was counted.
    void setAround(Window window) { around_ = window; }
    /// Where that is what is shown already: what was recorded alone.
    void showAll();
    void showRecorded();           ///< nothing that was reached beside it
    void setWindow(Window window); ///< clamped to the bounds, at least 1 ms long
    /// The same while a hand still drags or turns the wheel: no history entry until commit().
    void glideWindow(Window window);
    void commit();
    [[nodiscard]] bool showsAll() const { return place_.window == bounds_; }
    void setFilter(const QString& text);          ///< only valid filters are set
    void select(RecordId record, Instant moment); ///< a line; the window follows if it must
    /// The same for a line from elsewhere, such as evidence: wherever it lies, the window follows.
    void visit(RecordId record, Instant moment);
    /// The cursor while a pointer glides over the charts: a selected line is the selected one again
    /// after endPeek(), unless something else was chosen meanwhile.
    void peek(Instant moment);
    void endPeek();
    /// The line one sees marked: the selected one, else that at the cursor.
    [[nodiscard]] std::optional<RecordId> line() const {
        return place_.record ? place_.record : nearest_;
    }
    /// What stands at the cursor while no line is selected; told by whoever shows the lines.
    void setNearest(std::optional<RecordId> record);
    void setClock(ClockView clock);
    void setZone(const Zone& zone);
    void back();
    void forward();
    [[nodiscard]] bool canGoBack() const;
    [[nodiscard]] bool canGoForward() const;

Q_SIGNALS:
    void momentChanged();
    void windowChanged();
    void boundsChanged(); ///< by reach(), or by showRecorded()
    void filterChanged();
    void recordChanged();
    void lineChanged();
    void displayChanged(); ///< clock or zone: every time is written anew
    void historyChanged();

private:
    [[nodiscard]] Window clamped(Window window) const;
    bool changeWindow(Window window);
    void moveTo(Instant moment, std::optional<RecordId> record);
    void remember();
    void go(std::size_t to);
    void tellLine(std::optional<RecordId> before);
    Visit place_;
    std::optional<RecordId> nearest_;
    std::optional<std::pair<RecordId, Instant>> resting_; ///< while a pointer glides
    Window bounds_;
    Window recorded_;         ///< what the bounds are without what was reached
    Window reached_, around_; ///< empty: nothing
    Window ever_;             ///< what the bounds have held: a way back may lead there
    ClockView clock_ = ClockView::Corrected;
    Zone zone_ = Zone::utc();
    std::vector<Visit> history_;
    std::size_t at_ = 0;
};

} // namespace postlude
