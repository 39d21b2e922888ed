// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/saver.h"

#include "core/series/series.h"

namespace postlude::detail {

namespace {

constexpr std::chrono::milliseconds kPatience{500}; // charts fill while a slow source is read
constexpr std::uint64_t kSegmentText = 32ULL << 20U;

Result<void> save(Case::Store& store, SourceId source, const Segment& segment,
                  const SourceProgress& progress) {
    const std::vector<SeriesRow> series = seriesOf(segment);
    const auto number = store.appendSegment(source, segment, progress, series);
    return number ? Result<void>() : std::unexpected(number.error());
}

} // namespace

Saver::Saver(Case::Store& store, SourceId source)
    : store_(store)
    , source_(source)
    , flushed_(std::chrono::steady_clock::now()) {}

Saver::~Saver() {
    static_cast<void>(wait());
}

Result<void> Saver::wait() {
    return saving_.valid() ? saving_.get() : Result<void>();
}

Result<void> Saver::flush(const SourceProgress& progress) {
    if (auto done = wait(); !done) return done;
    flushed_ = std::chrono::steady_clock::now();
    begun_ = progress.offset;
    saving_ = std::async(std::launch::async, [this, progress, segment = builder_.take()] {
        return save(store_, source_, segment, progress);
    });
    return {};
}

Result<void> Saver::beforeRecord(const SourceProgress& before) {
    if (builder_.empty()) {
        begun_ = before.offset;
        return {};
    }
    const bool look = ++calls_ % 256 == 0; // the clock is asked now and then only
    const bool late = look && std::chrono::steady_clock::now() - flushed_ > kPatience;
    if (!builder_.full() && !late && before.offset - begun_ < kSegmentText) return {};
    return flush(before);
}

Result<void> Saver::finish(const SourceProgress& end) {
    if (builder_.empty()) return wait();
    if (auto done = flush(end); !done) return done;
    return wait();
}

} // namespace postlude::detail
