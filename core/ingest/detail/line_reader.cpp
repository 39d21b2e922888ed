// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/line_reader.h"

#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace postlude::detail {

namespace {

constexpr std::size_t kBlock = std::size_t{4} << 20U;

Error unreadable(const std::filesystem::path& file) {
    return {ErrorKind::Unreadable,
            std::string("cannot be read: ") + std::strerror(errno),
            {file.filename().string(), 0, 0},
            "check the disk, or copy the file and open it again"};
}

} // namespace

TextReader::TextReader(const Case::Store& store, SourceId source,
                       std::vector<std::filesystem::path> files)
    : store_(store)
    , source_(source) {
    for (std::filesystem::path& file : files)
        parts_.push_back({std::move(file), 0, 0});
}

TextReader::~TextReader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> TextReader::open() {
    const auto size = store_.textSize(source_);
    if (!size) return std::unexpected(size.error());
    size_ = *size;
    // The case compares the digests of the files when it first reads from them.
    if (const auto checked = store_.readText(source_, 0, 1); !checked)
        return std::unexpected(checked.error());
    std::uint64_t at = 0;
    for (Part& part : parts_) {
        std::error_code code;
        const bool last = &part == &parts_.back();
        part.begin = at;
        at = last ? size_ : std::min(size_, at + std::filesystem::file_size(part.file, code));
        if (code) return std::unexpected(unreadable(part.file));
        part.end = at;
    }
    return {};
}

Result<void> TextReader::read(std::uint64_t offset, std::size_t most, std::string& to) {
    if (offset >= size_) return {};
    if (parts_.empty()) {
        auto text = store_.readText(source_, offset, most);
        if (!text) return std::unexpected(text.error());
        to += *text;
        return {};
    }
    const auto holds = [&](const Part& p) { return offset >= p.begin && offset < p.end; };
    const auto part = std::ranges::find_if(parts_, holds);
    return part == parts_.end() ? Result<void>() : readPart(*part, offset, most, to);
}

Result<void> TextReader::readPart(const Part& part, std::uint64_t offset, std::size_t most,
                                  std::string& to) {
    if (opened_ != &part) {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = ::open(part.file.c_str(), O_RDONLY | O_CLOEXEC);
        opened_ = descriptor_ >= 0 ? &part : nullptr;
        if (descriptor_ < 0) return std::unexpected(unreadable(part.file));
    }
    const std::size_t before = to.size();
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(most, part.end - offset));
    to.resize(before + want);
    ssize_t got = 0;
    do
        got =
            ::pread(descriptor_, to.data() + before, want, static_cast<off_t>(offset - part.begin));
    while (got < 0 && errno == EINTR);
    if (got < 0) return std::unexpected(unreadable(part.file));
    to.resize(before + static_cast<std::size_t>(got));
    return {};
}

LineReader::LineReader(TextReader& text, std::uint64_t offset, std::size_t lineBytes,
                       std::stop_token stop)
    : text_(text)
    , lineBytes_(lineBytes)
    , stop_(std::move(stop))
    , start_(offset) {}

/// False if there is no more text.
Result<bool> LineReader::refill() {
    if (stop_.stop_requested())
        return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    buffer_.erase(0, at_);
    start_ += std::exchange(at_, 0);
    const std::size_t before = buffer_.size();
    const auto done = text_.read(start_ + before, kBlock, buffer_);
    if (!done) return std::unexpected(done.error());
    ended_ = buffer_.size() == before;
    return !ended_;
}

Result<bool> LineReader::next(Line& line) {
    for (std::size_t searched = at_;;) {
        const std::size_t end = buffer_.find('\n', searched);
        const bool found = end != std::string::npos;
        const std::size_t length = (found ? end : buffer_.size()) - at_;
        if (length > lineBytes_) return takeCut(line);
        if (found || (ended_ && length > 0)) {
            line = {std::string_view(buffer_).substr(at_, length), start_ + at_, false};
            if (line.text.ends_with('\r')) line.text.remove_suffix(1);
            at_ += length + (found ? 1 : 0);
            return true;
        }
        if (ended_) return false;
        searched = length;
        if (auto more = refill(); !more) return more;
    }
}

/// Keeps the beginning of an endless line and goes behind its end block by block.
Result<bool> LineReader::takeCut(Line& line) {
    cut_ = buffer_.substr(at_, lineBytes_);
    line = {cut_, start_ + at_, true};
    for (;;) {
        const std::size_t end = buffer_.find('\n', at_);
        at_ = end == std::string::npos ? buffer_.size() : end + 1;
        if (end != std::string::npos || ended_) return true;
        if (auto more = refill(); !more) return more;
    }
}

} // namespace postlude::detail
