// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of memory that the program has freed.
#pragma once

namespace postlude {

/// Lets freed memory be used again at once instead of giving it back to the system: columns of
/// half a megabyte come and go by the thousand. Call once, before threads begin.
void keepFreedMemory();

/// Gives it back after all: to be called, by a worker, where a work that took much more than what
/// follows has ended. Takes some ten milliseconds.
void giveBackFreedMemory();

} // namespace postlude
