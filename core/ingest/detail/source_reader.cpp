// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/source_reader.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace postlude::detail {

namespace {

constexpr std::uint64_t kTellBytes = 1U << 20U;
constexpr std::uint64_t kDocumentBytes = 64ULL << 20U; // read at once, so it must fit
constexpr std::uint64_t kWarmUpLines = 64;

Instant nearOf(const Source& source) {
    return source.info.last ? *source.info.last : source.near;
}

} // namespace

SourceReader::SourceReader(const Reading& reading, const Source& source)
    : reading_(reading)
    , source_(source)
    , placer_(source.zone, source.zoneStated, nearOf(source))
    , saver_(reading.target.store(), source.info.id) {}

Result<void> SourceReader::read() {
    const auto progress = reading_.target.store().progressOf(source_.info.id);
    if (!progress) return std::unexpected(progress.error());
    if (progress->done) return {};
    progress_ = *progress;
    TextReader text(reading_.target.store(), source_.info.id, source_.files);
    Result<void> done = text.open();
    if (done) {
        if (!source_.format)
            done = countLines(text);
        else if (source_.format->wholeDocument())
            done = readDocument(text);
        else
            done = readLines(text);
    }
    if (done) return finish(text.size());
    const ErrorKind kind = done.error().kind;
    if (kind != ErrorKind::Unreadable && kind != ErrorKind::NotFound && kind != ErrorKind::Damaged)
        return done;
    Error issue = done.error(); // the source's fault, not the case's
    issue.place.source = source_.info.path;
    if (auto noted = reading_.issues.add(source_.info.id, issue); !noted) return noted;
    return finish(text.size());
}

void SourceReader::tell(std::uint64_t offset) {
    if (offset - toldBytes_ < kTellBytes) return;
    reading_.board.add(source_.info.path, offset - toldBytes_, progress_.lines - toldLines_);
    toldBytes_ = offset;
    toldLines_ = progress_.lines;
}

bool SourceReader::wanted(std::optional<Instant> time) const {
    if (!time) return true;
    return (!reading_.options.since || *time >= *reading_.options.since) &&
           (!reading_.options.until || *time < *reading_.options.until);
}

/// A parser may learn from the head of a file; one that goes on in the middle must see it, too.
void SourceReader::warmUp(TextReader& text, LineParser& parser) const {
    LineReader lines(text, 0, reading_.limits.lineBytes, reading_.stop);
    Line line;
    Record unused;
    for (std::uint64_t i = 0; i < std::min(kWarmUpLines, progress_.lines); ++i) {
        const auto more = lines.next(line);
        if (!more || !*more) return;
        parser.parse(line.text, unused);
    }
}

Result<void> SourceReader::readLines(TextReader& text) {
    const auto parser = source_.format->parser();
    if (progress_.lines > 0) warmUp(text, *parser);
    LineReader lines(text, progress_.offset, reading_.limits.lineBytes, reading_.stop);
    toldBytes_ = 0;
    Line line;
    for (;;) {
        const auto more = lines.next(line);
        if (!more) return std::unexpected(more.error());
        if (!*more) break;
        if (auto done = readLine(*parser, line); !done) return done;
        progress_.offset = lines.offset();
        tell(progress_.offset);
        if (progress_.lines % 1024 == 0 && reading_.stop.stop_requested())
            return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    }
    if (!opening_) return {};
    return unread(opening_->second, ErrorKind::NotUnderstood, "ends before its record does");
}

Result<void> SourceReader::readLine(LineParser& parser, const Line& line) {
    const SourceProgress before = progress_;
    ++progress_.lines;
    const RecordPlace place{progress_.lines, 1, line.offset,
                            static_cast<std::uint32_t>(line.text.size())};
    if (line.cut) {
        return unread(place, ErrorKind::TooLarge,
                      fmt::format("longer than {} bytes, cut", reading_.limits.lineBytes));
    }
    switch (parser.parse(line.text, record_)) {
    case LineVerdict::Record:
        return openedRecord(before, place);
    case LineVerdict::Opening:
        if (!opening_) opening_ = {before, place};
        return {};
    case LineVerdict::Continuation:
        if (!open_) return unread(place, ErrorKind::NotUnderstood, "continues no record");
        place_.lines = static_cast<std::uint32_t>(place.line - place_.line + 1);
        place_.bytes = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(place.offset + place.bytes - place_.offset, UINT32_MAX));
        if (kept_) saver_.builder().append(line.text, place_);
        return {};
    case LineVerdict::Blank:
        return {};
    case LineVerdict::Unread:
        break;
    }
    return unread(place, ErrorKind::NotUnderstood, "not in the format " + source_.info.format);
}

/// The record of this line, together with the lines that opened it.
Result<void> SourceReader::openedRecord(const SourceProgress& before, const RecordPlace& place) {
    const auto opening = std::exchange(opening_, std::nullopt);
    if (auto done = saver_.beforeRecord(opening ? opening->first : before); !done) return done;
    if (!opening) return record(record_, place);
    RecordPlace whole = opening->second;
    whole.lines = static_cast<std::uint32_t>(place.line - whole.line + 1);
    whole.bytes = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(place.offset + place.bytes - whole.offset, UINT32_MAX));
    return record(record_, whole);
}

Result<void> SourceReader::record(const Record& record, const RecordPlace& place) {
    const std::optional<Instant> time = placer_.place(record);
    place_ = place;
    open_ = true;
    kept_ = wanted(time);
    if (kept_) saver_.builder().add(record, time, place);
    return {};
}

Result<void> SourceReader::unread(const RecordPlace& place, ErrorKind kind,
                                  const std::string& why) {
    ++progress_.unread;
    return reading_.issues.add(source_.info.id,
                               {kind, why, {source_.info.path, place.line, place.offset}, {}});
}

/// A document is read anew each time; `progress_.offset` counts the records of it that are saved,
/// so that an interrupted import does not save them twice.
Result<void> SourceReader::readDocument(TextReader& text) {
    std::string whole;
    if (text.size() > kDocumentBytes)
        return reading_.issues.add(source_.info.id, {ErrorKind::TooLarge,
                                                     "too large to be read as one document",
                                                     {source_.info.path, 0, 0},
                                                     "split it"});
    while (whole.size() < text.size()) {
        const std::size_t before = whole.size();
        if (auto done = text.read(before, text.size() - before, whole); !done) return done;
        if (whole.size() == before) break;
    }
    const std::uint64_t saved = progress_.offset;
    std::uint64_t number = 0;
    Result<void> failed;
    progress_ = {0, static_cast<std::uint64_t>(std::ranges::count(whole, '\n')), 0, false};
    if (!whole.empty() && whole.back() != '\n') ++progress_.lines;
    const auto sink = [&](const Record& each, const RecordPlace& place) {
        SourceProgress before = progress_;
        before.offset = number++;
        if (number <= saved || !failed.has_value()) return;
        failed = saver_.beforeRecord(before);
        if (failed) failed = record(each, place);
    };
    const auto bad = [&](const Error& error) {
        ++progress_.unread;
        Error issue = error;
        issue.place.source = source_.info.path;
        if (failed) failed = reading_.issues.add(source_.info.id, issue);
    };
    const auto read = source_.format->readDocument(whole, sink, bad);
    progress_.offset = number;
    if (!failed) return failed;
    return read;
}

/// Configurations and documents have no records, but people want to know how long they are.
Result<void> SourceReader::countLines(TextReader& text) {
    LineReader lines(text, 0, reading_.limits.lineBytes, reading_.stop);
    Line line;
    progress_ = {};
    for (;;) {
        const auto more = lines.next(line);
        if (!more) return std::unexpected(more.error());
        if (!*more) return {};
        ++progress_.lines;
    }
}

/// The counts are saved before the source is marked as whole.
Result<void> SourceReader::finish(std::uint64_t size) {
    Case::Store& store = reading_.target.store();
    SourceProgress end = progress_;
    if (auto done = saver_.finish(end); !done) return done;
    const auto sources = store.sources();
    if (!sources) return std::unexpected(sources.error());
    const auto own = std::ranges::find(*sources, source_.info.id, &SourceInfo::id);
    if (own != sources->end()) {
        SourceInfo info = *own;
        info.bytes = size;
        info.lines = end.lines;
        info.unread = end.unread;
        if (auto done = store.updateSource(info); !done) return done;
    }
    end.done = true;
    reading_.board.add(source_.info.path, size - std::min(size, toldBytes_),
                       progress_.lines - toldLines_);
    return store.setProgress(source_.info.id, end);
}

} // namespace postlude::detail
