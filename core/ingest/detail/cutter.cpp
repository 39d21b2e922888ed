// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/cutter.h"

#include <cstring>

namespace postlude::detail {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20U;
constexpr std::size_t kCount = std::size_t{64} << 10U;
constexpr std::size_t kLookAhead = std::size_t{4} << 20U; // for a record's beginning

/// As fast as memory: 16 bytes a step, in sums that are emptied before they overflow.
std::size_t countLines(std::string_view text) {
    using Lanes = unsigned char __attribute__((vector_size(16)));
    std::size_t count = 0;
    while (text.size() >= 16) {
        Lanes sums{};
        const std::size_t size = std::min<std::size_t>(text.size() / 16, 255) * 16;
        for (std::size_t at = 0; at < size; at += 16) {
            Lanes now;
            std::memcpy(&now, text.data() + at, sizeof now);
            sums -= reinterpret_cast<Lanes>(now == '\n');
        }
        for (int i = 0; i < 16; ++i)
            count += sums[i];
        text.remove_prefix(size);
    }
    return count + static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

} // namespace

std::string_view takeLine(std::string_view& text) {
    const auto* end = static_cast<const char*>(std::memchr(text.data(), '\n', text.size()));
    const std::size_t length = end ? static_cast<std::size_t>(end - text.data()) : text.size();
    std::string_view line = text.substr(0, length);
    if (line.ends_with('\r')) line.remove_suffix(1);
    text.remove_prefix(end ? length + 1 : length);
    return line;
}

PieceCutter::PieceCutter(TextReader& text, PieceSize size, std::size_t lineBytes,
                         std::stop_token stop)
    : text_(text)
    , full_(size)
    , now_(size)
    , lineBytes_(lineBytes)
    , stop_(std::move(stop)) {
    if (size.firstLines >= size.lines) return;
    now_.lines = size.firstLines;
    now_.bytes = std::min(size.bytes, kBlock);
}

void PieceCutter::start(std::uint64_t offset, std::uint64_t lines) {
    offset_ = offset;
    lines_ = lines;
}

void PieceCutter::expect(const Format* format, const std::string& state) {
    format_ = format;
    state_ = state;
}

void PieceCutter::grow() {
    now_.lines = std::min(full_.lines, now_.lines * 4);
    now_.bytes = std::min(full_.bytes, now_.bytes * 4);
}

/// False if there is no more text.
Result<bool> PieceCutter::fill(Piece& piece) {
    if (ended_) return false;
    if (stop_.stop_requested())
        return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    const std::uint64_t at = piece.offset + piece.text.size();
    const auto got = text_.read(at, kBlock, piece.text);
    if (!got) return std::unexpected(got.error());
    ended_ = *got == 0;
    truncated_ = ended_ && at < text_.size();
    return !ended_;
}

Result<bool> PieceCutter::next(Piece& piece) {
    piece.text.clear();
    piece.text.append(rest_.view());
    rest_.clear();
    piece.offset = offset_;
    piece.linesBefore = lines_;
    piece.lines = 0;
    piece.cutLine = piece.last = false;
    piece.nextLine.reset();
    scanned_ = end_ = 0;
    if (auto done = findEnd(piece); !done) return std::unexpected(done.error());
    if (!piece.last && format_ && !piece.cutLine)
        if (auto done = toRecord(piece); !done) return std::unexpected(done.error());
    if (!piece.cutLine) {
        rest_.append(piece.text.view().substr(end_));
        piece.text.shrink(end_);
        piece.end = piece.offset + end_;
    }
    offset_ = piece.end;
    lines_ += piece.lines;
    grow();
    return piece.lines > 0;
}

/// Moves `end_` behind the last line of the piece.
Result<void> PieceCutter::findEnd(Piece& piece) {
    while (!scan(piece)) {
        const std::size_t begun = piece.text.size() - end_; // of a line whose end is not in sight
        if (scanned_ >= now_.bytes && begun > lineBytes_) return skipLine(piece);
        const auto more = fill(piece);
        if (!more) return std::unexpected(more.error());
        if (!*more) return endOfText(piece), Result<void>();
    }
    return {};
}

/// Goes through what was read since the last call; true if the piece is large enough. `end_` is
/// then behind its last line, else behind the last line break near the size that is wanted.
bool PieceCutter::scan(Piece& piece) {
    const std::string_view text = piece.text.view();
    while (scanned_ < text.size()) {
        const std::string_view block = text.substr(scanned_, kCount);
        if (const std::size_t more = scanned_ + block.size() < now_.bytes ? countLines(block) : 0;
            scanned_ + block.size() < now_.bytes && piece.lines + more < now_.lines) {
            piece.lines += more;
            scanned_ += block.size();
            continue;
        }
        const std::size_t stop = scanned_ + block.size();
        for (std::size_t at = text.find('\n', scanned_); at < stop; at = text.find('\n', at + 1)) {
            ++piece.lines;
            end_ = at + 1;
            if (piece.lines >= now_.lines || end_ >= now_.bytes) return true;
        }
        scanned_ = stop;
    }
    return false;
}

/// Of an endless line the beginning stays, and the piece ends behind it.
Result<void> PieceCutter::skipLine(Piece& piece) {
    const std::size_t lineStart = piece.text.view().rfind('\n') + 1; // npos + 1 is 0
    if (piece.text.size() - lineStart <= lineBytes_) {
        const auto more = fill(piece);
        if (!more) return std::unexpected(more.error());
        if (!*more) return endOfText(piece), Result<void>();
        return findEnd(piece);
    }
    piece.text.shrink(lineStart + lineBytes_ + 1);
    std::uint64_t at = piece.offset + piece.text.size();
    piece.cutLine = true;
    ++piece.lines;
    for (;;) {
        if (stop_.stop_requested())
            return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
        rest_.clear();
        const auto got = text_.read(at, kBlock, rest_);
        if (!got) return std::unexpected(got.error());
        const std::size_t found = rest_.view().find('\n');
        if (*got > 0 && found == std::string_view::npos) {
            at += *got;
            continue;
        }
        ended_ = *got == 0;
        truncated_ = ended_ && at < text_.size();
        piece.last = ended_;
        piece.end = ended_ ? at : at + found + 1;
        Buffer behind;
        if (!ended_) behind.append(rest_.view().substr(found + 1));
        rest_ = std::move(behind);
        return {};
    }
}

/// Half a line at the end is a line, unless more of it is missing or still to be written.
void PieceCutter::endOfText(Piece& piece) {
    const std::string_view text = piece.text.view();
    piece.last = true;
    if (!text.empty() && text.back() != '\n') {
        if (truncated_ || text_.grown())
            piece.text.shrink(text.rfind('\n') + 1); // npos + 1 is 0
        else
            ++piece.lines;
    }
    end_ = piece.text.size();
}

/// Lets the piece go on until a record begins, so that none is torn. The first line may stand
/// among those that open an entry, so that only one behind other lines begins it.
Result<void> PieceCutter::toRecord(Piece& piece) {
    const auto parser = format_->parser();
    parser->restore(state_);
    Record record;
    bool opened = false;
    std::optional<LineVerdict> before;
    const std::size_t most = end_ + kLookAhead;
    for (std::size_t searched = end_; end_ < most;) {
        const std::size_t at = piece.text.view().find('\n', searched);
        if (at == std::string_view::npos) {
            searched = piece.text.size();
            if (searched - end_ > lineBytes_) return {};
            const auto more = fill(piece);
            if (!more) return std::unexpected(more.error());
            if (!*more) return endOfText(piece), Result<void>();
            continue;
        }
        std::string_view rest = piece.text.view().substr(end_, at + 1 - end_);
        if (rest.size() > lineBytes_) return {};
        const std::string_view line = takeLine(rest);
        const LineVerdict verdict = parser->parse(line, record);
        if ((verdict == LineVerdict::Record && (!opened || parser->opensNext())) ||
            (verdict == LineVerdict::Opening && before && !opened)) {
            piece.nextLine = line;
            return {};
        }
        opened = verdict == LineVerdict::Opening || (opened && verdict != LineVerdict::Record);
        before = verdict;
        end_ = searched = at + 1;
        ++piece.lines;
    }
    return {};
}

} // namespace postlude::detail
