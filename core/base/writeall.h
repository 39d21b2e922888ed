// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace postlude {

/// Writes all of `bytes` to an open descriptor, however often the system takes but a part of them.
/// 0, or the errno of what failed; what was written before that stays. Makes nothing durable,
/// which is what writeDurably() is for. Thread-safe as write() is.
int writeAll(int descriptor, std::string_view bytes);

/// The same, and when it returns 0 the bytes are on the disk.
int writeDurably(int descriptor, std::string_view bytes);

} // namespace postlude
