// SPDX-License-Identifier: GPL-3.0-or-later
// The text of one source, from its plain files or from the case, and its lines.
#pragma once

#include "core/case/store.h"

#include <stop_token>

namespace postlude::detail {

/// Reads anywhere in the text of a source. Plain files are read where they are, past the case's
/// lock. Not thread-safe; holds at most one open file.
class TextReader {
public:
    /// `files`: the plain files that make up the whole text; none: the case has it.
    TextReader(const Case::Store& store, SourceId source, std::vector<std::filesystem::path> files);
    ~TextReader();
    TextReader(const TextReader&) = delete;
    TextReader& operator=(const TextReader&) = delete;

    /// Settles the size, and that the files are still those that the case knows.
    Result<void> open();
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Appends up to `most` bytes from `offset` on; nothing at the end.
    Result<void> read(std::uint64_t offset, std::size_t most, std::string& to);

private:
    struct Part {
        std::filesystem::path file;
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    Result<void> readPart(const Part& part, std::uint64_t offset, std::size_t most,
                          std::string& to);

    const Case::Store& store_;
    SourceId source_;
    std::vector<Part> parts_;
    std::uint64_t size_ = 0;
    int descriptor_ = -1;
    const Part* opened_ = nullptr;
};

/// A line without its line break; `text` holds until the next call.
struct Line {
    std::string_view text;
    std::uint64_t offset = 0;
    bool cut = false; ///< longer than allowed; `text` is its beginning
};

/// Splits at \n, takes one \r before it away. Memory: one block and one line.
class LineReader {
public:
    LineReader(TextReader& text, std::uint64_t offset, std::size_t lineBytes, std::stop_token stop);
    /// False at the end.
    Result<bool> next(Line& line);
    /// Where the next line begins.
    [[nodiscard]] std::uint64_t offset() const { return start_ + at_; }

private:
    Result<bool> refill();
    Result<bool> takeCut(Line& line);

    TextReader& text_;
    std::size_t lineBytes_;
    std::stop_token stop_;
    std::string buffer_;
    std::string cut_;
    std::uint64_t start_; // offset of buffer_[0]
    std::size_t at_ = 0;
    bool ended_ = false;
};

} // namespace postlude::detail
