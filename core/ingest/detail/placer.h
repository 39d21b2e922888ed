// SPDX-License-Identifier: GPL-3.0-or-later
// Written times become instants: zone and year settled, a request at its start.
#pragma once

#include "core/base/zone.h"
#include "core/format/record.h"

namespace postlude::detail {

/// The moment of that year that a stamp without one (its `local`, in 1972) is in; of 29 February
/// in a year that has none the day before.
Instant inYear(Instant yearless, int year);

/// Feed it the records of one source in order; not thread-safe.
class Placer {
public:
    /// `near`: an instant to which yearless stamps are close (a neighbour's, the file's date).
    /// `overrule`: the zone also holds for stamps that write their own offset.
    Placer(Zone zone, bool overrule, Instant near);
    std::optional<Instant> place(const Record& record);

private:
    std::int64_t withYear(std::int64_t local);
    Instant inZone(std::int64_t local);

    Zone zone_;
    bool overrule_;
    std::int64_t last_; // ns, local: yearless stamps stay close to the one before
    std::int64_t day_ = kAbsent;
    std::int64_t dayShift_ = 0;
    std::int64_t quarter_ = kAbsent;
    std::int64_t quarterShift_ = 0;
};

} // namespace postlude::detail
