// SPDX-License-Identifier: GPL-3.0-or-later
// What the user opens: folders, archives, files. Finds the members, groups rotated parts into
// sources, and hands out their text, unpacked and decoded. Writes nothing anywhere.
#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/time.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <vector>

namespace postlude {

/// Bounds that keep a hostile archive from filling the machine. Whoever opens a bundle that is
/// meant to be so large may state others.
struct BundleLimits {
    std::uint64_t unpackedBytes = 64ULL << 30U;
    std::uint64_t ratio = 500;           ///< unpacked : packed, per member, beyond the first 64 MiB
                                         ///< (logs reach 200; deflate cannot exceed 1032)
    std::uint32_t members = 2'000'000;   ///< files of all folders and archives together
    std::uint32_t depth = 4;             ///< archive within archive
    std::uint32_t lineBytes = 1U << 20U; ///< longer lines are cut there and counted as unread
    bool operator==(const BundleLimits&) const = default;
};

/// One file of the bundle. `path` is relative, with '/', valid UTF-8, unique in the bundle, and
/// never absolute nor with "..": members that are so are left out and reported.
struct Member {
    std::string path;
    std::uint64_t bytes = 0; ///< unpacked where known, else packed
    std::optional<Instant> modified;
    std::string file; ///< the plain file on disk (absolute); empty: packed. (A path object would
                      ///< take ten times the memory.)
    std::size_t container = 0; ///< which of the opened paths it came from
    /// Packed, but not together with others: which of the bundle's packed files holds it.
    std::optional<std::size_t> alone = {};
};

/// The text of a source, in order of writing: rotated parts oldest first.
struct SourceFiles {
    std::string path; ///< of the live part: "lb/access.log"
    std::vector<Member> parts;
};

/// Receives the unpacked text of members, chunk by chunk; `last` ends the member. Bytes are as
/// stored, before decoding. Return an error to stop.
using MemberVisitor = std::function<Result<void>(const Member&, std::string_view chunk, bool last)>;

/// What unpackAlone() tells; all but `take` may be empty.
struct AloneEvents {
    std::function<Result<void>(std::string_view chunk)> take;
    std::function<void(const Error&)> issue = {};
    std::function<void(std::uint64_t packedBytes)> progress = {}; ///< read so far
};

class Bundle {
public:
    /// Lists what is there. Unreadable members and archives are in issues(); it is an error only
    /// if nothing can be opened at all. NotFound, Permission, Damaged, NotUnderstood.
    static Result<Bundle> open(const std::vector<std::filesystem::path>& paths,
                               const BundleLimits& limits, std::stop_token stop);
    [[nodiscard]] const std::vector<SourceFiles>& sources() const;
    [[nodiscard]] const std::vector<Error>& issues() const;
    /// Walks all packed members once, in the order of the archives (a tar cannot be read in any
    /// other). Adds to issues() what turns out damaged; members before the damage are whole.
    /// `wanted`: files that hold none of these are not opened; empty: all are.
    Result<void> unpack(const MemberVisitor& visit, std::stop_token stop,
                        const ProgressSink& progress,
                        const std::function<bool(const Member&)>& wanted = {});

    /// Unpacks a member that has a packed file of its own (`alone`). Damage is given to `issue`;
    /// errors are Cancelled and those of `take`. Any number of threads may call it at once, each
    /// counting the limits for itself.
    Result<void> unpackAlone(const Member& member, const AloneEvents& events,
                             std::stop_token stop) const;

private:
    friend class BundleListing; // fills it in open()
    /// A packed file on disk and the members in it, in the order in which a walk meets them.
    struct Packed {
        std::filesystem::path file;
        std::string name; ///< what issues call it
        std::uint64_t bytes = 0;
        std::vector<std::optional<Member>> members; ///< empty: a duplicate, left out
    };
    void report(Error issue);

    BundleLimits limits_;
    std::vector<SourceFiles> sources_;
    std::vector<Packed> packed_;
    std::vector<Error> issues_;
    std::set<std::pair<ErrorKind, std::string>> told_; ///< kind and place of each issue
};

/// "haproxy.log.2.gz", "haproxy.log-20240115", "access.log.1" → live name and age rank
/// (0 = live, larger = older). Configuration snapshots ("haproxy.cfg.before") are not rotated.
struct Rotation {
    std::string live;
    std::int64_t age = 0;
};
Rotation rotationOf(std::string_view path);

/// Takes byte order marks away and UTF-16 to UTF-8; everything else passes as it is.
/// Feed it a member's chunks from the first on.
class Decoder {
public:
    std::string decode(std::string_view chunk, bool last);

private:
    enum class Encoding : std::uint8_t { Unknown, Bytes, Utf16Le, Utf16Be } encoding_{};
    std::string pending_;
};

/// True if a Decoder changes a text that begins so: it cannot be read in place.
bool needsDecoding(std::string_view sample);

/// True if the beginning of a text holds what no log has (NUL bytes outside UTF-16, mostly
/// control codes): pictures, executables, databases.
bool looksBinary(std::string_view sample);

} // namespace postlude
