// SPDX-License-Identifier: GPL-3.0-or-later
// A segment: up to 65 536 consecutive records of one source, column by column. Only core/ingest
// writes them and only core/series and core/query read them.
#pragma once

#include "core/case/case.h"
#include "core/case/text_list.h"
#include "core/format/batch.h"
#include "core/format/format.h"

#include <map>
#include <span>

namespace postlude {

inline constexpr std::uint32_t kSegmentRows = 65'536;

/// Columns of texts hold a dictionary and one code a row (0 = absent, code n = dictionary[n − 1]).
/// Where most rows differ a text may stand in the dictionary more than once.
struct TextColumn {
    TextList dictionary;
    std::vector<std::uint32_t> codes;
};

/// The decoded form. Absent columns are empty vectors (all rows absent).
struct Segment {
    std::uint32_t rows = 0;
    std::uint64_t firstLine = 0; ///< what decode() adds to the line numbers of the column
    std::vector<std::int64_t>
        time; ///< ns since epoch as the host's clock said (zone settled); kAbsent
    std::vector<std::int64_t> line, offset, lines, bytes;
    std::vector<std::uint8_t> kind, level;
    std::array<TextColumn, kTextFields> texts;
    std::array<std::vector<std::int64_t>, kNumberFields> numbers;
    std::map<std::string, TextColumn> extra;
};

/// A record and what is settled of it. `time`: as the host's clock said, a request's start.
struct SegmentRow {
    Record record;
    std::optional<Instant> time;
    RecordPlace place;
};

/// What is settled of a batch's records, as the columns of a segment keep it.
struct BatchPlaces {
    RecordBatch::Numbers time, line, offset, bytes;
};

/// Gathers records until full; not thread-safe.
class SegmentBuilder {
public:
    /// Copies what it keeps. Several at once are faster: column by column, not row by row. Not
    /// more than kSegmentRows in all.
    void add(std::span<const SegmentRow> rows);
    void add(const Record& record, std::optional<Instant> time, const RecordPlace& place);
    /// The same of records that are columns already, each of one line.
    void add(const RecordBatch& batch, const BatchPlaces& places);
    /// Appends a continuation line to the message of the last record (at most 64 KiB are kept).
    /// Does nothing when empty: take() a full segment only when the next record begins.
    void append(std::string_view line, const RecordPlace& whole);
    [[nodiscard]] std::uint32_t rows() const;
    /// Time to take(): so many rows, or so much text, as a segment may hold.
    [[nodiscard]] bool full() const;
    [[nodiscard]] bool empty() const { return rows() == 0; }
    /// The columns; the builder is empty afterwards.
    Segment take();
    /// The columns as they are; holds until the builder is touched again. With clear() the same
    /// memory serves one segment after the other.
    [[nodiscard]] const Segment& segment();
    void clear();

    SegmentBuilder();
    ~SegmentBuilder();
    SegmentBuilder(SegmentBuilder&&) noexcept;
    SegmentBuilder& operator=(SegmentBuilder&&) noexcept;

private:
    struct Columns;
    std::unique_ptr<Columns> columns_;
};

/// Encoded columns (line numbers as differences to the first): each by the encoding that came out
/// smallest (see column.h), zstd on top.
struct EncodedColumn {
    std::string name; ///< "time", "status", "text:path", "extra:sq"
    std::string blob;
};
std::vector<EncodedColumn> encode(const Segment& segment);
/// Puts one column back into `to` (whose `rows` and `firstLine` are set). Damaged if the blob is
/// not one of ours. Both are pure functions: any thread may call them.
Result<void> decode(const EncodedColumn& column, Segment& to);

} // namespace postlude
