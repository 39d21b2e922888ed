// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/files.h"
#include "core/base/writeall.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace postlude {

namespace {

std::unexpected<Error> failed(const std::filesystem::path& file, int code) {
    Error error{.kind = ErrorKind::Write,
                .what = std::string("could not be written: ") + std::strerror(code),
                .place = {.source = file.string()},
                .remedy = "choose another place"};
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        error.kind = ErrorKind::DiskFull;
        error.what = "could not be written: no space is left on the disk";
        error.remedy =
            "free some space or choose another place; what was there before is unchanged";
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        error.kind = ErrorKind::Permission;
        break;
    case ENOENT:
    case ENOTDIR:
        error.kind = ErrorKind::NotFound;
        error.what = "could not be written: its folder does not exist";
        error.remedy = "make the folder first or choose another place";
        break;
    default:
        break;
    }
    return std::unexpected(std::move(error));
}

/// A new file in the folder, with the rights of any new file (mkstemp makes them for the owner
/// alone), and its name.
int openBeside(const std::filesystem::path& folder, std::string& name) {
    static std::atomic<unsigned> count;
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const std::string tail = std::to_string(::getpid()) + "-" + std::to_string(++count);
        name = (folder / (".postlude-" + tail)).string();
        const int made = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (made >= 0 || errno != EEXIST) return made;
    }
    return -1;
}

/// Who had closed the old report to others wants that of the new one.
void keepRights(const std::filesystem::path& replaced, int descriptor) {
    struct stat old{};
    if (::stat(replaced.c_str(), &old) == 0 && S_ISREG(old.st_mode))
        ::fchmod(descriptor, old.st_mode & 0777);
}

void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor); // Some file systems cannot; the data itself is on disk already.
    ::close(descriptor);
}

} // namespace

Result<void> writeWhole(const std::filesystem::path& file, std::string_view bytes) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    std::string temporary;
    const int descriptor = openBeside(folder, temporary);
    if (descriptor < 0) return failed(file, errno);
    keepRights(file, descriptor);
    int code = writeDurably(descriptor, bytes);
    if (::close(descriptor) != 0 && code == 0) code = errno;
    if (code == 0 && ::rename(temporary.c_str(), file.c_str()) != 0) code = errno;
    if (code != 0) {
        ::unlink(temporary.c_str());
        return failed(file, code);
    }
    syncFolder(folder);
    return {};
}

Result<void> makeFolder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST) return {};
    return failed(folder, errno);
}

} // namespace postlude
