// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/axis.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::array<std::int64_t, 20> kSteps{1,     2,     5,     10,    15,     30,    60,
                                              120,   300,   600,   900,   1800,   3600,  7200,
                                              10800, 21600, 43200, 86400, 172800, 604800};

double roundStep(double rough) {
    const double unit = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (rough <= factor * unit * 1.0001) return factor * unit;
    return 10 * unit;
}

std::string numberLabel(double value, double step) {
    if (step >= 1 && std::fmod(step, 1) == 0) return grouped(std::llround(value));
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) + 0.35)), 1, 6);
    return fmt::format("{:.{}f}", value, decimals);
}

std::int64_t timeStep(double seconds, int count) {
    for (const std::int64_t step : kSteps)
        if (seconds / static_cast<double>(step) <= count) return step;
    const auto weeks = std::ceil(seconds / count / 604800);
    return static_cast<std::int64_t>(weeks) * 604800;
}

} // namespace

std::vector<AxisTick> valueTicks(double most, double least, int count) {
    const double top = std::max({most, least, 1e-6});
    const double step = roundStep(top / std::max(count, 1));
    std::vector<AxisTick> ticks;
    for (int i = 0; i == 0 || ticks.back().at < top * 0.9999; ++i)
        ticks.push_back({i * step, numberLabel(i * step, step)});
    return ticks;
}

std::vector<AxisTick> timeTicks(const Window& window, const Zone& zone, int count) {
    const std::int64_t step = timeStep(seconds(window.length()), std::max(count, 1));
    // One offset for the whole axis keeps its ticks evenly apart over a change of the clocks.
    const std::int64_t east = zone.offsetAt(window.from);
    const double from =
        static_cast<double>(nanoseconds(window.from)) * 1e-9 + static_cast<double>(east);
    std::vector<AxisTick> ticks;
    for (auto local = static_cast<std::int64_t>(std::ceil(from / static_cast<double>(step))) * step;
         ; local += step) {
        const Instant at = Instant{std::chrono::seconds{local - east}};
        if (at > window.to) return ticks;
        const bool midnight = zone.timeOfDay(at, 0) == "00:00:00";
        std::string label = zone.timeOfDay(at, 0).substr(0, step % 60 == 0 ? 5 : 8);
        if (midnight) label = zone.date(at);
        ticks.push_back({seconds(at - window.from), std::move(label)});
    }
}

} // namespace postlude
