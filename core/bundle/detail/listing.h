// SPDX-License-Identifier: GPL-3.0-or-later
// Bundle::open(): finds everything and settles names, in one pass over folders and archives.
#pragma once

#include "core/bundle/detail/walker.h"

#include <map>
#include <set>

namespace postlude {

/// Used once: list every opened path, then finish().
class BundleListing {
public:
    BundleListing(const BundleLimits& limits, std::stop_token stop);
    /// `prefix` ("" or "web-01/") goes before the names of everything in it.
    Result<void> list(const std::filesystem::path& path, const std::string& prefix,
                      std::size_t container);
    /// Groups rotated parts; an error if nothing at all was found.
    Result<Bundle> finish();

private:
    Result<void> listFolder(const std::filesystem::path& root, const std::string& prefix,
                            std::size_t container);
    bool isFull(const std::filesystem::path& folder);
    void gather(const std::filesystem::path& folder, const std::string& below, unsigned depth);
    Result<void> listFile(const std::filesystem::path& file, const std::string& name,
                          const std::string& prefix, bool alone, std::size_t container);
    Result<void> listPacked(const std::filesystem::path& file, const std::string& name,
                            const std::string& prefix, bool alone, std::size_t container,
                            std::optional<Instant> modified);
    std::optional<Member> claimed(Member member);
    std::string freePath(const std::string& path);
    void group();

    struct Found {
        std::string file;
        std::string path;
    };
    Bundle bundle_;
    std::stop_token stop_;
    std::vector<Found> found_; // of the folder being listed
    std::vector<Member> members_;
    std::set<std::string> paths_;
    std::map<std::string, int> copies_; // path → how often it came, where more than once
    std::set<std::string> unpacked_;    // paths without .gz and the like
    detail::Spent spent_;
    bool full_ = false;
};

} // namespace postlude
