// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/recordlist.h"

#include "core/case/store.h"

#include <algorithm>
#include <bit>
#include <ranges>

namespace postlude {

namespace {

/// Numbers of a few bits one behind the other.
class BitWriter {
public:
    explicit BitWriter(std::size_t bits)
        : words_((bits + 63) / 64) {}
    void put(std::uint64_t value, unsigned bits) {
        if (bits == 0) return;
        const std::size_t word = at_ / 64, shift = at_ % 64;
        words_[word] |= value << shift;
        if (shift + bits > 64) words_[word + 1] |= value >> (64 - shift);
        at_ += bits;
    }
    [[nodiscard]] std::vector<std::uint64_t> take() { return std::move(words_); }

private:
    std::vector<std::uint64_t> words_;
    std::size_t at_ = 0;
};

std::uint64_t bitsAt(const std::vector<std::uint64_t>& words, std::size_t at, unsigned bits) {
    if (bits == 0) return 0;
    const std::size_t word = at / 64, shift = at % 64;
    std::uint64_t value = words[word] >> shift;
    if (shift + bits > 64) value |= words[word + 1] << (64 - shift);
    return bits == 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
}

/// How far apart, also where the difference is more than a signed number holds.
std::uint64_t apart(std::int64_t from, std::int64_t to) {
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

std::uint8_t bitsFor(std::uint64_t most) {
    return static_cast<std::uint8_t>(std::bit_width(most));
}

template <std::uint64_t kUnit>
bool areMultiples(const std::vector<std::uint64_t>& offsets) {
    return std::ranges::all_of(offsets, [](std::uint64_t o) { return o % kUnit == 0; });
}

template <std::uint64_t kUnit>
std::uint64_t divide(std::vector<std::uint64_t>& offsets) {
    for (std::uint64_t& offset : offsets)
        offset /= kUnit; // by a constant: a multiplication
    return kUnit;
}

/// Logs write whole milliseconds or microseconds. The unit; `offsets` are counted in it then.
std::uint64_t reduce(std::vector<std::uint64_t>& offsets) {
    if (!areMultiples<1'000>(offsets)) return 1;
    if (!areMultiples<1'000'000>(offsets)) return divide<1'000>(offsets);
    if (!areMultiples<1'000'000'000>(offsets)) return divide<1'000'000>(offsets);
    return divide<1'000'000'000>(offsets);
}

} // namespace

RecordList::Block RecordList::packed(const std::vector<Entry>& entries) {
    Block block;
    block.firstTime = std::ranges::min(entries | std::views::transform(&Entry::time));
    std::vector<std::uint64_t> offsets;
    offsets.reserve(entries.size());
    std::uint32_t least = rowOf(entries.front().id), most = least;
    for (const Entry& entry : entries) {
        offsets.push_back(apart(block.firstTime, entry.time));
        const std::uint32_t segment = segmentOf(entry.id);
        if (block.segments.empty() || block.segments.back() != segment)
            block.segments.push_back(segment);
        least = std::min(least, rowOf(entry.id)), most = std::max(most, rowOf(entry.id));
    }
    std::ranges::sort(block.segments);
    const auto rest = std::ranges::unique(block.segments);
    block.segments.erase(rest.begin(), rest.end());
    block.segments.shrink_to_fit();
    block.unit = static_cast<std::int64_t>(reduce(offsets));
    block.firstRow = least;
    block.timeBits = bitsFor(std::ranges::max(offsets));
    block.segmentBits = bitsFor(block.segments.size() - 1);
    block.rowBits = bitsFor(most - least);
    BitWriter writer(entries.size() *
                     (std::size_t{block.timeBits} + block.segmentBits + block.rowBits));
    for (const std::uint64_t offset : offsets)
        writer.put(offset, block.timeBits);
    if (block.segmentBits > 0)
        for (const Entry& entry : entries) {
            const auto at = std::ranges::lower_bound(block.segments, segmentOf(entry.id));
            writer.put(static_cast<std::uint64_t>(at - block.segments.begin()), block.segmentBits);
        }
    for (const Entry& entry : entries)
        writer.put(rowOf(entry.id) - least, block.rowBits);
    block.words = writer.take();
    return block;
}

void RecordList::add(Instant time, RecordId id) {
    last_.push_back({nanoseconds(time), id});
    if (last_.size() < kBlock) return;
    blocks_.push_back(packed(last_));
    last_.clear();
}

RecordId RecordList::id(std::size_t row) const {
    if (row / kBlock >= blocks_.size()) return last_[row % kBlock].id;
    const Block& block = blocks_[row / kBlock];
    const std::size_t segments = kBlock * block.timeBits;
    const std::size_t rows = segments + kBlock * block.segmentBits;
    const std::uint64_t segment =
        bitsAt(block.words, segments + row % kBlock * block.segmentBits, block.segmentBits);
    const std::uint64_t at =
        bitsAt(block.words, rows + row % kBlock * block.rowBits, block.rowBits);
    return recordId(block.segments[segment], block.firstRow + static_cast<std::uint32_t>(at));
}

Instant RecordList::time(std::size_t row) const {
    if (row / kBlock >= blocks_.size()) return instant(last_[row % kBlock].time);
    const Block& block = blocks_[row / kBlock];
    const std::uint64_t offset = bitsAt(block.words, row % kBlock * block.timeBits, block.timeBits);
    return instant(static_cast<std::int64_t>(static_cast<std::uint64_t>(block.firstTime) +
                                             offset * static_cast<std::uint64_t>(block.unit)));
}

std::vector<RecordId> RecordList::ids(std::size_t every) const {
    std::vector<RecordId> ids;
    ids.reserve(size() / every + 1);
    for (std::size_t row = 0; row < size(); row += every)
        ids.push_back(id(row));
    return ids;
}

std::vector<Instant> RecordList::times() const {
    std::vector<Instant> times;
    times.reserve(size());
    for (std::size_t row = 0; row < size(); ++row)
        times.push_back(time(row));
    return times;
}

std::size_t RecordList::rowAt(Instant t) const {
    return firstRow(0, size(), [&](std::size_t row) { return time(row) >= t; });
}

} // namespace postlude
