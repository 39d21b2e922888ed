// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a source in long stretches, for searching: unlike Store::readText it waits for
// nobody while it reads and unpacks.
#pragma once

#include "core/case/store.h"

namespace postlude {

/// Reads one source; several may read the same one, each in a thread of its own. A source that is
/// still being imported is read as far as it was when the reader was made.
class SourceText {
public:
    /// Errors: Unreadable, Damaged (of the case itself).
    static Result<SourceText> open(const Case::Store& store, SourceId source);
    /// Bytes [offset, offset + size) of the unpacked text; shorter at its end. Holds until the
    /// next call. Errors: NotFound (a plain file is gone), Damaged (it has changed), Unreadable.
    Result<std::string_view> read(std::uint64_t offset, std::size_t size);
    /// Was what has been read so far as the case remembers it? A file can be written to while it
    /// is read. Errors: Damaged.
    Result<void> check() const;

    ~SourceText();
    SourceText(SourceText&&) noexcept;
    SourceText& operator=(SourceText&&) noexcept;

private:
    struct Parts;
    explicit SourceText(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace postlude
