// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are there whole or not at all.
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace postlude {

/// Writes under a temporary name beside `file`, forces it to disk, renames it. What was there
/// before stays if anything fails. Errors: DiskFull, Permission, NotFound (no such folder), Write.
Result<void> writeWhole(const std::filesystem::path& file, std::string_view bytes);

/// Makes the folder (not its parents) unless it is there.
Result<void> makeFolder(const std::filesystem::path& folder);

/// A folder beside `file`, gone with what is still in it once nobody needs it: what is made there
/// can be put in its place together, when all of it is whole.
class Staging {
public:
    /// Errors are those of writeWhole().
    static Result<Staging> beside(const std::filesystem::path& file);
    Staging(Staging&& other) noexcept
        : folder_(std::exchange(other.folder_, {})) {}
    Staging& operator=(Staging&&) = delete;
    ~Staging();
    [[nodiscard]] std::filesystem::path of(const std::filesystem::path& name) const {
        return folder_ / name;
    }
    /// Puts `name` in the place of `file`, which needs no space.
    Result<void> move(const std::filesystem::path& name, const std::filesystem::path& file) const;

private:
    explicit Staging(std::filesystem::path folder)
        : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

} // namespace postlude
