// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/messages.h"

#include "core/analysis/templates.h"

#include <algorithm>
#include <limits>

namespace postlude::detail {

namespace {

constexpr std::size_t kSlices = 48; ///< of the quiet time, to see how evenly messages come
constexpr auto kLead = std::chrono::seconds(60);
constexpr auto kTail = std::chrono::seconds(120);
constexpr auto kLeastQuiet = std::chrono::seconds(30);

/// Which phase an instant belongs to.
class PhaseFinder {
public:
    explicit PhaseFinder(const MessagePhases& phases)
        : phases_(phases)
        , quiet_(phases.quietLength()) {}

    static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

    std::size_t sliceOf(Instant t) const {
        Duration passed{};
        for (const Window& w : phases_.quiet) {
            if (w.contains(t)) {
                const double share = seconds(passed + (t - w.from)) / seconds(quiet_);
                return std::min(kSlices - 1, std::size_t(share * double(kSlices)));
            }
            passed += w.length();
        }
        return kNone;
    }

    std::size_t incidentAt(Instant t, bool& lead) const {
        for (std::size_t k = 0; k < phases_.incidents.size(); ++k) {
            lead = phases_.incidents[k].lead.contains(t);
            if (lead || phases_.incidents[k].during.contains(t)) return k;
        }
        return kNone;
    }

private:
    const MessagePhases& phases_;
    Duration quiet_;
};

bool speaks(SourceRole role) {
    return role == SourceRole::Balancer || role == SourceRole::Server ||
           role == SourceRole::Database || role == SourceRole::Other;
}

} // namespace

Duration MessagePhases::quietLength() const {
    Duration out{};
    for (const Window& w : quiet)
        out += w.length();
    return out;
}

MessagePhases messagePhases(const Window& span, const std::vector<Stretch>& stretches) {
    MessagePhases out;
    Instant quietFrom = span.from;
    for (const Stretch& s : stretches) {
        const Instant end = std::max(s.resolved.value_or(span.to), s.start);
        const Duration before = std::max(s.start - quietFrom, Duration{});
        const Instant lead = s.start - std::min<Duration>(kLead, before / 4);
        out.incidents.push_back({{lead, s.start}, {s.start, end + std::chrono::nanoseconds(1)}});
        if (lead > quietFrom) out.quiet.push_back({quietFrom, lead});
        quietFrom = end + kTail;
    }
    if (out.quietLength() < kLeastQuiet) {
        out.quiet.clear();
        if (quietFrom + kLeastQuiet < span.to) {
            out.quiet.push_back({quietFrom, span.to});
            out.quietIsAfter = true;
        }
    }
    return out;
}

/// Goes through the messages once.
class Messages::Counting {
public:
    Counting(Messages& to, const Clocks& clocks)
        : to_(to)
        , clocks_(clocks)
        , phases_(to.phases_) {}

    void visit(const MessageChunk& chunk) {
        const auto source = to_.sources_.find(chunk.source);
        if (source == to_.sources_.end()) return;
        const ClockCourse clock = clocks_.courseOf(source->second.host);
        groups_.assign(chunk.message.texts->size() + 1, kUnset);
        for (std::size_t i = 0; i < chunk.ids.size(); ++i) {
            const std::uint32_t code = chunk.message.codes[i];
            if (groups_[code] == kUnset) groups_[code] = miner_.add(chunk.message.text(code));
            if (groups_[code] >= kinds_.size()) kinds_.resize(groups_[code] + 1);
            const Instant said = instant(chunk.time[i]);
            count(kinds_[groups_[code]], chunk, i, said - clock.at(said));
        }
    }

    void finish() {
        const auto settled = miner_.settled();
        to_.kinds_.resize(settled.texts.size());
        for (std::size_t i = 0; i < settled.texts.size(); ++i)
            to_.kinds_[i].text = settled.texts[i];
        for (std::size_t g = 0; g < kinds_.size(); ++g)
            to_.take(to_.kinds_[settled.ofGroup[g]], kinds_[g]);
        if (miner_.full())
            to_.notes_.emplace_back("There are more kinds of messages than are told apart: of the "
                                    "rest it is not known what is new");
    }

private:
    static constexpr std::uint32_t kUnset = std::numeric_limits<std::uint32_t>::max();

    void count(Kind& kind, const MessageChunk& chunk, std::size_t i, Instant t) {
        ++kind.all;
        kind.level = std::max(kind.level, chunk.level[i]);
        bool lead = false;
        if (const std::size_t k = phases_.incidentAt(t, lead); k != PhaseFinder::kNone) {
            see(kind.incidents[k], chunk, i, nanoseconds(t), lead);
        } else if (const std::size_t slice = phases_.sliceOf(t); slice != PhaseFinder::kNone) {
            ++kind.before;
            kind.slices.resize(kSlices);
            ++kind.slices[slice];
        }
    }

    static void see(Seen& seen, const MessageChunk& chunk, std::size_t i, std::int64_t t,
                    bool lead) {
        const bool none = seen.during + seen.lead == 0;
        ++(lead ? seen.lead : seen.during);
        if (none || t < seen.first) {
            seen.first = t;
            seen.firstId = chunk.ids[i];
        }
        if (none || t >= seen.last) {
            seen.last = t;
            seen.lastId = chunk.ids[i];
        }
        if (std::ranges::find(seen.sources, chunk.source) == seen.sources.end())
            seen.sources.push_back(chunk.source);
    }

    Messages& to_;
    const Clocks& clocks_;
    PhaseFinder phases_;
    TemplateMiner miner_;
    std::vector<Kind> kinds_; ///< by group
    std::vector<std::uint32_t> groups_;
};

void Messages::take(Kind& to, const Kind& other) const {
    to.level = std::max(to.level, other.level);
    to.all += other.all;
    to.before += other.before;
    if (!other.slices.empty()) to.slices.resize(kSlices);
    for (std::size_t i = 0; i < other.slices.size(); ++i)
        to.slices[i] += other.slices[i];
    for (const auto& [k, seen] : other.incidents) {
        const auto [it, isNew] = to.incidents.try_emplace(k, seen);
        if (isNew) continue;
        Seen& into = it->second;
        into.during += seen.during;
        into.lead += seen.lead;
        if (std::pair(seen.first, seen.firstId) < std::pair(into.first, into.firstId)) {
            into.first = seen.first;
            into.firstId = seen.firstId;
        }
        if (std::pair(seen.last, seen.lastId) > std::pair(into.last, into.lastId)) {
            into.last = seen.last;
            into.lastId = seen.lastId;
        }
        for (const SourceId s : seen.sources)
            if (std::ranges::find(into.sources, s) == into.sources.end()) into.sources.push_back(s);
    }
}

Result<Messages> Messages::gather(const Query& query, const std::vector<SourceInfo>& sources,
                                  const Clocks& clocks, const MessagePhases& phases,
                                  std::stop_token stop) {
    Messages out;
    out.phases_ = phases;
    if (phases.incidents.empty()) return out;
    MessageScan scan;
    for (const SourceInfo& s : sources) {
        if (!speaks(s.role)) continue;
        out.sources_.emplace(s.id, s);
        scan.sources.push_back(s.id);
    }
    if (scan.sources.empty()) return out;
    scan.kinds = 1U << unsigned(RecordKind::Message) | 1U << unsigned(RecordKind::ServerState);
    scan.clock = ClockView::Raw;
    Counting counting(out, clocks);
    const auto done = query.scanMessages(
        scan, [&](const MessageChunk& chunk) { counting.visit(chunk); }, std::move(stop));
    if (!done) return std::unexpected(done.error());
    counting.finish();
    return out;
}

} // namespace postlude::detail
