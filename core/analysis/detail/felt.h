// SPDX-License-Identifier: GPL-3.0-or-later
// What people felt: who tried again and got through, and which paths it was.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/traffic.h"

namespace postlude::detail {

/// Fills operations, operationsFailed, clientsFailed, sampledOneIn and paths of an impact. A second
/// request of the same client for the same path (without its query) within five seconds of the end
/// of one that failed is the same operation, and it went as its last attempt did. Errors are those
/// of the query.
Result<void> addFelt(const Query& query, const Traffic& traffic, const Window& window,
                     std::stop_token stop, Impact& impact);

/// "/product/3f2/reviews?x" → "/product/*/reviews": numbers and what looks like an id do not count.
std::string pathShape(std::string_view path);

} // namespace postlude::detail
