// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace postlude {

/// Takes the numbers 0, 1 and 2 where whoever started the program has closed them: else the next
/// file that is opened, a case's lock, say, would get what is written to standard output. Reading
/// and writing there fails, as it should. Call once, before anything is opened.
void keepStandardStreams();

} // namespace postlude
