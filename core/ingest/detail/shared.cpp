// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/shared.h"

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
        if (place.line != 0) ++lines_[issue.source];
    }
}

Result<void> IssueLog::add(SourceId source, const Error& error) {
    const std::scoped_lock lock(mutex_);
    std::uint32_t& lines = lines_[source];
    const bool line = error.place.line != 0;
    if (line && lines >= kPerSource) return {};
    if (!known_.emplace(source, error.place.source, error.place.line, error.what).second) return {};
    if (line) ++lines;
    const ReadIssue issue{source, error};
    return target_.store().addIssues({&issue, 1});
}

} // namespace postlude::detail
