// SPDX-License-Identifier: GPL-3.0-or-later
// Walks everything that is packed, archives within archives included, always in the same order.
#pragma once

#include "core/bundle/detail/archive.h"

namespace postlude::detail {

/// One packed log: its path in each archive around it, outermost archive first.
struct Leaf {
    std::vector<std::string> levels;
    std::uint64_t bytes = 0;
    std::optional<Instant> modified;
    bool single = false; ///< the walked file itself is one compressed log; `levels` is empty
};

/// What a walk tells. `leaf` says whether `chunk` shall get the bytes; `chunk` ends each wanted
/// leaf with `last`, also one that is cut short by damage. An error from either ends the walk.
struct WalkEvents {
    std::function<Result<bool>(const Leaf&)> leaf;
    std::function<Result<void>(std::string_view, bool last)> chunk;
    std::function<void(Error)> issue;
    std::function<void(std::uint64_t packedBytes)> progress;
};

/// Opens files and follows nested archives within the limits. Damage, bombs and paths that
/// point outside are issues; errors are only Cancelled and what the events return.
class Walker {
public:
    Walker(const BundleLimits& limits, std::stop_token stop, WalkEvents events);
    /// `name` is what issues call the archive, and the path of what it holds if it is a single
    /// compressed file ("lb/haproxy.log.2.gz").
    Result<void> walk(const std::filesystem::path& file, const std::string& name);
    /// What earlier walks of the same bundle used up counts.
    void resume(const Spent& spent) { spent_ = spent; }
    [[nodiscard]] const Spent& spent() const { return spent_; }

private:
    struct Level; // one open archive and where we are in it
    Result<void> walkEntries(Level& level);
    Result<void> walkEntry(Level& level, archive_entry* entry);
    Result<void> walkNested(Level& level, Packing packing, std::string_view first);
    Result<void> walkSpooled(Level& outer, std::string_view first);
    Result<void> deliver(Level& level, archive_entry* entry, std::string_view first);
    Result<std::string_view> counted(Level& level);
    Result<std::string_view> bytes(Level& level);
    [[nodiscard]] bool beyondRatio(const Level& level) const;
    bool passOver(Level& level);
    bool admitted(Level& level, archive_entry* entry);
    bool counts(Level& level);
    void report(Level& level, ErrorKind kind, const std::string& what, const std::string& remedy);
    void reportFailure(Level& level, Error error);
    void tell();

    BundleLimits limits_;
    std::stop_token stop_;
    WalkEvents events_;
    Spent spent_;
    Archive* outermost_ = nullptr;
    std::uint64_t packedBefore_ = 0;
    bool exhausted_ = false;     // a limit of the whole bundle is reached
    std::optional<Error> fatal_; // Cancelled, or what an event returned
};

} // namespace postlude::detail
