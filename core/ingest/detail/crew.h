// SPDX-License-Identifier: GPL-3.0-or-later
// The threads of an import. Each takes what is most urgent: settle what was read, cut and read
// the next piece of an open source, open another source.
#pragma once

#include "core/ingest/detail/source_flow.h"

#include <exception>

namespace postlude::detail {

class Crew {
public:
    /// `order`: in which sources are opened; not those that are done.
    Crew(const Reading& reading, std::vector<const Source*> order, unsigned threads);
    /// Returns when all is read and saved. The first failure stops all; what one of the threads
    /// throws is thrown here, when all have ended.
    Result<void> run();

    /// Pieces that fit into memory, whatever the number of threads.
    static PieceSize pieceSize(unsigned threads);

private:
    using Lock = std::unique_lock<std::mutex>;
    void workTogether();
    void work();
    bool doNext(Lock& lock);
    void open(Lock& lock);
    void cutAndRead(SourceFlow& flow, Lock& lock);
    void settle(SourceFlow& flow, Lock& lock);
    void finish(SourceFlow& flow, Lock& lock);
    bool failed(const Result<void>& done);
    bool failedOrFaulty(SourceFlow& flow, const Error& error);
    [[nodiscard]] bool over() const;

    const Reading& reading_;
    std::vector<const Source*> order_;
    unsigned threads_;
    std::size_t mostJobs_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t next_ = 0; // source to be opened
    std::vector<std::unique_ptr<SourceFlow>> flows_;
    std::size_t jobs_ = 0; // pieces in memory
    std::vector<std::shared_ptr<Job>> spare_;
    std::optional<Error> error_;
    std::exception_ptr thrown_;
};

} // namespace postlude::detail
