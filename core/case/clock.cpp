// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace postlude {

namespace {

Duration on(const ClockLeg& leg, Instant said) {
    if (leg.drift == 0) return leg.offset;
    const Duration reach = leg.to - leg.from;
    const Instant t = std::clamp(said, leg.from - reach, leg.to + reach);
    return leg.offset + Duration{std::llround(leg.drift * double((t - leg.from).count()))};
}

} // namespace

Instant ClockCourse::border(std::size_t k) const {
    const Instant before = legs[k - 1].to, after = legs[k].from;
    return before + (after - before) / 2;
}

Duration ClockCourse::at(Instant said) const {
    if (legs.empty()) return {};
    std::size_t k = legs.size() - 1;
    while (k > 0 && said < border(k))
        --k;
    return on(legs[k], said);
}

ClockCourse::Range ClockCourse::within(Instant from, Instant to) const {
    Range out{at(from), at(from)};
    const auto widen = [&](Duration d) {
        out.least = std::min(out.least, d);
        out.most = std::max(out.most, d);
    };
    widen(at(to));
    for (std::size_t k = 1; k < legs.size(); ++k) {
        const Instant t = border(k);
        if (t < from || t > to) continue;
        widen(on(legs[k - 1], t));
        widen(on(legs[k], t));
    }
    return out;
}

std::string packed(const ClockCourse& course) {
    std::string out;
    for (const ClockLeg& leg : course.legs)
        out += fmt::format("{} {} {} {} {}\n", nanoseconds(leg.from), nanoseconds(leg.to),
                           leg.offset.count(), leg.drift, leg.uncertainty.count());
    return out;
}

ClockCourse clockCourseFrom(std::string_view packed) {
    ClockCourse out;
    std::istringstream lines{std::string(packed)};
    lines.imbue(std::locale::classic());
    std::int64_t from = 0, to = 0, offset = 0, uncertainty = 0;
    double drift = 0;
    constexpr double kMost = 0.1; // a case may come from anybody
    while (lines >> from >> to >> offset >> drift >> uncertainty)
        if (from <= to && std::abs(drift) <= kMost)
            out.legs.push_back(
                {instant(from), instant(to), Duration{offset}, drift, Duration{uncertainty}});
    return out;
}

} // namespace postlude
