// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot all be true, whatever the logs say.
#include "core/base/text.h"
#include "core/postmortem/detail/known.h"
#include "core/postmortem/detail/writtentime.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude::claims {

namespace {

struct Milestone {
    EntryKind kind;
    const char* what;
    bool afterStart; ///< makes no sense before the impact began
};
constexpr Milestone kMilestones[] = {{EntryKind::Detection, "detected", true},
                                     {EntryKind::Acknowledgement, "acknowledged", true},
                                     {EntryKind::Identification, "identified", true},
                                     {EntryKind::Mitigation, "mitigated", true},
                                     {EntryKind::Resolution, "resolved", true}};

class Order {
public:
    Order(const Postmortem& document, std::vector<Claim>& to)
        : d_(document)
        , zone_(zoneOf(document))
        , to_(to) {}

    void check() {
        const Summary& s = d_.summary;
        if (s.start && s.end && *s.end <= *s.start)
            differs("summary.end", "The end is not after the start", at(*s.end), at(*s.start));
        lengthAgainstEnds();
        entriesAgainstSummary();
        for (std::size_t i = 1; i < d_.timeline.size(); ++i)
            entryAgainstBefore(i);
    }

private:
    [[nodiscard]] std::string at(Instant t) const { return zone_.format(t, 0); }
    void differs(std::string place, std::string what, std::string stated, std::string other,
                 std::string by = {}) {
        to_.push_back({.kind = Claim::Kind::Order,
                       .state = Claim::State::Differs,
                       .place = std::move(place),
                       .what = std::move(what),
                       .stated = std::move(stated),
                       .logs = {},
                       .by = std::move(by),
                       .how = "the document says elsewhere: " + std::move(other)});
    }
    static std::string placeOf(std::size_t i) { return fmt::format("timeline[{}]", i); }

    void lengthAgainstEnds() {
        const Summary& s = d_.summary;
        const auto stated = reading::lengthIn(s.durationText);
        if (!s.start || !s.end || !stated || *s.end <= *s.start) return;
        const Duration length = *s.end - *s.start;
        const Duration slack = std::max<Duration>(std::chrono::seconds{60}, length / 20);
        if (std::chrono::abs(*stated - length) > slack)
            differs("summary.duration_text", "The duration is not from start to end",
                    s.durationText, spoken(length));
    }

    void entriesAgainstSummary() {
        const auto start = d_.summary.start;
        const auto end = d_.summary.end;
        bool begun = false;
        for (std::size_t i = 0; i < d_.timeline.size(); ++i) {
            const TimelineEntry& e = d_.timeline[i];
            if (!e.time) continue;
            if (e.kind == EntryKind::ImpactStart && start && !begun) {
                begun = true;
                apart(i, "The impact starts at another time than the summary says", *start);
            }
            const auto slack = toleranceOf(*e.time);
            for (const Milestone& m : kMilestones)
                if (m.kind == e.kind && start && *e.time + slack < *start)
                    differs(placeOf(i), fmt::format("It was {} before the impact began", m.what),
                            at(*e.time), at(*start), spoken(*start - *e.time));
        }
        const auto last = lastOf(EntryKind::Resolution);
        if (end && last)
            apart(*last, "It was resolved at another time than the summary says", *end);
    }

    [[nodiscard]] std::optional<std::size_t> lastOf(EntryKind kind) const {
        for (std::size_t i = d_.timeline.size(); i-- > 0;)
            if (d_.timeline[i].kind == kind && d_.timeline[i].time) return i;
        return {};
    }

    void apart(std::size_t entry, const char* what, Instant summary) {
        const Instant t = *d_.timeline[entry].time;
        const Duration slack = std::max(toleranceOf(t), toleranceOf(summary));
        if (std::chrono::abs(t - summary) > slack)
            differs(placeOf(entry), what, at(t), at(summary),
                    spoken(std::chrono::abs(t - summary)));
    }

    void entryAgainstBefore(std::size_t i) {
        const auto& here = d_.timeline[i].time;
        const auto& before = d_.timeline[i - 1].time;
        if (here && before && *here < *before)
            differs(placeOf(i), "It stands behind an entry that is later", at(*here), at(*before),
                    spoken(*before - *here));
    }

    const Postmortem& d_;
    Zone zone_;
    std::vector<Claim>& to_;
};

} // namespace

void orderClaims(const Postmortem& document, std::vector<Claim>& to) {
    Order(document, to).check();
}

} // namespace postlude::claims
