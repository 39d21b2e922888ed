// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/timescale.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QGuiApplication>

#include <algorithm>
#include <array>

namespace postlude {

namespace {

using namespace std::chrono_literals;

constexpr auto kRound = std::to_array<Duration>(
    {100us, 200us, 500us, 1ms,   2ms,    5ms,    10ms,   20ms,    50ms,    100ms,  200ms,
     500ms, 1s,    2s,    5s,    10s,    15s,    30s,    1min,    2min,    5min,   10min,
     15min, 30min, 1h,    2h,    3h,     6h,     12h,    24h,     48h,     168h,   336h,
     720h,  2160h, 4320h, 8760h, 17520h, 43800h, 87600h, 175200h, 438000h, 876000h});
constexpr Duration kYear = 8760h;

Duration roundAbove(Duration least) {
    const auto* it = std::ranges::lower_bound(kRound, least);
    return it == kRound.end() ? kRound.back() : *it;
}

QString labelFor(const Zone& zone, Instant t, Duration step) {
    const int digits = step < 1ms ? 4 : step < 1s ? 3 : 0;
    const QString text = QString::fromStdString(zone.timeOfDay(t, digits));
    return step < 1min ? text : text.left(5);
}

/// Where years begin, each `step`.
std::vector<TimeTick> yearsOf(const TimeScale& scale, const Zone& zone, int step) {
    std::vector<TimeTick> ticks;
    const QString began = QString::fromStdString(zone.date(scale.window.from));
    const int first = QStringView(began).left(4).toInt();
    for (int year = first - first % step; ticks.size() < 1000; year += step) {
        const std::chrono::sys_days day =
            std::chrono::year{year} / std::chrono::January / std::chrono::day{1};
        const Duration since = day.time_since_epoch();
        const Instant t = zone.fromLocal(instant(since.count()));
        if (t > scale.window.to) break;
        if (t >= scale.window.from) ticks.push_back({t, QString::number(year), {}});
    }
    return ticks;
}

} // namespace

int plotLeft() {
    const QFontMetrics metrics(QGuiApplication::font());
    int wide = 58;
    for (const char* lane : {"Changes", "Messages"}) // the longest names, in any language so far
        wide = std::max(wide, 14 + metrics.horizontalAdvance(
                                       QCoreApplication::translate("postlude::Lanes", lane)));
    return wide;
}

TimeScale TimeScale::across(int width, Window window) {
    const int left = plotLeft();
    return {window, double(left), std::max(left + 1.0, double(width - kPlotRight))};
}

double TimeScale::x(Instant t) const {
    if (window.empty()) return left;
    const double part = seconds(t - window.from) / seconds(window.length());
    return left + std::clamp(part, -1e4, 1e4) * (right - left);
}

Instant TimeScale::at(double pixel) const {
    const double part = (pixel - left) / std::max(1.0, right - left);
    return window.from + fromSeconds(part * seconds(window.length()));
}

Duration TimeScale::perPixel() const {
    return fromSeconds(seconds(window.length()) / std::max(1.0, right - left));
}

std::vector<TimeTick> ticksOf(const TimeScale& scale, const Zone& zone, int apart) {
    std::vector<TimeTick> ticks;
    if (scale.window.empty()) return ticks;
    Duration step = roundAbove(scale.perPixel() * apart);
    // Longer labels: parts of a second, whole dates.
    if (step < 1s || (step >= 24h && step < kYear))
        step = roundAbove(scale.perPixel() * (apart + 30));
    if (step >= kYear) return yearsOf(scale, zone, static_cast<int>(step / kYear));
    const Duration east = std::chrono::seconds{zone.offsetAt(scale.window.from)};
    const std::int64_t first = nanoseconds(scale.window.from + east) / step.count();
    QString day;
    for (std::int64_t i = first; ticks.size() < 1000; ++i) {
        const Instant t = zone.fromLocal(instant(i * step.count()));
        if (t > scale.window.to) break;
        if (t < scale.window.from) continue;
        const QString date = QString::fromStdString(zone.date(t));
        ticks.push_back(
            {t, step < 24h ? labelFor(zone, t, step) : date, date == day ? QString{} : date});
        day = date;
    }
    return ticks;
}

Duration bucketFor(Duration window, int width, int pixels) {
    const int count = std::max(1, width / std::max(1, pixels));
    return std::max<Duration>(roundAbove(window / count), 1ms);
}

Window zoomed(Window window, Instant around, double factor) {
    const double length = seconds(window.length());
    const double part =
        std::clamp(seconds(around - window.from) / std::max(1e-9, length), 0.0, 1.0);
    const double next = std::max(length * factor, 0.001);
    const Instant from = around - fromSeconds(next * part);
    return {from, from + fromSeconds(next)};
}

Window moved(Window window, Duration by) {
    return {window.from + by, window.to + by};
}

} // namespace postlude
