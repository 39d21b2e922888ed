// SPDX-License-Identifier: GPL-3.0-or-later
// Names compared whatever their case, with places in the text that stay the same.
#pragma once

#include "core/base/lowercase.h"

#include <QChar>

namespace postlude {

/// Lower case of the same number of bytes: Latin, Greek and Cyrillic letters, too, which have two.
inline std::string folded(std::string_view text) {
    std::string out = lowerCase(text);
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        const auto first = static_cast<unsigned char>(out[i]);
        const auto second = static_cast<unsigned char>(out[i + 1]);
        if (first < 0xC3 || first > 0xDF || (second & 0xC0U) != 0x80) continue;
        const char32_t small = QChar::toCaseFolded((first & 0x1FU) << 6U | (second & 0x3FU));
        if (small < 0x80 || small > 0x7FF) continue;
        out[i] = static_cast<char>(0xC0U | small >> 6U);
        out[i + 1] = static_cast<char>(0x80U | (small & 0x3FU));
        ++i;
    }
    return out;
}

} // namespace postlude
