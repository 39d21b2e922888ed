// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/source_flow.h"

#include "core/ingest/detail/document.h"

namespace postlude::detail {

namespace {

constexpr std::size_t kWarmUpLines = 64;
constexpr std::size_t kWarmUpBytes = std::size_t{1} << 20U;

} // namespace

SourceFlow::SourceFlow(const Reading& reading, const Source& source)
    : reading_(reading)
    , source_(source)
    , text_(reading.target.store(), source.info.id, source.files)
    , cutter_(text_, reading.pieceSize, reading.options.limits.lineBytes, reading.stop) {
    if (source.streamed.empty()) return;
    stream_ = std::make_unique<TextStream>(reading.streams, reading.target.store(), source.info.id,
                                           source.streamed, reading.stop);
    text_.supply(*stream_);
}

bool SourceFlow::isOwnFault(const Error& error) {
    return error.kind == ErrorKind::Unreadable || error.kind == ErrorKind::NotFound ||
           error.kind == ErrorKind::Damaged || error.kind == ErrorKind::NotUnderstood;
}

Result<void> SourceFlow::report(Error fault) {
    fault.place.source = source_.info.path;
    return reading_.issues.add(source_.info.id, fault);
}

std::unique_ptr<PieceReader> SourceFlow::newReader() const {
    return std::make_unique<PieceReader>(reading_.options, source_,
                                         reading_.options.limits.lineBytes, reading_.stop);
}

Result<void> SourceFlow::open() {
    progress_ = source_.progress;
    allCut = true;
    if (auto done = text_.open(); !done) return done;
    tell(progress_.lines);
    if (!source_.format) return countLines();
    if (source_.format->wholeDocument()) {
        if (auto done = text_.takeIn(); !done) return done;
        return readDocument(reading_, source_, text_, progress_);
    }
    const auto fresh = source_.format->parser()->state();
    parallel_ = fresh.has_value();
    const auto kept = flowFrom(progress_.state);
    const bool begun = progress_.lines > 0 && source_.info.last;
    flow_ = kept ? *kept : Flow{fresh, begun ? *source_.info.last : source_.near, {}};
    lastKnown_ = flow_.parser;
    cutter_.start(progress_.offset, progress_.lines);
    if (!parallel_)
        if (auto done = warmUp(); !done) return done;
    allCut = false;
    return {};
}

/// A parser that cannot tell its state may have learned from the head of a file; one that goes on
/// in the middle must see it, too.
Result<void> SourceFlow::warmUp() {
    serial_ = newReader();
    serial_->start(flow_);
    if (progress_.lines == 0) return {};
    Buffer head;
    if (auto got = text_.read(0, kWarmUpBytes, head); !got) return std::unexpected(got.error());
    serial_->learn(head.view(), std::min<std::uint64_t>(kWarmUpLines, progress_.lines));
    serialUnread_ = progress_.unread;
    return {};
}

/// Configurations and documents have no records, but people want to know how long they are.
Result<void> SourceFlow::countLines() {
    progress_ = {};
    Piece piece;
    for (;;) {
        const auto more = cutter_.next(piece);
        if (!more) return std::unexpected(more.error());
        if (!*more) return {};
        progress_.lines += piece.lines;
    }
}

/// Of what is unpacked meanwhile, the packed bytes count.
void SourceFlow::tell(std::uint64_t lines, bool all) {
    std::uint64_t now = stream_ ? stream_->fileBytes() : progress_.offset;
    if (all) now = stream_ ? source_.info.bytes : std::max(now, text_.size());
    reading_.board.add(source_.info.path, now - std::min(now, told_), lines);
    told_ = std::max(told_, now);
}

Flow SourceFlow::expected() const {
    const std::scoped_lock lock(mutex_);
    return {lastKnown_, flow_.near, flow_.repeated};
}

Result<bool> SourceFlow::cut(Job& job) {
    job.ready = false;
    job.begun = expected();
    Flow ahead = job.begun;
    // The first piece teaches the parser what the sample has taught it already.
    if (pieces_++ == 0 && progress_.lines == 0 && source_.learned) ahead.parser = source_.learned;
    if (parallel_) cutter_.expect(source_.format.get(), *ahead.parser);
    return cutter_.next(job.piece);
}

Result<void> SourceFlow::read(Job& job) const {
    if (!parallel_) return {};
    if (!job.reader || !job.reader->isFor(source_)) job.reader = newReader();
    job.reader->start(job.begun);
    if (auto done = job.reader->read(job.piece); !done) return done;
    job.reader->close();
    return {};
}

/// What was read ahead is taken if all guesses were right: the state and the year at its
/// beginning, and that no record goes on behind its end. If not, the piece is read again.
Result<void> SourceFlow::settle(Job& job) {
    std::string_view text = job.piece.text.view();
    if (serial_ && parallel_ && serial_->beginsRecord(takeLine(text)))
        if (auto done = endSerial(); !done) return done;
    const auto whole = [&] {
        const auto& next = job.piece.nextLine;
        return job.piece.last || (next && job.reader->beginsRecord(*next));
    };
    if (!serial_ && parallel_ && job.reader->holdsFrom(flow_, job.piece) && whole())
        return adopt(*job.reader, progress_.unread);
    if (!serial_) {
        serial_ = newReader();
        serial_->start(flow_);
        serialUnread_ = progress_.unread;
    }
    if (auto done = serial_->read(job.piece); !done) return done;
    return adopt(*serial_, serialUnread_);
}

Result<void> SourceFlow::endSerial() {
    serial_->close();
    const auto done = adopt(*serial_, serialUnread_);
    serial_.reset();
    return done;
}

Result<void> SourceFlow::adopt(PieceReader& reader, std::uint64_t unreadBefore) {
    for (Batch& batch : reader.take())
        if (auto done = save(std::move(batch), unreadBefore); !done) return done;
    return {};
}

Result<void> SourceFlow::save(Batch batch, std::uint64_t unreadBefore) {
    const SourceProgress before = progress_;
    progress_ = batch.progress;
    progress_.unread += unreadBefore;
    {
        const std::scoped_lock lock(mutex_);
        if (!batch.years) batch.flow.near = flow_.near;
        flow_ = std::move(batch.flow);
        if (flow_.parser) lastKnown_ = flow_.parser;
    }
    progress_.state = written(flow_);
    reading_.issues.admit(source_.info.id, batch.issues);
    ReadingStep step{source_.info.id, {}, std::move(batch.issues), progress_};
    if (batch.segment) step.segments.push_back(std::move(*batch.segment));
    tell(progress_.lines - before.lines);
    return reading_.committer.push(std::move(step));
}

Result<void> SourceFlow::finish() {
    if (serial_)
        if (auto done = endSerial(); !done) return done;
    if (auto done = text_.takeIn(); !done) return done;
    for (const Error& issue : stream_ ? stream_->issues() : std::vector<Error>{})
        if (auto done = reading_.issues.add(SourceId::None, issue); !done) return done;
    if (cutter_.truncated()) {
        const Error issue{ErrorKind::Damaged,
                          "was truncated while it was read",
                          {},
                          "what stood before is read; import it again"};
        if (auto done = report(issue); !done) return done;
    } else if (auto same = text_.unchanged(); !same && isOwnFault(same.error())) {
        if (auto done = report(same.error()); !done) return done;
    }
    progress_.done = true;
    progress_.state.clear();
    tell(0, true);
    return reading_.committer.push({source_.info.id, {}, {}, progress_, text_.size()});
}

} // namespace postlude::detail
