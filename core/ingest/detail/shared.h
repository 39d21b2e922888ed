// SPDX-License-Identifier: GPL-3.0-or-later
// What the working threads of one import share. Everything here is thread-safe.
#pragma once

#include "core/base/progress.h"
#include "core/case/store.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

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

/// Issues that are kept: members and files always, of each source the first lines. Those that an
/// interrupted import left in the case are not repeated.
class IssueLog {
public:
    explicit IssueLog(Case& target);
    /// Puts it into the case at once.
    Result<void> add(SourceId source, const Error& error);
    /// Takes away those lines that are too many; the caller saves the rest.
    void admit(SourceId source, std::vector<ReadIssue>& lines);

    static constexpr std::uint32_t kPerSource = 100;

private:
    static constexpr std::uint32_t kLines = 100'000; ///< of all sources together
    using Key = std::tuple<SourceId, std::string, std::uint64_t, std::string>;
    bool hasRoom(SourceId source);

    Case& target_;
    std::mutex mutex_;
    std::set<Key> known_;
    std::map<SourceId, std::uint32_t> lines_;
    std::uint32_t allLines_ = 0;
};

/// Saves what the threads have read, so that they need not wait for the disk. What has come
/// together while it was busy goes into one transaction.
class Committer {
public:
    explicit Committer(Case::Store& store);
    ~Committer();
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    /// Waits if too much is waiting to be saved. Steps of one source are saved in their order.
    /// Gives the error of an earlier save.
    Result<void> push(ReadingStep step);
    /// Waits until all is in the case.
    Result<void> finish();

private:
    void run();

    Case::Store& store_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<ReadingStep> waiting_;
    std::size_t segments_ = 0; // that wait
    bool busy_ = false, ended_ = false;
    Result<void> done_;
    std::thread thread_;
};

} // namespace postlude::detail
