// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/text_reader.h"

#include <cstring>
#include <fcntl.h>
#include <new>
#include <unistd.h>

namespace postlude::detail {

namespace {

Error unreadable(const std::filesystem::path& file) {
    return {ErrorKind::Unreadable,
            std::string("cannot be read: ") + std::strerror(errno),
            {file.filename().string(), 0, 0},
            "check the disk, or copy the file and open it again"};
}

} // namespace

/// Large blocks are moved by the system without being copied.
char* Buffer::room(std::size_t more) {
    if (size_ + more > capacity_) {
        const std::size_t capacity = std::max(size_ + more, capacity_ + capacity_ / 2);
        void* const moved = std::realloc(data_.get(), capacity);
        if (moved == nullptr) throw std::bad_alloc();
        static_cast<void>(data_.release());
        data_.reset(static_cast<char*>(moved));
        capacity_ = capacity;
    }
    return data_.get() + size_;
}

void Buffer::append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(room(text.size()), text.data(), text.size());
    grow(text.size());
}

TextReader::TextReader(const Case::Store& store, SourceId source,
                       const std::vector<std::string>& files)
    : store_(store)
    , source_(source) {
    for (const std::string& file : files)
        parts_.push_back({file, 0, 0});
}

TextReader::~TextReader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> TextReader::open() {
    if (supply_ != nullptr) return supply_->start(), Result<void>();
    const auto size = store_.textSize(source_);
    if (!size) return std::unexpected(size.error());
    size_ = *size;
    if (auto same = unchanged(); !same) return same;
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

Result<void> TextReader::takeIn() {
    if (supply_ == nullptr) return {};
    if (auto done = supply_->finish(); !done) return done;
    supply_ = nullptr;
    return open();
}

Result<std::size_t> TextReader::readSupply(std::uint64_t offset, std::size_t most, Buffer& to) {
    if (supply_ != nullptr) {
        const auto got = supply_->read(offset, most, to);
        if (!got || *got > 0) return got;
        if (auto done = takeIn(); !done) return std::unexpected(done.error());
    }
    return 0;
}

/// The case compares the digests of the files when their state is not the one it last saw.
Result<void> TextReader::unchanged() const {
    for (const Part& part : parts_)
        if (const auto checked = store_.readText(source_, part.begin, 1); !checked)
            return std::unexpected(checked.error());
    return {};
}

bool TextReader::grown() const {
    if (parts_.empty()) return false;
    std::error_code code;
    const Part& last = parts_.back();
    const auto now = std::filesystem::file_size(last.file, code);
    return !code && now > last.end - last.begin;
}

Result<std::size_t> TextReader::read(std::uint64_t offset, std::size_t most, Buffer& to) {
    if (const auto got = readSupply(offset, most, to); !got || *got > 0) return got;
    if (offset >= size_) return 0;
    if (parts_.empty()) {
        const auto text = store_.readText(source_, offset, most);
        if (!text) return std::unexpected(text.error());
        to.append(*text);
        return text->size();
    }
    const auto holds = [&](const Part& p) { return offset >= p.begin && offset < p.end; };
    const auto part = std::ranges::find_if(parts_, holds);
    return part == parts_.end() ? Result<std::size_t>(0) : readPart(*part, offset, most, to);
}

Result<std::size_t> TextReader::readPart(const Part& part, std::uint64_t offset, std::size_t most,
                                         Buffer& to) {
    if (opened_ != &part) {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = ::open(part.file.c_str(), O_RDONLY | O_CLOEXEC);
        opened_ = descriptor_ >= 0 ? &part : nullptr;
        if (descriptor_ < 0) return std::unexpected(unreadable(part.file));
        ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(most, part.end - offset));
    ssize_t got = 0;
    do
        got = ::pread(descriptor_, to.room(want), want, static_cast<off_t>(offset - part.begin));
    while (got < 0 && errno == EINTR);
    if (got < 0) return std::unexpected(unreadable(part.file));
    to.grow(static_cast<std::size_t>(got));
    return static_cast<std::size_t>(got);
}

} // namespace postlude::detail
