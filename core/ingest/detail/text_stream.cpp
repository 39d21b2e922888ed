// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/text_stream.h"

#include "core/base/guarded.h"

#include <cstring>
#include <fmt/format.h>

namespace postlude::detail {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U; // as the case keeps it
constexpr std::size_t kMostBlocks = 8;

Error cancelled() {
    return {ErrorKind::Cancelled, "cancelled", {}, {}};
}

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

using Take = std::function<Result<void>(std::string_view)>;

Result<void> readPlain(const Member& part, const Take& take, const StreamEvents& events,
                       const std::stop_token& stop) {
    const std::unique_ptr<std::FILE, Close> file(std::fopen(part.file.c_str(), "rb"));
    const auto told = [&] {
        if (events.issue)
            events.issue({ErrorKind::Unreadable,
                          std::string("cannot be read: ") + std::strerror(errno),
                          {part.path, 0, 0},
                          "check the disk, or copy the file and open it again"});
        return Result<void>();
    };
    if (!file) return told();
    std::string block(std::size_t{256} << 10U, '\0');
    std::uint64_t done = 0;
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), file.get())) {
        if (stop.stop_requested()) return std::unexpected(cancelled());
        if (auto taken = take(std::string_view(block).substr(0, got)); !taken) return taken;
        if (events.progress) events.progress(done += got);
    }
    return std::ferror(file.get()) != 0 ? told() : Result<void>();
}

} // namespace

Result<std::string> streamParts(const Bundle& bundle, const std::vector<Member>& parts,
                                const StreamEvents& events, const std::stop_token& stop) {
    TextJoiner joiner;
    std::uint64_t before = 0;
    const auto give = [&](std::string_view chunk, bool last) -> Result<void> {
        std::string text = joiner.take(chunk, last);
        return text.empty() ? Result<void>() : events.text(std::move(text));
    };
    for (const Member& part : parts) {
        const Take take = [&](std::string_view chunk) { return give(chunk, false); };
        StreamEvents own = events;
        std::uint64_t done = 0;
        own.progress = [&](std::uint64_t bytes) {
            done = bytes;
            if (events.progress) events.progress(before + bytes);
        };
        auto read = part.alone ? bundle.unpackAlone(part, {take, own.issue, own.progress}, stop)
                               : readPlain(part, take, own, stop);
        if (read) read = give({}, true);
        if (!read) return std::unexpected(read.error());
        before += done;
    }
    if (!joiner.end().empty())
        if (auto done = events.text(std::string(joiner.end())); !done)
            return std::unexpected(done.error());
    return joiner.binary();
}

TextStream::TextStream(StreamOrigin& origin, Case::Store& store, SourceId source,
                       std::vector<Member> parts, const std::stop_token& stop)
    : origin_(origin)
    , store_(store)
    , source_(source)
    , parts_(std::move(parts))
    , follow_(stop, [this] { stop_.request_stop(); }) {}

TextStream::~TextStream() {
    stop_.request_stop();
}

void TextStream::start() {
    unpacker_ =
        std::jthread([this] { end(guardedMemory([this] { return unpack(); }), unpacked_); });
    keeper_ = std::jthread([this] { end(guardedMemory([this] { return keep(); }), kept_); });
}

void TextStream::end(const Result<void>& done, bool& what) {
    const std::scoped_lock lock(mutex_);
    if (!done && !error_) error_ = done.error();
    what = true;
    changed_.notify_all();
}

Result<void> TextStream::unpack() {
    StreamEvents events;
    events.text = [this](std::string text) { return add(std::move(text)); };
    events.issue = [this](const Error& issue) { issues_.push_back(issue); };
    events.progress = [this](std::uint64_t bytes) { fileBytes_ = bytes; };
    bool full = false;
    const auto done = streamParts(origin_.bundle, parts_, events, stop_.get_token());
    if (!done && done.error().kind == ErrorKind::TooLarge) {
        issues_.push_back(done.error());
        full = true;
    }
    Result<void> pushed = gathered_.empty() ? Result<void>() : push();
    if (!done && !full) pushed = std::unexpected(done.error());
    return pushed;
}

/// Gathers blocks as large as the case keeps them.
Result<void> TextStream::add(std::string text) {
    if ((origin_.bytes += text.size()) > origin_.mostBytes)
        return std::unexpected(
            Error{ErrorKind::TooLarge,
                  fmt::format("cut: the bundle unpacks to more than {} bytes", origin_.mostBytes),
                  {parts_.back().path, 0, 0},
                  "allow more (--max-unpacked), or unpack it yourself and open the folder"});
    std::string_view rest = text;
    while (!rest.empty()) {
        if (gathered_.empty()) gathered_.reserve(kBlockBytes);
        const std::string_view now = rest.substr(0, kBlockBytes - gathered_.size());
        gathered_ += now;
        rest.remove_prefix(now.size());
        if (gathered_.size() < kBlockBytes) continue;
        if (auto done = push(); !done) return done;
    }
    return {};
}

Result<void> TextStream::push() {
    auto block = std::make_shared<const std::string>(std::exchange(gathered_, {}));
    std::unique_lock lock(mutex_);
    const bool room = changed_.wait(lock, stop_.get_token(),
                                    [&] { return error_ || blocks_.size() < kMostBlocks; });
    if (!room || error_) return std::unexpected(error_ ? *error_ : cancelled());
    blocks_.push_back(std::move(block));
    changed_.notify_all();
    return {};
}

/// The block with number `index`, which is counted up; null when there is none any more.
TextStream::Block TextStream::next(std::size_t& index) {
    std::unique_lock lock(mutex_);
    const auto there = [&] { return index < first_ + blocks_.size(); };
    changed_.wait(lock, stop_.get_token(), [&] { return there() || unpacked_ || error_; });
    if (error_ || stop_.stop_requested() || !there()) return nullptr;
    Block block = blocks_[index++ - first_];
    dropUsed();
    return block;
}

void TextStream::dropUsed() {
    while (first_ < std::min(toRead_, toKeep_)) {
        blocks_.pop_front();
        ++first_;
        changed_.notify_all();
    }
}

Result<void> TextStream::keep() {
    Result<void> done;
    while (const Block block = done ? next(toKeep_) : nullptr)
        done = store_.appendText(source_, *block);
    const bool whole = [&] {
        const std::scoped_lock lock(mutex_);
        return unpacked_ && !error_ && !stop_.stop_requested();
    }();
    if (done && whole) done = store_.finishText(source_);
    return done;
}

TextStream::Block TextStream::blockAt(std::uint64_t offset) {
    while (!reading_ || offset >= readingFrom_ + reading_->size()) {
        if (reading_) readingFrom_ += reading_->size();
        reading_ = next(toRead_);
        if (!reading_) return nullptr;
    }
    return reading_;
}

Result<std::size_t> TextStream::read(std::uint64_t offset, std::size_t most, Buffer& to) {
    if (const Block block = blockAt(offset)) {
        const auto text = std::string_view(*block).substr(offset - readingFrom_, most);
        to.append(text);
        return text.size();
    }
    const std::scoped_lock lock(mutex_);
    if (error_) return std::unexpected(*error_);
    if (stop_.stop_requested()) return std::unexpected(cancelled());
    return 0;
}

Result<void> TextStream::finish() {
    while (next(toRead_)) {
    } // for whom reads to the end, there is nothing left
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop_.get_token(), [&] { return kept_ || error_; });
    if (error_) return std::unexpected(*error_);
    if (stop_.stop_requested()) return std::unexpected(cancelled());
    return {};
}

} // namespace postlude::detail
