// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/placer.h"

#include "core/ingest/detail/age.h"

#include <cstdlib>

namespace postlude::detail {

namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;
constexpr std::int64_t kQuarter = kDay / 96;
constexpr std::int64_t kLongest = 31 * kDay; ///< a longer duration is a fault of the log

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// How far a day of a year unknown is from the day in the year in which it is nearest to `last`;
/// nothing if it is in none of them (29 February).
std::optional<std::int64_t> shiftOf(std::int64_t day, std::int64_t last) {
    const Civil written = toCivil(instant(day * kDay));
    const int around = toCivil(instant(last)).year;
    const std::int64_t lastDay = floorDiv(last, kDay) * kDay;
    std::int64_t best = kAbsent;
    for (int year = around - 1; year <= around + 1; ++year) {
        if (written.month == 2 && written.day == 29 && !std::chrono::year{year}.is_leap()) continue;
        const std::int64_t there = daysFromCivil(year, written.month, written.day) * kDay;
        if (best == kAbsent || std::llabs(there - lastDay) < std::llabs(best - lastDay))
            best = there;
    }
    return best == kAbsent ? std::optional<std::int64_t>() : best - day * kDay;
}

} // namespace

Instant inYear(Instant yearless, int year) {
    const std::int64_t local = nanoseconds(yearless);
    const Civil written = toCivil(yearless);
    const bool none = written.month == 2 && written.day == 29 && !std::chrono::year{year}.is_leap();
    const std::int64_t day = daysFromCivil(year, written.month, written.day - (none ? 1 : 0));
    return instant(day * kDay + local - floorDiv(local, kDay) * kDay);
}

Placer::Placer(Zone zone, bool overrule, Instant near, std::optional<Instant> written)
    : zone_(std::move(zone))
    , overrule_(overrule)
    , written_(written)
    , begun_(nanoseconds(near))
    , last_(begun_) {}

bool Placer::agreesWith(Instant near) const {
    if (unplaced_ && nanoseconds(near) != begun_) return false;
    return first_ == kAbsent || shiftOf(first_, nanoseconds(near)) == firstShift_;
}

/// The year in which the stamp is nearest to the one before it, so that it rolls over at New
/// Year in both directions. All stamps of a day move by the same amount.
std::int64_t Placer::withYear(std::int64_t local) {
    const std::int64_t day = floorDiv(local, kDay);
    if (day != day_) {
        const auto shift = shiftOf(day, last_);
        if (!shift) return unplaced_ = true, local;
        day_ = day;
        dayShift_ = *shift;
        if (first_ == kAbsent) {
            first_ = day;
            firstShift_ = dayShift_;
        }
    }
    last_ = local + dayShift_;
    return last_;
}

/// Zones change their offset at full quarters of an hour only.
Instant Placer::inZone(std::int64_t local) {
    const std::int64_t quarter = floorDiv(local, kQuarter);
    if (quarter != quarter_) {
        quarter_ = quarter;
        quarterShift_ =
            nanoseconds(zone_.fromLocal(instant(quarter * kQuarter))) - quarter * kQuarter;
    }
    return instant(local + quarterShift_);
}

std::optional<Instant> Placer::byAge(const Record& record) const {
    const std::string_view raw = record[TextField::TimeRaw];
    if (raw.empty() || !written_) return {};
    const auto age = readAge(raw);
    return age ? std::optional<Instant>(*written_ - *age) : std::nullopt;
}

std::optional<Instant> Placer::place(const Record& record) {
    const WrittenTime& time = record.time;
    if (!time.known()) return byAge(record);
    const std::int64_t local = time.hasYear ? time.local : withYear(time.local);
    Instant at = time.offset && !overrule_ ? instant(local) - std::chrono::seconds{*time.offset}
                                           : inZone(local);
    const std::int64_t duration = record[NumberField::Duration];
    if (time.isEnd && duration > 0 && duration <= kLongest) at -= Duration{duration};
    return at;
}

} // namespace postlude::detail
