// SPDX-License-Identifier: GPL-3.0-or-later
// Where among services, hosts and databases that ask one another a trouble begins: by correlation
// with what is suffered, and by depth, as the part of it that none of those asked accounts for.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace postlude::detail {

/// Somebody who may have begun it.
struct Suspect {
    std::string name;
    std::vector<double> level; ///< how it ails, one value a moment, higher is worse; NaN: not known
    std::vector<double> volume;    ///< how much was asked of it then; empty: not counted
    std::vector<std::size_t> asks; ///< indexes of those it depends on
};

struct Origin {
    std::size_t suspect = 0;
    double score = 0;       ///< correlation (0 if negative) × own
    double correlation = 0; ///< of its level with the sufferer's
    double total = 0;       ///< its part in what is suffered (level × volume); may exceed 1
    double own = 0;         ///< of that, what those it asks do not account for
};

/// All whom the sufferer depends on, best first; the sufferer itself is left out. Levels of one
/// length, moment by moment. Where volumes are not counted, `own` is 1, or 0.5 if it asks somebody
/// who ails alike. Deterministic.
std::vector<Origin> rankOrigins(const std::vector<Suspect>& suspects, std::size_t sufferer);

/// Pearson's, over the moments where both are known; 0 for fewer than four or no variance.
double correlation(const std::vector<double>& a, const std::vector<double>& b);

} // namespace postlude::detail
