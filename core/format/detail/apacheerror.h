// SPDX-License-Identifier: GPL-3.0-or-later
// What the messages in Apache httpd's error log tell.
#pragma once

#include "core/format/record.h"

namespace postlude {

/// Takes the code ("AH01102") off the message; fills server and state where it tells of one.
void readApacheMessage(Record& out);

} // namespace postlude
