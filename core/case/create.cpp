// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/create.h"

#include "core/base/writeall.h"
#include "core/case/detail/schema.h"
#include "core/case/detail/sqlite.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <utility>

namespace postlude {

namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    explicit Descriptor(int number)
        : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

Error nameTaken(const fs::path& file) {
    return {ErrorKind::Write, "there is already a file of that name",
            Place{file.filename().string()}, "choose another name, or open the case"};
}

Error notMade(const fs::path& file, int code) {
    const Place place{file.filename().string()};
    switch (code) {
    case EEXIST:
        return nameTaken(file);
    case ENOSPC:
    case EDQUOT:
        return {ErrorKind::DiskFull, "no space left for the case file", place,
                "free some space and try again"};
    case ENOENT:
    case ENOTDIR:
        return {ErrorKind::NotFound, "the folder of the case file does not exist", place, {}};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorKind::Permission, "the case file may not be written there", place,
                "choose another folder"};
    default:
        return {ErrorKind::Write, "the case file could not be created", place, {}};
    }
}

/// The bytes of a case that holds nothing: the same on each call.
std::string emptyCase() {
    const auto handle = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
    sqlite::execute(handle.get(), "PRAGMA page_size=16384");
    sqlite::execute(handle.get(), kSchema);
    sqlite::execute(handle.get(), kDocumentSchema);
    sqlite::execute(handle.get(), ("PRAGMA application_id=" + std::to_string(kApplicationId) +
                                   "; PRAGMA user_version=" + std::to_string(kSchemaVersion))
                                      .c_str());
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
        sqlite3_serialize(handle.get(), "main", &size, 0), &sqlite3_free);
    if (!bytes) sqlite::fail(SQLITE_NOMEM, nullptr);
    std::string text(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
    text[18] = text[19] = 2; // SQLite's file format: this file has a write-ahead log
    return text;
}

/// Never replaces a file; errno tells why not.
bool renameToNew(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL) return false; // some network file systems only know the plain kind
    if (::access(to.c_str(), F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.c_str(), to.c_str()) == 0;
}

/// A file without a name gets it when it is whole, so that nothing is left behind. 0, an errno, or
/// nothing where the file system has no such files.
std::optional<int> putNameless(const fs::path& file, std::string_view bytes) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const Descriptor made(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644));
    if (!made) return {};
    if (const int code = writeDurably(made.get(), bytes); code != 0) return code;
    const std::string self = "/proc/self/fd/" + std::to_string(made.get());
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, file.c_str(), AT_SYMLINK_FOLLOW) == 0) return 0;
    return errno == EEXIST ? std::optional(EEXIST) : std::nullopt;
}

std::string beginOfFreshNames(const fs::path& file) {
    return file.string() + "-new-";
}

/// The same by way of another name, which is locked as long as we are at it.
int putRenamed(const fs::path& file, std::string_view bytes) {
    const fs::path fresh = beginOfFreshNames(file) + std::to_string(::getpid());
    const Descriptor made(::open(fresh.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644));
    if (!made) return errno == EEXIST ? EIO : errno;
    ::flock(made.get(), LOCK_EX | LOCK_NB);
    int code = writeDurably(made.get(), bytes);
    if (code == 0 && !renameToNew(fresh, file)) code = errno;
    if (code != 0) ::unlink(fresh.c_str());
    return code;
}

/// What a killed putRenamed() left: the beginning of an empty case, and nobody is at it.
bool isLeftover(const fs::path& fresh, std::string_view bytes) {
    const Descriptor held(::open(fresh.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat info{};
    if (!held || ::fstat(held.get(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
    const auto size = static_cast<std::size_t>(info.st_size);
    if (size == 0 || size > bytes.size() || ::flock(held.get(), LOCK_EX | LOCK_NB) != 0)
        return false;
    std::string content(size, '\0');
    return ::read(held.get(), content.data(), size) == info.st_size && bytes.starts_with(content);
}

void removeFreshLeftovers(const fs::path& file, std::string_view bytes) {
    const std::string begin = fs::path(beginOfFreshNames(file)).filename().string();
    std::error_code code;
    std::vector<fs::path> left;
    fs::directory_iterator at(file.has_parent_path() ? file.parent_path() : ".", code);
    for (; !code && at != fs::directory_iterator(); at.increment(code))
        if (at->path().filename().string().starts_with(begin) && isLeftover(at->path(), bytes))
            left.push_back(at->path());
    for (const fs::path& fresh : left)
        fs::remove(fresh, code);
}

/// A file that SQLite keeps beside a database.
struct Companion {
    const char* ending;
    std::string_view magic;
};
constexpr Companion kCompanions[] = {{"-wal", "\x37\x7f\x06"},
                                     {"-shm", "\x18\xe2\x2d"},
                                     {"-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"}};

bool isSqlites(const fs::path& file, std::string_view magic) {
    std::error_code code;
    if (!fs::is_regular_file(fs::symlink_status(file, code))) return false;
    std::ifstream stream(file, std::ios::binary);
    std::string begin(16, '\0'); // it may be empty or still of zeros
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return begin.starts_with(magic) || begin == std::string(16, '\0');
}

/// What is left beside a case that was deleted while it was open, or whose program was killed:
/// SQLite would take it for changes to the new one of that name. It would also write over files
/// of other people, so these forbid the name.
Result<void> removeCompanions(const fs::path& file) {
    std::error_code code;
    for (const Companion& companion : kCompanions) {
        const fs::path beside = file.string() + companion.ending;
        if (fs::exists(fs::symlink_status(beside, code)) && !isSqlites(beside, companion.magic))
            return std::unexpected(nameTaken(beside));
    }
    for (const Companion& companion : kCompanions)
        fs::remove(file.string() + companion.ending, code);
    return {};
}

} // namespace

Result<CaseLock> makeCase(const fs::path& file) {
    std::error_code code;
    if (fs::exists(file, code)) return std::unexpected(nameTaken(file));
    const auto bytes = sqlite::guarded([] { return emptyCase(); });
    if (!bytes) return std::unexpected(bytes.error());
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (::access((folder / ".").c_str(), W_OK) != 0) return std::unexpected(notMade(file, errno));
    auto lock = CaseLock::take(file);
    if (!lock) return lock;
    // Held: the name is free, and nobody else of ours can take it meanwhile.
    if (fs::exists(file, code)) return std::unexpected(nameTaken(file));
    if (auto clear = removeCompanions(file); !clear) return std::unexpected(clear.error());
    removeFreshLeftovers(file, *bytes);
    std::optional<int> put = putNameless(file, *bytes);
    if (!put) put = putRenamed(file, *bytes);
    if (*put != 0) return std::unexpected(notMade(file, *put));
    return lock;
}

} // namespace postlude
