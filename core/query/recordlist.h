// SPDX-License-Identifier: GPL-3.0-or-later
// A list of records, each with its time: what a filter leaves, or all of tens of millions.
#pragma once

#include "core/case/case.h"

#include <cstdint>
#include <vector>

namespace postlude {

/// The first row from `from` on that is as asked, as all behind it are; `to` if there is none.
template <typename Asked>
std::size_t firstRow(std::size_t from, std::size_t to, const Asked& isAsked) {
    while (from < to) {
        const std::size_t middle = from + (to - from) / 2;
        if (isAsked(middle))
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

/// Packed, for all lines of a case are such a list: in blocks of which each keeps its times and
/// rows in as many bits as they differ by (frame of reference, after Goldstein, Ramakrishnan and
/// Shaft 1998), some 3 to 6 bytes a record where a log's lines follow one another, 20 at worst.
/// Any row is found in constant time. One thread may add; then any may read.
class RecordList {
public:
    void add(Instant time, RecordId id);
    [[nodiscard]] std::size_t size() const { return blocks_.size() * kBlock + last_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// `row` < size().
    [[nodiscard]] RecordId id(std::size_t row) const;
    /// In the clock that was asked for; ascending unless the list is in the order of files.
    [[nodiscard]] Instant time(std::size_t row) const;
    /// The records of every so manieth row.
    [[nodiscard]] std::vector<RecordId> ids(std::size_t every = 1) const;
    [[nodiscard]] std::vector<Instant> times() const;
    /// First row at or after `t` (size() if none); only for lists in time order.
    [[nodiscard]] std::size_t rowAt(Instant t) const;

    /// Sources whose text is gone or has changed since it was read, where it had to be searched:
    /// none of their records is in the list.
    std::vector<Error> missing = {};

private:
    static constexpr std::size_t kBlock = 1024;
    struct Entry {
        std::int64_t time;
        RecordId id;
    };
    /// kBlock entries: of each the time, then of each the segment, then of each the row in it.
    struct Block {
        std::int64_t firstTime = 0; ///< ns, the least
        std::int64_t unit = 1;      ///< ns, in which times are counted
        std::uint32_t firstRow = 0; ///< the least
        std::uint8_t timeBits = 0, segmentBits = 0, rowBits = 0;
        std::vector<std::uint32_t> segments; ///< ascending; entries tell which
        std::vector<std::uint64_t> words;
    };
    static Block packed(const std::vector<Entry>& entries);

    std::vector<Block> blocks_;
    std::vector<Entry> last_; ///< fewer than a block
};

} // namespace postlude
