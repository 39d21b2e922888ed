// SPDX-License-Identifier: GPL-3.0-or-later
// What the working threads of one import share. Everything here is thread-safe.
#pragma once

#include "core/base/progress.h"
#include "core/case/store.h"

#include <atomic>
#include <mutex>
#include <set>
#include <stop_token>

namespace postlude::detail {

/// Adds up what the threads have done and tells it some ten times a second.
class ProgressBoard {
public:
    explicit ProgressBoard(const ProgressSink& sink)
        : sink_(sink) {}
    /// `done`: bytes already dealt with by an earlier stage or import.
    void begin(const std::string& stage, std::uint64_t done, std::uint64_t total);
    void add(const std::string& source, std::uint64_t bytes, std::uint64_t lines);

private:
    const ProgressSink& sink_;
    std::mutex mutex_;
    Progress state_;
    std::chrono::steady_clock::time_point told_{};
};

/// Issues go into the case at once; those that an interrupted import left there are not repeated.
class IssueLog {
public:
    explicit IssueLog(Case& target);
    /// At most `kPerSource` lines of a source are kept; members and files always are.
    Result<void> add(SourceId source, const Error& error);

    static constexpr std::uint32_t kPerSource = 100;

private:
    using Key = std::tuple<SourceId, std::string, std::uint64_t, std::string>;
    Case& target_;
    std::mutex mutex_;
    std::set<Key> known_;
    std::map<SourceId, std::uint32_t> lines_;
};

} // namespace postlude::detail
