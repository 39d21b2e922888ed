// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/detail/listing.h"

#include "core/base/text.h"
#include "core/bundle/archivename.h"
#include "core/bundle/detail/paths.h"

#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace postlude {

namespace fs = std::filesystem;
using namespace detail;

namespace {

constexpr unsigned kFolderDepth = 64;

struct Head {
    std::string bytes;
    std::uint64_t size = 0;
    std::optional<Instant> modified;
};

Error systemError(int code, const std::string& name) {
    const std::string why = std::strerror(code);
    if (code == EACCES || code == EPERM)
        return {ErrorKind::Permission,
                "may not be read: " + why,
                {name, 0, 0},
                "ask for read access, or copy it somewhere you may read"};
    if (code == ENOENT)
        return {ErrorKind::NotFound, "does not exist", {name, 0, 0}, "check the path"};
    return {ErrorKind::Unreadable, "cannot be read: " + why, {name, 0, 0}, "copy it and try again"};
}

/// The first bytes of a regular file. O_NONBLOCK so that a pipe put in its place cannot hold us.
Result<Head> headOf(const fs::path& file, const std::string& name) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return std::unexpected(systemError(errno, name));
    struct stat info{};
    Head head{std::string(512, '\0'), 0, {}};
    const bool known = ::fstat(fd, &info) == 0;
    const ssize_t got = known ? ::read(fd, head.bytes.data(), head.bytes.size()) : -1;
    const int code = errno;
    ::close(fd);
    if (got < 0) return std::unexpected(systemError(code, name));
    head.bytes.resize(static_cast<std::size_t>(got));
    head.size = static_cast<std::uint64_t>(info.st_size);
    // Beyond 2255 it is no time of a log, and does not fit an Instant.
    if (info.st_mtim.tv_sec > 0 && info.st_mtim.tv_sec <= 9'000'000'000)
        head.modified = instant(info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec);
    return head;
}

Error leftOut(const std::string& name, const std::string& why) {
    return {ErrorKind::NotUnderstood, "left out: " + why, {name, 0, 0}, {}};
}

} // namespace

BundleListing::BundleListing(const BundleLimits& limits, std::stop_token stop)
    : stop_(std::move(stop)) {
    bundle_.limits_ = limits;
}

Result<void> BundleListing::list(const fs::path& path, const std::string& prefix,
                                 std::size_t container) {
    const std::string name = visible(path.string());
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (!fs::exists(status)) {
        const int why = code.value() != 0 ? code.value() : ENOENT;
        bundle_.report(systemError(why, name));
    } else if (fs::is_directory(status)) {
        return listFolder(path, prefix, container);
    } else if (fs::is_regular_file(status)) {
        return listFile(path, visible(path.filename().string()), prefix, true, container);
    } else {
        bundle_.report({ErrorKind::Usage,
                        "is neither a file nor a folder",
                        {name, 0, 0},
                        "choose a folder, an archive or a log file"});
    }
    return {};
}

Result<void> BundleListing::listFolder(const fs::path& root, const std::string& prefix,
                                       std::size_t container) {
    found_.clear();
    const std::size_t issuesBefore = bundle_.issues_.size();
    gather(root, {}, 0);
    if (found_.empty() && bundle_.issues_.size() == issuesBefore)
        bundle_.report({ErrorKind::NotFound,
                        "the folder is empty",
                        {visible(root.string()), 0, 0},
                        "choose a folder that holds log files"});
    std::vector<std::string_view> paths;
    for (const Found& f : found_)
        paths.push_back(f.path);
    const std::size_t strip = commonTop(paths, false).size();
    const std::vector<Found> found = std::move(found_);
    for (const Found& f : found)
        if (Result<void> done = listFile(f.file, f.path.substr(strip), prefix, false, container);
            !done)
            return done;
    return {};
}

/// Every regular file below `folder`, sorted by name so that every run sees the same order.
void BundleListing::gather(const fs::path& folder, const std::string& below, unsigned depth) {
    std::error_code code;
    std::vector<fs::directory_entry> entries;
    fs::directory_iterator at(folder, code);
    for (; !code && at != fs::directory_iterator(); at.increment(code))
        entries.push_back(*at);
    std::ranges::sort(entries);
    if (code)
        bundle_.report(systemError(code.value(), below.empty() ? visible(folder.string()) : below));
    for (const fs::directory_entry& entry : entries) {
        const std::string path = below + visible(entry.path().filename().string());
        if (stop_.stop_requested()) return;
        if (isClutter(path)) continue;
        if (isFull(folder)) return;
        if (entry.is_symlink(code)) {
            bundle_.report(leftOut(path, "it is a symbolic link"));
        } else if (entry.is_directory(code)) {
            if (depth < kFolderDepth)
                gather(entry.path(), path + "/", depth + 1);
            else
                bundle_.report({ErrorKind::TooLarge,
                                "left out: folders are nested too deep",
                                {path, 0, 0},
                                {}});
        } else if (entry.is_regular_file(code)) {
            found_.push_back({entry.path().string(), path});
        } else {
            bundle_.report(leftOut(path, "it is no file but a device, pipe or socket"));
        }
    }
}

/// True, and told once, if there are as many members as there may be.
bool BundleListing::isFull(const fs::path& folder) {
    if (members_.size() + found_.size() < bundle_.limits_.members) return false;
    if (!std::exchange(full_, true))
        bundle_.report({ErrorKind::TooLarge,
                        fmt::format("more than {} files; the rest is left out from here on",
                                    bundle_.limits_.members),
                        {visible(folder.string()), 0, 0},
                        "allow more (--max-members), or open a part of it"});
    return true;
}

Result<void> BundleListing::listFile(const fs::path& file, const std::string& name,
                                     const std::string& prefix, bool alone, std::size_t container) {
    if (stop_.stop_requested())
        return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    const Result<Head> head = headOf(file, name);
    if (!head) {
        bundle_.report(head.error());
        return {};
    }
    if (packingOf(head->bytes, name) != Packing::None)
        return listPacked(file, name, prefix, alone, container, head->modified);
    const bool promised = packingOf({}, name) == Packing::None && archiveStem(name) != name;
    if (promised && (looksBinary(head->bytes) || head->bytes.empty())) {
        bundle_.report({ErrorKind::NotUnderstood,
                        "is not the archive that its name says",
                        {name, 0, 0},
                        "fetch or pack it again"});
        return {};
    }
    std::error_code code;
    const fs::path whole = fs::absolute(file, code);
    if (std::optional<Member> member = claimed({prefix + name,
                                                head->size,
                                                head->modified,
                                                (code ? file : whole).string(),
                                                container,
                                                {}}))
        members_.push_back(std::move(*member));
    return {};
}

/// `alone`: the file itself was opened, so its members do not stand in a folder of its name.
/// `modified`: who packs a single log leaves it the log's own time.
Result<void> BundleListing::listPacked(const fs::path& file, const std::string& name,
                                       const std::string& prefix, bool alone, std::size_t container,
                                       std::optional<Instant> modified) {
    std::error_code code;
    Bundle::Packed packed{fs::absolute(file, code), name, fs::file_size(file, code), {}};
    std::vector<Leaf> leaves;
    WalkEvents events;
    events.leaf = [&](const Leaf& leaf) -> Result<bool> {
        leaves.push_back(leaf);
        return false;
    };
    events.issue = [&](const Error& issue) { bundle_.report(issue); };
    Walker walker(bundle_.limits_, stop_, std::move(events));
    walker.resume(spent_);
    if (Result<void> done = walker.walk(file, name); !done) return done;
    spent_ = walker.spent();

    std::vector<std::vector<std::string>> levels;
    for (const Leaf& leaf : leaves)
        levels.push_back(leaf.levels);
    const std::vector<std::string> paths = resolvePaths(levels);
    const std::string own = prefix + (alone ? "" : archiveStem(name) + "/");
    for (std::size_t i = 0; i < leaves.size() && !stop_.stop_requested(); ++i) {
        const bool single = leaves[i].single;
        packed.members.push_back(
            claimed({single ? prefix + name : own + paths[i],
                     leaves[i].bytes ? leaves[i].bytes : packed.bytes,
                     single && !leaves[i].modified ? modified : leaves[i].modified,
                     {},
                     container,
                     single ? std::optional(bundle_.packed_.size()) : std::nullopt}));
        if (packed.members.back()) members_.push_back(*packed.members.back());
    }
    if (!leaves.empty()) bundle_.packed_.push_back(std::move(packed));
    return {};
}

/// "lb/2-haproxy.log" if "lb/haproxy.log" is taken. Remembers how far it counted: thousands of
/// members of one name would be looked for from the start each time.
std::string BundleListing::freePath(const std::string& path) {
    std::string free = path;
    const auto name = path.rfind('/') + 1; // npos + 1 is 0
    while (!paths_.insert(free).second) {
        const int copy = ++copies_.try_emplace(path, 1).first->second;
        free = path.substr(0, name) + fmt::format("{}-", copy) + path.substr(name);
    }
    return free;
}

/// The member under a path of its own; "access.log.1" and "access.log.1.gz" side by side are one
/// part that was caught while being packed, and only the first counts.
std::optional<Member> BundleListing::claimed(Member member) {
    member.path = freePath(member.path);
    if (unpacked_.insert(archiveStem(member.path)).second) return member;
    bundle_.report(leftOut(member.path, "another file holds the same part of this log"));
    return {};
}

void BundleListing::group() {
    struct Part {
        std::int64_t age;
        Member member;
    };
    std::map<std::string, std::vector<Part>> logs;
    for (Member& member : members_) {
        const Rotation rotation = rotationOf(member.path);
        logs[rotation.live].push_back({rotation.age, std::move(member)});
    }
    for (auto& [live, parts] : logs) {
        std::ranges::stable_sort(parts, [](const Part& a, const Part& b) {
            return a.age != b.age ? a.age > b.age : a.member.path.size() > b.member.path.size();
        });
        // A part without its siblings goes by its own name: nobody knows the live one.
        const bool lone = parts.size() == 1 && parts.front().age != 0;
        SourceFiles source{lone ? archiveStem(parts.front().member.path) : live, {}};
        for (Part& part : parts)
            source.parts.push_back(std::move(part.member));
        bundle_.sources_.push_back(std::move(source));
    }
}

Result<Bundle> BundleListing::finish() {
    if (stop_.stop_requested())
        return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    group();
    if (!bundle_.sources_.empty()) return std::move(bundle_);
    if (!bundle_.issues_.empty()) return std::unexpected(bundle_.issues_.front());
    return std::unexpected(Error{ErrorKind::NotFound,
                                 "there is nothing to read",
                                 {},
                                 "choose a folder, an archive or a log file"});
}

} // namespace postlude
