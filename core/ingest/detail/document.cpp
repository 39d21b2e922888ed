// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/document.h"

#include "core/series/series.h"

namespace postlude::detail {

namespace {

constexpr std::uint64_t kMostBytes = 64ULL << 20U; // read at once, so it must fit

class DocumentReader {
public:
    DocumentReader(const Reading& reading, const Source& source, SourceProgress& done)
        : reading_(reading)
        , source_(source)
        , placer_(source.zone, source.zoneStated, source.near, source.modified)
        , progress_(done)
        , saved_(done.offset) {}

    Result<void> read(std::string_view text) {
        progress_ = {0, static_cast<std::uint64_t>(std::ranges::count(text, '\n')), 0, false, {}};
        if (!text.empty() && text.back() != '\n') ++progress_.lines;
        const auto read = source_.format->readDocument(
            text, [this](const Record& each, const RecordPlace& place) { record(each, place); },
            [this](const Error& error) { unread(error); });
        if (failed_) flush();
        if (!failed_) return failed_;
        return read;
    }

private:
    void record(const Record& record, const RecordPlace& place) {
        if (!failed_ || ++progress_.offset <= saved_) return;
        const std::optional<Instant> time = placer_.place(record);
        const auto& options = reading_.options;
        const bool early = time && options.since && *time < *options.since;
        const bool late = time && options.until && *time >= *options.until;
        if (!early && !late) builder_.add(record, time, place);
        if (builder_.full()) flush();
    }
    void unread(const Error& error) {
        ++progress_.unread;
        Error issue = error;
        issue.place.source = source_.info.path;
        if (failed_) failed_ = reading_.issues.add(source_.info.id, issue);
    }
    void flush() {
        if (builder_.empty()) return;
        ReadingStep step{source_.info.id, {}, {}, progress_};
        step.segments.push_back(encodeWithSeries(builder_));
        failed_ = reading_.committer.push(std::move(step));
    }

    const Reading& reading_;
    const Source& source_;
    Placer placer_;
    SegmentBuilder builder_;
    SourceProgress& progress_;
    std::uint64_t saved_; // records of an earlier import
    Result<void> failed_;
};

} // namespace

Result<void> readDocument(const Reading& reading, const Source& source, TextReader& text,
                          SourceProgress& done) {
    if (text.size() > kMostBytes)
        return reading.issues.add(source.info.id, {ErrorKind::TooLarge,
                                                   "too large to be read as one document",
                                                   {source.info.path, 0, 0},
                                                   "split it"});
    Buffer whole;
    while (whole.size() < text.size()) {
        const auto got = text.read(whole.size(), text.size() - whole.size(), whole);
        if (!got) return std::unexpected(got.error());
        if (*got == 0) break;
    }
    return DocumentReader(reading, source, done).read(whole.view());
}

} // namespace postlude::detail
