// SPDX-License-Identifier: GPL-3.0-or-later
// A segment ready to be saved, and what the case tells of it without decoding a column.
#pragma once

#include "core/case/segment.h"

namespace postlude {

struct SegmentInfo {
    std::uint32_t number = 0; ///< unique in the case; RecordId = number << 16 | row
    SourceId source = SourceId::None;
    std::uint32_t rows = 0;
    std::int64_t timeMin = kAbsent, timeMax = kAbsent;
    std::uint64_t firstLine = 0, lastLine = 0;
    std::uint32_t kinds = 0; ///< bit i set: records of RecordKind i are in it
};

/// What one segment adds to one bucket of ten seconds of one server; made by core/series. Times
/// are those of the host's clock: offsets are not taken out.
struct SeriesRow {
    std::int64_t start = 0; ///< ns since epoch, a multiple of ten seconds
    std::string backend, server;
    std::uint64_t requests = 0, failed = 0, slow = 0, bytes = 0;
    std::string durations;         ///< a Sketch (core/series/sketch.h), written out
    std::uint64_t mayBeProbes = 0; ///< requests that may be health checks; kept as a sum only
};

/// What a column of a segment can hold. A few distinct values are listed, so that a test can be
/// tried on them; of many only the bounds are known (numbers) or nothing (texts).
struct ColumnSummary {
    std::string name;                          ///< EncodedColumn::name
    bool gaps = false;                         ///< some rows have no value
    bool listed = false;                       ///< `values` or `texts` are all there are
    std::int64_t min = kAbsent, max = kAbsent; ///< of numeric columns; kAbsent: no row has a value
    std::vector<std::int64_t> values = {};     ///< ascending, at most kListedNumbers
    TextList texts = {}; ///< at most kListedTexts of together at most kListedBytes

    static constexpr std::size_t kListedNumbers = 32;
    static constexpr std::size_t kListedTexts = 256;
    static constexpr std::size_t kListedBytes = 8192;

    /// False only if no row holds a number from `low` to `high`.
    [[nodiscard]] bool mayHold(std::int64_t low, std::int64_t high) const;
    /// False only if no row holds this very text.
    [[nodiscard]] bool mayHold(std::string_view text) const;
};

/// All columns of a segment. One that is not there has no value in any row. There is none for
/// "line" and "lines", and in cases of before none for "offset" and "bytes".
struct SegmentIndex {
    std::vector<ColumnSummary> columns; ///< by name
    /// Requests with a time that may be health checks (mayBeProbes() in core/series/probe.h).
    std::optional<std::uint64_t> mayBeProbes = {};
    /// Null if no row of the segment has a value there.
    [[nodiscard]] const ColumnSummary* find(std::string_view name) const;
};

/// Made from a Segment by any thread; saved by Case::Store::save().
struct EncodedSegment {
    SegmentInfo info; ///< `number` and `source` are not yet known
    std::vector<EncodedColumn> columns;
    SegmentIndex index;
    std::vector<SeriesRow> series;

    /// For a source that is read in pieces: all its lines stand `by` lines further down.
    void moveLines(std::uint64_t by) {
        info.firstLine += by;
        info.lastLine += by;
    }
};

/// `series`: seriesOf() in core/series/series.h; encodeWithSeries() there does both.
EncodedSegment encodedSegment(const Segment& segment, std::vector<SeriesRow> series = {});

} // namespace postlude
