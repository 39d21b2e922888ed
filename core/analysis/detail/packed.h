// SPDX-License-Identifier: GPL-3.0-or-later
// Requests by their start in some six bytes each: blocks of which every column is written in as
// many bits as its largest value needs. Forty-five million fit into 300 MB, and reading all of
// them takes less than half a second.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace postlude::detail {

struct Request {
    std::int64_t start = 0; ///< ns since the epoch
    std::int64_t end = 0;   ///< start + duration; start where no duration is logged
    std::uint32_t client = 0;
    std::uint16_t server = 0;    ///< index into Traffic::servers; 0: never reached one
    std::uint16_t service = 0;   ///< index into Traffic::services
    std::int32_t connectUs = -1; ///< µs; -1 where none is logged
    bool failed = false;
    char died = 0; ///< HAProxy's second letter: C while connecting, Q in the queue …; 0 unknown
    bool timed = false; ///< has a duration
    [[nodiscard]] std::int64_t duration() const { return end - start; }
};

/// Appended in order of their start, then read by any thread.
class PackedRequests {
public:
    static constexpr std::size_t kBlock = 1024;

    void push_back(const Request& r);
    /// After the last one.
    void finish();
    /// Ranges end early once this is asked to stop; what was read then is of no use.
    void endsWith(std::stop_token stop) { stop_ = std::move(stop); }
    [[nodiscard]] const std::stop_token& stop() const { return stop_; }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] const Request& front() const { return front_; }
    [[nodiscard]] const Request& back() const { return back_; }
    [[nodiscard]] Request operator[](std::size_t i) const;
    /// Index of the first that starts at or after `start`.
    [[nodiscard]] std::size_t from(std::int64_t start) const;
    [[nodiscard]] std::size_t bytes() const;

    /// Reads one after the other; copies share what was read.
    class Iterator {
    public:
        using value_type = Request;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const PackedRequests& of, std::size_t at, std::size_t end)
            : of_(&of)
            , at_(at)
            , end_(end) {
            if (at_ < end_) read();
        }
        const Request& operator*() const { return (*block_)[at_ % kBlock]; }
        const Request* operator->() const { return &**this; }
        Iterator& operator++() {
            ++at_;
            if (at_ % kBlock == 0 && at_ < end_) read();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return at_ >= end_; }

    private:
        void read();
        const PackedRequests* of_ = nullptr;
        std::size_t at_ = 0, end_ = 0;
        std::shared_ptr<std::array<Request, kBlock>> block_;
    };

    /// Any of them in any order; near ones are cheap. For one thread.
    class Access {
    public:
        explicit Access(const PackedRequests& of)
            : of_(of) {}
        [[nodiscard]] std::size_t size() const { return of_.size(); }
        const Request& operator[](std::size_t i);

    private:
        const PackedRequests& of_;
        std::size_t held_ = std::size_t(-1);
        std::array<Request, kBlock> block_;
    };

    class Range {
    public:
        Range() = default;
        Range(const PackedRequests& of, std::size_t from, std::size_t to)
            : of_(&of)
            , from_(from)
            , to_(to) {}
        [[nodiscard]] Iterator begin() const {
            return of_ ? Iterator(*of_, from_, to_) : Iterator();
        }
        [[nodiscard]] static std::default_sentinel_t end() { return {}; }
        [[nodiscard]] std::size_t size() const { return to_ - from_; }
        [[nodiscard]] bool empty() const { return from_ == to_; }
        /// `i` below size().
        [[nodiscard]] Request operator[](std::size_t i) const { return (*of_)[from_ + i]; }
        /// Without the first `n`.
        [[nodiscard]] Range after(std::size_t n) const {
            return of_ ? Range(*of_, std::min(from_ + n, to_), to_) : Range();
        }
        /// The `number`-th of `parts` about equal parts.
        [[nodiscard]] Range part(std::size_t number, std::size_t parts) const {
            const auto cut = [&](std::size_t k) { return from_ + size() / parts * k; };
            return of_ ? Range(*of_, cut(number), number + 1 == parts ? to_ : cut(number + 1))
                       : Range();
        }

    private:
        const PackedRequests* of_ = nullptr;
        std::size_t from_ = 0, to_ = 0;
    };
    [[nodiscard]] Range range(std::size_t from, std::size_t to) const { return {*this, from, to}; }
    [[nodiscard]] Iterator begin() const { return {*this, 0, size_}; }
    [[nodiscard]] static std::default_sentinel_t end() { return {}; }

private:
    static constexpr std::size_t kColumns = 5; ///< start, duration, client, kind, connect
    struct Column {
        std::int64_t least = 0, unit = 1;
        std::uint64_t at = 0; ///< first bit
        std::uint8_t bits = 0;
    };
    struct Block {
        std::int64_t first = 0; ///< start
        std::array<Column, kColumns> columns;
    };
    /// Server, service and outcome: few different ones.
    struct Kind {
        std::uint16_t server = 0, service = 0;
        bool failed = false, timed = false;
        char died = 0;
    };

    void pack();
    Column packed(std::int64_t* values, std::size_t count);
    void unpack(const Column& column, std::size_t count, std::int64_t* values) const;
    void read(std::size_t block, std::array<Request, kBlock>& to) const;
    std::uint32_t kindOf(const Request& r);

    std::vector<Request> open_; ///< not packed yet
    std::vector<Block> blocks_;
    std::vector<std::vector<std::uint64_t>> pages_; ///< bits; kPage words each
    std::uint64_t used_ = 0;                        ///< bits
    std::vector<Kind> kinds_;
    std::unordered_map<std::uint64_t, std::uint32_t> kindCodes_;
    std::uint64_t lastKind_ = ~std::uint64_t{0};
    std::uint32_t lastKindCode_ = 0;
    std::size_t size_ = 0;
    Request front_, back_;
    std::stop_token stop_;
};

} // namespace postlude::detail
