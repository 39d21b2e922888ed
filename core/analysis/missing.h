// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/case/case.h"

namespace postlude {

/// What a bundle ought to have held and could not give: archives cut short, files that may not be
/// read, members beyond a limit. One sentence each, for whoever judges by the rest. Text of a
/// bundle, to be escaped where it is shown. Errors are those of the case.
Result<std::vector<std::string>> missingEvidence(const Case& of);

} // namespace postlude
