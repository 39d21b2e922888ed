// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program, makes one of its writes go wrong. Counted are the calls that change
// what is under POSTLUDE_FAULT_FOLDER: between two of them what is on the disk stays the same, so a
// program that is killed at each of them once has been killed at any moment.
//
//   POSTLUDE_FAULT_AT     which call, from 1; 0 or unset: none
//   POSTLUDE_FAULT        kill   half of what is to be written is, then the program is killed
//                         short  half of what is to be written is, and that is said
//                         eio, enospc   the call fails
//                         full   it and every one after it that needs room fails for want of it
//   POSTLUDE_FAULT_COUNT  a file that gets the number of calls when the program ends
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string_view>
#include <sys/types.h>
#include <unistd.h>

namespace {

std::atomic<long> calls;

std::string_view told(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool isFault(std::string_view name) {
    return told("POSTLUDE_FAULT") == name;
}

bool isBelow(std::string_view path) {
    const std::string_view folder = told("POSTLUDE_FAULT_FOLDER");
    return !folder.empty() && path.starts_with(folder);
}

bool isOurs(int descriptor) {
    char link[64];
    char path[PATH_MAX];
    const int kept = errno;
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t size = readlink(link, path, sizeof path);
    errno = kept;
    return size > 0 && isBelow({path, static_cast<std::size_t>(size)});
}

/// True if this call is the one, or one after it on a disk that is full.
bool goesWrong(bool needsRoom) {
    const char* const at = std::getenv("POSTLUDE_FAULT_AT");
    const long wanted = at == nullptr ? 0 : std::atol(at);
    const long call = ++calls;
    return wanted > 0 && (call == wanted || (call > wanted && needsRoom && isFault("full")));
}

/// True if the call is to fail as a whole.
bool refuse(bool needsRoom) {
    if (isFault("kill")) std::raise(SIGKILL);
    if (isFault("short") || (isFault("full") && !needsRoom)) return false;
    errno = isFault("eio") ? EIO : ENOSPC;
    return true;
}

template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// `put(size)` writes so many bytes.
template <class Put>
ssize_t writeWith(int descriptor, std::size_t size, Put put) {
    if (!isOurs(descriptor) || !goesWrong(true)) return put(size);
    const bool halves = (isFault("kill") || isFault("short")) && size > 1;
    const ssize_t done = halves ? put(size / 2) : 0;
    if (halves && isFault("short")) return done;
    return refuse(true) ? -1 : put(size);
}

ssize_t writeAt(int descriptor, const void* bytes, std::size_t size, off64_t at) {
    const auto next = real<ssize_t(int, const void*, std::size_t, off64_t)>("pwrite64");
    return writeWith(descriptor, size,
                     [&](std::size_t part) { return next(descriptor, bytes, part, at); });
}

template <class Function, class... More>
int changeWith(const char* name, int descriptor, More... more) {
    if (isOurs(descriptor) && goesWrong(false) && refuse(false)) return -1;
    return real<Function>(name)(descriptor, more...);
}

struct Teller {
    ~Teller() {
        const char* const file = std::getenv("POSTLUDE_FAULT_COUNT");
        std::FILE* const out = file == nullptr ? nullptr : std::fopen(file, "w");
        if (out == nullptr) return;
        std::fprintf(out, "%ld\n", calls.load());
        std::fclose(out);
    }
} const teller;

} // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
    const auto next = real<ssize_t(int, const void*, size_t)>("write");
    return writeWith(descriptor, size, [&](size_t part) { return next(descriptor, bytes, part); });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
    return writeAt(descriptor, bytes, size, at);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
    return writeAt(descriptor, bytes, size, at);
}

int ftruncate64(int descriptor, off64_t size) noexcept {
    return changeWith<int(int, off64_t)>("ftruncate64", descriptor, size);
}

int ftruncate(int descriptor, off_t size) noexcept {
    return changeWith<int(int, off64_t)>("ftruncate64", descriptor, off64_t{size});
}

int fsync(int descriptor) {
    return changeWith<int(int)>("fsync", descriptor);
}

int fdatasync(int descriptor) {
    return changeWith<int(int)>("fdatasync", descriptor);
}

int rename(const char* from, const char* to) noexcept {
    if (isBelow(to) && goesWrong(true) && refuse(true)) return -1;
    return real<int(const char*, const char*)>("rename")(from, to);
}

int linkat(int fromFolder, const char* from, int toFolder, const char* to, int flags) noexcept {
    if (isBelow(to) && goesWrong(true) && refuse(true)) return -1;
    return real<int(int, const char*, int, const char*, int)>("linkat")(fromFolder, from, toFolder,
                                                                        to, flags);
}

} // extern "C"
