// SPDX-License-Identifier: GPL-3.0-or-later
// libarchive behind values: what a file's first bytes say it is, reading entries, and the bounds
// that every unpacked byte passes through.
#pragma once

#include "core/bundle/bundle.h"

#include <cstdio>
#include <memory>
#include <utility>

struct archive;
struct archive_entry;

namespace postlude::detail {

/// How a file is packed, judged by its first bytes (512 suffice).
enum class Packing : std::uint8_t {
    None,     ///< as it is
    Stream,   ///< gzip, zstd, xz, bzip2, lz4, tar: can be read from a pipe
    Seekable, ///< zip, 7z, rar: needs the whole file at hand
};
Packing packingOf(std::string_view head, std::string_view name);

/// What one walk through the bundle has used up. Shared by nested archives.
struct Spent {
    std::uint64_t unpacked = 0;
    std::uint32_t members = 0;
};

/// Gives the next bytes of a stream; an empty view at its end.
using Pull = std::function<Result<std::string_view>()>;

/// One open archive or compressed file. Not copyable, not thread-safe.
class Archive {
public:
    static Result<Archive> openFile(const std::filesystem::path& file);
    /// `spooled` is read from its start; the caller keeps it open.
    static Result<Archive> openSpooled(std::FILE* spooled);
    static Result<Archive> openStream(Pull pull);

    /// The next entry; null at the end. The entry holds until the next call. An error ends the
    /// archive; an entry that libarchive had to give up is skipped.
    Result<archive_entry*> next();
    /// The next bytes of the entry, holes filled with zeros; empty at its end.
    Result<std::string_view> data();
    /// Reads on behind the last entry, so that a checksum over everything is verified.
    void readRest();
    /// What gzip's checksum or end told of what was read so far.
    [[nodiscard]] std::optional<Error> fault() const;
    /// True if this is one compressed file, not a container.
    [[nodiscard]] bool single() const;
    /// True if libarchive would unpack an entry only to skip it (compressed tar).
    [[nodiscard]] bool mustUnpackToSkip() const;
    /// Packed bytes read so far.
    [[nodiscard]] std::uint64_t packedBytes() const;
    /// True if the last error ended the archive, false if only the entry is lost.
    [[nodiscard]] bool ended() const { return ended_; }

private:
    struct Closer {
        void operator()(archive* a) const;
    };
    struct Source; // what the read callback of openStream() works on
    static Result<Archive> openPulled(Pull pull, bool gzip, std::shared_ptr<std::uint64_t> packed);
    explicit Archive(std::unique_ptr<archive, Closer> handle);
    static Result<Archive> ready();
    [[nodiscard]] Error failure(const char* doing) const;
    Result<std::string_view> zeros(std::uint64_t count);

    std::shared_ptr<Source> source_; // before handle_: must outlive it
    std::unique_ptr<archive, Closer> handle_;
    std::uint64_t position_ = 0;
    std::uint64_t hole_ = 0;   // zeros still to give
    std::string_view waiting_; // block behind the hole
    bool doubtful_ = false;
    bool ended_ = false;
};

/// The path of an entry: UTF-8 if libarchive can tell, else the bytes as stored.
std::string storedPath(archive_entry* entry);
std::optional<Instant> modifiedTime(archive_entry* entry);

} // namespace postlude::detail
