// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/state.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// The earliest time of a source, or of the whole case, or 1970.
std::int64_t firstTime(const State& state, const SourceState& source) {
    std::int64_t first = kNever;
    for (const std::size_t i : source.segments)
        if (state.segments[i].info.timeMin != kAbsent)
            first = std::min(first, state.segments[i].info.timeMin);
    if (first != kNever) return first;
    for (const SegmentState& segment : state.segments)
        if (segment.info.timeMin != kAbsent) first = std::min(first, segment.info.timeMin);
    return first == kNever ? 0 : first;
}

void placeUndated(State& state) {
    for (const SourceState& source : state.sources) {
        std::int64_t last = firstTime(state, source);
        for (const std::size_t i : source.segments) {
            state.segments[i].undated = last;
            if (state.segments[i].info.timeMax != kAbsent) last = state.segments[i].info.timeMax;
        }
    }
}

void lookAt(const std::shared_ptr<const SegmentIndex>& index, SegmentState& segment) {
    segment.index = index;
    const ColumnSummary* time = index->find("time");
    segment.everyTimed = time != nullptr && !time->gaps;
    segment.mayHoldProbes = !segment.everyTimed || index->mayBeProbes != 0;
}

ClockCourse steady(Duration offset) {
    return {{{.offset = offset}}};
}

} // namespace

std::shared_ptr<const State> makeState(std::vector<SourceInfo> sources,
                                       std::vector<SegmentInfo> segments, SegmentIndexes indexes) {
    auto state = std::make_shared<State>();
    state->indexes = std::move(indexes);
    std::map<SourceId, std::size_t> index;
    for (SourceInfo& info : sources) {
        index[info.id] = state->sources.size();
        ClockCourse course = info.clockCourse;
        if (course.legs.empty() && info.clockOffset) course = steady(*info.clockOffset);
        state->sources.push_back({std::move(info), std::move(course), false, {}});
    }
    for (const SegmentInfo& info : segments) {
        const auto it = index.find(info.source);
        if (it == index.end()) continue; // of a source that came after we asked for them
        SourceState& source = state->sources[it->second];
        source.segments.push_back(state->segments.size());
        SegmentState& segment = state->segments.emplace_back();
        segment.info = info;
        segment.source = it->second;
        const auto known = state->indexes.find(info.number);
        if (known != state->indexes.end()) lookAt(known->second, segment);
        source.hasRequests = source.hasRequests || segment.has(RecordKind::Request);
    }
    for (const SourceState& source : state->sources)
        state->hasBalancer |= source.hasRequests && source.info.role == SourceRole::Balancer;
    placeUndated(*state);
    return state;
}

const SourceState* State::source(SourceId id) const {
    const auto it = std::ranges::find(sources, id, [](const SourceState& s) { return s.info.id; });
    return it == sources.end() ? nullptr : &*it;
}

const SegmentState& State::segment(std::uint32_t number) const {
    const auto it = std::ranges::lower_bound(segments, number, {},
                                             [](const SegmentState& s) { return s.info.number; });
    if (it == segments.end() || it->info.number != number)
        throw QueryFailure{{ErrorKind::NotFound, "there is no such record", {}, {}}};
    return *it;
}

bool State::inScope(const SourceState& source, RequestScope scope) const {
    if (!source.hasRequests) return false;
    const bool balancer = source.info.role == SourceRole::Balancer;
    switch (scope) {
    case RequestScope::Balancer:
        return balancer || !hasBalancer;
    case RequestScope::Servers:
        return !balancer;
    case RequestScope::All:
        break;
    }
    return true;
}

ClockCourse::Range State::shifts(const SegmentState& segment, ClockView clock) const {
    if (clock == ClockView::Raw) return {};
    return sources[segment.source].course.within(instant(segment.begins()),
                                                 instant(segment.ends()));
}

std::int64_t State::shown(const SegmentState& segment, std::int64_t time, ClockView clock) const {
    if (clock == ClockView::Raw) return time;
    return time - sources[segment.source].course.at(instant(time)).count();
}

Window State::span(ClockView clock) const {
    std::int64_t from = kNever, to = kAbsent;
    const auto widen = [&](auto counts) {
        for (const SegmentState& segment : segments) {
            if (segment.info.timeMin == kAbsent || !counts(segment)) continue;
            const ClockCourse::Range shift = shifts(segment, clock);
            from = std::min(from, segment.info.timeMin - shift.most.count());
            to = std::max(to, segment.info.timeMax - shift.least.count());
        }
    };
    widen([&](const SegmentState& segment) {
        const SourceRole role = sources[segment.source].info.role;
        return role == SourceRole::Balancer || role == SourceRole::Server;
    });
    // A single log of unknown standing is all there is.
    if (to == kAbsent) widen([](const SegmentState& s) { return s.has(RecordKind::Request); });
    if (to == kAbsent) widen([](const SegmentState& s) { return s.has(RecordKind::Message); });
    if (to == kAbsent) return {};
    return {instant(from), instant(to + 1)};
}

void checkStop(const std::stop_token& stop) {
    if (stop.stop_requested()) throw QueryFailure{{ErrorKind::Cancelled, "cancelled", {}, {}}};
}

std::vector<std::int64_t> timesOf(const Snapshot& in, const SegmentState& segment,
                                  ClockView clock) {
    const auto raw = in.columns.time(segment.info.number);
    const ClockCourse::Range shift = in.state->shifts(segment, clock);
    const bool steady = shift.least == shift.most;
    const auto shown = [&](std::int64_t time) {
        return steady ? time - shift.least.count() : in.state->shown(segment, time, clock);
    };
    std::vector<std::int64_t> times(segment.info.rows, shown(segment.undated));
    std::int64_t last = segment.undated;
    for (std::size_t i = 0; i < raw->size(); ++i) {
        if ((*raw)[i] != kAbsent) last = (*raw)[i];
        times[i] = shown(last);
    }
    return times;
}

} // namespace postlude
