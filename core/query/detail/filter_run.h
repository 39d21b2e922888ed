// SPDX-License-Identifier: GPL-3.0-or-later
// A filter over the rows of one segment after the other.
#pragma once

#include "core/query/detail/filter_share.h"
#include "core/query/detail/search.h"

namespace postlude {

/// For one thread; both arguments must outlive it. SourceMissing is thrown by searches.
class FilterRun {
public:
    FilterRun(const Snapshot& in, const Filter& filter, std::stop_token stop);

    /// As far as the index of the segment tells.
    [[nodiscard]] Share share(const SegmentState& segment) const;
    /// One a row: 1 = passes.
    Mask mask(const SegmentState& segment);

private:
    Mask mask(const Filter::Node& node, const SegmentState& segment, const Mask* asked);
    Mask all(const Filter::Node& node, const SegmentState& segment, const Mask* asked);
    Mask any(const Filter::Node& node, const SegmentState& segment, const Mask* asked);
    Mask test(const Filter::Node& node, const SegmentState& segment, const Mask* asked);
    Mask search(const Filter::Node& node, const SegmentState& segment, const Mask* asked);
    // Null if the column may have many distinct values.
    std::shared_ptr<const FewTexts> fewTexts(const SegmentState& segment,
                                             const std::string& column);
    std::shared_ptr<const FewValues> fewNumbers(const SegmentState& segment,
                                                const std::string& column);
    Mask anyText(const Filter::Node& node, const SegmentState& segment);

    const Snapshot& in_;
    const Filter& filter_;
    std::stop_token stop_;
    std::map<const Filter::Node*, Search> searches_;
};

} // namespace postlude
