// SPDX-License-Identifier: GPL-3.0-or-later
// A log that writes no zone is taken for some; its requests, paired with the balancer's, tell which
// it was.
#include "core/analysis/detail/clocks.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <cmath>

namespace postlude::detail {

namespace {

constexpr double kQuarter = 900;

std::string hoursText(double quarters) {
    const auto minutes = int(std::abs(quarters)) * 15;
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// "UTC+02:00", or "Europe/Berlin and 01:00 east of it".
std::string shifted(const std::string& zone, double quarters) {
    if (zone == "UTC" || zone.empty())
        return fmt::format("UTC{}{}", quarters > 0 ? '+' : '-', hoursText(quarters));
    return fmt::format("{} {} of {}", hoursText(quarters), quarters > 0 ? "east" : "west",
                       visible(zone));
}

bool isGuessed(const SourceInfo& s) {
    return s.records > 0 && s.zoneFrom.starts_with("guessed");
}

} // namespace

std::string zoneText(const HostClock& clock, const std::vector<SourceInfo>& sources) {
    if (!clock.offset) return {};
    const double off = seconds(*clock.offset), quarters = std::round(off / kQuarter);
    if (quarters == 0 || std::abs(off - quarters * kQuarter) > 60) return {};
    const SourceInfo *theirs = nullptr, *ours = nullptr;
    for (const SourceInfo& s : sources) {
        if (!isGuessed(s)) continue;
        if (s.role == SourceRole::Balancer)
            ours = ours ? ours : &s;
        else if (s.host == clock.host && !theirs)
            theirs = &s;
    }
    std::string out =
        fmt::format("; that is {} h {}, ", hoursText(quarters), quarters > 0 ? "ahead" : "behind");
    if (theirs)
        return out + fmt::format("a zone: {} writes none and was taken for {} ({}), but its "
                                 "requests fit the balancer's as {}. Its times are corrected; "
                                 "stated, the zone is right from the beginning",
                                 visible(theirs->path), visible(theirs->zone),
                                 visible(theirs->zoneFrom), shifted(theirs->zone, quarters));
    if (ours)
        return out + fmt::format("a zone: {} writes none and was taken for {} ({}), while {} "
                                 "writes its own. All times that are told here go by the "
                                 "balancer's: what fits is {}",
                                 visible(ours->path), visible(ours->zone), visible(ours->zoneFrom),
                                 visible(clock.host), shifted(ours->zone, -quarters));
    return out + "so that its times were written in another zone than they say";
}

} // namespace postlude::detail
