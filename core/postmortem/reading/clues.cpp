// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/clues.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <set>

namespace postlude::reading {

using std::chrono::hours;

void Clues::note(std::string_view text, std::size_t line) {
    for (const WrittenSpan& span : spansIn(text)) {
        for (const WrittenTime* time : {&span.from, span.to ? &*span.to : nullptr}) {
            if (!time) continue;
            if (time->date) dates.push_back({*time, line});
            if (time->zone && !zone) zone = time->zone;
        }
    }
}

namespace {

std::string spelled(const WrittenDate& date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

WrittenDate dateOf(Instant local) {
    const Civil c = toCivil(local);
    return {c.year, c.month, c.day, false};
}

/// Midnight, or nothing if there is no such day.
std::optional<Instant> midnight(const WrittenDate& date) {
    return fromCivil({date.year, date.month, date.day, 0, 0, 0, 0});
}

using DateKey = std::tuple<int, unsigned, unsigned>;

DateKey keyOf(const WrittenDate& date) {
    return {date.year, date.month, date.day};
}

/// The day, in the zone, on which its clocks first show the time of day from `least` on.
Instant dayFrom(Instant least, Duration ofDay, const Zone& zone) {
    const Instant local = least + std::chrono::seconds{zone.offsetAt(least)};
    Instant day = std::chrono::floor<std::chrono::days>(local);
    if (zone.fromLocal(day + ofDay) < least) day += hours{24};
    return day;
}

class Settler {
public:
    Settler(const Clues& clues, Reading& reading)
        : clues_(clues)
        , reading_(reading)
        , summary_(reading.document.summary) {}

    void settle() {
        collect();
        settleZone();
        settleSummary();
        settleTimeline();
        sayWhatIsMissing();
        checkLength();
        checkDates();
        checkTimeline();
        std::ranges::stable_sort(reading_.remarks, {}, &ReadingRemark::line);
    }

private:
    void remark(std::size_t line, std::string text) {
        reading_.remarks.push_back({line + 1, std::move(text)});
    }

    void collect() {
        const auto add = [&](const std::optional<WrittenTime>& time) {
            if (!time) return;
            if (time->date && time->date->year != 0) years_.insert(time->date->year);
            if (time->date && !time->date->ambiguous && time->date->year != 0)
                sure_.insert(keyOf(*time->date));
            if (time->zone && !time->zone->name.empty()) zones_.push_back(*time->zone);
        };
        for (const std::optional<At>* at : {&clues_.start, &clues_.end})
            if (*at) add((*at)->time);
        for (const At& at : clues_.dates)
            add(at.time);
        for (const At& at : clues_.told)
            add(at.time);
        for (const EntryTime& entry : clues_.entries)
            add(entry.time);
    }

    static std::optional<WrittenZone> zoneIn(const std::optional<At>& at) {
        return at ? at->time.zone : std::nullopt;
    }
    static std::optional<WrittenZone>
    firstOf(std::initializer_list<std::optional<WrittenZone>> zones) {
        for (const auto& zone : zones)
            if (zone) return zone;
        return {};
    }

    void settleZone() {
        const std::optional<WrittenZone> any =
            zones_.empty() ? std::nullopt : std::optional(zones_.front());
        summaryZone_ = firstOf(
            {zoneIn(clues_.start), zoneIn(clues_.end), clues_.zone, clues_.timelineZone, any});
        entryZone_ = firstOf(
            {clues_.timelineZone, zoneIn(clues_.start), zoneIn(clues_.end), clues_.zone, any});
        summary_.zone = summaryZone_ ? summaryZone_->name : std::string();
        if (summary_.zone.empty() && entryZone_) summary_.zone = entryZone_->name;
        std::set<std::string> different;
        for (const WrittenZone& zone : zones_)
            different.insert(zone.name);
        if (clues_.timelineZone && !clues_.timelineZone->name.empty())
            different.insert(clues_.timelineZone->name);
        if (different.size() > 1) {
            std::string list;
            for (const std::string& zone : different)
                list += (list.empty() ? "" : ", ") + zone;
            reading_.remarks.push_back(
                {0, "times are written in more than one zone (" + list + ")"});
        }
    }

    /// The date with its year, and the right way round; nothing where the document does not say.
    std::optional<WrittenDate> settled(WrittenDate date, std::size_t line) {
        if (date.year == 0) {
            if (years_.size() != 1) {
                if (said_.insert(keyOf(date)).second)
                    remark(line, "the year is not written, so the day is not known");
                return {};
            }
            date.year = *years_.begin();
        }
        if (!date.ambiguous) return date;
        const WrittenDate other{date.year, date.day, date.month, false};
        date.ambiguous = false;
        const bool thisWay = sure_.contains(keyOf(date));
        const bool otherWay = sure_.contains(keyOf(other));
        if (thisWay != otherWay) return thisWay ? date : other;
        if (said_.insert(keyOf(date)).second)
            remark(line, "the date may be " + spelled(date) + " or " + spelled(other) +
                             ", so no instant follows from it");
        return {};
    }

    /// A written zone, or that of the document; nothing if neither is known for sure.
    std::optional<Zone> zoneFor(const std::optional<WrittenZone>& written,
                                const std::optional<WrittenZone>& usual, std::size_t line) {
        const std::optional<WrittenZone>& zone = written ? written : usual;
        if (!zone) {
            withoutZone_ = true;
            return {};
        }
        if (zone->name.empty()) {
            if (!ambiguousZoneSaid_)
                remark(line, "the zone that is written has more than one meaning; give it as an "
                             "offset such as UTC-6");
            ambiguousZoneSaid_ = true;
            return {};
        }
        return Zone::named(zone->name);
    }

    std::optional<WrittenDate> baseDate() {
        const auto date = [&](const std::optional<At>& at) -> std::optional<WrittenDate> {
            return at && at->time.date ? settled(*at->time.date, at->line) : std::nullopt;
        };
        if (const auto start = date(clues_.start)) return start;
        if (const auto end = date(clues_.end); end && !clues_.start) return end;
        for (const At& at : clues_.dates)
            if (const auto known = settled(*at.time.date, at.line)) return known;
        if (const auto end = date(clues_.end)) return end;
        for (const At& at : clues_.told)
            if (const auto known = settled(*at.time.date, at.line)) return known;
        return {};
    }

    void settleSummary() {
        base_ = baseDate();
        if (clues_.start && clues_.start->time.ofDay) settleStart();
        if (clues_.end && clues_.end->time.ofDay) settleEnd();
    }

    void settleStart() {
        const WrittenTime& time = clues_.start->time;
        const auto zone = zoneFor(time.zone, summaryZone_, clues_.start->line);
        const auto date = time.date ? settled(*time.date, clues_.start->line) : base_;
        const auto day = date ? midnight(*date) : std::nullopt;
        if (day) startLocal_ = *day + *time.ofDay;
        if (!day) withoutDate_ = true;
        if (day && zone) summary_.start = zone->fromLocal(*startLocal_);
        startZone_ = zone;
    }

    void settleEnd() {
        const WrittenTime& time = clues_.end->time;
        const auto zone = zoneFor(time.zone, summaryZone_, clues_.end->line);
        const auto date = time.date ? settled(*time.date, clues_.end->line) : base_;
        const auto day = date ? midnight(*date) : std::nullopt;
        if (!day) {
            withoutDate_ = true;
            return;
        }
        endLocal_ = (time.date ? *day : endDay(*day, *time.ofDay, zone)) + *time.ofDay;
        if (zone) summary_.end = zone->fromLocal(*endLocal_);
        if (summary_.start && summary_.end && *summary_.end < *summary_.start)
            remark(clues_.end->line, "the end is before the start");
    }

    /// The day of an end without a date of its own: that of the start, or the next. Clocks of two
    /// zones are compared by their instants.
    Instant endDay(Instant usual, Duration ofDay, const std::optional<Zone>& zone) {
        if (summary_.start && apart(zone, startZone_)) {
            const Instant day = dayFrom(*summary_.start, ofDay, *zone);
            if (day != usual)
                remark(clues_.end->line, "the end is in another zone than the start, so it is "
                                         "taken to be on " +
                                             spelled(dateOf(day)));
            return day;
        }
        if (!startLocal_ || usual + ofDay >= *startLocal_) return usual;
        remark(clues_.end->line,
               "the end is before the start, so it is taken to be on the next day");
        return usual + hours{24};
    }

    static bool apart(const std::optional<Zone>& one, const std::optional<Zone>& other) {
        return one && other && !(*one == *other);
    }

    /// The day of an entry without a date of its own: that of the one before, or the day after
    /// where the clock went past midnight.
    std::optional<Instant> dayFor(const EntryTime& entry, Duration ofDay,
                                  const std::optional<Zone>& zone) {
        if (entry.time->date || (entry.date && entry.date != section_)) {
            if (!entry.time->date) section_ = entry.date;
            const auto date =
                settled(entry.time->date ? *entry.time->date : *entry.date, entry.line);
            day_ = date ? midnight(*date) : std::nullopt;
            last_.reset();
            lastAt_.reset();
        } else if (!day_ && !sawEntry_) {
            firstDay(ofDay, zone);
        }
        sawEntry_ = true;
        if (!day_) return {};
        bool earlier = false;
        if (lastAt_ && apart(zone, lastZone_)) {
            day_ = dayFrom(*lastAt_ - hours{6}, ofDay, *zone);
            earlier = zone->fromLocal(*day_ + ofDay) < *lastAt_;
        } else if (last_ && *last_ - ofDay > hours{6}) {
            *day_ += hours{24};
            past_ = true;
        } else if (last_ && past_ && ofDay - *last_ > hours{18}) {
            // "The disk had been read-only since 11:49 pm", told after midnight.
            *day_ -= hours{24};
            past_ = false;
            earlier = true;
        } else {
            earlier = last_ && ofDay < *last_;
        }
        if (earlier) remark(entry.line, "this entry is earlier than the one before it");
        last_ = ofDay;
        lastZone_ = zone;
        lastAt_ = zone ? std::optional(zone->fromLocal(*day_ + ofDay)) : std::nullopt;
        return day_;
    }

    void firstDay(Duration ofDay, const std::optional<Zone>& zone) {
        day_ = base_ ? midnight(*base_) : std::nullopt;
        if (!day_ || !startLocal_) return;
        if (summary_.start && apart(zone, startZone_)) {
            day_ = dayFrom(*summary_.start - hours{6}, ofDay, *zone);
            return;
        }
        const Duration start = *startLocal_ - std::chrono::floor<std::chrono::days>(*startLocal_);
        if (start - ofDay > hours{12}) *day_ += hours{24};
        if (ofDay - start > hours{12}) *day_ -= hours{24};
    }

    void settleTimeline() {
        for (std::size_t i = 0; i < clues_.entries.size(); ++i) {
            const EntryTime& entry = clues_.entries[i];
            if (!entry.time || !entry.time->ofDay) continue;
            const auto zone = zoneFor(entry.time->zone, entryZone_, entry.line);
            const auto day = dayFor(entry, *entry.time->ofDay, zone);
            if (!day) withoutDate_ = true;
            if (day) reading_.document.timeline[i].time = lastAt_;
        }
    }

    void sayWhatIsMissing() {
        if (withoutZone_)
            reading_.remarks.push_back({0, "no time zone is written, so times are left as text"});
        if (withoutDate_ && !base_ && said_.empty())
            reading_.remarks.push_back({0, "no date is written, so times are left as text"});
    }

    void checkLength() {
        if (!clues_.length || !startLocal_ || !endLocal_) return;
        // By the clocks of a wall only where no zone is known: they are set twice a year.
        const Duration actual = summary_.start && summary_.end ? *summary_.end - *summary_.start
                                                               : *endLocal_ - *startLocal_;
        const Duration difference = std::chrono::abs(actual - *clues_.length);
        if (difference > std::chrono::minutes{1} && difference > actual / 50)
            remark(clues_.start->line,
                   fmt::format("the stated length is {}, but from start to end it is {}",
                               spoken(*clues_.length), spoken(actual)));
    }

    void checkDates() {
        if (!startLocal_) return;
        const Instant first = std::chrono::floor<std::chrono::days>(*startLocal_);
        const Instant last = endLocal_.value_or(*startLocal_);
        for (const At& at : clues_.dates) {
            if (at.time.date->ambiguous || at.time.date->year == 0) continue;
            const auto day = midnight(*at.time.date);
            if (day && (*day < first || *day > last))
                remark(at.line, fmt::format("{} is not a day of the incident, which began on {}",
                                            spelled(*at.time.date), spelled(dateOf(first))));
        }
    }

    void checkTimeline() {
        std::optional<std::size_t> lastResolution;
        const auto& timeline = reading_.document.timeline;
        for (std::size_t i = 0; i < timeline.size(); ++i) {
            if (!timeline[i].time) continue;
            if (summary_.start && timeline[i].kind == EntryKind::Detection &&
                *timeline[i].time < *summary_.start)
                remark(clues_.entries[i].line,
                       "this detection is before the start that the summary gives");
            if (timeline[i].kind == EntryKind::Resolution) lastResolution = i;
        }
        if (!summary_.end || !lastResolution) return;
        const Duration difference =
            std::chrono::abs(*timeline[*lastResolution].time - *summary_.end);
        if (difference >= std::chrono::minutes{2})
            remark(
                clues_.entries[*lastResolution].line,
                fmt::format("this entry tells the end {} {} the end that the summary gives",
                            spoken(difference),
                            *timeline[*lastResolution].time < *summary_.end ? "before" : "after"));
    }

    const Clues& clues_;
    Reading& reading_;
    Summary& summary_;
    std::set<int> years_;
    std::set<DateKey> sure_;
    std::vector<WrittenZone> zones_;
    std::set<DateKey> said_;
    std::optional<WrittenZone> summaryZone_, entryZone_;
    std::optional<WrittenDate> base_, section_;
    std::optional<Instant> startLocal_, endLocal_, day_;
    std::optional<Zone> startZone_, lastZone_;
    std::optional<Duration> last_;  ///< of the entry before, as its clock showed it
    std::optional<Instant> lastAt_; ///< its instant, where its zone is known
    bool past_ = false;             ///< midnight has passed since the day began
    bool sawEntry_ = false;
    bool withoutZone_ = false;
    bool withoutDate_ = false;
    bool ambiguousZoneSaid_ = false;
};

} // namespace

void settleTimes(const Clues& clues, Reading& reading) {
    Settler(clues, reading).settle();
}

} // namespace postlude::reading
