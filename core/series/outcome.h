// SPDX-License-Identifier: GPL-3.0-or-later
// How a request ended.
#pragma once

#include <cstdint>
#include <string_view>

namespace postlude {

/// True if a request with this outcome counts as failed: status ≥ 500, or no status (kAbsent,
/// −1, 0) and a termination code that says the proxy or a server gave up. HAProxy's first letter
/// tells who ended the session (management guide, "Session state at disconnection"): S the
/// server, s its time-out, P and I the proxy, R a resource that ran out, D, U and K sessions
/// killed with their server. C and c are the client's doing, L was answered by the proxy itself.
bool isFailure(std::int64_t status, std::string_view termination);

/// True if the client got an answer that is no failure; 499 is nginx's "client went away".
bool isAnswered(std::int64_t status);

} // namespace postlude
