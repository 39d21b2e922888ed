// SPDX-License-Identifier: GPL-3.0-or-later
// Plain files of a bundle, which stay where they are, and whether they are still the same.
#pragma once

#include "core/case/detail/database.h"

#include <span>

namespace postlude {

/// An open plain file that has been found to be what it was; closed with the object.
class PlainFile {
public:
    PlainFile(int descriptor, KnownFile known);
    ~PlainFile();
    PlainFile(PlainFile&& other) noexcept;
    PlainFile& operator=(PlainFile&& other) noexcept;
    /// Fills `to` from `offset` on. Damaged if the file is too short by now; Unreadable.
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<char> to) const;
    /// Damaged if it has been written to meanwhile other than at its end.
    [[nodiscard]] Result<void> check(std::map<std::string, std::string>& checked) const;
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
    KnownFile known_;
};

/// Its absolute path, size and digest now. NotFound, Permission, Unreadable.
Result<KnownFile> lookAtFile(const std::filesystem::path& file);

/// NotFound, Permission, Unreadable; Damaged if it has changed. For `checked` see below.
Result<PlainFile> openPlainFile(const KnownFile& file, std::map<std::string, std::string>& checked);

/// Bytes [offset, offset + size) of it. `checked` remembers in which state (size, time of
/// change) files were found unchanged, so that their digest is not taken for every line.
Result<std::string> readPlainFile(const KnownFile& file, std::uint64_t offset, std::size_t size,
                                  std::map<std::string, std::string>& checked);

} // namespace postlude
