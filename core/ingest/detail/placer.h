// SPDX-License-Identifier: GPL-3.0-or-later
// Written times become instants: zone and year settled, a request at its start.
#pragma once

#include "core/base/zone.h"
#include "core/format/record.h"

namespace postlude::detail {

/// The moment of that year that a stamp without one (its `local`, in 1972) is in; of 29 February
/// in a year that has none the day before.
Instant inYear(Instant yearless, int year);

/// A `near` for the first yearless stamp of a file that was written last at `modified`: its year is
/// then the one in which it is no later than that, give or take two days.
constexpr Instant beforeOf(Instant modified) {
    return modified - std::chrono::days{180};
}

/// Feed it the records of one source in order; not thread-safe.
class Placer {
public:
    /// `near`: an instant to which yearless stamps are close (a neighbour's, the file's date).
    /// `overrule`: the zone also holds for stamps that write their own offset.
    /// `written`: the file's date, to which ages ("3m ago") refer.
    Placer(Zone zone, bool overrule, Instant near, std::optional<Instant> written = {});
    std::optional<Instant> place(const Record& record);

    /// The last yearless stamp, in its year, as a clock there showed it; before the first one
    /// `near`. Nothing else flows from a record to later ones.
    [[nodiscard]] Instant last() const { return instant(last_); }
    /// True if all would have been placed alike, had it begun with this `near`.
    [[nodiscard]] bool agreesWith(Instant near) const;
    /// True if any stamp was yearless.
    [[nodiscard]] bool usedYears() const { return first_ != kAbsent; }

private:
    std::int64_t withYear(std::int64_t local);
    Instant inZone(std::int64_t local);
    [[nodiscard]] std::optional<Instant> byAge(const Record& record) const;

    Zone zone_;
    bool overrule_;
    std::optional<Instant> written_;
    std::int64_t begun_; // `near`
    std::int64_t last_;  // ns, local: yearless stamps stay close to the one before
    std::int64_t day_ = kAbsent;
    std::int64_t dayShift_ = 0;
    std::int64_t first_ = kAbsent; // the first yearless day, as written
    std::int64_t firstShift_ = 0;
    bool unplaced_ = false; // a 29 February in none of the years around
    std::int64_t quarter_ = kAbsent;
    std::int64_t quarterShift_ = 0;
};

} // namespace postlude::detail
