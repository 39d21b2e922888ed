// SPDX-License-Identifier: GPL-3.0-or-later
// Where the share of bad requests changes: PELT (Killick, Fearnhead and Eckley 2012) with a
// binomial likelihood, on failed and slow requests together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace postlude::detail {

struct Counts {
    std::uint32_t requests = 0, failed = 0, slow = 0;
};

/// Half open range of buckets with one rate.
struct Segment {
    std::size_t from = 0, to = 0;
    std::uint64_t requests = 0, failed = 0, slow = 0;
    [[nodiscard]] double failedShare() const {
        return requests ? double(failed) / double(requests) : 0;
    }
    [[nodiscard]] double slowShare() const {
        return requests ? double(slow) / double(requests) : 0;
    }
};

/// Segments of at least three buckets that cover all. Penalty (3 ln T + 4)·φ, where φ is the
/// overdispersion (Pearson X² per degree of freedom), first over all, then within the segments
/// found, until it stands.
std::vector<Segment> segments(std::span<const Counts> buckets);
/// The same with the overdispersion of the calmer nine tenths of the buckets. Short waves that come
/// again and again are noise to segments(), and are found here; so is much that is noise.
std::vector<Segment> keenSegments(std::span<const Counts> buckets);

/// Pearson's X² per degree of freedom, of the calmest `share` of the buckets' squares, when so many
/// shares were fitted to them; 1 or more. Reorders them.
double dispersion(std::vector<double>& squares, double fitted, double share);

/// Best place to cut a row of outcomes (1 = bad) in two, by likelihood.
struct Split {
    std::size_t at = 0;           ///< first outcome of the second part
    std::size_t from = 0, to = 0; ///< all cuts with 2ΔlogL ≤ 6 lie in [from, to]
};
Split bestSplit(std::span<const std::uint8_t> bad);

} // namespace postlude::detail
