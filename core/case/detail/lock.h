// SPDX-License-Identifier: GPL-3.0-or-later
// The lock that keeps two writers apart. It is a flock() on a file beside the case, so the system
// releases it when the process ends, however it ends.
#pragma once

#include "core/base/error.h"

#include <filesystem>

namespace postlude {

class CaseLock {
public:
    /// Busy if somebody holds it (this process too). On file systems without locks it is granted.
    static Result<CaseLock> take(const std::filesystem::path& caseFile);
    CaseLock() = default;
    CaseLock(CaseLock&& other) noexcept;
    CaseLock& operator=(CaseLock&& other) noexcept;
    ~CaseLock();

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

} // namespace postlude
