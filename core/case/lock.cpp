// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace postlude {

namespace {

/// False if the file was removed and perhaps made anew while we were locking it.
bool isStillThere(int descriptor, const std::filesystem::path& file) {
    struct stat held{};
    struct stat named{};
    return ::fstat(descriptor, &held) == 0 && ::stat(file.c_str(), &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

Error busy() {
    return {ErrorKind::Busy,
            "the case is open for writing elsewhere",
            {},
            "close it there, or open it for reading only"};
}

} // namespace

Result<CaseLock> CaseLock::take(const std::filesystem::path& caseFile) {
    CaseLock lock;
    lock.file_ = caseFile.string() + "-lock";
    for (int attempt = 0; attempt < 100; ++attempt) {
        lock.descriptor_ =
            ::open(lock.file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (lock.descriptor_ < 0)
            return std::unexpected(
                Error{ErrorKind::Permission,
                      "the case cannot be locked for writing",
                      {},
                      "check the rights of its folder, or open it for reading only"});
        if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            ::close(std::exchange(lock.descriptor_, -1));
            return std::unexpected(busy());
        }
        if (isStillThere(lock.descriptor_, lock.file_)) return lock;
        ::close(std::exchange(lock.descriptor_, -1));
    }
    return std::unexpected(busy());
}

CaseLock::CaseLock(CaseLock&& other) noexcept
    : file_(std::move(other.file_))
    , descriptor_(std::exchange(other.descriptor_, -1)) {}

CaseLock& CaseLock::operator=(CaseLock&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

CaseLock::~CaseLock() {
    if (descriptor_ < 0) return;
    struct stat held{};
    const bool ours =
        ::fstat(descriptor_, &held) == 0 && S_ISREG(held.st_mode) && held.st_size == 0;
    // While still held, so that nobody can hold the same name meanwhile. A file with content was
    // somebody's before it was our lock.
    if (ours) ::unlink(file_.c_str());
    ::close(descriptor_);
}

} // namespace postlude
