// SPDX-License-Identifier: GPL-3.0-or-later
// The door of the room: failures that are thrown inside leave as values.
#pragma once

#include "core/query/detail/columns.h"

#include <new>
#include <type_traits>

namespace postlude {

template <class Work>
auto guarded(Work work) -> Result<decltype(work())> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const QueryFailure& failure) {
        return std::unexpected(failure.error);
    } catch (const std::bad_alloc&) {
        return std::unexpected(
            Error{ErrorKind::TooLarge, "not enough memory for this question", {}, {}});
    }
}

} // namespace postlude
