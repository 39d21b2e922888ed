// SPDX-License-Identifier: GPL-3.0-or-later
// Times for who compares or reads them back.
#pragma once

#include "core/base/time.h"

namespace postlude {

/// RFC 3339 with milliseconds, or finer where the instant is: "2024-01-15T09:59:16.011250Z".
std::string preciseTime(Instant at);

} // namespace postlude
