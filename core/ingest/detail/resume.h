// SPDX-License-Identifier: GPL-3.0-or-later
// An interrupted import goes on where it was: in another bundle, or for another span of time, that
// would be the middle of something else.
#pragma once

#include "core/ingest/import.h"

namespace postlude::detail {

/// Are these the paths that the import was begun with? Error: Usage.
Result<void> sameAsBegun(const Case& target, const std::vector<std::string>& paths);

/// The span of time that a case was begun with holds where `options` name none, and is kept in the
/// case. Error: Usage where they name another.
Result<void> keepSpan(Case& target, ImportOptions& options);

} // namespace postlude::detail
