// SPDX-License-Identifier: GPL-3.0-or-later
// Three passes: how often each value is on each side; of the few that may tell something, in how
// many groups of clients; and of those that do, two together.
#include "core/analysis/compare.h"

#include "core/analysis/detail/contrast.h"
#include "core/analysis/detail/scene.h"
#include "core/analysis/detail/statistics.h"
#include "core/analysis/detail/values.h"
#include "core/base/text.h"
#include "core/series/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude {

using namespace detail;

namespace {

constexpr double kRatio = 3, kFalse = 0.01, kSupport = 0.01, kPairGain = 1.5;
constexpr std::uint64_t kFewest = 5;       ///< requests that have the value
constexpr std::uint64_t kFewestASide = 20; ///< requests on either side
constexpr std::size_t kMostPaired = 12;    ///< values of which pairs are made
constexpr std::size_t kSample = 100'000;   ///< numbers looked at for the quantiles
constexpr std::size_t kCandidates = 600;
constexpr std::size_t kMostPairs = 5; ///< told

using Counts2 = std::array<std::uint64_t, 2>;

struct Candidate {
    std::size_t field = 0;
    std::uint32_t value = 0;
    SideCounts counts = {};
    Contrast contrast = {};
    double q = 1;
};

/// Of a client's name, the same everywhere.
std::uint32_t groupOf(std::string_view client) {
    std::uint64_t h = 14695981039346656037ULL; // FNV-1a
    for (const char c : client)
        h = (h ^ std::uint8_t(c)) * 1099511628211ULL;
    return std::uint32_t((h ^ (h >> 29U)) % kGroups);
}

class Comparing {
public:
    Comparing(const Query& query, const CompareRequest& request, std::stop_token stop,
              const ProgressSink& progress)
        : query_(query)
        , request_(request)
        , stop_(std::move(stop))
        , progress_(progress) {
        for (ComparedField& f : fieldsOf(query, request.scope, request.other.has_value(), columns_))
            readers_.emplace_back(query, f);
        counts_.resize(readers_.size());
    }

    Result<Comparison> run() {
        if (auto r = chooseBounds(); !r) return std::unexpected(r.error());
        if (auto r = pass("counting values", [&](auto&... a) { count(a...); }); !r)
            return std::unexpected(r.error());
        out_.looked = all_[0];
        out_.others = all_[1];
        if (all_[0] < kFewestASide || all_[1] < kFewestASide) {
            out_.notes.push_back(fmt::format("Not enough to compare: {} requests against {}",
                                             grouped(std::int64_t(all_[0])),
                                             grouped(std::int64_t(all_[1]))));
            return std::move(out_);
        }
        choose();
        if (!candidates_.empty())
            if (auto r = pass("comparing", [&](auto&... a) { spread(a...); }); !r)
                return std::unexpected(r.error());
        judge();
        if (auto r = pairs(); !r) return std::unexpected(r.error());
        tell();
        return std::move(out_);
    }

private:
    /// Calls visit(chunk, sides) for all requests of both sides; sides[i]: 0 looked at, 1 others.
    template <class Visit>
    Result<void> pass(const char* what, Visit visit) {
        if (progress_) progress_({.stage = "Comparing", .source = what});
        for (std::size_t side = 0; side < (request_.other ? 2U : 1U); ++side) {
            FieldScan scan;
            scan.requests.window = side == 0 ? request_.window : *request_.other;
            scan.requests.scope = request_.scope;
            scan.requests.clock = request_.clock;
            scan.fields = columns_;
            if (!request_.other) scan.mark = request_.bad;
            const auto one = [&](const FieldChunk& chunk) {
                settleSides(chunk, side);
                visit(chunk, sides_);
            };
            if (auto r = query_.scanFields(scan, one, stop_); !r) return r;
        }
        return {};
    }

    void settleSides(const FieldChunk& chunk, std::size_t side) {
        const std::size_t rows = chunk.requests.ids.size();
        sides_.assign(rows, std::uint8_t(side));
        if (request_.other) return;
        for (std::size_t i = 0; i < rows; ++i)
            sides_[i] = isBad(chunk, i) ? 0 : 1;
    }

    bool isBad(const FieldChunk& chunk, std::size_t i) {
        if (!request_.bad.passesAll()) return chunk.marked[i] != 0;
        const RequestChunk& c = chunk.requests;
        const std::int64_t took = i < c.duration.size() ? c.duration[i] : kAbsent;
        if (took != kAbsent && took > request_.slow.count()) return true;
        const std::uint32_t code = i < c.termination.size() ? c.termination[i] : 0;
        auto [it, isNew] = terminations_.try_emplace(code);
        if (isNew) it->second = query_.name(TextField::Termination, code);
        return isFailure(i < c.status.size() ? c.status[i] : kAbsent, it->second);
    }

    /// Numbers are parted at the quantiles of the requests that are compared with.
    Result<void> chooseBounds() {
        std::vector<std::vector<double>> samples(readers_.size());
        if (columns_.empty()) return {};
        const auto take = [&](const FieldChunk& chunk, const std::vector<std::uint8_t>& sides) {
            for (std::size_t f = 0; f < readers_.size(); ++f) {
                if (samples[f].size() >= kSample) continue;
                const auto numbers = readers_[f].numbers(chunk);
                for (std::size_t i = 0; i < std::min(sides.size(), numbers.size()); ++i)
                    if (sides[i] == 1 && numbers[i] != kAbsent)
                        samples[f].push_back(double(numbers[i]));
            }
        };
        if (auto r = pass("quantiles", take); !r) return r;
        for (std::size_t f = 0; f < readers_.size(); ++f)
            readers_[f].setBounds(boundsOf(samples[f]));
        return {};
    }

    static std::vector<std::int64_t> boundsOf(std::vector<double>& sample) {
        std::vector<std::int64_t> bounds;
        for (const double share : {0.25, 0.5, 0.75, 0.9, 0.99})
            if (const auto q = quantile(sample, share)) bounds.push_back(roundAbove(*q));
        const auto twice = std::ranges::unique(bounds);
        bounds.erase(twice.begin(), twice.end());
        return bounds;
    }

    /// The next number above that people can say: of two digits.
    static std::int64_t roundAbove(double value) {
        const double above = std::floor(value) + 1;
        if (above < 100) return std::int64_t(above);
        const double unit = std::pow(10, std::floor(std::log10(above)) - 1);
        return std::int64_t(std::ceil(above / unit) * unit);
    }

    void count(const FieldChunk& chunk, const std::vector<std::uint8_t>& sides) {
        for (const std::uint8_t side : sides)
            ++all_[side];
        for (std::size_t f = 0; f < readers_.size(); ++f) {
            const auto values = readers_[f].read(chunk);
            auto& counts = counts_[f];
            if (counts.size() < readers_[f].size()) counts.resize(readers_[f].size());
            for (std::size_t i = 0; i < sides.size(); ++i)
                ++counts[values[i]][sides[i]];
        }
    }

    double plainRatio(const Counts2& c) const {
        const double a = double(c[0]) + 0.5, b = double(c[1]) + 0.5;
        const double restA = double(all_[0] - c[0]) + 0.5, restB = double(all_[1] - c[1]) + 0.5;
        if (!request_.other) return (a / (a + b)) / (restA / (restA + restB));
        return (a / double(all_[0])) / (b / double(all_[1]));
    }

    void choose() {
        for (std::size_t f = 0; f < readers_.size(); ++f)
            for (std::uint32_t v = 1; v < counts_[f].size(); ++v) {
                const Counts2& c = counts_[f][v];
                if (c[0] < kFewest || double(c[0]) < kSupport * double(all_[0])) continue;
                ++tests_;
                if (plainRatio(c) >= kRatio && candidates_.size() < kCandidates)
                    candidates_.push_back({f, v});
            }
    }

    std::uint32_t groupAt(const FieldChunk& chunk, std::size_t i) {
        const std::uint32_t code = i < chunk.requests.client.size() ? chunk.requests.client[i] : 0;
        if (code == 0) // nobody knows who: each counts for itself
            return std::uint32_t(std::uint64_t(chunk.requests.ids[i]) % kGroups);
        if (code >= groupOfClient_.size()) groupOfClient_.resize(code + 1, kUnset);
        if (groupOfClient_[code] == kUnset)
            groupOfClient_[code] = groupOf(query_.name(TextField::ClientIp, code));
        return groupOfClient_[code];
    }

    void spread(const FieldChunk& chunk, const std::vector<std::uint8_t>& sides) {
        groups_.resize(sides.size());
        for (std::size_t i = 0; i < sides.size(); ++i) {
            groups_[i] = groupAt(chunk, i);
            ++(sides[i] == 0 ? total_.looked : total_.others)[groups_[i]];
        }
        for (std::size_t first = 0; first < candidates_.size();) {
            const std::size_t f = candidates_[first].field;
            slots_.assign(readers_[f].size(), kUnset);
            std::size_t end = first;
            for (; end < candidates_.size() && candidates_[end].field == f; ++end)
                slots_[candidates_[end].value] = std::uint32_t(end);
            const auto values = readers_[f].read(chunk);
            for (std::size_t i = 0; i < sides.size(); ++i) {
                if (values[i] >= slots_.size() || slots_[values[i]] == kUnset) continue;
                SideCounts& to = candidates_[slots_[values[i]]].counts;
                ++(sides[i] == 0 ? to.looked : to.others)[groups_[i]];
            }
            first = end;
        }
    }

    void judge() {
        std::vector<double> p;
        for (Candidate& c : candidates_) {
            c.contrast = contrastOf(c.counts, total_, !request_.other, kRatio);
            p.push_back(c.contrast.holds ? c.contrast.p : 1);
        }
        const auto q = falseShares(p, tests_);
        for (std::size_t i = 0; i < candidates_.size(); ++i)
            candidates_[i].q = q[i];
        std::erase_if(candidates_, [](const Candidate& c) {
            return !c.contrast.holds || c.q > kFalse || c.contrast.ratio < kRatio;
        });
        orderFields();
    }

    /// The most different field first, in it the most common value; a section that is but one of
    /// the paths told goes without saying.
    void orderFields() {
        divergence_.clear();
        for (const auto& counts : counts_)
            divergence_.push_back(divergenceOf(counts));
        std::ranges::stable_sort(candidates_, [&](const Candidate& a, const Candidate& b) {
            if (a.field != b.field)
                return std::pair(-divergence_[a.field], a.field) <
                       std::pair(-divergence_[b.field], b.field);
            const auto sa = counts_[a.field][a.value][0], sb = counts_[b.field][b.value][0];
            return sa != sb ? sa > sb
                            : readers_[a.field].shown(a.value) < readers_[b.field].shown(b.value);
        });
        std::vector<std::uint8_t> known;
        for (const Candidate& c : candidates_)
            known.push_back(isKnownByPaths(c) ? 1 : 0);
        std::size_t i = 0;
        std::erase_if(candidates_, [&](const Candidate&) { return known[i++] != 0; });
    }

    bool isKnownByPaths(const Candidate& c) const {
        if (readers_[c.field].field().kind != ComparedField::Kind::Section) return false;
        const std::string section = readers_[c.field].value(c.value) + "/";
        std::uint64_t told = 0;
        for (const Candidate& other : candidates_)
            if (readers_[other.field].field().kind == ComparedField::Kind::Path &&
                readers_[other.field].value(other.value).starts_with(section))
                told += counts_[other.field][other.value][0];
        return double(told) >= 0.8 * double(counts_[c.field][c.value][0]);
    }

    struct Pair {
        std::size_t first = 0, second = 0;
        SideCounts counts = {};
    };

    Result<void> pairs() {
        const std::size_t n = std::min(kMostPaired, candidates_.size());
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = a + 1; b < n; ++b)
                if (candidates_[a].field != candidates_[b].field) pairs_.push_back({a, b});
        if (pairs_.empty()) return {};
        std::vector<std::vector<std::uint8_t>> has(n);
        const auto take = [&](const FieldChunk& chunk, const std::vector<std::uint8_t>& sides) {
            groups_.resize(sides.size());
            for (std::size_t i = 0; i < sides.size(); ++i)
                groups_[i] = groupAt(chunk, i);
            for (std::size_t c = 0; c < n; ++c) {
                const auto values = readers_[candidates_[c].field].read(chunk);
                has[c].assign(sides.size(), 0);
                for (std::size_t i = 0; i < sides.size(); ++i)
                    has[c][i] = values[i] == candidates_[c].value ? 1 : 0;
            }
            for (Pair& pair : pairs_)
                for (std::size_t i = 0; i < sides.size(); ++i)
                    if (has[pair.first][i] & has[pair.second][i])
                        ++(sides[i] == 0 ? pair.counts.looked : pair.counts.others)[groups_[i]];
        };
        return pass("pairs of values", take);
    }

    void tell() {
        std::vector<std::size_t> fields;
        for (std::size_t f = 0; f < readers_.size(); ++f)
            if (divergence_[f] > 0) fields.push_back(f);
        std::ranges::stable_sort(fields, std::greater{},
                                 [&](std::size_t f) { return divergence_[f]; });
        for (const std::size_t f : fields)
            if (std::ranges::find(out_.fields, readers_[f].field().name) == out_.fields.end())
                out_.fields.push_back(readers_[f].field().name);
        for (const Candidate& c : candidates_)
            out_.differences.push_back(told({&c}, c.counts, c.contrast, c.q));
        tellPairs();
        if (out_.differences.empty()) tellNearest();
    }

    /// What differs most, though by less than is told as a difference: nobody shall think that all
    /// is alike.
    void tellNearest() {
        constexpr double kLeast = 0.1;
        const ValueReader* reader = nullptr;
        std::uint32_t value = 0;
        double most = kLeast;
        const auto share = [&](const Counts2& c, std::size_t side) {
            return double(c[side]) / double(all_[side]);
        };
        for (std::size_t f = 0; f < readers_.size(); ++f)
            for (std::uint32_t v = 1; v < counts_[f].size(); ++v) {
                const double apart = share(counts_[f][v], 0) - share(counts_[f][v], 1);
                if (apart <= most) continue;
                reader = &readers_[f];
                value = v;
                most = apart;
            }
        if (!reader) return;
        const Counts2& c = counts_[std::size_t(reader - readers_.data())][value];
        const double ratio = plainRatio(c);
        out_.notes.push_back(
            fmt::format("Nearest to a difference is {} {}: {} of {}, {} of {}; {} times as {}{}",
                        visible(reader->field().name), visible(reader->shown(value)),
                        percent(share(c, 0)), request_.other ? "these requests" : "the bad",
                        percent(share(c, 1)), request_.other ? "the others" : "the good",
                        rounded(ratio), request_.other ? "frequent" : "likely to be bad",
                        ratio < kRatio ? "" : ", which may be chance or few clients alone"));
    }

    /// Two together are told only if they say clearly more than either.
    void tellPairs() {
        std::vector<Difference> found;
        for (const Pair& pair : pairs_) {
            const Candidate &a = candidates_[pair.first], &b = candidates_[pair.second];
            const Contrast c = contrastOf(pair.counts, total_, !request_.other, kRatio);
            const double best = std::max(a.contrast.ratio, b.contrast.ratio);
            const double q = std::min(1.0, c.p * double(tests_ + pairs_.size()));
            if (!c.holds || q > kFalse || c.ratio < kPairGain * best || c.low < best) continue;
            const Difference d = told({&a, &b}, pair.counts, c, q);
            if (double(d.with) >= kSupport * double(d.all)) found.push_back(d);
        }
        std::ranges::stable_sort(found, std::greater{}, &Difference::with);
        found.resize(std::min(found.size(), kMostPairs));
        std::ranges::move(found, std::back_inserter(out_.differences));
    }

    Difference told(std::initializer_list<const Candidate*> values, const SideCounts& counts,
                    const Contrast& contrast, double q) const {
        Difference d;
        for (const Candidate* c : values) {
            const ValueReader& reader = readers_[c->field];
            d.values.emplace_back(reader.field().name, reader.shown(c->value));
            d.filter += (d.filter.empty() ? "" : " and ") + reader.filter(c->value);
        }
        for (std::size_t g = 0; g < kGroups; ++g) {
            d.with += counts.looked[g];
            d.otherWith += counts.others[g];
        }
        d.all = all_[0];
        d.otherAll = all_[1];
        d.ratio = contrast.ratio;
        d.low = contrast.low;
        d.high = contrast.high;
        d.q = q;
        d.statement = sentence(d);
        return d;
    }

    std::string sentence(const Difference& d) const {
        std::string what;
        for (const auto& [field, value] : d.values)
            what += (what.empty() ? "" : " with ") + visible(field) + " " + visible(value);
        const bool risk = !request_.other;
        const char* than = risk ? "likely to be bad" : "frequent";
        const std::string times =
            d.otherWith == 0 ? fmt::format("at least {} times as {}", rounded(d.low), than)
                             : fmt::format("{} times as {} (95 % interval {} to {})",
                                           rounded(d.ratio), than, rounded(d.low), rounded(d.high));
        return fmt::format("{}: {} of {}, {} of {}; {}", what, percent(d.share()),
                           risk ? "the bad" : "these requests",
                           d.otherWith == 0 ? "none" : percent(d.otherShare()),
                           risk ? "the good" : "the others", times);
    }

    static std::string rounded(double ratio) {
        return fmt::format("{:.{}f}", ratio, ratio < 10 ? 1 : 0);
    }

    static constexpr std::uint32_t kUnset = ~std::uint32_t{0};
    const Query& query_;
    const CompareRequest& request_;
    std::stop_token stop_;
    const ProgressSink& progress_;
    std::vector<std::string> columns_;
    std::vector<ValueReader> readers_;
    std::vector<std::vector<Counts2>> counts_; ///< by field and value
    std::vector<double> divergence_;           ///< by field
    Counts2 all_{};
    std::size_t tests_ = 0;
    std::vector<Candidate> candidates_;
    std::vector<Pair> pairs_;
    SideCounts total_;
    std::vector<std::uint8_t> sides_;
    std::vector<std::uint32_t> groups_, slots_, groupOfClient_;
    std::map<std::uint32_t, std::string> terminations_;
    Comparison out_;
};

} // namespace

Result<Comparison> compare(const Query& query, const CompareRequest& request, std::stop_token stop,
                           const ProgressSink& progress) {
    if (request.window.empty() || (request.other && request.other->empty()))
        return std::unexpected(Error{ErrorKind::Usage, "a window to compare is empty", {}, {}});
    return Comparing(query, request, std::move(stop), progress).run();
}

} // namespace postlude
