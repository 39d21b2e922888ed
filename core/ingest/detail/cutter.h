// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts the text of a source into pieces for the threads, between two records.
#pragma once

#include "core/format/format.h"
#include "core/ingest/detail/text_reader.h"

#include <stop_token>

namespace postlude::detail {

/// Some whole lines of one source, and how many stand before them.
struct Piece {
    Buffer text;
    std::uint64_t offset = 0; ///< of its first byte
    std::uint64_t end = 0;    ///< where the next one begins
    std::uint64_t linesBefore = 0;
    std::uint64_t lines = 0;
    bool cutLine = false; ///< the last line is longer than allowed; only its beginning is here
    bool last = false;    ///< nothing follows
    /// The line behind it, if that seems to begin a record; nothing: the last record here may go
    /// on.
    std::optional<std::string> nextLine;
};

/// How large pieces are. They may begin small, so that the first chart does not wait.
struct PieceSize {
    std::uint32_t lines = kSegmentRows;
    std::size_t bytes = std::size_t{16} << 20U;
    std::uint32_t firstLines = 4096; ///< of the first piece
};

/// Used by one thread at a time. Memory: what is read behind the last piece, less than a MB but
/// for records of many lines.
class PieceCutter {
public:
    PieceCutter(TextReader& text, PieceSize size, std::size_t lineBytes, std::stop_token stop);
    /// The place of the first piece.
    void start(std::uint64_t offset, std::uint64_t lines);
    /// Pieces are only cut where this format's parser, in this state, sees a record begin. Null:
    /// at the end of any line.
    void expect(const Format* format, const std::string& state);
    /// Fills `piece` (its buffer is used again); false at the end of the text.
    Result<bool> next(Piece& piece);
    /// True if the text ended before its settled size; half a line at its end was left out.
    [[nodiscard]] bool truncated() const { return truncated_; }

private:
    Result<bool> fill(Piece& piece);
    Result<void> findEnd(Piece& piece);
    bool scan(Piece& piece);
    Result<void> skipLine(Piece& piece);
    Result<void> toRecord(Piece& piece);
    void endOfText(Piece& piece);
    void grow();

    TextReader& text_;
    PieceSize full_, now_;
    std::size_t lineBytes_;
    std::stop_token stop_;
    const Format* format_ = nullptr;
    std::string state_;
    Buffer rest_;
    std::uint64_t offset_ = 0, lines_ = 0;
    std::size_t scanned_ = 0, end_ = 0; // within the piece being cut
    bool ended_ = false, truncated_ = false;
};

/// Takes the next line off `text`, without its \n or \r\n.
std::string_view takeLine(std::string_view& text);

} // namespace postlude::detail
