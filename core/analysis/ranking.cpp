// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/ranking.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace postlude::detail {

namespace {

constexpr double kAlike = 0.7; ///< a correlation from which two ail alike

struct Moments {
    std::size_t n = 0;
    double xx = 0, yy = 0, xy = 0; ///< centred sums
};

Moments momentsOf(const std::vector<double>& a, const std::vector<double>& b) {
    Moments out;
    double meanA = 0, meanB = 0;
    const std::size_t n = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < n; ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        ++out.n;
        meanA += a[i];
        meanB += b[i];
    }
    if (out.n < 4) return {};
    meanA /= double(out.n);
    meanB /= double(out.n);
    for (std::size_t i = 0; i < n; ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        out.xx += (a[i] - meanA) * (a[i] - meanA);
        out.yy += (b[i] - meanB) * (b[i] - meanB);
        out.xy += (a[i] - meanA) * (b[i] - meanB);
    }
    return out;
}

/// What it costs all who ask it, moment by moment: nothing where nobody asks.
std::vector<double> burden(const Suspect& s) {
    std::vector<double> out(s.level.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = i < s.volume.size() && s.volume[i] == 0 ? 0 : s.level[i] * s.volume[i];
    return out;
}

std::vector<char> reachable(const std::vector<Suspect>& suspects, std::size_t from) {
    std::vector<char> seen(suspects.size(), 0);
    std::vector<std::size_t> open{from};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        for (const std::size_t next : suspects[at].asks)
            if (next < suspects.size() && !seen[next]) {
                seen[next] = 1;
                open.push_back(next);
            }
    }
    return seen;
}

class Ranking {
public:
    Ranking(const std::vector<Suspect>& suspects, std::size_t sufferer)
        : suspects_(suspects)
        , sufferer_(sufferer)
        , below_(reachable(suspects, sufferer)) {
        const auto whole = slope(suspects[sufferer]);
        for (std::size_t i = 0; i < suspects.size(); ++i) {
            correlation_.push_back(correlation(suspects[i].level, suspects[sufferer].level));
            auto part = slope(suspects[i]);
            if (part && whole && *whole > 0)
                part = std::max(0.0, *part / *whole);
            else
                part.reset();
            total_.push_back(part);
        }
    }

    std::vector<Origin> run() const {
        std::vector<Origin> out;
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            if (i == sufferer_ || !below_[i]) continue;
            Origin o;
            o.suspect = i;
            o.correlation = correlation_[i];
            o.total = total_[i].value_or(0);
            o.own = own(i);
            o.score = std::max(0.0, o.correlation) * o.own;
            out.push_back(o);
        }
        std::ranges::stable_sort(out, std::greater{}, &Origin::score);
        return out;
    }

private:
    /// How much its burden grows with what is suffered; nothing if that is not known.
    [[nodiscard]] std::optional<double> slope(const Suspect& s) const {
        if (s.volume.empty()) return {};
        const Moments m = momentsOf(suspects_[sufferer_].level, burden(s));
        if (m.n == 0 || m.xx <= 0) return {};
        return m.xy / m.xx;
    }

    [[nodiscard]] double own(std::size_t i) const {
        double asked = 0;
        bool alike = false;
        for (const std::size_t k : suspects_[i].asks) {
            if (k == i || k >= suspects_.size() || reachable(suspects_, k)[i]) continue; // a ring
            asked += total_[k].value_or(0);
            alike |= correlation_[k] >= kAlike;
        }
        if (total_[i]) return std::max(0.0, *total_[i] - asked);
        if (!suspects_[i].volume.empty()) return 0; // counted, and never at the right moments
        return alike ? 0.5 : 1;
    }

    const std::vector<Suspect>& suspects_;
    std::size_t sufferer_;
    std::vector<char> below_;
    std::vector<double> correlation_;
    std::vector<std::optional<double>> total_;
};

} // namespace

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const Moments m = momentsOf(a, b);
    return m.xx > 0 && m.yy > 0 ? m.xy / std::sqrt(m.xx * m.yy) : 0;
}

std::vector<Origin> rankOrigins(const std::vector<Suspect>& suspects, std::size_t sufferer) {
    if (sufferer >= suspects.size()) return {};
    return Ranking(suspects, sufferer).run();
}

} // namespace postlude::detail
