// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that are no commands of the menus: what they do in the part that has the focus.
#pragma once

#include <QString>
#include <vector>

namespace postlude {

struct PartKey {
    QString does, keys; ///< "Next line", "↓"
};
struct PartKeys {
    QString part; ///< "In the lines"
    std::vector<PartKey> keys;
};

std::vector<PartKeys> keysOfParts();

} // namespace postlude
