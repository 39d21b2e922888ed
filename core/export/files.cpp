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

/// A name that nobody has in the folder.
std::string unusedIn(const std::filesystem::path& folder) {
    static std::atomic<unsigned> count;
    const std::string tail = std::to_string(::getpid()) + "-" + std::to_string(++count);
    return (folder / (".postlude-" + tail)).string();
}

std::filesystem::path folderOf(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : ".";
}

/// A new file in the folder, with the rights of any new file (mkstemp makes them for the owner
/// alone), and its name.
int openBeside(const std::filesystem::path& folder, std::string& name) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
        name = unusedIn(folder);
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
    const std::filesystem::path folder = folderOf(file);
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

Result<Staging> Staging::beside(const std::filesystem::path& file) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const std::string name = unusedIn(folderOf(file));
        if (::mkdir(name.c_str(), 0777) == 0) return Staging(name);
        if (errno != EEXIST) break;
    }
    return failed(file, errno);
}

Staging::~Staging() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

Result<void> Staging::move(const std::filesystem::path& name,
                           const std::filesystem::path& file) const {
    const std::filesystem::path from = folder_ / name;
    if (const int descriptor = ::open(from.c_str(), O_RDONLY | O_CLOEXEC); descriptor >= 0) {
        keepRights(file, descriptor);
        ::close(descriptor);
    }
    if (::rename(from.c_str(), file.c_str()) != 0) return failed(file, errno);
    syncFolder(folderOf(file));
    return {};
}

Result<void> makeFolder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST) return {};
    return failed(folder, errno);
}

} // namespace postlude
