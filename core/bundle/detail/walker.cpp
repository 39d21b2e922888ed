// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/detail/walker.h"

#include "core/base/text.h"
#include "core/bundle/detail/paths.h"

#include <archive_entry.h>
#include <fmt/format.h>

namespace postlude::detail {

namespace {

constexpr std::uint64_t kFreeBytes = 64ULL << 20U; // the ratio counts only beyond these
constexpr std::uint64_t kDrainBytes = 4ULL << 30U; // of a bomb, unpacked to get past it
const char* const kUnpackRemedy = "unpack it yourself and open the folder";
const char* const kRatioRemedy =
    "allow more (--max-ratio), or unpack it yourself and open the folder";

const char* nameOfType(archive_entry* entry) {
    if (archive_entry_hardlink(entry) != nullptr) return "a hard link";
    switch (archive_entry_filetype(entry)) {
    case AE_IFLNK:
        return "a symbolic link";
    case AE_IFCHR:
    case AE_IFBLK:
        return "a device";
    case AE_IFIFO:
        return "a pipe";
    case AE_IFSOCK:
        return "a socket";
    default:
        return nullptr;
    }
}

} // namespace

struct Walker::Level {
    Archive archive;
    std::string name;                ///< for issues: "bundle.tar.gz › logs.zip"
    std::vector<std::string> levels; ///< the paths of the archives around, in theirs
    std::uint32_t depth = 1;
    std::string member = {};       ///< the entry we are at
    std::uint64_t memberBytes = 0; ///< unpacked so far
    std::uint64_t packedAtStart = 0;
    bool failed = false; ///< its damage is already reported
};

Walker::Walker(const BundleLimits& limits, std::stop_token stop, WalkEvents events)
    : limits_(limits)
    , stop_(std::move(stop))
    , events_(std::move(events)) {}

void Walker::report(Level& level, ErrorKind kind, const std::string& what,
                    const std::string& remedy) {
    const std::string source =
        level.member.empty() ? level.name : level.name + " › " + level.member;
    events_.issue({kind, what, {source, 0, level.memberBytes}, remedy});
}

void Walker::reportFailure(Level& level, Error error) {
    if (error.kind == ErrorKind::Cancelled || fatal_ || std::exchange(level.failed, true)) return;
    report(level, error.kind, error.what, error.remedy);
}

void Walker::tell() {
    if (events_.progress)
        events_.progress(packedBefore_ + (outermost_ ? outermost_->packedBytes() : 0));
}

Result<void> Walker::walk(const std::filesystem::path& file, const std::string& name) {
    if (exhausted_) return {};
    Result<Archive> archive = Archive::openFile(file);
    if (!archive) {
        const Error& e = archive.error();
        events_.issue({e.kind, e.what, {name, 0, 0}, e.remedy});
        return {};
    }
    Level level{std::move(*archive), name, {}};
    outermost_ = &level.archive;
    Result<void> result = walkEntries(level);
    packedBefore_ += level.archive.packedBytes();
    outermost_ = nullptr;
    return result;
}

Result<void> Walker::walkEntries(Level& level) {
    while (!exhausted_) {
        if (stop_.stop_requested()) fatal_ = Error{ErrorKind::Cancelled, "cancelled", {}, {}};
        if (fatal_) return std::unexpected(*fatal_);
        Result<archive_entry*> entry = level.archive.next();
        if (!entry) {
            reportFailure(level, entry.error());
            break;
        }
        if (*entry == nullptr) {
            level.archive.readRest();
            break;
        }
        if (Result<void> done = walkEntry(level, *entry); !done) return done;
        if (level.archive.ended() || level.archive.single() || !passOver(level)) break;
    }
    level.member.clear();
    if (const auto fault = level.archive.fault()) reportFailure(level, *fault);
    return fatal_ ? Result<void>(std::unexpected(*fatal_)) : Result<void>();
}

/// False, and told, if there are more members than there may be; those that are left out count.
bool Walker::counts(Level& level) {
    if (++spent_.members <= limits_.members) return true;
    report(level, ErrorKind::TooLarge,
           fmt::format("more than {} members; the rest is left out", limits_.members),
           "allow more (--max-members), or unpack it yourself and open a part of it");
    exhausted_ = true;
    return false;
}

/// Settles the entry's name; false if it is no log, or must be left out.
bool Walker::admitted(Level& level, archive_entry* entry) {
    level.memberBytes = 0;
    level.failed = false;
    // A packed log's file is all its own, and some of it was read already to tell how it is packed.
    const bool alone = outermost_ == &level.archive && level.archive.single();
    level.packedAtStart = alone ? 0 : outermost_->packedBytes();
    level.member.clear();
    if (archive_entry_filetype(entry) == AE_IFDIR) return false;
    if (level.archive.single()) return counts(level);
    const std::string stored = storedPath(entry);
    const CleanPath clean = cleanPath(stored, true);
    level.member = visible(clean.path.empty() ? stored : clean.path);
    if (clean.refused.empty() && isClutter(clean.path)) return false;
    if (!counts(level)) return false;
    if (!clean.refused.empty()) {
        report(level, ErrorKind::NotUnderstood, "left out: " + clean.refused, {});
        return false;
    }
    if (const char* type = nameOfType(entry)) {
        report(level, ErrorKind::NotUnderstood, std::string("left out: it is ") + type, {});
        return false;
    }
    if (clean.changed)
        report(level, ErrorKind::NotUnderstood, "its name held control codes; they are shown", {});
    if (archive_entry_is_data_encrypted(entry) > 0) {
        report(level, ErrorKind::Permission, "left out: it is encrypted",
               "unpack it with its password and open the folder");
        return false;
    }
    return true;
}

Result<void> Walker::walkEntry(Level& level, archive_entry* entry) {
    if (!admitted(level, entry)) return {};
    Result<std::string_view> first = bytes(level);
    if (!first) {
        reportFailure(level, first.error());
        if (fatal_) return std::unexpected(*fatal_);
        return {};
    }
    const Packing packing =
        level.archive.single() ? Packing::None : packingOf(*first, level.member);
    if (packing == Packing::None) return deliver(level, entry, *first);
    if (level.depth >= limits_.depth) {
        report(level, ErrorKind::TooLarge,
               fmt::format("left out: archives are nested more than {} deep", limits_.depth),
               "allow more (--max-depth), or unpack it yourself and open the folder");
        return {};
    }
    return walkNested(level, packing, *first);
}

bool Walker::beyondRatio(const Level& level) const {
    const std::uint64_t packed = outermost_->packedBytes() - level.packedAtStart;
    return level.memberBytes > kFreeBytes &&
           (level.memberBytes - kFreeBytes) / std::max<std::uint64_t>(packed, 1) > limits_.ratio;
}

/// The only way by which unpacked bytes come in: counts them and keeps the bundle's limit.
Result<std::string_view> Walker::counted(Level& level) {
    if (stop_.stop_requested()) {
        fatal_ = Error{ErrorKind::Cancelled, "cancelled", {}, {}};
        return std::unexpected(*fatal_);
    }
    Result<std::string_view> chunk = level.archive.data();
    if (!chunk) return chunk;
    level.memberBytes += chunk->size();
    spent_.unpacked += chunk->size();
    tell();
    if (spent_.unpacked > limits_.unpackedBytes) {
        exhausted_ = true;
        return std::unexpected(Error{
            ErrorKind::TooLarge,
            fmt::format("cut: the bundle unpacks to more than {} bytes", limits_.unpackedBytes),
            {},
            "allow more (--max-unpacked), or unpack it yourself and open the folder"});
    }
    return chunk;
}

/// The same, for members that are wanted: keeps the ratio as well.
Result<std::string_view> Walker::bytes(Level& level) {
    Result<std::string_view> chunk = counted(level);
    if (!chunk || !beyondRatio(level)) return chunk;
    return std::unexpected(
        Error{ErrorKind::TooLarge,
              fmt::format("cut: it unpacks to more than {} times its size", limits_.ratio),
              {},
              kRatioRemedy});
}

/// Goes to the end of the entry. A compressed tar must be unpacked for that, and a bomb in it
/// must not keep us: false if the rest of the archive is given up.
bool Walker::passOver(Level& level) {
    if (!level.archive.mustUnpackToSkip()) return true;
    while (!exhausted_ && !fatal_) {
        Result<std::string_view> chunk = counted(level);
        if (chunk && chunk->empty()) return true;
        if (!chunk) {
            reportFailure(level, chunk.error());
            if (level.archive.ended()) return false;
            return !exhausted_ && !fatal_;
        }
        if (level.memberBytes > kDrainBytes && beyondRatio(level)) {
            report(level, ErrorKind::TooLarge,
                   "the rest of the archive behind this member is left out", kRatioRemedy);
            return false;
        }
    }
    return false;
}

Result<void> Walker::deliver(Level& level, archive_entry* entry, std::string_view first) {
    Leaf leaf{level.levels, 0, modifiedTime(entry), false};
    if (!level.archive.single()) leaf.levels.push_back(level.member);
    leaf.single = leaf.levels.empty();
    if (archive_entry_size_is_set(entry))
        leaf.bytes = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
    const Result<bool> wanted = events_.leaf(leaf);
    if (!wanted) return std::unexpected(*(fatal_ = wanted.error()));
    if (!*wanted) return {};
    Result<std::string_view> chunk = first;
    Result<void> taken;
    while (chunk && !chunk->empty() && taken) {
        taken = events_.chunk(*chunk, false);
        if (taken) chunk = bytes(level);
    }
    if (!chunk) reportFailure(level, chunk.error());
    if (taken && !fatal_) taken = events_.chunk({}, true);
    if (!taken) fatal_ = taken.error();
    return fatal_ ? Result<void>(std::unexpected(*fatal_)) : Result<void>();
}

Result<void> Walker::walkNested(Level& level, Packing packing, std::string_view first) {
    if (packing == Packing::Seekable) return walkSpooled(level, first);
    bool began = false;
    auto pull = [&]() -> Result<std::string_view> {
        if (!std::exchange(began, true)) return first;
        return bytes(level);
    };
    Result<Archive> archive = Archive::openStream(pull);
    if (!archive) {
        reportFailure(level, archive.error());
        return {};
    }
    Level inner{std::move(*archive), level.name + " › " + level.member, level.levels,
                level.depth + 1};
    inner.levels.push_back(level.member);
    return walkEntries(inner);
}

/// zip, 7z and rar have their table of contents at the end: such an inner archive goes to a
/// nameless temporary file first, so that memory stays bounded.
Result<void> Walker::walkSpooled(Level& outer, std::string_view first) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> spool(std::tmpfile(), &std::fclose);
    Result<std::string_view> chunk = first;
    while (spool && chunk && !chunk->empty()) {
        if (std::fwrite(chunk->data(), 1, chunk->size(), spool.get()) != chunk->size()) break;
        chunk = bytes(outer);
    }
    if (!chunk) {
        reportFailure(outer, chunk.error());
        return fatal_ ? Result<void>(std::unexpected(*fatal_)) : Result<void>();
    }
    if (!spool || !chunk->empty()) {
        report(outer, ErrorKind::DiskFull, "no room to unpack this inner archive", kUnpackRemedy);
        return {};
    }
    Result<Archive> archive = Archive::openSpooled(spool.get());
    if (!archive) {
        reportFailure(outer, archive.error());
        return {};
    }
    Level inner{std::move(*archive), outer.name + " › " + outer.member, outer.levels,
                outer.depth + 1};
    inner.levels.push_back(outer.member);
    return walkEntries(inner);
}

} // namespace postlude::detail
