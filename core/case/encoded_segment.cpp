// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/encoded_segment.h"

#include "core/case/detail/segment_index.h"

#include <algorithm>

namespace postlude {

namespace {

SegmentInfo describeSegment(const Segment& segment) {
    SegmentInfo info;
    info.rows = segment.rows;
    for (const std::int64_t t : segment.time) {
        if (t == kAbsent) continue;
        info.timeMin = info.timeMin == kAbsent ? t : std::min(info.timeMin, t);
        info.timeMax = std::max(info.timeMax, t);
    }
    for (const std::uint8_t kind : segment.kind)
        info.kinds |= 1U << (kind & 31U);
    if (!segment.line.empty()) {
        info.firstLine = static_cast<std::uint64_t>(segment.line.front());
        info.lastLine = static_cast<std::uint64_t>(segment.line.back());
        if (!segment.lines.empty())
            info.lastLine +=
                static_cast<std::uint64_t>(std::max<std::int64_t>(segment.lines.back(), 1)) - 1;
    }
    return info;
}

} // namespace

EncodedSegment encodedSegment(const Segment& segment, std::vector<SeriesRow> series) {
    EncodedSegment encoded{describeSegment(segment), encode(segment), indexOf(segment),
                           std::move(series)};
    std::uint64_t probes = 0;
    for (const SeriesRow& row : encoded.series)
        probes += row.mayBeProbes;
    const bool requests =
        (encoded.info.kinds >> static_cast<unsigned>(RecordKind::Request) & 1U) != 0;
    if (!encoded.series.empty() || !requests) encoded.index.mayBeProbes = probes;
    return encoded;
}

bool ColumnSummary::mayHold(std::int64_t low, std::int64_t high) const {
    if (min == kAbsent || high < min || low > max) return false;
    if (!listed) return true;
    const auto it = std::ranges::lower_bound(values, low);
    return it != values.end() && *it <= high;
}

bool ColumnSummary::mayHold(std::string_view text) const {
    return !listed || std::ranges::find(texts, text) != texts.end();
}

const ColumnSummary* SegmentIndex::find(std::string_view name) const {
    const auto it = std::ranges::lower_bound(columns, name, {}, &ColumnSummary::name);
    return it != columns.end() && it->name == name ? &*it : nullptr;
}

} // namespace postlude
