// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a case file: what ingest writes and query reads. Nobody else includes this.
#pragma once

#include "core/case/encoded_segment.h"

#include <functional>
#include <map>
#include <span>

namespace postlude {

/// How far the reading of a source has come, saved with each segment so that an interrupted
/// import goes on behind the last one.
struct SourceProgress {
    std::uint64_t offset = 0; ///< bytes of unpacked text that are read
    std::uint64_t lines = 0;
    std::uint64_t unread = 0;
    bool done = false;
    std::string state = {}; ///< what reading has learned so far, in core/ingest's own words
};

/// What the reading of one source has come to since it was last saved.
struct ReadingStep {
    SourceId source = SourceId::None;
    std::vector<EncodedSegment> segments; ///< in the order of the file; mostly one
    std::vector<ReadIssue> issues;
    SourceProgress progress;
    std::uint64_t bytes = 0; ///< with `progress.done`: how long the source turned out to be
};

constexpr RecordId recordId(std::uint32_t segment, std::uint32_t row) {
    return static_cast<RecordId>((static_cast<std::uint64_t>(segment) << 16U) | row);
}
constexpr std::uint32_t segmentOf(RecordId id) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) >> 16U);
}
constexpr std::uint32_t rowOf(RecordId id) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) & 0xFFFFU);
}

/// Thread-safe; each call is one transaction.
class Case::Store {
public:
    struct Database; ///< SQLite handle and statements
    explicit Store(std::unique_ptr<Database> database);
    ~Store();

    // -- importing
    Result<void> beginImport(const std::vector<std::string>& bundlePaths);
    Result<void> endImport();
    /// By path: gives the number of a source already there and leaves what is saved of it.
    Result<SourceId> addSource(const SourceInfo& info);
    /// The same for many at once: sets their `id`.
    Result<void> addSources(std::span<SourceInfo* const> infos);
    /// Everything but the clock, which is setClock's, and the progress. Found by `info.id`.
    Result<void> updateSource(const SourceInfo& info) {
        const SourceInfo* one = &info;
        return updateSources({&one, 1});
    }
    Result<void> updateSources(std::span<const SourceInfo* const> infos);
    [[nodiscard]] Result<SourceProgress> progressOf(SourceId source) const;
    /// Of all sources that were begun.
    [[nodiscard]] Result<std::map<SourceId, SourceProgress>> progress() const;
    Result<void> setProgress(SourceId source, const SourceProgress& progress);
    /// Saves segment, its contribution to the series (seriesOf() in core/series/series.h) and the
    /// progress in one transaction; gives the segment's number. Counts of the source (lines,
    /// unread, records, first, last) go along, so that they are right whenever reading stops.
    Result<std::uint32_t> appendSegment(SourceId source, const EncodedSegment& segment,
                                        const SourceProgress& progress);
    Result<std::uint32_t> appendSegment(SourceId source, const Segment& segment,
                                        const SourceProgress& progress,
                                        std::vector<SeriesRow> series = {});
    /// The same for what other threads have encoded: all steps in one transaction, in order.
    /// A step that is done also settles the source's bytes.
    Result<void> save(std::span<const ReadingStep> steps);
    Result<void> addIssues(std::span<const ReadIssue> issues);
    /// As if nothing had been read of the source: its segments, series and lines' issues go, its
    /// text stays. Bookmarks on its records keep their time and note. The import is no longer
    /// complete.
    Result<void> forgetReading(SourceId source);

    // -- text of sources: its compressed blocks (packed members), then its plain files. A plain
    // file must hold exactly the text that records were read from; one that had to be decoded
    // (UTF-16, byte order mark) is kept as blocks instead.
    /// Where the plain files of a source are (absolute), in the order of its parts, with the
    /// digest of each one's first and last 64 KiB, so that a changed file is noticed. One that
    /// has only grown since is not changed.
    Result<void> setFiles(SourceId source, const std::vector<std::filesystem::path>& files);
    /// The same for many at once. Gives those whose files cannot be looked at, and why.
    struct FilesInPlace {
        SourceId source = SourceId::None;
        std::vector<std::filesystem::path> files;
    };
    Result<std::vector<std::pair<SourceId, Error>>> setFiles(std::span<const FilesInPlace> sources);
    /// Appends text of a packed member to the compressed blocks of its source. The first call
    /// after opening begins the text anew if it was left incomplete by an interrupted import.
    /// Text is on disk after finishText(), and can be read before.
    Result<void> appendText(SourceId source, std::string_view text);
    Result<void> finishText(SourceId source);
    [[nodiscard]] bool textComplete(SourceId source) const;
    /// Bytes [offset, offset + size) of the unpacked, decoded text; shorter at the end.
    /// Errors: NotFound (a plain file is gone), Damaged (it has changed), Unreadable.
    [[nodiscard]] Result<std::string> readText(SourceId source, std::uint64_t offset,
                                               std::size_t size) const;
    [[nodiscard]] Result<std::uint64_t> textSize(SourceId source) const;
    /// Why the text of the source cannot be had as it was read (a file is gone or has changed);
    /// empty if it can. Looks at the files.
    [[nodiscard]] Result<std::optional<Error>> staleness(SourceId source) const;

    // -- reading
    [[nodiscard]] Result<std::vector<SourceInfo>> sources() const;
    [[nodiscard]] Result<std::vector<SegmentInfo>> segments(std::uint32_t after = 0) const;
    /// By number of the segment: what its columns can hold, to leave out whole segments.
    [[nodiscard]] Result<std::map<std::uint32_t, SegmentIndex>>
    segmentIndexes(std::uint32_t after = 0) const;
    /// The stored series of a segment.
    [[nodiscard]] Result<std::vector<SeriesRow>> series(std::uint32_t segment) const;
    /// Only the named columns (EncodedColumn::name); all if empty.
    [[nodiscard]] Result<Segment> readSegment(std::uint32_t number,
                                              const std::vector<std::string>& columns) const;
    /// One column as it is kept (EncodedColumn::blob); empty if the segment has none of that name.
    [[nodiscard]] Result<std::optional<std::string>> readColumn(std::uint32_t number,
                                                                const std::string& name) const;
    [[nodiscard]] Database& database() const { return *database_; }

private:
    std::unique_ptr<Database> database_;
};

} // namespace postlude
