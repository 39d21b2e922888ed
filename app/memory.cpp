// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

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

void keepFreedMemory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the largest that is taken
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

} // namespace postlude
