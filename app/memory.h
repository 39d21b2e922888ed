// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace postlude {

/// Lets freed memory be used again at once instead of giving it back to the system: columns of
/// half a megabyte come and go by the thousand. Call once, before threads begin.
void keepFreedMemory();

/// From now on a program that is out of memory says so and ends with status 3, wherever it happens:
/// what was saved stays, and what was not is as if it had not begun. Call once, before threads
/// begin.
void sayWhenOutOfMemory();

} // namespace postlude
