// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/bundle.h"

#include "core/bundle/archivename.h"
#include "core/bundle/detail/listing.h"
#include "core/bundle/detail/paths.h"

namespace postlude {

namespace fs = std::filesystem;
using namespace detail;

namespace {

/// Several folders and archives opened together: each keeps its own name as a folder.
std::string prefixOf(const fs::path& path) {
    std::error_code code;
    fs::path whole = fs::weakly_canonical(path, code);
    if (code) whole = path;
    const std::string name = whole.filename().string();
    const bool archive = archiveStem(name) != name;
    const bool folder = fs::is_directory(path, code);
    if (!folder && (!archive || archiveStem(name).find(".log") != std::string::npos)) return {};
    const CleanPath clean = cleanPath(archiveStem(name), false);
    return clean.path.empty() ? std::string() : clean.path + "/";
}

class ProgressTeller {
public:
    ProgressTeller(const ProgressSink& sink, std::uint64_t total)
        : sink_(sink) {
        state_.stage = "Unpacking";
        state_.bytesTotal = total;
    }
    void source(const std::string& name) { state_.source = name; }
    void bytes(std::uint64_t done) {
        const auto now = std::chrono::steady_clock::now();
        if (!sink_ || now - last_ < std::chrono::milliseconds{100}) return;
        last_ = now;
        state_.bytesDone = std::max(state_.bytesDone, std::min(done, state_.bytesTotal));
        sink_(state_);
    }

private:
    const ProgressSink& sink_;
    Progress state_;
    std::chrono::steady_clock::time_point last_{};
};

} // namespace

Result<Bundle> Bundle::open(const std::vector<fs::path>& paths, const BundleLimits& limits,
                            std::stop_token stop) {
    if (paths.empty())
        return std::unexpected(Error{ErrorKind::Usage,
                                     "nothing was named to open",
                                     {},
                                     "name a folder, an archive or a log file"});
    BundleListing listing(limits, std::move(stop));
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string prefix = paths.size() > 1 ? prefixOf(paths[i]) : std::string();
        if (Result<void> done = listing.list(paths[i], prefix, i); !done)
            return std::unexpected(done.error());
    }
    return listing.finish();
}

const std::vector<SourceFiles>& Bundle::sources() const {
    return sources_;
}

const std::vector<Error>& Bundle::issues() const {
    return issues_;
}

/// Listing and unpacking meet the same damage; it is told once.
void Bundle::report(Error issue) {
    if (told_.emplace(issue.kind, issue.place.source).second) issues_.push_back(std::move(issue));
}

Result<void> Bundle::unpackAlone(const Member& member, const AloneEvents& events,
                                 std::stop_token stop) const {
    const Packed& packed = packed_.at(*member.alone);
    WalkEvents walk;
    walk.leaf = [](const Leaf&) -> Result<bool> { return true; };
    walk.chunk = [&](std::string_view chunk, bool) { return events.take(chunk); };
    walk.issue = [&](const Error& issue) {
        if (events.issue) events.issue(issue);
    };
    walk.progress = events.progress;
    return Walker(limits_, std::move(stop), std::move(walk)).walk(packed.file, packed.name);
}

Result<void> Bundle::unpack(const MemberVisitor& visit, std::stop_token stop,
                            const ProgressSink& progress,
                            const std::function<bool(const Member&)>& wanted) {
    const auto isWanted = [&](const std::optional<Member>& member) {
        return member && (!wanted || wanted(*member));
    };
    std::vector<const Packed*> opened;
    std::uint64_t total = 0;
    for (const Packed& each : packed_) {
        if (std::ranges::none_of(each.members, isWanted)) continue;
        opened.push_back(&each);
        total += each.bytes;
    }
    ProgressTeller teller(progress, total);
    const Packed* packed = nullptr;
    std::size_t next = 0;
    const Member* current = nullptr;

    WalkEvents events;
    events.leaf = [&](const Leaf&) -> Result<bool> {
        current = nullptr;
        if (next < packed->members.size() && isWanted(packed->members[next]))
            current = &*packed->members[next];
        ++next;
        if (current) teller.source(current->path);
        return current != nullptr;
    };
    events.chunk = [&](std::string_view chunk, bool last) { return visit(*current, chunk, last); };
    events.issue = [&](const Error& issue) { report(issue); };
    events.progress = [&](std::uint64_t done) { teller.bytes(done); };
    Walker walker(limits_, std::move(stop), std::move(events));
    for (const Packed* each : opened) {
        packed = each;
        next = 0;
        if (Result<void> done = walker.walk(each->file, each->name); !done) return done;
    }
    return {};
}

} // namespace postlude
