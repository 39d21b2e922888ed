// SPDX-License-Identifier: GPL-3.0-or-later
// The four charts and their axis; asks for series off the GUI thread, as wide as they are shown.
#pragma once

#include "ui/investigate/serverindex.h"
#include "ui/investigate/timechart.h"

#include <array>

namespace postlude {

class TimeAxis;

class ChartStack : public QWidget {
    Q_OBJECT
public:
    explicit ChartStack(TimeNavigator& navigator, QWidget* parent = nullptr);
    void setSession(Session* session);
    void setServers(const ServerIndex& servers);
    [[nodiscard]] TimeChart* chart(ChartKind kind) const {
        return charts_[static_cast<std::size_t>(kind)];
    }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void windowMoved();
    void load();
    void show();
    [[nodiscard]] SeriesRequest request() const;

    Session* session_ = nullptr;
    ServerIndex servers_;
    std::array<TimeChart*, 4> charts_{};
    TimeAxis* axis_ = nullptr;
    SeriesTable all_, filtered_;
    Window loaded_; ///< what the tables cover
    QTimer reload_;
};

} // namespace postlude
