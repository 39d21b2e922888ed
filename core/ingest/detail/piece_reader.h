// SPDX-License-Identifier: GPL-3.0-or-later
// Parses pieces of one source into encoded segments.
#pragma once

#include "core/format/batch.h"
#include "core/ingest/detail/cutter.h"
#include "core/ingest/detail/placer.h"
#include "core/ingest/detail/survey.h"
#include "core/ingest/import.h"

#include <array>
#include <deque>

namespace postlude::detail {

/// What flows from one line of a source to the next, apart from a record that goes on.
struct Flow {
    std::optional<std::string> parser; ///< LineParser::state()
    Instant near{};                    ///< Placer::last()
    Repeated repeated{};               ///< Placer::repeated()
    bool operator==(const Flow&) const = default;
};
/// As SourceProgress keeps it, and back (empty: nothing was kept).
std::string written(const Flow& flow);
std::optional<Flow> flowFrom(std::string_view written);

/// Records that are ready to be saved, up to a place between two of them.
struct Batch {
    std::optional<EncodedSegment> segment; ///< none: there was no record
    std::vector<ReadIssue> issues;         ///< the first ones
    SourceProgress progress;               ///< up to here; `unread` is counted from start()
    Flow flow;                             ///< there
    bool years = false; ///< `flow.near` comes from a stamp; if not, it is what start() was given
};

/// Copies of texts that hold until all are forgotten. Its memory is used again.
class KeptTexts {
public:
    std::string_view keep(std::string_view text);
    void forget() { block_ = used_ = 0; }

private:
    static constexpr std::size_t kBlock = std::size_t{16} << 10U;
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    std::vector<Block> blocks_;
    std::size_t block_ = 0, used_ = 0; ///< where the next text goes
};

/// Reads any number of pieces of one source, one after another; not thread-safe. Segments end
/// where a piece ends, or a record before, if it may go on in the next one.
class PieceReader {
public:
    PieceReader(const ImportOptions& options, const Source& source, std::size_t lineBytes,
                std::stop_token stop);
    [[nodiscard]] bool isFor(const Source& source) const { return &source_ == &source; }
    /// Begins where this is what came before. Memory is kept from one start to the next.
    void start(const Flow& flow);
    /// Lets the parser see the first `lines` of the source's text.
    void learn(std::string_view head, std::uint64_t lines);
    /// Cancelled.
    Result<void> read(const Piece& piece);
    /// Ends the record at the end, and with it the last batch.
    void close();
    /// The batches that are complete.
    std::vector<Batch> take() { return std::exchange(done_, {}); }
    /// True if the piece would have been read alike, had start() been given this.
    [[nodiscard]] bool holdsFrom(const Flow& flow, const Piece& piece) const;
    [[nodiscard]] Flow flow() const;
    /// True if this line, coming next, begins a record, so that the one before is complete.
    [[nodiscard]] bool beginsRecord(std::string_view line) const;

private:
    std::size_t readTogether(std::string_view text, std::uint64_t offset);
    void readLine(std::string_view line, std::uint64_t offset, bool cut);
    void record(std::string_view line, RecordPlace place);
    void keepTexts(Record& record, std::string_view line);
    void settle();
    void closeOpening();
    [[nodiscard]] bool empty() const { return builder_.empty() && waiting_ == 0; }
    void continuation(std::string_view line, const RecordPlace& place);
    void unread(const RecordPlace& place, ErrorKind kind, const std::string& why);
    [[nodiscard]] std::string whyUnread() const;
    void flush(const SourceProgress& upTo, Flow flow);
    [[nodiscard]] bool wanted(std::optional<Instant> time) const;

    const ImportOptions& options_;
    const Source& source_;
    std::size_t lineBytes_;
    std::stop_token stop_;
    Flow begun_;
    std::unique_ptr<LineParser> parser_;
    BatchParser* many_ = nullptr; // the same, if it reads many lines at once
    Placer placer_;
    SegmentBuilder builder_;
    /// Records that wait to join the columns together, then the one being read. Their texts stand
    /// in the piece, or in `texts_`.
    static constexpr std::size_t kTogether = 32;
    std::array<SegmentRow, kTogether> rows_;
    std::size_t waiting_ = 0;
    RecordBatch batch_;
    BatchPlaces places_;
    KeptTexts texts_;
    std::vector<std::string_view> names_; // of fields, as they first came
    std::deque<std::string> namesKept_;   // their letters
    RecordPlace place_;                   // of the record that continuation lines belong to
    bool open_ = false;                   // there is one
    bool kept_ = false;                   // and it is within since/until
    bool endsOpen_ = false;               // what was read ends within a record
    /// The first line of an entry whose record is still to come, and what was before it.
    struct Opening {
        RecordPlace place;
        SourceProgress before;
        std::optional<std::string> state;
    };
    std::optional<Opening> opening_;
    bool flushSoon_ = false;            // when the next record begins
    std::optional<std::string> before_; // the parser's state before the line, if flushSoon_
    SourceProgress progress_;           // behind the last line
    std::vector<ReadIssue> issues_;
    std::vector<Batch> done_;
};

} // namespace postlude::detail
