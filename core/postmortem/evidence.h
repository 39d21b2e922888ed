// SPDX-License-Identifier: GPL-3.0-or-later
// What proves that lines are the ones a report was written from.
#pragma once

#include "core/analysis/analysis.h"
#include "core/query/query.h"

namespace postlude {

/// SHA-256 in hexadecimal digits of the lines that the evidence names, joined by line feeds.
/// Thread-safe. Errors: NotFound (no such source or lines), TooLarge, and those of Query.
Result<std::string> digestOf(const Evidence& evidence, const Query& query);

} // namespace postlude
