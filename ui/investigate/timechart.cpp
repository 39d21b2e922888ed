// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/timechart.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/moves.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/paint.h"
#include "ui/investigate/piecegraph.h"
#include "ui/investigate/readout.h"

#include <QAccessibleWidget>
#include <cmath>

namespace postlude {

namespace {

constexpr int kSquare = 9;

QFont boldSmall() {
    QFont font = Theme::current().small();
    font.setWeight(QFont::DemiBold);
    return font;
}

QAccessibleInterface* accessibleChart(const QString& name, QObject* object) {
    if (name != QLatin1String("postlude::TimeChart")) return nullptr;
    return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Chart);
}

} // namespace

TimeChart::TimeChart(const Plot& kind, TimeNavigator& navigator, QWidget* parent)
    : QCustomPlot(parent)
    , kind_(kind)
    , navigator_(navigator)
    , readout_(new Readout(this)) {
    content_.kind = kind.kind;
    // Before anybody asks what it is.
    static const bool known = (QAccessible::installFactory(&accessibleChart), true);
    Q_UNUSED(known);
    setObjectName(QStringLiteral("chart.") + idOf(kind));
    setAccessibleName(titleOf(kind));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setInteractions(QCP::iNone);
    // Nothing is on it: as a picture of its own it would be blended over the chart each time.
    layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmLogical);
    axisRect()->setAutoMargins(QCP::msNone);
    xAxis->setVisible(false);
    yAxis->setVisible(false);
    yAxis->grid()->setVisible(false);
    xAxis->grid()->setVisible(false);
    navigator_.watch(this);
    // A pointer that glides and a cursor that steps repaint what they leave and where they come.
    connect(&navigator_, &TimeNavigator::hoverChanged, this, [this] {
        update(0, 0, width(), headHeight()); // with the values there
        follow(hoverStrip_, navigator_.hovered());
        showReadout();
    });
    connect(&navigator_, &TimeNavigator::bandChanged, this, qOverload<>(&QWidget::update));
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &TimeChart::style);
    style();
}

int TimeChart::headHeight() const {
    return std::max(20, QFontMetrics(Theme::current().small()).height() + 5);
}

void TimeChart::style() {
    setBackground(QBrush(Theme::current().surface));
    setProperty("head", headHeight());
    axisRect()->setMargins(QMargins(plotLeft(), headHeight(), kPlotRight, 1));
    fill();
}

void TimeChart::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    content_.lines.clear();
    content_.levels.clear();
    seen_ = content_;
    if (session_) {
        connect(&session_->selection(), &Selection::momentChanged, this,
                [this] { follow(cursorStrip_, session_->selection().place().moment); });
        connect(session_, &Session::analysisChanged, this, &TimeChart::fill);
    }
    fill();
}

void TimeChart::setContent(ChartContent content) {
    content_ = std::move(content);
    seen_ = content_.without(hidden_);
    describe();
    fill();
}

/// Where the line of a moment is painted.
QRect TimeChart::stripAt(std::optional<Instant> at) const {
    if (!session_ || !at) return {};
    const TimeScale scale = TimeScale::across(width(), session_->selection().place().window);
    if (scale.window.empty()) return {};
    const double x = std::clamp(scale.x(*at), -9.0, width() + 9.0);
    return {static_cast<int>(std::floor(x)) - 2, headHeight(), 5, height() - headHeight()};
}

void TimeChart::follow(QRect& strip, std::optional<Instant> at) {
    update(strip);
    strip = stripAt(at);
    update(strip);
}

/// For who cannot see it: what each line comes to.
void TimeChart::describe() {
    QStringList said;
    for (const ChartLine& line : content_.lines) {
        double least = 0, most = 0;
        bool any = false;
        for (const double y : line.y) {
            if (std::isnan(y)) continue;
            least = any ? std::min(least, y) : y;
            most = any ? std::max(most, y) : y;
            any = true;
        }
        said << (any ? tr("%1: %2 to %3")
                           .arg(line.name, content_.format(least), content_.format(most))
                     : tr("%1: no values").arg(line.name));
    }
    const QString empty = content_.why.isEmpty() ? tr("empty") : content_.why;
    setAccessibleDescription(said.isEmpty() ? empty : said.join(QStringLiteral("; ")));
}

void TimeChart::setHidden(const QSet<QString>& names) {
    if (names == hidden_) return;
    hidden_ = names;
    seen_ = content_.without(hidden_);
    fill();
}

void TimeChart::setLogarithmic(bool on) {
    if (on == logarithmic_) return;
    logarithmic_ = on;
    fill();
}

void TimeChart::showWindow() {
    if (!session_) return;
    const Window window = session_->selection().place().window;
    xAxis->setRange(key(window.from), key(window.to));
    top_ = seen_.axisTop(seen_.most(window));
    // Stacks have no logarithm: their lines stand side by side then.
    const double lowest = seen_.lowest(window);
    bottom_ = logarithmic_
                  ? std::pow(10, std::floor(std::log10(std::max(1e-9, seen_.least(window)))))
              : lowest < 0 ? -seen_.axisTop(-lowest)
                           : 0;
    if (logarithmic_) bottom_ = std::clamp(bottom_, top_ * 1e-5, top_ * 0.1);
    yAxis->setScaleType(logarithmic_ ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    // A line at the very top is seen whole, and not taken for the border: 100 % of errors.
    const double above = seen_.stacked ? 1.015 : 1.12;
    yAxis->setRange(bottom_, logarithmic_ ? top_ * 1.15 : top_ * above);
    refresh();
}

void TimeChart::fill() {
    clearPlottables();
    clearItems();
    shade();
    QVector<double> keys;
    keys.reserve(static_cast<int>(seen_.buckets()));
    for (std::size_t i = 0; i < seen_.buckets(); ++i)
        keys << key(seen_.middle(i));
    if (seen_.stacked && !logarithmic_)
        fillStacked(keys);
    else
        fillLines(keys);
    addLevels();
    showWindow();
    if (!session_) refresh();
}

/// One that has no place yet is painted when it gets it.
void TimeChart::refresh() {
    if (!viewport().isEmpty()) replot(QCustomPlot::rpQueuedReplot);
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
    auto* graph = new PieceGraph(xAxis, yAxis); // is the plot's
    graph->setPen(pen);
    graph->setBrush(brush);
    graph->setBucket(seconds(content_.bucket));
    graph->setData(keys, values, true);
}

/// The whole stack first, then ever lower sums over it: each area shows its own share.
void TimeChart::fillStacked(const QVector<double>& keys) {
    const double strength = Theme::current().dark ? 0.88 : 0.8;
    QVector<double> sums(keys.size(), 0);
    std::vector<QVector<double>> heights;
    for (const ChartLine& line : seen_.lines) {
        for (qsizetype i = 0; i < sums.size(); ++i)
            sums[i] += line.y[static_cast<std::size_t>(i)];
        heights.push_back(sums);
    }
    for (std::size_t i = seen_.lines.size(); i-- > 0;)
        addGraph(keys, heights[i], Qt::NoPen, overSurface(seen_.lines[i].colour, strength));
}

void TimeChart::fillLines(const QVector<double>& keys) {
    // What goes wrong has a body: a thin grey line at the top would be taken for none.
    const bool filled = kind_ == Plot::Errors || kind_ == Plot::Slow;
    for (const ChartLine& line : seen_.lines) {
        QColor below = line.colour;
        below.setAlphaF(0.16F);
        addGraph(keys, QVector<double>(line.y.begin(), line.y.end()), QPen(line.colour, 1.6),
                 filled ? QBrush(below) : QBrush(Qt::NoBrush));
    }
}

void TimeChart::addLevels() {
    QPen pen(Theme::current().surface, 1.6);
    pen.setDashPattern({3, 2});
    for (const ChartLevel& level : seen_.levels) {
        auto* line = new QCPItemLine(this);
        line->setPen(pen);
        line->start->setCoords(key(level.window.from), level.y);
        line->end->setCoords(key(level.window.to), level.y);
    }
}

void TimeChart::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    QPainter painter(this);
    if (event->region().intersects(QRect(0, 0, width(), headHeight()))) paintHead(painter, true);
    if (!session_ || session_->selection().bounds().empty()) return;
    paintScale(painter);
    if (!content_.why.isEmpty()) {
        painter.setFont(Theme::current().small());
        painter.setPen(Theme::current().muted);
        painter.drawText(axisRect()->rect(), Qt::AlignCenter | Qt::TextWordWrap, content_.why);
    }
    const Selection& selection = session_->selection();
    cursorStrip_ = stripAt(selection.place().moment); // after a pan they are elsewhere
    hoverStrip_ = stripAt(navigator_.hovered());
    const QRectF area = axisRect()->rect();
    paintCursor(painter, area, TimeScale::across(width(), selection.place().window),
                selection.place().moment, navigator_);
}

void TimeChart::paintHead(QPainter& painter, bool withValues) const {
    const Theme& theme = Theme::current();
    const int height = headHeight();
    const QFontMetrics plain(theme.small());
    int x = 0;
    const auto put = [&](const QFont& font, const QColor& colour, const QString& text) {
        painter.setFont(font);
        painter.setPen(colour);
        const QFontMetrics metrics(font);
        const QString seen = metrics.elidedText(text, Qt::ElideRight, width() - kPlotRight - x);
        const int wide = metrics.horizontalAdvance(seen);
        painter.drawText(QRect(x, 0, wide + 2, height), Qt::AlignVCenter, seen);
        x += wide;
    };
    put(boldSmall(), theme.text, titleOf(kind_));
    if (content_.filtered) put(theme.small(), theme.accent, tr("  filtered"));
    if (content_.whole) put(theme.small(), theme.accent, tr("  all traffic, not filtered"));
    if (logarithmic_) put(theme.small(), theme.muted, tr("  logarithmic"));
    if (kind_ == Plot::Share && !seen_.levels.empty())
        put(theme.small(), theme.muted, tr(" dashed: share that the configured weights give"));
    x = paintLegend(painter, x, width() - kPlotRight);
    // The legend stays where it is; values stand behind it where they have the room.
    const QString values = withValues ? readout() : QString();
    if (values.isEmpty() || plain.horizontalAdvance(values) > width() - kPlotRight - x - 16) return;
    const QRect place(x + 16, 0, width() - kPlotRight - x - 16, height);
    painter.setPen(theme.muted);
    painter.setFont(theme.small());
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                     plain.elidedText(values, Qt::ElideRight, place.width()));
}

/// Names that do not fit are counted; what is hidden is hollow. Gives where it ends.
int TimeChart::paintLegend(QPainter& painter, int x, int room) const {
    const Theme& theme = Theme::current();
    const int height = headHeight();
    const QFontMetrics plain(theme.small());
    legend_.clear();
    painter.setFont(theme.small());
    if (kind_ == Plot::Share) return x; // has the colours of the requests above it
    const auto more = [](std::size_t count) { return QStringLiteral("+%1").arg(count); };
    const std::size_t all = content_.lines.size();
    for (std::size_t i = 0; i < all; ++i) {
        const ChartLine& line = content_.lines[i];
        const int wide = plain.horizontalAdvance(line.name);
        const int count = i + 1 < all ? 10 + plain.horizontalAdvance(more(all - i - 1)) : 0;
        if (x + 14 + kSquare + 6 + wide + count > room) {
            painter.setPen(theme.muted);
            const int last = plain.horizontalAdvance(more(all - i));
            if (x + 10 + last > room) break;
            painter.drawText(QRect(x + 10, 0, last + 2, height), Qt::AlignVCenter, more(all - i));
            return x + 10 + last;
        }
        const bool hidden = hidden_.contains(line.name);
        x += 14;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hidden ? QPen(line.colour, 1) : QPen(Qt::NoPen));
        painter.setBrush(hidden ? QBrush(Qt::NoBrush) : QBrush(line.colour));
        painter.drawRoundedRect(QRectF(x, (height - kSquare) / 2.0, kSquare, kSquare), 2, 2);
        painter.setPen(hidden ? theme.neutral : theme.muted);
        painter.drawText(QRect(x + kSquare + 6, 0, wide + 2, height), Qt::AlignVCenter, line.name);
        legend_.emplace_back(QRect(x - 5, 0, kSquare + 6 + wide + 10, height), line.name);
        x += kSquare + 6 + wide;
    }
    return x;
}

QString TimeChart::nameAt(const QPoint& position) const {
    for (const auto& [place, name] : legend_)
        if (place.contains(position)) return name;
    return {};
}

void TimeChart::paintScale(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRect area = axisRect()->rect();
    painter.setPen(theme.grid);
    const int highest = std::max(area.top(), static_cast<int>(yAxis->coordToPixel(top_)));
    if (!seen_.stacked) {
        const int middle = logarithmic_
                               ? area.top() + area.height() / 2
                               : static_cast<int>(yAxis->coordToPixel((top_ + bottom_) / 2));
        painter.setCompositionMode(QPainter::CompositionMode_Darken);
        if (theme.dark) painter.setCompositionMode(QPainter::CompositionMode_Lighten);
        painter.drawLine(area.left(), middle, area.right(), middle);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    }
    painter.drawLine(area.left(), highest, area.right(), highest);
    painter.setFont(theme.small());
    painter.setPen(theme.muted);
    const QRect side(0, area.top(), plotLeft() - 6, area.height());
    QString top = content_.format(top_);
    if (kind_ == Plot::Requests) top.remove(QStringLiteral("/s"));
    const bool share = kind_ == Plot::Share || kind_ == Plot::Errors;
    painter.drawText(side, Qt::AlignRight | Qt::AlignTop, top);
    if (area.height() < 2 * painter.fontMetrics().ascent()) return; // one would run into the other
    painter.drawText(side, Qt::AlignRight | Qt::AlignBottom,
                     bottom_ < 0 ? content_.format(bottom_)
                     : share     ? QStringLiteral("0 %")
                                 : QStringLiteral("0"));
}

std::optional<std::size_t> TimeChart::hoveredBucket() const {
    const auto hovered = navigator_.hovered();
    if (!hovered || content_.bucket <= Duration::zero() || *hovered < content_.origin) return {};
    return static_cast<std::size_t>((*hovered - content_.origin) / content_.bucket);
}

/// For the head: of the charts that the pointer is not on.
QString TimeChart::readout() const {
    const auto i = hoveredBucket();
    if (!i || readout_->isVisible()) return {};
    if (isSilentAt(*i)) return tr("no log here");
    QStringList values;
    for (const ChartLine& line : seen_.lines)
        if (*i < line.y.size() && !std::isnan(line.y[*i]))
            values << line.name + QLatin1Char(' ') + content_.format(line.y[*i]);
    return values.join(QStringLiteral("  ·  "));
}

/// A zero there would be taken for no traffic; of measured values and clocks logs tell nothing.
bool TimeChart::isSilentAt(std::size_t bucket) const {
    if (kind_.kind == Plot::Metric || kind_.kind == Plot::Clocks) return false;
    const Instant from = content_.origin + content_.bucket * static_cast<std::int64_t>(bucket);
    return isSilent(silences_, {from, from + content_.bucket});
}

/// All values and counts beside the pointer: the head has not the room for them.
void TimeChart::showReadout() {
    constexpr std::size_t kMost = 14;
    const auto i = pointer_ && session_ && !navigator_.band() ? hoveredBucket() : std::nullopt;
    if (!i || pointer_->y() < headHeight()) return readout_->hide();
    std::vector<ReadoutRow> rows;
    std::size_t more = 0;
    const bool silent = isSilentAt(*i);
    for (const ChartLine& line : seen_.lines) {
        if (silent || *i >= line.y.size() || std::isnan(line.y[*i])) continue;
        if (rows.size() == kMost)
            ++more;
        else
            rows.push_back({line.colour, line.name, content_.format(line.y[*i]),
                            content_.countText(line, *i)});
    }
    if (more > 0) rows.push_back({{}, tr("and %n more", nullptr, static_cast<int>(more)), {}, {}});
    if (rows.empty())
        rows.push_back({{}, silent ? tr("no log here") : tr("no values here"), {}, {}});
    const Zone& zone = session_->selection().zone();
    const Instant from = content_.origin + content_.bucket * static_cast<std::int64_t>(*i);
    const int digits = content_.bucket < std::chrono::seconds{1} ? 3 : 0;
    readout_->showAt(*pointer_,
                     timeOfDay(zone, from, digits) + QStringLiteral(" – ") +
                         timeOfDay(zone, from + content_.bucket, digits) + QLatin1Char(' ') +
                         QString::fromStdString(zone.name()),
                     std::move(rows));
}

} // namespace postlude
