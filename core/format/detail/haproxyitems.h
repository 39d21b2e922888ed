// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy's log variables and samples.
#pragma once

#include "core/format/detail/dialects.h"

namespace postlude {

/// "ci" of "%ci"; nothing if HAProxy has no such variable.
std::optional<Item> haproxyAlias(std::string_view alias, std::size_t column);
/// "req.hdr(host),lower" of "%[req.hdr(host),lower]": by what it logs, else extra by the
/// expression.
Item haproxySample(std::string_view expression, const HaproxyCaptures& captures,
                   std::size_t column);

} // namespace postlude
