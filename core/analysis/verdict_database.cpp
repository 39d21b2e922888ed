// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/eachrecord.h"
#include "core/analysis/detail/verdicts.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <random>

namespace postlude::detail {

namespace {

constexpr std::size_t kMostStatements = 50'000; ///< read of a window; of more, every so many
constexpr const char* kTroubles = "level >= error or message ~ \"(?i)still waiting for|deadlock|"
                                  "too many connections|remaining connection slots\"";
constexpr std::size_t kLeast = 5; ///< statements in each window, else undecided
constexpr double kGrown = 1.5;    ///< the database counts as slower from here on

struct Statements {
    std::vector<double> ms;
    std::size_t oneIn = 1; ///< of so many was read
    std::uint64_t troubles = 0;
    [[nodiscard]] std::size_t count() const { return ms.size() * oneIn; }
    Evidence first;
    double longest = 0;
    std::string longestText;
};

/// "duration: 712.4 ms  statement: …" where the format knows no duration itself.
std::optional<double> durationIn(std::string_view message) {
    const auto at = message.find("duration: ");
    if (at == std::string_view::npos) return {};
    double ms = 0;
    const auto [end, error] =
        std::from_chars(message.data() + at + 10, message.data() + message.size(), ms);
    if (error != std::errc{}) return {};
    return ms;
}

class Reader {
public:
    Reader(const Scene& scene, std::vector<SourceId> sources)
        : scene_(scene)
        , sources_(std::move(sources)) {}

    Result<Statements> within(const Window& window, std::stop_token stop) const {
        RecordsRequest request;
        request.sources = sources_;
        request.window = window;
        request.clock = ClockView::Raw;
        const auto list = scene_.query.select(request, stop);
        if (!list) return std::unexpected(list.error());
        Statements out;
        out.oneIn = oneInOf(list->size(), kMostStatements);
        const auto read = [&](const RecordRow& row) { take(row, out); };
        if (auto r = eachRecord(scene_.query, list->ids(out.oneIn), stop, read); !r)
            return std::unexpected(r.error());
        auto troubles = Filter::parse(kTroubles);
        if (!troubles) return std::unexpected(troubles.error());
        request.filter = std::move(*troubles);
        const auto counted = scene_.query.count(request, stop);
        if (!counted) return std::unexpected(counted.error());
        out.troubles = counted->records;
        return out;
    }

private:
    void take(const RecordRow& row, Statements& out) const {
        auto ms = durationIn(row[TextField::Message]);
        const std::int64_t took = row[NumberField::Duration];
        if (!ms && took != kAbsent) ms = double(took) * 1e-6;
        if (!ms) return;
        out.ms.push_back(*ms);
        if (*ms > out.longest) {
            out.longest = *ms;
            out.longestText = row[TextField::Message];
        }
        if (!out.first.source.empty()) {
            out.first.lastLine = std::max(out.first.lastLine, row.line);
            return;
        }
        const auto info = std::ranges::find(scene_.sources, row.source, &SourceInfo::id);
        if (info != scene_.sources.end()) out.first = {info->path, row.line, row.line, {}, {}};
    }

    const Scene& scene_;
    std::vector<SourceId> sources_;
};

double perMinute(std::size_t count, const Window& w) {
    const double s = seconds(w.length());
    return s > 0 ? double(count) * 60 / s : 0;
}

struct Comparison {
    const Scene& scene;
    Statements before, during;

    /// More than three times as often, and more than a few.
    [[nodiscard]] bool isTroubled() const {
        const double times = seconds(scene.phases.during.length()) /
                             std::max(1.0, seconds(scene.phases.before.length()));
        return double(during.troubles) > 3 * double(before.troubles) * times + 5;
    }
    [[nodiscard]] std::string words(const std::optional<Ratio>& ratio) const {
        auto a = before.ms, b = during.ms;
        if (a.empty() && b.empty())
            return fmt::format("Database: no statement with a duration is logged, errors and lock "
                               "waits {} → {}",
                               before.troubles, during.troubles);
        if (a.empty() || b.empty()) return oneSided();
        std::string out = fmt::format(
            "Database: p95 of the logged statements {:.0f} → {:.0f} ms ({} and {} of them)",
            quantile(a, 0.95).value_or(0), quantile(b, 0.95).value_or(0),
            grouped(std::int64_t(before.count())), grouped(std::int64_t(during.count())));
        if (ratio)
            out += fmt::format(", mean × {:.2f} (at most × {:.2f} with 95 % confidence)",
                               ratio->ratio, ratio->high);
        out += fmt::format(", {:.1f} → {:.1f} a minute, errors and lock waits {} → {}",
                           perMinute(before.count(), scene.phases.before),
                           perMinute(during.count(), scene.phases.during), before.troubles,
                           during.troubles);
        return out;
    }

private:
    [[nodiscard]] std::string oneSided() const {
        auto some = before.ms.empty() ? during.ms : before.ms;
        return fmt::format("Database: {} and {} statements are logged with their duration before "
                           "and during (p95 {:.0f} ms), errors and lock waits {} → {}",
                           before.ms.size(), during.ms.size(), quantile(some, 0.95).value_or(0),
                           before.troubles, during.troubles);
    }
};

Candidate causeFrom(const Scene& scene, const Comparison& c, const std::optional<Ratio>& ratio,
                    double rate, const SourceInfo& source) {
    Candidate out;
    out.cause.kind = CauseKind::Database;
    out.cause.culprit = source.host.empty() ? source.path : source.host;
    out.cause.at = scene.start();
    const double slower = ratio ? (std::max(ratio->low, 1.0) - 1) / 2 : 0, more = (rate - 1) / 5;
    const double troubled = c.isTroubled() ? 0.8 : 0;
    const double growth = std::clamp(std::max({slower, more, troubled}), 0.0, 1.0);
    const double spread = 1 - std::min(1.0, 2 * scene.shares.shifted); // all servers suffer alike
    setScore(out.cause, {0.7, spread, growth, 0.3});
    out.cause.statement = c.words(ratio) + ": slower or busier while the incident lasted.";
    if (!c.during.longestText.empty())
        out.cause.statement += " Longest: " + visible(c.during.longestText.substr(0, 200)) + ".";
    if (!c.during.first.source.empty()) out.cause.evidence = {c.during.first};
    return out;
}

} // namespace

std::optional<Ratio> meanRatio(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() < kLeast || b.size() < kLeast) return {};
    const auto mean = [](const std::vector<double>& of) {
        return std::max(1e-9, std::accumulate(of.begin(), of.end(), 0.0) / double(of.size()));
    };
    std::mt19937 draw(20240115);
    const auto resampled = [&](const std::vector<double>& from) {
        std::vector<double> out(std::min<std::size_t>(from.size(), 5000));
        for (double& x : out)
            x = from[draw() % from.size()];
        return mean(out);
    };
    std::vector<double> ratios;
    for (int i = 0; i < 500; ++i) {
        const double later = resampled(b); // in this order on every compiler
        ratios.push_back(later / resampled(a));
    }
    return Ratio{mean(b) / mean(a), *quantile(ratios, 0.05), *quantile(ratios, 0.95)};
}

Result<std::optional<Judgement>> judgeDatabase(const Scene& scene, std::stop_token stop) {
    std::vector<SourceId> ids;
    const SourceInfo* source = nullptr;
    for (const SourceInfo& s : scene.sources) {
        if (s.role != SourceRole::Database || s.records == 0) continue;
        ids.push_back(s.id);
        if (!source) source = &s;
    }
    if (!source) return std::optional<Judgement>{};
    const Reader reader(scene, ids);
    auto before = reader.within(scene.phases.before, stop);
    if (!before) return std::unexpected(before.error());
    auto during = reader.within(scene.phases.during, stop);
    if (!during) return std::unexpected(during.error());
    const Comparison both{scene, std::move(*before), std::move(*during)};
    const auto ratio = meanRatio(both.before.ms, both.during.ms);
    const Healthy healthy = healthyServers(scene);

    Judgement out;
    out.verdict.kind = CauseKind::Database;
    out.verdict.statement = both.words(ratio);
    for (const Evidence& e : {both.before.first, both.during.first})
        if (!e.source.empty()) out.verdict.evidence.push_back(e);
    const double rate = perMinute(both.during.count(), scene.phases.during) /
                        std::max(perMinute(both.before.count(), scene.phases.before), 1e-9);
    const bool troubled = both.isTroubled();
    const bool slower = ratio && ratio->low >= kGrown;
    const bool busier = rate > 3 && both.during.ms.size() >= 20;
    const bool compared = scene.phases.before.length() >= std::chrono::seconds(20);
    if (!compared) {
        out.verdict.statement += ": nothing before it to compare with";
    } else if (slower || troubled || busier) {
        out.outcome = Judgement::Outcome::Changed;
        out.cause = causeFrom(scene, both, ratio, rate, *source);
        out.verdict.statement += ": changed";
    } else if (ratio && ratio->high <= kGrown && rate <= kGrown) {
        out.outcome = Judgement::Outcome::RuledOut;
        out.verdict.statement += ": not slower";
    } else if (healthy.unchanged()) {
        out.outcome = Judgement::Outcome::RuledOut;
        out.verdict.statement += both.before.ms.empty() && both.during.ms.empty()
                                     ? ": nothing to tell by"
                                     : ": too few statements to tell by themselves";
    } else {
        out.verdict.statement += ": not enough data to rule it out";
    }
    if (healthy.unchanged() && out.outcome == Judgement::Outcome::RuledOut)
        out.verdict.statement +=
            fmt::format("; {} on the same database answered as before (median {:.0f} → {:.0f} ms)",
                        healthy.list(), healthy.before, healthy.during);
    return std::optional(std::move(out));
}

} // namespace postlude::detail
