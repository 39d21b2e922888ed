// SPDX-License-Identifier: GPL-3.0-or-later
// One chart of the stack: title and legend, areas or lines, the incident, cursor and readout.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/chartdata.h"

#include <qcustomplot.h>

namespace postlude {

class Readout;
class TimeNavigator;

class TimeChart : public QCustomPlot {
    Q_OBJECT
public:
    TimeChart(const Plot& kind, TimeNavigator& navigator, QWidget* parent = nullptr);
    void setSession(Session* session);
    void setContent(ChartContent content);
    /// Adopts the selection's window; cheap, called for every step of a pan.
    void showWindow();
    /// All of it, what is hidden included.
    [[nodiscard]] const ChartContent& content() const { return content_; }
    [[nodiscard]] const Plot& plot() const { return kind_; }
    /// Where no log tells of requests.
    void setSilences(const std::vector<Window>& silences) { silences_ = silences; }
    void setHidden(const QSet<QString>& names);
    void setLogarithmic(bool on);
    [[nodiscard]] bool logarithmic() const { return logarithmic_; }
    /// What is in view with its legend and times, in any painter.
    void paintPicture(QCPPainter& painter, QSize size);
    [[nodiscard]] QImage picture(double scale);
    [[nodiscard]] QByteArray svg();
    [[nodiscard]] std::string csv() const;
    [[nodiscard]] QSize sizeHint() const override { return {400, 106}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 62}; }

Q_SIGNALS:
    /// A click on a name of the legend; `alone`: only that one is to be seen, or all again.
    void legendPressed(const QString& name, bool alone);
    void maximiseWanted();
    void menuWanted(const QPoint& global);
    void dragWanted(); ///< by its head

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void style();
    void describe();
    void fill();
    void refresh();
    [[nodiscard]] QRect stripAt(std::optional<Instant> at) const;
    void follow(QRect& strip, std::optional<Instant> at);
    void shade();
    void addGraph(const QVector<double>& keys, const QVector<double>& values, const QPen& pen,
                  const QBrush& brush);
    void fillStacked(const QVector<double>& keys);
    void fillLines(const QVector<double>& keys);
    void addLevels();
    void paintHead(QPainter& painter, bool withValues) const;
    int paintLegend(QPainter& painter, int x, int room) const;
    void paintScale(QPainter& painter) const;
    [[nodiscard]] QString nameAt(const QPoint& position) const;
    [[nodiscard]] QString readout() const;
    [[nodiscard]] std::optional<std::size_t> hoveredBucket() const;
    [[nodiscard]] bool isSilentAt(std::size_t bucket) const;
    void showReadout();
    [[nodiscard]] double key(Instant t) const { return seconds(t - content_.origin); }
    [[nodiscard]] int headHeight() const;

    Plot kind_;
    TimeNavigator& navigator_;
    Session* session_ = nullptr;
    ChartContent content_;
    ChartContent seen_; ///< without what is hidden
    std::vector<Window> silences_;
    QSet<QString> hidden_;
    bool logarithmic_ = false;
    std::optional<QPoint> pressed_; ///< on the head, beside the legend
    Readout* readout_;
    std::optional<QPoint> pointer_;  ///< while it is on the chart
    QRect cursorStrip_, hoverStrip_; ///< where their lines are, to be painted over
    double top_ = 1, bottom_ = 0;
    mutable std::vector<std::pair<QRect, QString>> legend_; ///< where it was painted
};

} // namespace postlude
