// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

namespace postlude::detail {

/// The inverse of nameOf(); Unknown and Action for what is not known.
CauseKind causeKindNamed(std::string_view name);
EntryKind entryKindNamed(std::string_view name);

} // namespace postlude::detail
