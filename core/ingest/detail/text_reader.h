// SPDX-License-Identifier: GPL-3.0-or-later
// The text of one source, from its plain files or from the case.
#pragma once

#include "core/case/store.h"

#include <cstdlib>

namespace postlude::detail {

/// Bytes that are not set to zero before they are read into. Its memory is used again and again.
class Buffer {
public:
    [[nodiscard]] char* data() { return data_.get(); }
    [[nodiscard]] const char* data() const { return data_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
    void clear() { size_ = 0; }
    void shrink(std::size_t size) { size_ = size; }
    /// Room for `more` bytes behind those that are there; count them in with grow().
    char* room(std::size_t more);
    void grow(std::size_t by) { size_ += by; }
    void append(std::string_view text);

private:
    struct Free {
        void operator()(char* data) const { std::free(data); }
    };
    std::unique_ptr<char, Free> data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// Text that is still on its way into the case. Used by one thread at a time.
class TextSupply {
public:
    TextSupply() = default;
    virtual ~TextSupply() = default;
    TextSupply(const TextSupply&) = delete;
    TextSupply& operator=(const TextSupply&) = delete;
    virtual void start() = 0;
    /// Appends up to `most` bytes; `offset` never goes back. None: that was all.
    virtual Result<std::size_t> read(std::uint64_t offset, std::size_t most, Buffer& to) = 0;
    /// When this is done the case has all of it.
    virtual Result<void> finish() = 0;
};

/// Reads anywhere in the text of a source. Plain files are read where they are, past the case's
/// lock. Not thread-safe; holds at most one open file.
class TextReader {
public:
    /// `files`: the plain files that make up the whole text; none: the case has it.
    TextReader(const Case::Store& store, SourceId source, const std::vector<std::string>& files);
    ~TextReader();
    TextReader(const TextReader&) = delete;
    TextReader& operator=(const TextReader&) = delete;

    /// Before open(): the text comes from there first, and is read from front to end.
    void supply(TextSupply& supply) { supply_ = &supply; }
    /// Settles the size, and that the files are still those that the case knows.
    Result<void> open();
    /// With a supply: only known when read() has come to its end.
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Waits until the case has what is supplied, so that all can be read in any order.
    Result<void> takeIn();
    /// Appends up to `most` bytes from `offset` on, and tells how many. None before the settled
    /// size: the text has been truncated meanwhile.
    Result<std::size_t> read(std::uint64_t offset, std::size_t most, Buffer& to);
    /// What has become of the plain files since open(): Damaged if they no longer hold the text
    /// that was read.
    [[nodiscard]] Result<void> unchanged() const;
    /// True if there is more behind the settled size by now: the last line may be half a line.
    [[nodiscard]] bool grown() const;

private:
    struct Part {
        std::filesystem::path file;
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    Result<std::size_t> readSupply(std::uint64_t offset, std::size_t most, Buffer& to);
    Result<std::size_t> readPart(const Part& part, std::uint64_t offset, std::size_t most,
                                 Buffer& to);

    const Case::Store& store_;
    SourceId source_;
    std::vector<Part> parts_;
    TextSupply* supply_ = nullptr; ///< until all of it was read
    std::uint64_t size_ = 0;
    int descriptor_ = -1;
    const Part* opened_ = nullptr;
};

} // namespace postlude::detail
