// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace postlude {

/// Lets freed memory be used again at once instead of giving it back to the system: columns of
/// half a megabyte come and go by the thousand. Call once, before threads begin.
void keepFreedMemory();

} // namespace postlude
