// SPDX-License-Identifier: GPL-3.0-or-later
// Stamps that only say how long ago something was, when they were printed: "3m12s" (kubectl),
// "13 hours ago" (git).
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string_view>

namespace postlude::detail {

/// How long ago that was; months have 30 days. Nothing if `text` is no age.
std::optional<Duration> readAge(std::string_view text);

} // namespace postlude::detail
