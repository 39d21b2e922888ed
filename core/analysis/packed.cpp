// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/packed.h"

#include <algorithm>
#include <bit>

namespace postlude::detail {

namespace {

/// Words of one piece of memory. Growing one vector of all would need twice its size.
constexpr std::uint64_t kPageWords = std::uint64_t{1} << 17U;

std::int64_t unitOf(const std::int64_t* values, std::size_t count, std::int64_t least) {
    for (const std::int64_t unit : {1'000'000'000, 1'000'000, 1'000}) {
        const auto fits = [&](std::int64_t v) { return (v - least) % unit == 0; };
        if (std::all_of(values, values + count, fits)) return unit;
    }
    return 1;
}

} // namespace

void PackedRequests::push_back(const Request& r) {
    if (size_ == 0) front_ = r;
    back_ = r;
    ++size_;
    open_.push_back(r);
    if (open_.size() == kBlock) pack();
}

void PackedRequests::finish() {
    if (!open_.empty()) pack();
    open_.shrink_to_fit();
    kindCodes_.clear();
}

std::uint32_t PackedRequests::kindOf(const Request& r) {
    const std::uint64_t key = std::uint64_t(r.server) << 32U | std::uint64_t(r.service) << 16U |
                              std::uint64_t(std::uint8_t(r.died)) << 2U | (r.failed ? 2U : 0U) |
                              (r.timed ? 1U : 0U);
    if (key == lastKind_) return lastKindCode_;
    const auto [it, isNew] = kindCodes_.try_emplace(key, std::uint32_t(kinds_.size()));
    if (isNew) kinds_.push_back({r.server, r.service, r.failed, r.timed, r.died});
    lastKind_ = key;
    return lastKindCode_ = it->second;
}

void PackedRequests::pack() {
    const std::size_t n = open_.size();
    std::array<std::array<std::int64_t, kBlock>, kColumns> values;
    std::int64_t before = open_.front().start;
    for (std::size_t i = 0; i < n; ++i) {
        const Request& r = open_[i];
        values[0][i] = r.start - before;
        before = r.start;
        values[1][i] = r.duration();
        values[2][i] = r.client;
        values[3][i] = kindOf(r);
        values[4][i] = r.connectUs;
    }
    Block block;
    block.first = open_.front().start;
    for (std::size_t c = 0; c < kColumns; ++c)
        block.columns[c] = packed(values[c].data(), n);
    blocks_.push_back(block);
    open_.clear();
}

PackedRequests::Column PackedRequests::packed(std::int64_t* values, std::size_t count) {
    const auto [least, most] = std::minmax_element(values, values + count);
    Column out;
    out.least = *least;
    out.unit = unitOf(values, count, out.least);
    const auto span = std::uint64_t(*most - out.least) / std::uint64_t(out.unit);
    out.bits = std::uint8_t(std::bit_width(span));
    out.at = used_;
    const std::uint64_t words = (used_ + out.bits * count) / 64 + 2;
    while (pages_.size() * kPageWords < words)
        pages_.emplace_back(kPageWords, 0);
    for (std::size_t i = 0; i < count && out.bits != 0; ++i) {
        const auto v = std::uint64_t(values[i] - out.least) / std::uint64_t(out.unit);
        const std::uint64_t word = used_ / 64, bit = used_ % 64;
        pages_[word / kPageWords][word % kPageWords] |= v << bit;
        if (bit + out.bits > 64)
            pages_[(word + 1) / kPageWords][(word + 1) % kPageWords] |= v >> (64 - bit);
        used_ += out.bits;
    }
    return out;
}

void PackedRequests::unpack(const Column& c, std::size_t count, std::int64_t* values) const {
    if (c.bits == 0) {
        std::fill(values, values + count, c.least);
        return;
    }
    const std::uint64_t mask = c.bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << c.bits) - 1;
    std::uint64_t at = c.at;
    const auto wordAt = [&](std::uint64_t i) { return pages_[i / kPageWords][i % kPageWords]; };
    std::uint64_t word = at / 64, low = wordAt(word), high = wordAt(word + 1);
    for (std::size_t i = 0; i < count; ++i, at += c.bits) {
        if (at / 64 != word) {
            word = at / 64;
            low = high;
            high = wordAt(word + 1);
        }
        const std::uint64_t bit = at % 64;
        const std::uint64_t v = bit == 0 ? low : low >> bit | high << (64 - bit);
        values[i] = c.least + std::int64_t(v & mask) * c.unit;
    }
}

void PackedRequests::read(std::size_t index, std::array<Request, kBlock>& to) const {
    const Block& block = blocks_[index];
    const std::size_t n = std::min(kBlock, size_ - index * kBlock);
    std::array<std::array<std::int64_t, kBlock>, kColumns> values;
    for (std::size_t c = 0; c < kColumns; ++c)
        unpack(block.columns[c], n, values[c].data());
    std::int64_t start = block.first;
    for (std::size_t i = 0; i < n; ++i) {
        Request& r = to[i];
        const Kind& kind = kinds_[std::size_t(values[3][i])];
        r.start = start += values[0][i];
        r.end = start + values[1][i];
        r.client = std::uint32_t(values[2][i]);
        r.server = kind.server;
        r.service = kind.service;
        r.connectUs = std::int32_t(values[4][i]);
        r.failed = kind.failed;
        r.died = kind.died;
        r.timed = kind.timed;
    }
}

void PackedRequests::Iterator::read() {
    if (of_->stop_.stop_requested()) {
        at_ = end_;
        return;
    }
    if (!block_ || block_.use_count() > 1) block_ = std::make_shared<std::array<Request, kBlock>>();
    of_->read(at_ / kBlock, *block_);
}

Request PackedRequests::operator[](std::size_t i) const {
    std::array<Request, kBlock> block;
    read(i / kBlock, block);
    return block[i % kBlock];
}

const Request& PackedRequests::Access::operator[](std::size_t i) {
    if (i / kBlock != held_) of_.read(held_ = i / kBlock, block_);
    return block_[i % kBlock];
}

std::size_t PackedRequests::from(std::int64_t start) const {
    // The first block that begins at or after it; in the one before it may begin, too.
    const auto it = std::ranges::lower_bound(blocks_, start, {}, &Block::first);
    const auto next = std::size_t(it - blocks_.begin());
    if (next == 0) return 0;
    std::array<Request, kBlock> block;
    read(next - 1, block);
    const std::size_t n = std::min(kBlock, size_ - (next - 1) * kBlock);
    const auto* const at =
        std::lower_bound(block.data(), block.data() + n, start,
                         [](const Request& r, std::int64_t t) { return r.start < t; });
    return (next - 1) * kBlock + std::size_t(at - block.data());
}

std::size_t PackedRequests::bytes() const {
    return pages_.size() * kPageWords * 8 + blocks_.capacity() * sizeof(Block);
}

} // namespace postlude::detail
