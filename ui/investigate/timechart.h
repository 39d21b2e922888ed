// SPDX-License-Identifier: GPL-3.0-or-later
// One chart of the stack: title and legend, areas or lines, the incident, cursor and readout.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/chartdata.h"

#include <qcustomplot.h>

namespace postlude {

class TimeNavigator;

class TimeChart : public QCustomPlot {
    Q_OBJECT
public:
    TimeChart(ChartKind kind, TimeNavigator& navigator, QWidget* parent = nullptr);
    void setSession(Session* session);
    void setContent(ChartContent content);
    /// Adopts the selection's window; cheap, called for every step of a pan.
    void showWindow();
    [[nodiscard]] const ChartContent& content() const { return content_; }
    [[nodiscard]] QSize sizeHint() const override { return {400, 106}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 62}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void style();
    void fill();
    void shade();
    void addGraph(const QVector<double>& keys, const QVector<double>& values, const QPen& pen,
                  const QBrush& brush);
    void fillStacked(const QVector<double>& keys);
    void fillLines(const QVector<double>& keys);
    void addLevels();
    void paintHead(QPainter& painter) const;
    void paintScale(QPainter& painter) const;
    [[nodiscard]] QString readout() const;
    [[nodiscard]] double key(Instant t) const { return seconds(t - content_.origin); }
    [[nodiscard]] int headHeight() const;

    ChartKind kind_;
    TimeNavigator& navigator_;
    Session* session_ = nullptr;
    ChartContent content_;
    double top_ = 1;
};

} // namespace postlude
