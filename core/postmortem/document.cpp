// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/postmortem.h"

#include <array>

namespace postlude {

std::string_view nameOf(DocumentStatus status) {
    static constexpr std::array<std::string_view, 4> names{"Draft", "In review", "Reviewed",
                                                           "Closed"};
    return names[static_cast<std::size_t>(status)];
}

} // namespace postlude
