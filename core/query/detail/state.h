// SPDX-License-Identifier: GPL-3.0-or-later
// What the query knows of a case without looking into its columns. Immutable: refresh() makes a
// new one, and questions that are being answered keep theirs.
#pragma once

#include "core/query/detail/columns.h"
#include "core/query/query.h"

#include <algorithm>

namespace postlude {

struct SourceState {
    SourceInfo info;
    ClockCourse course; ///< what to take off its times for the corrected clock
    bool hasRequests = false;
    std::vector<std::size_t> segments; ///< indexes into State::segments, in file order
};

struct SegmentState {
    SegmentInfo info;
    std::size_t source = 0;   ///< index into State::sources
    std::int64_t undated = 0; ///< where records stand before which the segment has no time
    std::shared_ptr<const SegmentIndex> index; ///< null: not known
    bool everyTimed = false;                   ///< all its records have a time
    bool mayHoldProbes = true;                 ///< health checks, to be looked for
    /// The first and the last time in it, as the host's clock said.
    [[nodiscard]] std::int64_t begins() const {
        return info.timeMin == kAbsent ? undated : std::min(info.timeMin, undated);
    }
    [[nodiscard]] std::int64_t ends() const {
        return info.timeMax == kAbsent ? undated : std::max(info.timeMax, undated);
    }
    [[nodiscard]] bool hasOnly(RecordKind kind) const {
        return info.kinds == 1U << static_cast<unsigned>(kind);
    }
    [[nodiscard]] bool has(RecordKind kind) const {
        return (info.kinds >> static_cast<unsigned>(kind) & 1U) != 0;
    }
};

using SegmentIndexes = std::map<std::uint32_t, std::shared_ptr<const SegmentIndex>>;

struct State {
    std::vector<SourceState> sources;   ///< by number
    std::vector<SegmentState> segments; ///< by number
    SegmentIndexes indexes;             ///< by number of the segment
    bool hasBalancer = false;           ///< a balancer's log with requests in it

    [[nodiscard]] const SourceState* source(SourceId id) const;
    /// NotFound is thrown.
    [[nodiscard]] const SegmentState& segment(std::uint32_t number) const;
    [[nodiscard]] bool inScope(const SourceState& source, RequestScope scope) const;
    /// The least and the most that is taken off the segment's times.
    [[nodiscard]] ClockCourse::Range shifts(const SegmentState& segment, ClockView clock) const;
    /// A time of the segment in that clock, ns.
    [[nodiscard]] std::int64_t shown(const SegmentState& segment, std::int64_t time,
                                     ClockView clock) const;
    /// Nothing in the segment is before or after these, in that clock.
    [[nodiscard]] std::int64_t begins(const SegmentState& segment, ClockView clock) const {
        return segment.begins() - shifts(segment, clock).most.count();
    }
    [[nodiscard]] std::int64_t ends(const SegmentState& segment, ClockView clock) const {
        return segment.ends() - shifts(segment, clock).least.count();
    }
    [[nodiscard]] Window span(ClockView clock) const;
};

std::shared_ptr<const State> makeState(std::vector<SourceInfo> sources,
                                       std::vector<SegmentInfo> segments, SegmentIndexes indexes);

/// Which requests are health checks or scrapes. Thread-safe.
class Probes {
public:
    explicit Probes(Columns& columns)
        : columns_(columns)
        , judged_(std::size_t{64} << 20U) {}
    /// One a row of the segment: 1 = probe.
    std::shared_ptr<const std::vector<std::uint8_t>> of(const State& state,
                                                        const SegmentState& segment);

private:
    /// Somebody who asked for health.
    struct Asker {
        bool forNothingElse = true;
        std::uint32_t times = 0;
        std::vector<std::uint64_t> paths = {}; ///< hashes of the first few different ones
        [[nodiscard]] bool isProber() const;
    };
    /// Of a source.
    using Clients = std::map<std::string, Asker, std::less<>>;
    std::shared_ptr<const Clients> clientsOf(const State& state, std::size_t source);
    static void note(Asker& asker, std::string_view path);
    void collect(const SegmentState& segment, Clients& clients);
    void strike(const SegmentState& segment, Clients& clients);
    std::vector<std::uint8_t> judge(const SegmentState& segment, const Clients& clients);

    Columns& columns_;
    /// By segment, and how many segments its source had then.
    Lru<std::pair<std::uint32_t, std::size_t>, std::vector<std::uint8_t>> judged_;
    std::mutex mutex_;
    /// By source: how many segments were looked at, and what came of it.
    std::map<SourceId, std::pair<std::size_t, std::shared_ptr<const Clients>>> known_;
};

/// One a row: 1 = passes.
using Mask = std::vector<std::uint8_t>;

/// What text searches found lately, by segment and test, so that list and charts of one filter
/// search once. Thread-safe.
using Searches = Lru<std::pair<std::uint32_t, std::string>, Mask>;

/// Everything a question needs while it is being answered.
struct Snapshot {
    const Case::Store& store;
    std::shared_ptr<const State> state;
    Columns& columns;
    Probes& probes;
    Searches& searches;
};

/// Cancelled is thrown.
void checkStop(const std::stop_token& stop);

/// Times of all rows in that clock. A record without a time stands where the one before it does.
std::vector<std::int64_t> timesOf(const Snapshot& in, const SegmentState& segment, ClockView clock);

} // namespace postlude
