// SPDX-License-Identifier: GPL-3.0-or-later
// One source on its way into the case: cut into pieces, read by several threads at once, put
// together again as if one had read them all.
#pragma once

#include "core/ingest/detail/piece_reader.h"
#include "core/ingest/detail/shared.h"
#include "core/ingest/detail/text_stream.h"

#include <deque>

namespace postlude::detail {

/// What all threads of one import are given.
struct Reading {
    Case& target;
    const ImportOptions& options;
    std::stop_token stop;
    ProgressBoard& board;
    IssueLog& issues;
    Committer& committer;
    StreamOrigin& streams;
    PieceSize pieceSize;
};

/// A piece, and what a thread has made of it while the pieces before were not settled yet: it
/// began with the state in which the reader of the piece before was expected to end.
struct Job {
    Piece piece;
    std::unique_ptr<PieceReader> reader; ///< perhaps still of another source, for its memory
    Flow begun;
    bool ready = false; ///< to be settled; guarded by the crew
};

/// The members above open() belong to the crew, which sees to it that open() comes first, that
/// one thread at a time cuts, and one settles, in the order of the pieces. Errors are Cancelled,
/// what the case says, and what is wrong with the source: see isOwnFault().
class SourceFlow {
public:
    SourceFlow(const Reading& reading, const Source& source);

    std::deque<std::shared_ptr<Job>> jobs; ///< cut and not settled, in order
    bool cutting = false, settling = false;
    bool allCut = false;   ///< no more pieces come
    bool firstCut = false; ///< the others wait until the first one has taught the parser
    bool firstSettled = false;

    /// Documents are read and other texts counted here; they have no pieces.
    Result<void> open();
    /// False at the end.
    Result<bool> cut(Job& job);
    /// By any number of threads, each its own job.
    Result<void> read(Job& job) const;
    Result<void> settle(Job& job);
    /// When all pieces are settled.
    Result<void> finish();

    /// A fault of the source is an issue, and what was read before it stays.
    static bool isOwnFault(const Error& error);
    Result<void> report(Error fault);

private:
    [[nodiscard]] std::unique_ptr<PieceReader> newReader() const;
    [[nodiscard]] Flow expected() const;
    Result<void> warmUp();
    Result<void> adopt(PieceReader& reader, std::uint64_t unreadBefore);
    Result<void> save(Batch batch, std::uint64_t unreadBefore);
    Result<void> endSerial();
    Result<void> countLines();
    void tell(std::uint64_t lines, bool all = false);

    const Reading& reading_;
    const Source& source_;
    std::unique_ptr<TextStream> stream_; // if its text is unpacked meanwhile
    TextReader text_;
    PieceCutter cutter_;
    std::uint64_t told_ = 0; // bytes, to the board
    bool parallel_ = false;  // the format's parser can tell its state
    std::uint64_t pieces_ = 0;

    mutable std::mutex mutex_;             // guards flow_ between cutting and settling
    Flow flow_;                            // behind what is settled
    std::optional<std::string> lastKnown_; // state of the parser, there or before
    SourceProgress progress_;              // the same
    std::unique_ptr<PieceReader> serial_;  // reads on where guesses were wrong
    std::uint64_t serialUnread_ = 0;       // before it began
};

} // namespace postlude::detail
