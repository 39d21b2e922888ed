// SPDX-License-Identifier: GPL-3.0-or-later
// What HAProxy logs besides requests: servers going up and down, proxies starting and
// stopping, reloads, and connections that failed before they were requests.
#pragma once

#include "core/format/detail/target.h"

namespace postlude {

/// `message`: what is behind the syslog head. False if it is none we know; the caller decides
/// whether it is then a plain message.
bool readHaproxyEvent(std::string_view message, TimeReader& times, Record& out);

/// What stands behind "Server web/app1 is DOWN": reason, status code, how long the check took, and
/// how many servers and sessions are left, to extra.
void readHaproxyDetails(std::string_view text, Record& out);

/// What somebody has HAProxy write behind the request line, where it is one piece (extra "more"):
/// pairs go by their keys, TLS's version and ciphers by what they are. What is left stays in
/// `rest`.
void readHaproxyTail(Assigner& assigner, std::string& rest, Record& out);

} // namespace postlude
