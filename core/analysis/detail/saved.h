// SPDX-License-Identifier: GPL-3.0-or-later
// The result as kept in the case: everything, exactly, with a version.
#pragma once

#include "core/analysis/analysis.h"

namespace postlude::detail {

std::string packed(const Analysis& analysis);
/// Empty if the text is not of this version or is damaged.
std::optional<Analysis> unpacked(std::string_view text);

} // namespace postlude::detail
