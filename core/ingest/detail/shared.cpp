// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/shared.h"

#include "core/base/guarded.h"

namespace postlude::detail {

void ProgressBoard::begin(const std::string& stage, std::uint64_t done, std::uint64_t total) {
    const std::scoped_lock lock(mutex_);
    state_.stage = stage;
    state_.source.clear();
    state_.bytesDone = done;
    state_.bytesTotal = total;
    if (sink_) sink_(state_);
}

void ProgressBoard::add(const std::string& source, std::uint64_t bytes, std::uint64_t lines) {
    const std::scoped_lock lock(mutex_);
    state_.source = source;
    state_.bytesDone += bytes;
    state_.linesDone += lines;
    const auto now = std::chrono::steady_clock::now();
    if (!sink_ || now - told_ < std::chrono::milliseconds{100}) return;
    told_ = now;
    sink_(state_);
}

IssueLog::IssueLog(Case& target)
    : target_(target) {
    const auto there = target.issues();
    if (!there) return;
    for (const ReadIssue& issue : *there) {
        const Place& place = issue.error.place;
        known_.emplace(issue.source, place.source, place.line, issue.error.what);
        if (place.line != 0) hasRoom(issue.source);
    }
}

bool IssueLog::hasRoom(SourceId source) {
    if (allLines_ >= kLines) return false;
    std::uint32_t& lines = lines_[source];
    if (lines >= kPerSource) return false;
    ++lines;
    ++allLines_;
    return true;
}

Result<void> IssueLog::add(SourceId source, const Error& error) {
    const std::scoped_lock lock(mutex_);
    if (known_.contains({source, error.place.source, error.place.line, error.what})) return {};
    if (error.place.line != 0 && !hasRoom(source)) return {};
    known_.emplace(source, error.place.source, error.place.line, error.what);
    const ReadIssue issue{source, error};
    return target_.store().addIssues({&issue, 1});
}

void IssueLog::admit(SourceId source, std::vector<ReadIssue>& lines) {
    if (lines.empty()) return;
    const std::scoped_lock lock(mutex_);
    std::size_t kept = 0;
    while (kept < lines.size() && hasRoom(source))
        ++kept;
    lines.resize(kept);
}

namespace {

constexpr std::size_t kSegmentsWaiting = 4;
constexpr std::size_t kStepsWaiting = 4096;

} // namespace

Committer::Committer(Case::Store& store)
    : store_(store)
    , thread_([this] { run(); }) {}

Committer::~Committer() {
    static_cast<void>(finish());
    {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Result<void> Committer::push(ReadingStep step) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
        return (segments_ < kSegmentsWaiting && waiting_.size() < kStepsWaiting) || !done_;
    });
    if (!done_) return done_;
    segments_ += step.segments.size();
    waiting_.push_back(std::move(step));
    changed_.notify_all();
    return {};
}

Result<void> Committer::finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return (waiting_.empty() && !busy_) || !done_; });
    return done_;
}

void Committer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
        if (waiting_.empty() || !done_) return;
        const std::vector<ReadingStep> steps = std::exchange(waiting_, {});
        segments_ = 0;
        busy_ = true;
        lock.unlock();
        Result<void> saved = guardedMemory([&] { return store_.save(steps); });
        lock.lock();
        busy_ = false;
        done_ = std::move(saved);
        changed_.notify_all();
    }
}

} // namespace postlude::detail
