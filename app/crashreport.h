// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace postlude {

/// From now on a crash (a fault, an abort) writes its signal and the way it came by into `file`
/// before the process ends as it would have: addresses of code, nothing of what was read. Once per
/// process, from the main thread.
void reportCrashes(const std::string& file);

} // namespace postlude
