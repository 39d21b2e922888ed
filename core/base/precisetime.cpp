// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/precisetime.h"

namespace postlude {

std::string preciseTime(Instant at) {
    const std::int64_t ns = nanoseconds(at);
    return toRfc3339(at, ns % 1'000'000 == 0 ? 3 : ns % 1000 == 0 ? 6 : 9);
}

} // namespace postlude
