// SPDX-License-Identifier: GPL-3.0-or-later
// How long one waits at the window: by the clock on the wall, and in processor time.
#pragma once

#include <QElapsedTimer>
#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace postlude {

/// Milliseconds.
inline double since(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// Of this thread, ms: what a busy machine does not change.
inline double processorTime() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

/// Of what took so many milliseconds each time; at least once.
inline std::string figures(std::vector<double> took) {
    std::ranges::sort(took);
    const auto at = [&took](double share) {
        return took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))];
    };
    return fmt::format("p50 {:7.2f}  p95 {:7.2f}  longest {:7.1f}", at(0.5), at(0.95), took.back());
}

} // namespace postlude
