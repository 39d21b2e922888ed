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

/// Where a log stands in the hour that its zone's clocks show twice; outside of it all is absent.
struct Repeated {
    std::int64_t highest = kAbsent; ///< ns, local: the latest stamp of the first time
    std::int64_t last = kAbsent;    ///< the same of the stamp before
    bool second = false;
    bool operator==(const Repeated&) const = default;
};

/// Feed it the records of one source in order; not thread-safe.
class Placer {
public:
    /// `near`: an instant to which yearless stamps are close (a neighbour's, the file's date).
    /// `overrule`: the zone also holds for stamps that write their own offset.
    /// `written`: the file's date, to which ages ("3m ago") refer.
    Placer(Zone zone, bool overrule, Instant near, std::optional<Instant> written = {});
    std::optional<Instant> place(const Record& record) {
        return place(record.time, record[NumberField::Duration], record[TextField::TimeRaw]);
    }
    std::optional<Instant> place(const WrittenTime& time, std::int64_t duration,
                                 std::string_view raw);

    /// Goes on where an earlier one was.
    void resume(const Repeated& repeated) { begunIn_ = repeated_ = repeated; }
    /// The last yearless stamp, in its year, as a clock there showed it; before the first one
    /// `near`. Nothing but this and `repeated` flows from a record to later ones.
    [[nodiscard]] Instant last() const { return instant(last_); }
    [[nodiscard]] const Repeated& repeated() const { return repeated_; }
    /// True if all would have been placed alike, had it begun with these.
    [[nodiscard]] bool agreesWith(Instant near, const Repeated& repeated) const;
    /// True if any stamp was yearless.
    [[nodiscard]] bool usedYears() const { return first_ != kAbsent; }

private:
    std::int64_t withYear(std::int64_t local);
    Instant inZone(std::int64_t local, std::int64_t end);
    std::int64_t shiftInRepeated(std::int64_t end);
    [[nodiscard]] std::optional<Instant> byAge(std::string_view raw) const;

    Zone zone_;
    bool overrule_;
    std::optional<Instant> written_;
    std::int64_t begun_; // `near`
    std::int64_t last_;  // ns, local: yearless stamps stay close to the one before
    std::int64_t day_ = kAbsent;
    std::int64_t dayShift_ = 0;
    std::int64_t first_ = kAbsent; // the first yearless day, as written
    std::int64_t firstShift_ = 0;
    std::int64_t quarter_ = kAbsent;
    std::int64_t quarterShift_ = 0;
    std::int64_t secondShift_ = kAbsent; // where clocks show this quarter twice
    Repeated begunIn_, repeated_;
    bool knowsRepeated_ = false; // a stamp outside of that hour has settled it
    bool usedRepeated_ = false;  // one inside has depended on it
};

} // namespace postlude::detail
