// SPDX-License-Identifier: GPL-3.0-or-later
// Which records of a segment hold something in their text, as their source has it.
#pragma once

#include "core/case/source_text.h"
#include "core/query/detail/filter_node.h"
#include "core/query/detail/needles.h"
#include "core/query/detail/state.h"

namespace postlude {

/// One test over one segment after the other; for one thread.
class Search {
public:
    Search(const Snapshot& in, const Filter::Node& test, std::stop_token stop);

    /// One a row: 1 = its text passes. `asked`: only rows with 1 in it count; null: all. Throws
    /// SourceMissing if the text is gone or has changed.
    Mask rows(const SegmentState& segment, const Mask* asked);

private:
    struct Places; ///< where the records of a segment lie

    /// Where the first needle in the text of the segment is; kNowhere; none if its index does not
    /// say what text that is.
    std::optional<std::uint64_t> firstHit(const SegmentState& segment);
    void check() const;
    /// From `next` on.
    void scan(Places& places, std::uint64_t next);
    std::string_view stretchAt(std::uint64_t at, std::size_t size);
    /// What a hit at `at` means; gives the place where the search goes on.
    std::uint64_t take(std::uint64_t at, std::size_t size, Places& places);
    void tryRows(Places& places, bool few);
    [[nodiscard]] bool passes(std::string_view text) const;
    SourceText& textOf(const SegmentState& segment, std::optional<SourceText>& which);
    std::string_view read(SourceText& text, std::uint64_t offset, std::size_t size);

    const Snapshot& in_;
    std::stop_token stop_;
    std::shared_ptr<const Pattern> pattern_; ///< our own; null for a plain text
    std::optional<Needles> needles_;
    bool whole_ = false; ///< a needle found is all there is to it
    bool tuned_ = false;
    SourceId source_ = SourceId::None; ///< whose text is open
    std::optional<SourceText> sweep_, single_;
};

/// Thrown: the text of a source cannot be searched. Its records are left out, and it is said.
struct SourceMissing {
    SourceId source;
    Error error;
};

} // namespace postlude
