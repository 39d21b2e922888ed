// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/piece_reader.h"

#include "core/base/shorttext.h"
#include "core/ingest/detail/shared.h"
#include "core/series/series.h"

#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <functional>

namespace postlude::detail {

namespace {

constexpr int kAlikeLines = 256;

Error cancelled() {
    return {ErrorKind::Cancelled, "cancelled", {}, {}};
}

} // namespace

std::string written(const Flow& flow) {
    if (!flow.parser) return {};
    const Repeated& r = flow.repeated;
    const std::string repeated =
        r == Repeated{} ? "" : fmt::format(",{},{},{:d}", r.highest, r.last, r.second);
    return fmt::format("{}{} {}", nanoseconds(flow.near), repeated, *flow.parser);
}

std::optional<Flow> flowFrom(std::string_view written) {
    std::array<std::int64_t, 4> numbers{};
    const char* const end = written.data() + written.size();
    const char* at = written.data();
    std::size_t count = 0;
    for (;;) {
        const auto [stop, error] = std::from_chars(at, end, numbers.at(count));
        if (error != std::errc() || stop == end) return {};
        at = stop + 1;
        if (*stop == ' ') break;
        if (*stop != ',' || ++count == numbers.size()) return {};
    }
    Flow flow{std::string(at, end), instant(numbers[0]), {}};
    if (count == 3) flow.repeated = {numbers[1], numbers[2], numbers[3] != 0};
    return flow;
}

PieceReader::PieceReader(const ImportOptions& options, const Source& source, std::size_t lineBytes,
                         std::stop_token stop)
    : options_(options)
    , source_(source)
    , lineBytes_(lineBytes)
    , stop_(std::move(stop))
    , placer_(source.zone, source.zoneStated, source.near, source.modified) {}

void PieceReader::start(const Flow& flow) {
    begun_ = flow;
    parser_ = source_.format->parser();
    const bool all = !options_.since && !options_.until;
    many_ = all ? dynamic_cast<BatchParser*>(parser_.get()) : nullptr;
    if (flow.parser) parser_->restore(*flow.parser);
    placer_ = Placer(source_.zone, source_.zoneStated, flow.near, source_.modified);
    placer_.resume(flow.repeated);
    if (!builder_.empty()) builder_ = {}; // what was left when reading was cancelled
    waiting_ = 0;
    texts_.forget();
    open_ = kept_ = flushSoon_ = endsOpen_ = false;
    opening_.reset();
    progress_ = {};
    issues_.clear();
    done_.clear();
}

void PieceReader::learn(std::string_view head, std::uint64_t lines) {
    for (; lines > 0 && !head.empty(); --lines)
        parser_->parse(takeLine(head), rows_[0].record);
}

Flow PieceReader::flow() const {
    return {parser_->state(), placer_.last(), placer_.repeated()};
}

namespace {

bool isSame(std::string_view a, std::string_view b) {
    return a == b && (a.data() == nullptr) == (b.data() == nullptr);
}

bool isSame(const WrittenTime& a, const WrittenTime& b) {
    return a.local == b.local && a.offset == b.offset && a.hasYear == b.hasYear &&
           a.isEnd == b.isEnd;
}

bool isSame(const Record& a, const Record& b) {
    return a.kind == b.kind && a.level == b.level && isSame(a.time, b.time) &&
           a.numbers == b.numbers && a.extra == b.extra &&
           std::ranges::equal(a.texts, b.texts, [](auto x, auto y) { return isSame(x, y); });
}

/// True if parsers that begin in these states read the text alike. What differs between them is
/// mostly forgotten after a line or two (who wrote the last one, whether it had a head).
bool readAlike(const Format& format, std::string_view one, std::string_view other,
               std::string_view text) {
    const auto first = format.parser();
    const auto second = format.parser();
    first->restore(one);
    second->restore(other);
    Record a;
    Record b;
    for (int i = 0; i < kAlikeLines && !text.empty(); ++i) {
        const std::string_view line = takeLine(text);
        const LineVerdict verdict = first->parse(line, a);
        if (second->parse(line, b) != verdict) return false;
        if (verdict == LineVerdict::Record && !isSame(a, b)) return false;
        const auto state = first->state();
        if (state && state == second->state()) return true;
    }
    return false;
}

} // namespace

bool PieceReader::holdsFrom(const Flow& flow, const Piece& piece) const {
    if (!begun_.parser || !flow.parser || !placer_.agreesWith(flow.near, flow.repeated))
        return false;
    if (begun_.parser == flow.parser) return true;
    return !piece.cutLine &&
           readAlike(*source_.format, *begun_.parser, *flow.parser, piece.text.view());
}

bool PieceReader::beginsRecord(std::string_view line) const {
    const auto state = parser_->state();
    if (!state || endsOpen_ || line.size() > lineBytes_) return false;
    const auto probe = source_.format->parser();
    probe->restore(*state);
    Record record;
    const LineVerdict verdict = probe->parse(line, record);
    return verdict == LineVerdict::Record || verdict == LineVerdict::Opening;
}

bool PieceReader::wanted(std::optional<Instant> time) const {
    if (!time) return true;
    return (!options_.since || *time >= *options_.since) &&
           (!options_.until || *time < *options_.until);
}

Result<void> PieceReader::read(const Piece& piece) {
    flushSoon_ = true;
    progress_.lines = piece.linesBefore;
    std::string_view text = piece.text.view();
    const char* const begin = text.data();
    while (!text.empty()) {
        const std::uint64_t offset = piece.offset + static_cast<std::uint64_t>(text.data() - begin);
        progress_.offset = offset;
        if (const std::size_t taken = readTogether(text, offset); taken > 0) {
            text.remove_prefix(taken);
            if (stop_.stop_requested()) return std::unexpected(cancelled());
            continue;
        }
        const std::string_view line = takeLine(text);
        readLine(line, offset, line.size() > lineBytes_ || (piece.cutLine && text.empty()));
        if (progress_.lines % 1024 == 0 && stop_.stop_requested())
            return std::unexpected(cancelled());
    }
    settle();
    progress_.offset = piece.end;
    return {};
}

/// Reads lines that are all alike off the front of the text, where nothing is to be seen to between
/// two of them. Returns how many bytes those are.
std::size_t PieceReader::readTogether(std::string_view text, std::uint64_t offset) {
    if (many_ == nullptr || flushSoon_ || opening_ || builder_.rows() + waiting_ >= kSegmentRows)
        return 0;
    const std::size_t taken =
        many_->parseMany(text, lineBytes_, kSegmentRows - builder_.rows() - waiting_, batch_);
    if (taken == 0) return 0;
    settle();
    const std::size_t rows = batch_.rows;
    const auto duration = static_cast<std::size_t>(NumberField::Duration);
    const auto raw = static_cast<std::size_t>(TextField::TimeRaw);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string_view line = batch_.lines[row];
        const auto time = placer_.place(
            batch_.times[row], batch_.hasNumber[duration] ? batch_.numbers[duration][row] : kAbsent,
            batch_.hasText[raw] ? batch_.texts[raw][row] : std::string_view{});
        places_.time[row] = time ? nanoseconds(*time) : kAbsent;
        places_.line[row] = static_cast<std::int64_t>(++progress_.lines);
        places_.offset[row] = static_cast<std::int64_t>(offset) + (line.data() - text.data());
        places_.bytes[row] = static_cast<std::int64_t>(line.size());
    }
    builder_.add(batch_, places_);
    place_ = {progress_.lines, 1, static_cast<std::uint64_t>(places_.offset[rows - 1]),
              static_cast<std::uint32_t>(batch_.lines[rows - 1].size())};
    open_ = kept_ = true;
    flushSoon_ = builder_.full();
    return taken;
}

void PieceReader::readLine(std::string_view line, std::uint64_t offset, bool cut) {
    // A line of NULs alone stays one, and is not understood.
    if (const std::string_view rest = withoutNuls(line); !rest.empty()) {
        offset += line.size() - rest.size();
        line = rest;
    }
    const RecordPlace place{progress_.lines + 1, 1, offset,
                            static_cast<std::uint32_t>(line.size())};
    if (flushSoon_) before_ = parser_->state();
    if (cut) {
        unread(place, ErrorKind::TooLarge, fmt::format("longer than {} bytes, cut", lineBytes_));
    } else {
        switch (parser_->parse(line, rows_[waiting_].record)) {
        case LineVerdict::Record:
            record(line, place);
            break;
        case LineVerdict::Opening:
            if (!opening_) opening_ = {place, progress_, before_};
            break;
        case LineVerdict::Continuation:
            continuation(line, place);
            break;
        case LineVerdict::Blank:
            break;
        case LineVerdict::Unread:
            unread(place, ErrorKind::NotUnderstood, whyUnread());
            break;
        }
    }
    ++progress_.lines;
}

std::string PieceReader::whyUnread() const {
    const std::string_view fault = parser_->fault();
    return fault.empty() ? "not in the format " + source_.info.format : std::string(fault);
}

namespace {

bool isWithin(std::string_view text, std::string_view line) {
    const auto begin = reinterpret_cast<std::uintptr_t>(line.data());
    return reinterpret_cast<std::uintptr_t>(text.data()) - begin <= line.size();
}

} // namespace

std::string_view KeptTexts::keep(std::string_view text) {
    while (block_ < blocks_.size() && blocks_[block_].size - used_ < text.size()) {
        ++block_;
        used_ = 0;
    }
    if (block_ == blocks_.size()) {
        const std::size_t size = std::max(kBlock, text.size());
        blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), size});
    }
    char* const to = blocks_[block_].bytes.get() + used_;
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    used_ += text.size();
    return {to, text.size()};
}

/// What the parser made itself holds only until its next line.
void PieceReader::keepTexts(Record& record, std::string_view line) {
    for (std::string_view& text : record.texts)
        if (text.data() != nullptr && !isWithin(text, line)) text = texts_.keep(text);
    std::size_t at = 0;
    for (auto& [name, value] : record.extra) {
        if (value.data() != nullptr && !isWithin(value, line)) value = texts_.keep(value);
        if (at == names_.size()) names_.emplace_back(namesKept_.emplace_back(name));
        const std::string_view known = names_[at++];
        name = isSameText(known, name) ? known : isWithin(name, line) ? name : texts_.keep(name);
    }
}

/// Waiting records join the columns.
void PieceReader::settle() {
    builder_.add({rows_.data(), waiting_});
    waiting_ = 0;
    texts_.forget();
}

/// The record of this line, together with the lines that opened it.
void PieceReader::record(std::string_view line, RecordPlace place) {
    const auto opening = std::exchange(opening_, std::nullopt);
    if (flushSoon_ && !empty()) {
        const std::size_t at = waiting_;
        flush(opening ? opening->before : progress_,
              {opening ? opening->state : before_, placer_.last(), placer_.repeated()});
        std::swap(rows_[0].record, rows_[at].record);
    }
    keepTexts(rows_[waiting_].record, line);
    const bool opensNext = parser_->opensNext();
    if (opensNext) opening_ = {place, progress_, before_};
    if (opening) {
        const std::uint64_t end = place.offset + (opensNext ? 0 : place.bytes);
        const std::uint64_t lines = place.line - opening->place.line + (opensNext ? 0 : 1);
        place = opening->place;
        place.lines = static_cast<std::uint32_t>(lines);
        place.bytes =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(end - place.offset, UINT32_MAX));
    }
    SegmentRow& row = rows_[waiting_];
    row.time = placer_.place(row.record);
    row.place = place_ = place;
    open_ = true;
    kept_ = wanted(row.time);
    if (kept_) ++waiting_;
    flushSoon_ = builder_.rows() + waiting_ >= kSegmentRows;
    if (waiting_ < kTogether && !flushSoon_) return;
    settle();
    flushSoon_ = builder_.full();
}

void PieceReader::continuation(std::string_view line, const RecordPlace& place) {
    if (!open_) return unread(place, ErrorKind::NotUnderstood, "continues no record");
    place_.lines = static_cast<std::uint32_t>(place.line - place_.line + 1);
    place_.bytes = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(place.offset + place.bytes - place_.offset, UINT32_MAX));
    if (!kept_) return;
    settle();
    builder_.append(parser_->continued().value_or(line), place_);
}

void PieceReader::unread(const RecordPlace& place, ErrorKind kind, const std::string& why) {
    ++progress_.unread;
    if (issues_.size() >= IssueLog::kPerSource) return;
    issues_.push_back(
        {source_.info.id, {kind, why, {source_.info.path, place.line, place.offset}, {}}});
}

void PieceReader::flush(const SourceProgress& upTo, Flow flow) {
    Batch batch;
    settle();
    if (!builder_.empty()) batch.segment = encodeWithSeries(builder_);
    batch.issues = std::exchange(issues_, {});
    batch.progress = upTo;
    batch.flow = std::move(flow);
    batch.years = placer_.usedYears();
    done_.push_back(std::move(batch));
}

/// Some entries end with an empty line, which may be missing behind the last.
void PieceReader::closeOpening() {
    endsOpen_ = true;
    if (parser_->parse({}, rows_[waiting_].record) == LineVerdict::Record)
        return record({}, {progress_.lines, 1, progress_.offset, 0});
    unread(std::exchange(opening_, std::nullopt)->place, ErrorKind::NotUnderstood,
           "ends before its record does");
}

void PieceReader::close() {
    if (opening_) closeOpening();
    flush(progress_, flow());
    open_ = kept_ = false;
}

} // namespace postlude::detail
