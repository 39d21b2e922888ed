// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/messages.h"
#include "core/analysis/detail/statistics.h"
#include "core/analysis/templates.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace postlude::detail {

namespace {

constexpr double kFalse = 0.01; ///< share of false ones among what is told
constexpr double kRatio = 3;
constexpr std::uint64_t kLeast = 5; ///< lines of what surged
constexpr std::size_t kMostTold = 20;
constexpr auto kLeastHeard = std::chrono::seconds(30); ///< of the quiet time, to call a line new
constexpr std::size_t kLongestText = 200;

/// How much it tells somebody on call.
double weightOf(const MessageChange& m, bool fatal, Instant onset) {
    double out = fatal                                                ? 6
                 : m.level >= Level::Error                            ? 3
                 : m.level >= Level::Warning                          ? 2
                 : m.level == Level::Debug || m.level == Level::Trace ? 0.5
                                                                      : 1;
    if (m.kind == MessageChange::Kind::New) out += 1;
    if (std::abs(seconds(m.first - onset)) < 10) out += 0.5;
    return out + 0.5 * std::log10(1 + double(m.during));
}

std::string rate(std::uint64_t lines, Duration in) {
    const double perSecond = double(lines) / std::max(seconds(in), 1e-9);
    if (perSecond >= 1) return fmt::format("{:.1f} a second", perSecond);
    if (perSecond >= 1.0 / 60) return fmt::format("{:.1f} a minute", perSecond * 60);
    return fmt::format("{:.1f} an hour", perSecond * 3600);
}

std::string timesIn(std::uint64_t lines) {
    return lines == 1 ? "once" : grouped(std::int64_t(lines)) + " times";
}

std::string shortened(std::string_view text) {
    std::string out = visible(text);
    if (out.size() <= kLongestText) return out;
    std::size_t end = kLongestText;
    while (end > 0 && (std::uint8_t(out[end]) & 0xC0U) == 0x80U)
        --end;
    return out.substr(0, end) + "…";
}

double busierBy(const Traffic& traffic, const MessagePhases& phases, std::size_t k) {
    std::size_t quiet = 0;
    for (const Window& w : phases.quiet)
        quiet += traffic.within(w).size();
    const Window& during = phases.incidents[k].during;
    const double usual = double(quiet) / std::max(seconds(phases.quietLength()), 1e-9);
    const double now =
        double(traffic.within(during).size()) / std::max(seconds(during.length()), 1e-9);
    return usual > 0 ? std::max(1.0, now / usual) : 1;
}

} // namespace

double dispersionOf(const std::vector<std::uint32_t>& slices, double usual) {
    constexpr double kWeight = 10; // as many slices as the usual counts for
    double sum = 0, squares = 0;
    for (const std::uint32_t n : slices)
        sum += n;
    if (sum <= 0) return std::max(1.0, usual);
    const double mean = sum / double(slices.size());
    for (const std::uint32_t n : slices)
        squares += (n - mean) * (n - mean) / mean;
    const double freedom = double(slices.size()) - 1;
    return std::max(1.0, (squares + kWeight * usual) / (freedom + kWeight));
}

std::vector<double> risen(const std::vector<MessageCount>& counts, Duration quiet, Duration during,
                          double busier) {
    const double t0 = std::max(seconds(quiet), 1e-9);
    const double t1 = std::max(seconds(during), 1e-9) * busier;
    std::vector<double> p;
    for (const MessageCount& c : counts) {
        const double d = double(c.during) / c.dispersion, b = double(c.before) / c.dispersion;
        p.push_back(c.during == 0 ? 1 : binomialTail(d, d + b, t1 / (t0 + t1)));
    }
    return falseShares(p, p.size());
}

std::vector<MessageCount> Messages::countsIn(std::size_t k) const {
    std::vector<double> all; // how unevenly messages of this case come
    for (const Kind& kind : kinds_)
        if (kind.before >= 20) all.push_back(dispersionOf(kind.slices, 1));
    const double usual = quantile(all, 0.5).value_or(1);
    std::vector<MessageCount> out;
    for (const Kind& kind : kinds_) {
        MessageCount c;
        c.before = kind.before;
        c.dispersion = dispersionOf(kind.slices, usual);
        if (const auto it = kind.incidents.find(k); it != kind.incidents.end()) {
            c.during = it->second.during;
            c.lead = it->second.lead;
        }
        out.push_back(c);
    }
    return out;
}

Result<std::vector<MessageChange>> Messages::changesIn(std::size_t k, const Query& query,
                                                       const Traffic& traffic) const {
    std::vector<std::pair<double, MessageChange>> found;
    if (k >= phases_.incidents.size() || kinds_.empty()) return std::vector<MessageChange>{};
    const Duration quiet = phases_.quietLength();
    const Window& during = phases_.incidents[k].during;
    const double busier = busierBy(traffic, phases_, k);
    const auto counts = countsIn(k);
    const auto q = risen(counts, quiet, during.length(), busier);
    for (std::size_t i = 1; i < kinds_.size(); ++i) { // the first is what found no place
        const MessageCount& c = counts[i];
        if (c.during + c.lead == 0) continue;
        const bool fatal = isFatalMessage(kinds_[i].text, Level(kinds_[i].level));
        const Duration heard = quietOf(kinds_[i].incidents.at(k));
        const bool isNew =
            c.before == 0 && quiet > Duration{} && heard >= std::min<Duration>(quiet, kLeastHeard);
        const double usual = (double(c.before) + 0.5) / std::max(seconds(quiet), 1.0);
        const double now = double(c.during) / std::max(seconds(during.length()), 1.0) / busier;
        const bool sure = q[i] <= kFalse && now >= kRatio * usual;
        const bool grave = fatal || kinds_[i].level >= std::uint8_t(Level::Error);
        const bool surged = c.before > 0 && sure && c.during >= kLeast;
        const bool rare = fatal && kinds_[i].all <= kRareLines;
        if (!surged && !rare && !(isNew && (grave || (sure && c.during >= kLeast)))) continue;
        auto change = told(kinds_[i], kinds_[i].incidents.at(k), q[i], k, query);
        if (!change) return std::unexpected(change.error());
        change->kind = isNew    ? MessageChange::Kind::New
                       : surged ? MessageChange::Kind::Surged
                                : MessageChange::Kind::Fatal;
        change->statement = sentence(kinds_[i], *change, k);
        found.emplace_back(weightOf(*change, fatal, during.from), std::move(*change));
    }
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
        return std::tuple(-a.first, a.second.first, a.second.text) <
               std::tuple(-b.first, b.second.first, b.second.text);
    });
    std::vector<MessageChange> out;
    for (auto& [weight, change] : found)
        if (out.size() < kMostTold) out.push_back(std::move(change));
    return out;
}

Duration Messages::quietOf(const Seen& seen) const {
    Duration most{};
    for (const SourceId id : seen.sources) {
        const SourceInfo& source = sources_.at(id);
        if (!source.first || !source.last) return phases_.quietLength();
        Duration its{};
        for (const Window& w : phases_.quiet)
            its += std::max(Duration{},
                            std::min(w.to, *source.last) - std::max(w.from, *source.first));
        most = std::max(most, its);
    }
    return most;
}

Result<MessageChange> Messages::told(const Kind& kind, const Seen& seen, double q, std::size_t k,
                                     const Query& query) const {
    MessageChange m;
    m.text = kind.text;
    m.level = Level(kind.level);
    m.before = kind.before;
    m.during = seen.during + seen.lead;
    m.quiet = kind.before > 0 ? phases_.quietLength() : quietOf(seen);
    m.length = phases_.incidents[k].during.length();
    m.q = q;
    m.first = instant(seen.first);
    m.last = instant(seen.last);
    m.sources = seen.sources.size();
    for (const RecordId id : {seen.firstId, seen.lastId}) {
        const auto row = query.record(id);
        if (!row) return std::unexpected(row.error());
        const SourceInfo& source = sources_.at(row->source);
        if (m.evidence.empty())
            m.host = source.host.empty() ? std::string((*row)[TextField::Host]) : source.host;
        Evidence e{source.path, row->line, row->line + std::max(1U, row->lines) - 1, {}, {}};
        if (m.evidence.empty() || !(m.evidence[0] == e)) m.evidence.push_back(std::move(e));
    }
    return m;
}

std::string Messages::sentence(const Kind& kind, const MessageChange& m, std::size_t k) const {
    std::string where = m.host.empty() ? m.evidence.front().source : m.host;
    if (m.sources > 1)
        where += fmt::format(" and {} other log{}", m.sources - 1, m.sources > 2 ? "s" : "");
    std::string out =
        fmt::format("{}: “{}” {}, first {}", visible(where), shortened(kind.text),
                    timesIn(m.during), distanceToOnset(m.first, phases_.incidents[k].during.from));
    const std::string_view when = phases_.quietIsAfter ? "after" : "before";
    if (m.quiet <= Duration{}) return out;
    if (m.before == 0) {
        const std::uint64_t most = 3; // the 95 % bound where nothing was seen
        return out + fmt::format("; not once in the {} {} (there at most {})", spoken(m.quiet),
                                 when, rate(most, m.quiet));
    }
    return out + fmt::format("; {} instead of {} {}", rate(m.during, m.length),
                             rate(m.before, m.quiet), when);
}

void addMessages(Incident& incident) {
    constexpr std::size_t kMost = 3;
    std::size_t told = 0;
    for (const MessageChange& m : incident.messages) {
        const bool grave = m.level >= Level::Error || isFatalMessage(m.text, m.level);
        if (m.kind == MessageChange::Kind::Surged || m.first >= incident.impactStart || !grave)
            continue;
        const bool known = std::ranges::any_of(incident.story, [&](const StoryEntry& e) {
            return std::ranges::find(e.evidence, m.evidence.front()) != e.evidence.end();
        });
        if (known || ++told > kMost) continue;
        const bool after = incident.trigger && m.first >= *incident.trigger;
        incident.story.push_back({m.first,
                                  after ? EntryKind::Observation : EntryKind::LeadUp,
                                  m.statement,
                                  {m.evidence.front()}});
    }
    std::ranges::stable_sort(incident.story, {}, &StoryEntry::time);
}

} // namespace postlude::detail
