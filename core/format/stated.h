// SPDX-License-Identifier: GPL-3.0-or-later
// What a line's stamp says, of a record that is placed at its start.
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string_view>

namespace postlude {

/// `placed`: where a record stands in time, by its host's clock. `raw`: its stamp as written.
/// `lasted`: how long the request took, `before`: how long its connection waited for it, both if
/// known. Gives the instant that the stamp states: `placed` itself, or the end, or when the
/// connection was accepted, whichever shows the stamp's minutes and seconds. `placed`, too, where
/// none does, or where the stamp is read from several parts of the line. Thread-safe.
Instant statedTime(Instant placed, std::string_view raw, std::optional<Duration> lasted,
                   std::optional<Duration> before = {});

} // namespace postlude
