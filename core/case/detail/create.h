// SPDX-License-Identifier: GPL-3.0-or-later
// Making a new case file.
#pragma once

#include "core/case/detail/lock.h"

namespace postlude {

/// A case that holds nothing, at a name that is free; the lock on it. Killed at any moment, there
/// is a whole case or none. No file of anybody else is touched: where one has a name that SQLite
/// would use beside the case, none is made. Errors: Write where a name is taken, Busy where
/// somebody else is making it, DiskFull, NotFound, Permission.
Result<CaseLock> makeCase(const std::filesystem::path& file);

} // namespace postlude
