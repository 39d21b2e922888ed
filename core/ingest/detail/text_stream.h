// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a source that is unpacked while it is read: one thread unpacks and decodes, one puts
// the text into the case, and whoever reads it gets it as it comes. Nothing is unpacked twice.
#pragma once

#include "core/case/store.h"
#include "core/ingest/detail/text_joiner.h"
#include "core/ingest/detail/text_reader.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace postlude::detail {

/// Where streamed text comes from, and what all streams of one import share.
struct StreamOrigin {
    const Bundle& bundle;
    std::uint64_t mostBytes;              ///< unpacked, of all together
    std::atomic<std::uint64_t> bytes = 0; ///< so far
};

struct StreamEvents {
    std::function<Result<void>(std::string)> text; ///< an error ends it
    std::function<void(const Error&)> issue;       ///< may be empty, as the next
    std::function<void(std::uint64_t fileBytes)> progress;
};
/// All text of `parts` (plain files, and packed ones that stand alone), oldest first. Gives the
/// beginning of what was left out because it is no text, "" if nothing was. Errors: Cancelled, and
/// what `text` gives.
Result<std::string> streamParts(const Bundle& bundle, const std::vector<Member>& parts,
                                const StreamEvents& events, const std::stop_token& stop);

/// One thread at a time reads. Memory: some 8 MB.
class TextStream : public TextSupply {
public:
    TextStream(StreamOrigin& origin, Case::Store& store, SourceId source, std::vector<Member> parts,
               const std::stop_token& stop);
    ~TextStream() override;
    TextStream(const TextStream&) = delete;
    TextStream& operator=(const TextStream&) = delete;

    void start() override;
    /// Waits for the text. Errors: Cancelled, and what the case says.
    Result<std::size_t> read(std::uint64_t offset, std::size_t most, Buffer& to) override;
    Result<void> finish() override;
    /// Bytes of the parts' files that were read.
    [[nodiscard]] std::uint64_t fileBytes() const { return fileBytes_; }
    /// What was damaged or left out; after finish().
    [[nodiscard]] const std::vector<Error>& issues() const { return issues_; }

private:
    using Block = std::shared_ptr<const std::string>;
    Result<void> unpack();
    Result<void> keep();
    Result<void> add(std::string text);
    Result<void> push();
    Block next(std::size_t& index);
    Block blockAt(std::uint64_t offset);
    void end(const Result<void>& done, bool& what);
    void dropUsed();

    StreamOrigin& origin_;
    Case::Store& store_;
    SourceId source_;
    std::vector<Member> parts_;
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> follow_; ///< the import's own stop
    std::atomic<std::uint64_t> fileBytes_ = 0;
    std::vector<Error> issues_;
    std::string gathered_; ///< not yet a block; the unpacking thread's

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Block> blocks_; ///< that somebody still wants
    std::size_t first_ = 0;    ///< number of the first of them
    std::size_t toRead_ = 0, toKeep_ = 0;
    bool unpacked_ = false, kept_ = false;
    std::optional<Error> error_;

    Block reading_; ///< the reader's
    std::uint64_t readingFrom_ = 0;
    std::jthread unpacker_, keeper_; ///< last: they end before all else
};

} // namespace postlude::detail
