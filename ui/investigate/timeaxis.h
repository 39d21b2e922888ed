// SPDX-License-Identifier: GPL-3.0-or-later
// The labels below the charts: times, dates where days change, the zone.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

namespace postlude {

class TimeNavigator;

class TimeAxis : public QWidget {
    Q_OBJECT
public:
    explicit TimeAxis(TimeNavigator& navigator, QWidget* parent = nullptr);
    void setSession(Session* session);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintTag(QPainter& painter) const;
    TimeNavigator& navigator_;
    Session* session_ = nullptr;
};

} // namespace postlude
