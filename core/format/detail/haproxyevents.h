// SPDX-License-Identifier: GPL-3.0-or-later
// What HAProxy logs besides requests: servers going up and down, proxies starting and
// stopping, reloads, and connections that failed before they were requests.
#pragma once

#include "core/format/detail/timestamp.h"

namespace postlude {

/// `message`: what is behind the syslog head. False if it is none we know; the caller decides
/// whether it is then a plain message.
bool readHaproxyEvent(std::string_view message, TimeReader& times, Record& out);

/// What stands behind "Server web/app1 is DOWN": reason, status code, how long the check took, and
/// how many servers and sessions are left, to extra.
void readHaproxyDetails(std::string_view text, Record& out);

} // namespace postlude
