// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/timechart.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/paint.h"

#include <cmath>

namespace postlude {

namespace {

constexpr int kSquare = 9;

QString titleFor(ChartKind kind) {
    switch (kind) {
    case ChartKind::Requests:
        return TimeChart::tr("Requests per second");
    case ChartKind::Share:
        return TimeChart::tr("Share of traffic");
    case ChartKind::Errors:
        return TimeChart::tr("Errors (5xx) per server");
    default:
        return TimeChart::tr("Response time");
    }
}

QString nameFor(ChartKind kind) {
    switch (kind) {
    case ChartKind::Requests:
        return QStringLiteral("chartRequests");
    case ChartKind::Share:
        return QStringLiteral("chartShare");
    case ChartKind::Errors:
        return QStringLiteral("chartErrors");
    default:
        return QStringLiteral("chartLatency");
    }
}

QFont boldSmall() {
    QFont font = Theme::current().small();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

TimeChart::TimeChart(ChartKind kind, TimeNavigator& navigator, QWidget* parent)
    : QCustomPlot(parent)
    , kind_(kind)
    , navigator_(navigator) {
    content_.kind = kind;
    setObjectName(nameFor(kind));
    setAccessibleName(titleFor(kind));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setInteractions(QCP::iNone);
    axisRect()->setAutoMargins(QCP::msNone);
    xAxis->setVisible(false);
    yAxis->setVisible(false);
    yAxis->grid()->setVisible(false);
    xAxis->grid()->setVisible(false);
    navigator_.watch(this);
    connect(&navigator_, &TimeNavigator::hoverChanged, this, qOverload<>(&QWidget::update));
    connect(&navigator_, &TimeNavigator::bandChanged, this, qOverload<>(&QWidget::update));
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &TimeChart::style);
    style();
}

int TimeChart::headHeight() const {
    return std::max(20, QFontMetrics(Theme::current().small()).height() + 5);
}

void TimeChart::style() {
    setBackground(QBrush(Theme::current().surface));
    axisRect()->setMargins(QMargins(plotLeft(), headHeight(), kPlotRight, 1));
    fill();
}

void TimeChart::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    content_.lines.clear();
    content_.levels.clear();
    if (session_) {
        connect(&session_->selection(), &Selection::momentChanged, this,
                qOverload<>(&QWidget::update));
        connect(session_, &Session::analysisChanged, this, &TimeChart::fill);
    }
    fill();
}

void TimeChart::setContent(ChartContent content) {
    content_ = std::move(content);
    fill();
}

void TimeChart::showWindow() {
    if (!session_) return;
    const Window window = session_->selection().place().window;
    xAxis->setRange(key(window.from), key(window.to));
    top_ = content_.axisTop(content_.most(window));
    yAxis->setRange(0, top_ * 1.015); // a line at the very top is seen whole
    replot(QCustomPlot::rpQueuedReplot);
}

void TimeChart::fill() {
    clearPlottables();
    clearItems();
    shade();
    QVector<double> keys;
    keys.reserve(static_cast<int>(content_.buckets()));
    for (std::size_t i = 0; i < content_.buckets(); ++i)
        keys << key(content_.middle(i));
    if (content_.stacked)
        fillStacked(keys);
    else
        fillLines(keys);
    addLevels();
    showWindow();
    replot(QCustomPlot::rpQueuedReplot);
}

void TimeChart::shade() {
    if (!session_ || !session_->analysis()) return;
    const Analysis& analysis = *session_->analysis();
    for (const Incident& incident : analysis.incidents) {
        const Window window = incidentWindow(incident, analysis.span);
        auto* band = new QCPItemRect(this);
        band->setLayer(QStringLiteral("background"));
        band->setPen(Qt::NoPen);
        band->setBrush(Theme::current().badFill);
        for (QCPItemPosition* corner : {band->topLeft, band->bottomRight}) {
            corner->setTypeX(QCPItemPosition::ptPlotCoords);
            corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        band->topLeft->setCoords(key(window.from), 0);
        band->bottomRight->setCoords(key(window.to), 1);
    }
}

void TimeChart::addGraph(const QVector<double>& keys, const QVector<double>& values,
                         const QPen& pen, const QBrush& brush) {
    QCPGraph* graph = QCustomPlot::addGraph();
    graph->setPen(pen);
    graph->setBrush(brush);
    graph->setData(keys, values, true);
}

/// The whole stack first, then ever lower sums over it: each area shows its own share.
void TimeChart::fillStacked(const QVector<double>& keys) {
    const double strength = Theme::current().dark ? 0.88 : 0.8;
    QVector<double> sums(keys.size(), 0);
    std::vector<QVector<double>> heights;
    for (const ChartLine& line : content_.lines) {
        for (qsizetype i = 0; i < sums.size(); ++i)
            sums[i] += line.y[static_cast<std::size_t>(i)];
        heights.push_back(sums);
    }
    for (std::size_t i = content_.lines.size(); i-- > 0;)
        addGraph(keys, heights[i], Qt::NoPen, overSurface(content_.lines[i].colour, strength));
}

void TimeChart::fillLines(const QVector<double>& keys) {
    for (const ChartLine& line : content_.lines)
        addGraph(keys, QVector<double>(line.y.begin(), line.y.end()), QPen(line.colour, 1.6),
                 Qt::NoBrush);
}

void TimeChart::addLevels() {
    QPen pen(Theme::current().surface, 1.6);
    pen.setDashPattern({3, 2});
    for (const ChartLevel& level : content_.levels) {
        auto* line = new QCPItemLine(this);
        line->setPen(pen);
        line->start->setCoords(key(level.window.from), level.y);
        line->end->setCoords(key(level.window.to), level.y);
    }
}

void TimeChart::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    QPainter painter(this);
    paintHead(painter);
    if (!session_ || session_->selection().bounds().empty()) return;
    paintScale(painter);
    const Selection& selection = session_->selection();
    const QRectF area = axisRect()->rect();
    paintCursor(painter, area, TimeScale::across(width(), selection.place().window),
                selection.place().moment, navigator_);
}

void TimeChart::paintHead(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const int height = headHeight();
    const QFontMetrics plain(theme.small());
    int x = 0;
    const auto put = [&](const QFont& font, const QColor& colour, const QString& text) {
        painter.setFont(font);
        painter.setPen(colour);
        const int wide = QFontMetrics(font).horizontalAdvance(text);
        painter.drawText(QRect(x, 0, wide + 2, height), Qt::AlignVCenter, text);
        x += wide;
    };
    put(boldSmall(), theme.text, titleFor(kind_));
    if (content_.filtered) put(theme.small(), theme.accent, tr("  filtered"));
    if (kind_ == ChartKind::Share && !content_.levels.empty())
        put(theme.small(), theme.muted, tr(" dashed: share that the configured weights give"));
    const QString values = readout();
    const int room =
        width() - kPlotRight - (values.isEmpty() ? 0 : plain.horizontalAdvance(values) + 16);
    for (const ChartLine& line : content_.lines) {
        if (kind_ == ChartKind::Share || kind_ == ChartKind::Errors) break;
        const int wide = plain.horizontalAdvance(line.name);
        if (x + 14 + kSquare + 6 + wide > room) break;
        x += 14;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(line.colour);
        painter.drawRoundedRect(QRectF(x, (height - kSquare) / 2.0, kSquare, kSquare), 2, 2);
        x += kSquare + 6;
        put(theme.small(), theme.muted, line.name);
    }
    if (values.isEmpty()) return;
    const QRect place(x + 16, 0, width() - kPlotRight - x - 16, height);
    painter.setPen(theme.muted);
    painter.setFont(theme.small());
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                     plain.elidedText(values, Qt::ElideRight, place.width()));
}

void TimeChart::paintScale(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRect area = axisRect()->rect();
    painter.setPen(theme.grid);
    if (!content_.stacked) {
        const int middle = area.top() + area.height() / 2;
        painter.setCompositionMode(QPainter::CompositionMode_Darken);
        if (theme.dark) painter.setCompositionMode(QPainter::CompositionMode_Lighten);
        painter.drawLine(area.left(), middle, area.right(), middle);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    }
    painter.drawLine(area.left(), area.top(), area.right(), area.top());
    painter.setFont(theme.small());
    painter.setPen(theme.muted);
    const QRect side(0, area.top(), plotLeft() - 6, area.height());
    QString top = content_.format(top_);
    if (kind_ == ChartKind::Requests) top.remove(QStringLiteral("/s"));
    const bool share = kind_ == ChartKind::Share || kind_ == ChartKind::Errors;
    painter.drawText(side, Qt::AlignRight | Qt::AlignTop, top);
    painter.drawText(side, Qt::AlignRight | Qt::AlignBottom,
                     share ? QStringLiteral("0 %") : QStringLiteral("0"));
}

QString TimeChart::readout() const {
    const auto hovered = navigator_.hovered();
    if (!hovered || content_.bucket <= Duration::zero() || *hovered < content_.origin) return {};
    const auto i = static_cast<std::size_t>((*hovered - content_.origin) / content_.bucket);
    QStringList values;
    for (const ChartLine& line : content_.lines)
        if (i < line.y.size() && !std::isnan(line.y[i]))
            values << line.name + QLatin1Char(' ') + content_.format(line.y[i]);
    return values.join(QStringLiteral("  ·  "));
}

} // namespace postlude
