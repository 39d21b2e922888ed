// SPDX-License-Identifier: GPL-3.0-or-later
// The door of a room that throws inside: failures leave it as values.
#pragma once

#include "core/base/error.h"

#include <new>
#include <type_traits>

namespace postlude {

/// Runs `work`; a Failure (which holds an `error`) and a lack of memory, told as `noMemory`, become
/// errors.
template <class Failure, class Work>
auto guardedFrom(Work work, const Error& noMemory) -> Result<decltype(work())> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const Failure& failure) {
        return std::unexpected(failure.error);
    } catch (const std::bad_alloc&) {
        return std::unexpected(noMemory);
    }
}

/// Runs what gives a Result, in a thread whose end others wait for: a lack of memory becomes an
/// error, in words so short that saying them needs no memory.
template <class Work>
auto guardedMemory(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return std::unexpected(Error{ErrorKind::TooLarge, "out of memory", {}, {}});
    }
}

} // namespace postlude
