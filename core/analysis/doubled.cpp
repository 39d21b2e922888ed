// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/doubled.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr std::size_t kLooks = 40, kLeastLooks = 10, kMostPairs = 40;
constexpr double kAlmostAll = 0.9;

/// What a second log puts in front of a line (a syslog head) is at most so much of it.
constexpr double kSameTail = 0.6;

RecordsRequest requestsOf(const SourceInfo& source, const Window& window, std::size_t most) {
    RecordsRequest out;
    out.kinds = 1U << unsigned(RecordKind::Request);
    out.sources = {source.id};
    out.window = window;
    out.clock = ClockView::Raw;
    out.limit = most;
    return out;
}

bool isSameLine(std::string_view a, std::string_view b) {
    const auto tail = std::size_t(kSameTail * double(std::min(a.size(), b.size())));
    return tail > 0 && a.substr(a.size() - tail) == b.substr(b.size() - tail);
}

class Looker {
public:
    Looker(const Query& query, std::stop_token stop)
        : query_(query)
        , stop_(std::move(stop)) {}

    /// Whether almost all lines of `few` that were looked at stand in `many` too.
    Result<bool> isCopy(const SourceInfo& few, const SourceInfo& many, const Window& both) const {
        std::size_t looked = 0, found = 0;
        const Duration step = both.length() / std::int64_t(kLooks);
        for (std::size_t k = 0; k < kLooks && step > Duration{}; ++k) {
            const Instant from = both.from + step * std::int64_t(k);
            const auto list = query_.select(requestsOf(few, {from, from + step}, 1), stop_);
            if (!list) return std::unexpected(list.error());
            if (list->empty()) continue;
            const auto there = holds(many, list->id(0), list->time(0));
            if (!there) return std::unexpected(there.error());
            ++looked;
            found += *there ? 1 : 0;
            if (looked == kLeastLooks && found == 0) return false;
        }
        return looked >= kLeastLooks && double(found) >= kAlmostAll * double(looked);
    }

private:
    Result<bool> holds(const SourceInfo& source, RecordId id, Instant at) const {
        constexpr std::size_t kMostAtOnce = 500;
        const auto text = query_.rawText(id);
        if (!text) return std::unexpected(text.error());
        const Window then{at, at + std::chrono::nanoseconds(1)};
        const auto list = query_.select(requestsOf(source, then, kMostAtOnce), stop_);
        if (!list) return std::unexpected(list.error());
        for (const RecordId other : list->ids()) {
            const auto its = query_.rawText(other);
            if (!its) return std::unexpected(its.error());
            if (isSameLine(*text, *its)) return true;
        }
        return false;
    }

    const Query& query_;
    std::stop_token stop_;
};

std::optional<Window> overlapOf(const SourceInfo& a, const SourceInfo& b) {
    if (!a.first || !a.last || !b.first || !b.last) return {};
    const Window both{std::max(*a.first, *b.first), std::min(*a.last, *b.last)};
    return both.from < both.to ? std::optional(both) : std::nullopt;
}

} // namespace

Result<std::vector<std::string>>
doubledSources(const Query& query, const std::vector<SourceInfo>& sources, std::stop_token stop) {
    std::vector<std::string> out;
    const Looker looker(query, std::move(stop));
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < sources.size(); ++i)
        for (std::size_t k = i + 1; k < sources.size() && pairs < kMostPairs; ++k) {
            const SourceInfo &a = sources[i], &b = sources[k];
            if (a.role != SourceRole::Balancer || b.role != SourceRole::Balancer) continue;
            const auto both = overlapOf(a, b);
            if (!both) continue;
            ++pairs;
            const SourceInfo &few = a.records <= b.records ? a : b,
                             &many = a.records <= b.records ? b : a;
            const auto copy = looker.isCopy(few, many, *both);
            // What cannot be looked at (a file that is gone) is none that is known.
            if (!copy && copy.error().kind == ErrorKind::Cancelled)
                return std::unexpected(copy.error());
            if (copy && *copy)
                out.push_back(fmt::format("{} holds the same requests as {}: they are counted "
                                          "twice. Leave one of the two out of the bundle",
                                          visible(few.path), visible(many.path)));
        }
    return out;
}

} // namespace postlude::detail
