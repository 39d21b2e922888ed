// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers records into segments and saves them while the next one is being read.
#pragma once

#include "core/case/store.h"

#include <chrono>
#include <future>

namespace postlude::detail {

/// One per source; at most one segment is being saved while another fills. Used by one thread.
class Saver {
public:
    Saver(Case::Store& store, SourceId source);
    ~Saver();
    Saver(const Saver&) = delete;
    Saver& operator=(const Saver&) = delete;

    /// Call before a record is added: saves what is there if it is time to. `before` is the
    /// progress up to that record, not including it.
    Result<void> beforeRecord(const SourceProgress& before);
    SegmentBuilder& builder() { return builder_; }
    /// Saves the rest and waits until all is in the case.
    Result<void> finish(const SourceProgress& end);

private:
    Result<void> flush(const SourceProgress& progress);
    Result<void> wait();

    Case::Store& store_;
    SourceId source_;
    SegmentBuilder builder_;
    std::future<Result<void>> saving_;
    std::uint64_t begun_ = 0; // offset at which this segment began
    std::uint32_t calls_ = 0;
    std::chrono::steady_clock::time_point flushed_;
};

} // namespace postlude::detail
