// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace postlude {

/// From now on a program that is out of memory says so and ends with status 3, wherever it happens:
/// what was saved stays, and what was not is as if it had not begun. Call once, before threads
/// begin.
void sayWhenOutOfMemory();

} // namespace postlude
