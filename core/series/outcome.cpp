// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/series/outcome.h"

namespace postlude {

bool isFailure(std::int64_t status, std::string_view termination) {
    if (status >= 100) return status >= 500;
    static constexpr std::string_view givenUp = "SsPIRDUK";
    return !termination.empty() && givenUp.find(termination.front()) != std::string_view::npos;
}

bool isAnswered(std::int64_t status) {
    return status >= 100 && status < 500 && status != 499;
}

} // namespace postlude
