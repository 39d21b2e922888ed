// SPDX-License-Identifier: GPL-3.0-or-later
// Decoded columns of segments, kept while there is room, and the texts of all segments under one
// numbering. Thread-safe. Failures are thrown as QueryFailure and end at CaseQuery's door.
#pragma once

#include "core/case/column.h"
#include "core/case/interner.h"
#include "core/case/store.h"
#include "core/query/detail/lru.h"
#include "core/series/sketch.h"

namespace postlude {

struct QueryFailure {
    Error error;
};

template <class Value>
Value orThrow(Result<Value> result) {
    if (!result) throw QueryFailure{std::move(result.error())};
    return std::move(*result);
}

using Numbers = std::vector<std::int64_t>;
using Codes = std::vector<std::uint32_t>;

/// A row of the stored series, with codes as of Columns::codes().
struct StoredBucket {
    std::int64_t start = 0; ///< as the host's clock said
    std::uint32_t backend = 0, server = 0;
    std::uint64_t requests = 0, failed = 0, slow = 0, bytes = 0;
    Sketch durations;
};
using StoredSeries = std::vector<StoredBucket>;

/// The name of its column in a segment.
std::string columnName(TextField field);
std::string columnName(NumberField field);
std::string extraColumnName(const std::string& field);

class Columns {
public:
    explicit Columns(const Case::Store& store);

    // Shared with the cache; an empty vector means that the column is absent in all rows.
    std::shared_ptr<const Numbers> place(std::uint32_t segment, const std::string& name,
                                         Numbers Segment::* which);
    std::shared_ptr<const Numbers> time(std::uint32_t segment) {
        return place(segment, "time", &Segment::time);
    }
    std::shared_ptr<const Numbers> number(std::uint32_t segment, NumberField field);
    std::shared_ptr<const TextColumn> text(std::uint32_t segment, TextField field);
    std::shared_ptr<const TextColumn> extra(std::uint32_t segment, const std::string& name);
    std::shared_ptr<const std::vector<std::uint8_t>> kind(std::uint32_t segment);
    std::shared_ptr<const std::vector<std::uint8_t>> level(std::uint32_t segment);
    /// Columns of few distinct values, quickly and in little space; null if there may be more.
    std::shared_ptr<const FewValues> fewNumbers(const SegmentInfo& segment,
                                                const std::string& name);
    std::shared_ptr<const FewTexts> fewTexts(const SegmentInfo& segment, const std::string& name);
    std::shared_ptr<const StoredSeries> series(std::uint32_t segment);
    /// With every column.
    std::shared_ptr<const Segment> whole(std::uint32_t segment);

    /// Gives back what a segment takes in memory; what is in use stays until it is not.
    void forget(std::uint32_t segment);

    /// One code a row, the same for the same text in all segments; 0 = absent. Server names go
    /// through serverName().
    std::shared_ptr<const Codes> codes(std::uint32_t segment, TextField field);
    std::uint32_t codeOf(TextField field, std::string_view text);
    [[nodiscard]] std::string name(TextField field, std::uint32_t code) const;

private:
    std::shared_ptr<const Segment> column(std::uint32_t segment, const std::string& name);
    std::shared_ptr<const FewTexts> few(const SegmentInfo& segment, const std::string& name,
                                        bool texts);

    struct Names {
        mutable std::mutex mutex;
        Interner interner;
    };
    const Case::Store& store_;
    Lru<std::pair<std::uint32_t, std::string>, Segment> segments_;
    Lru<std::pair<std::uint32_t, TextField>, Codes> codes_;
    Lru<std::pair<std::uint32_t, std::string>, FewTexts> few_; ///< of numbers only the codes
    Lru<std::uint32_t, StoredSeries> series_;
    std::array<Names, kTextFields> names_;
};

} // namespace postlude
