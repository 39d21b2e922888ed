// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/wavecount.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000, kApart = 10 * kSecond;

Grid gridOf(const Traffic& traffic, const Window& during) {
    constexpr std::int64_t kMost = 2000; // buckets
    return countedOver(traffic, during, nanoseconds(during.from),
                       (during.length().count() / kMost / kSecond + 1) * kSecond);
}

} // namespace

std::vector<Window> wavesIn(const Traffic& traffic, const Window& during, const Baseline& usual) {
    if (during.from >= during.to) return {};
    const Grid grid = gridOf(traffic, during);
    const double before = usual.failed + usual.slow, limit = std::max(3 * before, before + 0.02);
    std::vector<Window> out;
    for (const Segment& s : keenSegments(grid.counts)) {
        if (s.requests == 0 || s.failedShare() + s.slowShare() < limit) continue;
        const Window wave{instant(grid.at(s.from)), std::min(during.to, instant(grid.at(s.to)))};
        if (!out.empty() && (wave.from - out.back().to).count() < kApart)
            out.back().to = wave.to;
        else
            out.push_back(wave);
    }
    if (out.size() < 2) out.clear();
    return out;
}

std::string wavesInWords(const std::vector<Window>& waves) {
    constexpr std::size_t kTold = 6;
    if (waves.empty()) return {};
    std::vector<std::string> told;
    for (const Window& w : waves)
        if (told.size() < kTold)
            told.push_back(fmt::format(
                "{} for {}", toRfc3339(w.from, 0),
                spoken(Duration{std::chrono::round<std::chrono::seconds>(w.length())})));
    return fmt::format("The incident from {} on came in {} waves, with requests as usual in "
                       "between: {}{}",
                       toRfc3339(waves.front().from, 0), waves.size(), fmt::join(told, ", "),
                       waves.size() > kTold ? " …" : "");
}

} // namespace postlude::detail
