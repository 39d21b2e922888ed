// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <unistd.h>

namespace postlude {

namespace {

/// Without an allocation, for there is nothing left to allocate.
[[noreturn]] void endOutOfMemory() {
    constexpr std::string_view kTold =
        "postlude: out of memory. What was saved is kept; close other programs and call it again "
        "to go on.\n";
    constexpr int kBroken = 3;
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kTold.data(), kTold.size());
    _exit(kBroken);
}

/// An exception that nobody has caught, in any thread.
void ended() {
    try {
        if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        endOutOfMemory();
    } catch (...) {
        std::abort();
    }
    std::abort();
}

} // namespace

void sayWhenOutOfMemory() {
    std::set_terminate(ended);
}

} // namespace postlude
