// SPDX-License-Identifier: GPL-3.0-or-later
// The one shared axis: which moment is at which pixel, where ticks go, how wide a bucket is.
#pragma once

#include "core/base/zone.h"

#include <QString>
#include <vector>

namespace postlude {

/// Every time-based widget leaves the same room at its sides, so that moments line up.
/// Room for the names of lanes and values of axes, in the text size of the program.
int plotLeft();
inline constexpr int kPlotRight = 11;

/// Linear between two pixels. A value.
struct TimeScale {
    Window window;
    double left = 0, right = 1; ///< pixels of window.from and window.to

    /// For a widget that wide, with the common margins.
    static TimeScale across(int width, Window window);
    [[nodiscard]] double x(Instant t) const;
    [[nodiscard]] Instant at(double x) const;
    [[nodiscard]] Duration perPixel() const;
};

struct TimeTick {
    Instant at{};
    QString label; ///< "14:30", "14:30:05", "14:30:05.200"
    QString date;  ///< "2024-01-15" where it is the first tick of that day in view, else empty
};
/// Ticks at round local times, at least `apart` pixels from one another.
std::vector<TimeTick> ticksOf(const TimeScale& scale, const Zone& zone, int apart = 64);

/// The round bucket that gives about one every `pixels` pixels over so long a window.
Duration bucketFor(Duration window, int width, int pixels);

/// Zoomed by `factor` (< 1: nearer) around a moment that keeps its place on the screen.
Window zoomed(Window window, Instant around, double factor);
Window moved(Window window, Duration by);

} // namespace postlude
