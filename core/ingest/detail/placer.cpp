// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/placer.h"

#include "core/ingest/detail/age.h"

#include <cstdlib>

namespace postlude::detail {

namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;
constexpr std::int64_t kQuarter = kDay / 96;
constexpr std::int64_t kJump = 300'000'000'000; ///< back by less is disorder, not a clock set back
constexpr std::int64_t kLongest = 31 * kDay;    ///< a longer duration is a fault of the log

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

bool exists(int year, const Civil& day) {
    return day.month != 2 || day.day != 29 || std::chrono::year{year}.is_leap();
}

/// How far a day of a year unknown is from the day in the year in which it is nearest to `last`; a
/// 29 February that none of them has is the last that was.
std::int64_t shiftOf(std::int64_t day, std::int64_t last) {
    const Civil written = toCivil(instant(day * kDay));
    const int around = toCivil(instant(last)).year;
    const std::int64_t lastDay = floorDiv(last, kDay) * kDay;
    std::int64_t best = kAbsent;
    for (int year = around - 1; year <= around + 1; ++year) {
        if (!exists(year, written)) continue;
        const std::int64_t there = daysFromCivil(year, written.month, written.day) * kDay;
        if (best == kAbsent || std::llabs(there - lastDay) < std::llabs(best - lastDay))
            best = there;
    }
    for (int year = around; best == kAbsent; --year)
        if (exists(year, written)) best = daysFromCivil(year, 2, 29) * kDay;
    return best - day * kDay;
}

} // namespace

Instant inYear(Instant yearless, int year) {
    const std::int64_t local = nanoseconds(yearless);
    const Civil written = toCivil(yearless);
    const std::int64_t day =
        daysFromCivil(year, written.month, written.day - (exists(year, written) ? 0 : 1));
    return instant(day * kDay + local - floorDiv(local, kDay) * kDay);
}

Placer::Placer(Zone zone, bool overrule, Instant near, std::optional<Instant> written)
    : zone_(std::move(zone))
    , overrule_(overrule)
    , written_(written)
    , begun_(nanoseconds(near))
    , last_(begun_) {}

bool Placer::agreesWith(Instant near, const Repeated& repeated) const {
    if ((usedRepeated_ || !knowsRepeated_) && repeated != begunIn_) return false;
    return first_ == kAbsent || shiftOf(first_, nanoseconds(near)) == firstShift_;
}

/// The year in which the stamp is nearest to the one before it, so that it rolls over at New
/// Year in both directions. All stamps of a day move by the same amount.
std::int64_t Placer::withYear(std::int64_t local) {
    const std::int64_t day = floorDiv(local, kDay);
    if (day != day_) {
        day_ = day;
        dayShift_ = shiftOf(day, last_);
        if (first_ == kAbsent) {
            first_ = day;
            firstShift_ = dayShift_;
        }
    }
    last_ = local + dayShift_;
    return last_;
}

/// Zones change their offset at full quarters of an hour only. `end`: when the line was written.
Instant Placer::inZone(std::int64_t local, std::int64_t end) {
    const std::int64_t quarter = floorDiv(local, kQuarter);
    if (quarter != quarter_) {
        quarter_ = quarter;
        const Instant written = instant(quarter * kQuarter);
        quarterShift_ = nanoseconds(zone_.fromLocal(written)) - quarter * kQuarter;
        const auto second = zone_.secondFromLocal(written);
        secondShift_ = second ? nanoseconds(*second) - quarter * kQuarter : kAbsent;
    }
    if (secondShift_ != kAbsent) return instant(local + shiftInRepeated(end));
    if (!usedRepeated_) knowsRepeated_ = true;
    repeated_ = {};
    return instant(local + quarterShift_);
}

/// The second time begins where stamps go back by much. Single late ones go back, too, but the
/// next is then where they were.
std::int64_t Placer::shiftInRepeated(std::int64_t end) {
    if (!knowsRepeated_) usedRepeated_ = true;
    Repeated& now = repeated_;
    const bool back = now.last != kAbsent && end < now.highest - kJump;
    const bool returned = now.second && end >= now.highest && end > now.last + kJump;
    if (!now.second && back)
        now.second = true;
    else if (returned)
        now.second = false;
    if (!now.second) now.highest = std::max(now.highest, end);
    now.last = end;
    return now.second ? secondShift_ : quarterShift_;
}

std::optional<Instant> Placer::byAge(std::string_view raw) const {
    if (raw.empty() || !written_) return {};
    const auto age = readAge(raw);
    return age ? std::optional<Instant>(*written_ - *age) : std::nullopt;
}

std::optional<Instant> Placer::place(const WrittenTime& time, std::int64_t stated,
                                     std::string_view raw) {
    if (!time.known()) return byAge(raw);
    const std::int64_t local = time.hasYear ? time.local : withYear(time.local);
    const std::int64_t duration = stated > 0 && stated <= kLongest ? stated : 0;
    const std::int64_t end = time.isEnd ? local : local + duration;
    const Instant at = time.offset && !overrule_
                           ? instant(local) - std::chrono::seconds{*time.offset}
                           : inZone(local, end);
    return time.isEnd ? at - Duration{duration} : at;
}

} // namespace postlude::detail
