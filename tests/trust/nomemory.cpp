// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program, makes one of its allocations fail. Counted are those since main()
// began.
//
//   POSTLUDE_FAULT_AT     which allocation, from 1; 0 or unset: none
//   POSTLUDE_FAULT        once   that one fails
//                         all    it and every one of the hundred after it
//   POSTLUDE_FAULT_COUNT  a file that gets the number of allocations when the program ends
//
// PCRE2 (10.42) always gets its memory: its compiler of machine code uses what it was not given. So
// do the libraries of fonts, which end the program.
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

// glibc's own, by the names that it exports for this.
extern "C" { // NOLINTBEGIN(bugprone-reserved-identifier)
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
} // NOLINTEND(bugprone-reserved-identifier)

namespace {

constexpr long kInARow = 100;

std::atomic<long> calls;
std::atomic<bool> counting;
long wanted = 0;
long last = 0;

constexpr std::array kSpared{"libpcre2", "libfontconfig", "libfreetype", "libharfbuzz", "libexpat"};

bool isSpared(const void* caller) {
    Dl_info where{};
    if (dladdr(caller, &where) == 0 || where.dli_fname == nullptr) return false;
    return std::ranges::any_of(
        kSpared, [&](const char* name) { return std::strstr(where.dli_fname, name) != nullptr; });
}

bool fails(const void* caller) {
    if (!counting.load(std::memory_order_relaxed)) return false;
    const long call = ++calls;
    if (call < wanted || call > last || isSpared(caller)) return false;
    errno = ENOMEM;
    return true;
}

using Main = int(int, char**, char**);
Main* theirs = nullptr;

int counted(int argc, char** argv, char** environment) {
    if (const char* const at = std::getenv("POSTLUDE_FAULT_AT")) wanted = std::atol(at);
    const char* const fault = std::getenv("POSTLUDE_FAULT");
    if (wanted > 0)
        last = fault != nullptr && std::strcmp(fault, "all") == 0 ? wanted + kInARow : wanted;
    counting = true;
    const int status = theirs(argc, argv, environment);
    counting = false;
    if (const char* const name = std::getenv("POSTLUDE_FAULT_COUNT")) {
        char text[32];
        const int size = std::snprintf(text, sizeof text, "%ld\n", calls.load());
        const int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (file >= 0 && write(file, text, static_cast<std::size_t>(size)) == size) close(file);
    }
    return status;
}

} // namespace

extern "C" { // NOLINTBEGIN(bugprone-reserved-identifier)

void* malloc(std::size_t size) {
    return fails(__builtin_return_address(0)) ? nullptr : __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    return fails(__builtin_return_address(0)) ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
    return fails(__builtin_return_address(0)) ? nullptr : __libc_realloc(old, size);
}
char* strdup(const char* text) { // else it would be the C library that asks
    const std::size_t size = std::strlen(text) + 1;
    void* const made = fails(__builtin_return_address(0)) ? nullptr : __libc_malloc(size);
    return made == nullptr ? nullptr : static_cast<char*>(std::memcpy(made, text, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    return fails(__builtin_return_address(0)) ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    void* const made =
        fails(__builtin_return_address(0)) ? nullptr : __libc_memalign(alignment, size);
    if (made == nullptr) return ENOMEM;
    *out = made;
    return 0;
}

// NOLINTNEXTLINE(bugprone-reserved-identifier)
int __libc_start_main(Main* program, int argc, char** argv, void (*begin)(), void (*end)(),
                      void (*leave)(), void* stack) {
    using Start = int(Main*, int, char**, void (*)(), void (*)(), void (*)(), void*);
    const auto start = reinterpret_cast<Start*>(dlsym(RTLD_NEXT, "__libc_start_main"));
    theirs = program;
    return start(counted, argc, argv, begin, end, leave, stack);
}
}
