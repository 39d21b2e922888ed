// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/sqlchart.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <cmath>

namespace postlude {

namespace {

constexpr std::size_t kDots = 120; ///< fewer points than that are marked, each by itself

} // namespace

SqlChart::SqlChart(QWidget* parent)
    : QCustomPlot(parent) {
    setObjectName(QStringLiteral("sqlChart"));
    setAccessibleName(tr("Chart of the answer"));
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    // Above the chart, where it hides nothing.
    auto* head = new QCPLayoutGrid;
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, head);
    head->addElement(0, 0, legend);
    head->setColumnStretchFactor(0, 0.001);
    head->addElement(0, 1, new QCPLayoutGrid); // takes what is left
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    plotLayout()->setRowStretchFactor(0, 0.001);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &SqlChart::paint);
    paint();
}

void SqlChart::show(SqlDrawing drawing) {
    drawing_ = std::move(drawing);
    describe();
    paint();
}

void SqlChart::describe() {
    QStringList said;
    for (const SqlLine& line : drawing_.lines) {
        double least = std::numeric_limits<double>::max(), most = -least;
        for (const auto& [x, y] : line.points)
            least = std::min(least, y), most = std::max(most, y);
        if (!line.points.empty())
            said << tr("%1: %2 to %3")
                        .arg(line.name, QString::number(least, 'g', 6),
                             QString::number(most, 'g', 6));
    }
    setAccessibleDescription(said.isEmpty() ? tr("empty") : said.join(QStringLiteral("; ")));
}

void SqlChart::dress(QCPAxis& axis) const {
    const Theme& theme = Theme::current();
    for (const auto& [pen, set] : {std::pair{QPen(theme.border), &QCPAxis::setBasePen},
                                   std::pair{QPen(theme.border), &QCPAxis::setTickPen},
                                   std::pair{QPen(Qt::NoPen), &QCPAxis::setSubTickPen}})
        (axis.*set)(pen);
    axis.grid()->setPen(QPen(theme.grid, 1));
    axis.grid()->setZeroLinePen(QPen(theme.border));
    axis.setTickLabelColor(theme.muted);
    axis.setTickLabelFont(theme.small());
    axis.setLabelColor(theme.muted);
    axis.setLabelFont(theme.small());
}

void SqlChart::paint() {
    const Theme& theme = Theme::current();
    clearPlottables();
    clearItems();
    setBackground(QBrush(theme.surface));
    for (QCPAxis* axis : {xAxis, yAxis}) {
        dress(*axis);
        axis->setVisible(!drawing_.lines.empty());
        axis->setLabel({});
    }
    yAxis->setRangeReversed(drawing_.across == SqlDrawing::Names);
    yAxis->grid()->setVisible(drawing_.across != SqlDrawing::Names);
    xAxis->grid()->setVisible(drawing_.across == SqlDrawing::Names);
    if (drawing_.across == SqlDrawing::Names)
        paintBars();
    else
        paintLines();
    legend->setVisible(drawing_.lines.size() > 1);
    legend->setFont(theme.small());
    legend->setTextColor(theme.text);
    legend->setBrush(theme.surface);
    legend->setBorderPen(Qt::NoPen);
    replot(rpQueuedReplot);
}

void SqlChart::paintLines() {
    for (std::size_t i = 0; i < drawing_.lines.size(); ++i) {
        const SqlLine& line = drawing_.lines[i];
        QCPGraph* graph = addGraph();
        graph->setName(line.name);
        graph->setPen(QPen(Theme::current().server(i), 1.5));
        if (line.points.size() < kDots)
            graph->setScatterStyle({QCPScatterStyle::ssDisc, Theme::current().server(i), 4});
        for (const auto& [x, y] : line.points)
            graph->addData(x, y);
    }
    if (drawing_.across == SqlDrawing::Times) {
        auto ticker = QSharedPointer<QCPAxisTickerDateTime>::create();
        ticker->setDateTimeSpec(Qt::UTC);
        ticker->setDateTimeFormat(QStringLiteral("HH:mm:ss\nyyyy-MM-dd"));
        xAxis->setTicker(ticker);
        xAxis->setLabel(tr("%1, UTC").arg(drawing_.axis));
    } else {
        xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
        xAxis->setLabel(drawing_.axis);
    }
    yAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    if (drawing_.lines.size() == 1) yAxis->setLabel(drawing_.lines.front().name);
    rescaleAxes();
    yAxis->setRange(std::min(0.0, yAxis->range().lower), yAxis->range().upper);
    yAxis->scaleRange(1.06, yAxis->range().lower < 0 ? yAxis->range().center() : 0);
}

void SqlChart::paintBars() {
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    const QFontMetrics metrics(Theme::current().small());
    for (int i = 0; i < drawing_.names.size(); ++i)
        ticker->addTick(
            i, metrics.elidedText(drawing_.names[i], Qt::ElideMiddle, 20 * metrics.height()));
    yAxis->setTicker(ticker);
    xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    const double wide = 0.8 / std::max(1.0, static_cast<double>(drawing_.lines.size()));
    auto* group = new QCPBarsGroup(this);
    group->setSpacing(0);
    for (std::size_t i = 0; i < drawing_.lines.size(); ++i) {
        auto* bars = new QCPBars(yAxis, xAxis);
        bars->setName(drawing_.lines[i].name);
        bars->setWidth(wide);
        bars->setPen(Qt::NoPen);
        bars->setBrush(Theme::current().server(i));
        bars->setBarsGroup(group);
        for (const auto& [row, value] : drawing_.lines[i].points)
            bars->addData(row, value);
    }
    if (drawing_.lines.size() == 1) xAxis->setLabel(drawing_.lines.front().name);
    rescaleAxes();
    yAxis->setRange(-0.6, static_cast<double>(drawing_.names.size()) - 0.4);
    xAxis->setRange(std::min(0.0, xAxis->range().lower), xAxis->range().upper * 1.04);
}

} // namespace postlude
