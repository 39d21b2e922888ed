// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/moves.h"

#include "ui/common/shown.h"
#include "ui/investigate/serverindex.h"

#include <cmath>
#include <map>

namespace postlude {

namespace {

constexpr std::size_t kSpan = 5;      ///< buckets to either side that are compared
constexpr double kStrong = 6;         ///< standard deviations
constexpr double kRatio = 1.5;        ///< a smaller change is none worth a stop
constexpr double kShareStep = 0.02;   ///< of requests that fail
constexpr double kExpectedInGap = 20; ///< then nothing at all is no chance
constexpr double kFelt = 20e6;        ///< ns
constexpr std::uint32_t kFewest = 20; ///< requests on one side, for a p95 to mean something

/// What some buckets hold together.
struct Sum {
    double requests = 0, failed = 0, worst = 0; ///< worst: mean of p95, ns
    double seconds = 0;
    [[nodiscard]] double rate() const { return seconds > 0 ? requests / seconds : 0; }
    [[nodiscard]] double share() const { return requests > 0 ? failed / requests : 0; }
};

Sum sumOf(const std::vector<Bucket>& buckets, std::size_t from, std::size_t to, double length) {
    Sum sum;
    double weight = 0;
    for (std::size_t i = from; i < to; ++i) {
        const Bucket& b = buckets[i];
        sum.requests += b.requests;
        sum.failed += b.failed;
        sum.seconds += length;
        if (b.p95 == kAbsent) continue;
        sum.worst += static_cast<double>(b.p95) * b.requests;
        weight += b.requests;
    }
    sum.worst = weight > 0 ? sum.worst / weight : 0;
    return sum;
}

struct Contrast {
    double strength = 0;
    QString text;
};

QString rateText(double rate) {
    if (rate < 10) return QStringLiteral("%1/s").arg(rate, 0, 'g', 2);
    return wholeCount(static_cast<std::uint64_t>(std::llround(rate))) + QStringLiteral("/s");
}

QString arrow(const QString& what, const QString& before, const QString& after) {
    return what + QLatin1Char(' ') + before + QStringLiteral(" → ") + after;
}

/// Counts of arrivals that vary more than Poisson's do: a tenth of the rate is taken for usual.
double rateStrength(const Sum& a, const Sum& b) {
    const double mean = (a.requests + b.requests) / 2;
    const double usual = std::sqrt(a.requests + b.requests + 2 * std::pow(0.1 * mean, 2)) + 1;
    return std::abs(a.requests - b.requests) / usual;
}

double shareStrength(const Sum& a, const Sum& b) {
    const double all = a.requests + b.requests;
    if (a.requests < 1 || b.requests < 1) return 0;
    const double p = (a.failed + b.failed + 1) / (all + 2);
    return std::abs(a.share() - b.share()) /
           std::sqrt(p * (1 - p) * (1 / a.requests + 1 / b.requests));
}

bool apart(double a, double b) {
    return std::max(a, b) > kRatio * std::min(a, b);
}

Contrast strongest(const Sum& a, const Sum& b) {
    Contrast best;
    const auto take = [&best](double strength, const QString& text) {
        if (strength > best.strength) best = {strength, text};
    };
    if (apart(a.rate(), b.rate()))
        take(rateStrength(a, b), arrow(QCoreApplication::translate("moves", "requests"),
                                       rateText(a.rate()), rateText(b.rate())));
    if (std::abs(a.share() - b.share()) > kShareStep)
        take(shareStrength(a, b), arrow(QCoreApplication::translate("moves", "failed"),
                                        percent(a.share()), percent(b.share())));
    const bool enough = a.requests >= kFewest && b.requests >= kFewest;
    const bool felt = std::min(a.worst, b.worst) > 0 && std::abs(a.worst - b.worst) > kFelt;
    if (enough && felt && apart(a.worst, b.worst))
        take(3 * std::abs(std::log(b.worst / std::max(1.0, a.worst))) *
                 std::sqrt(std::min({a.requests, b.requests, 100.0})) / 5,
             arrow(QStringLiteral("p95"), milliseconds(std::llround(a.worst)),
                   milliseconds(std::llround(b.worst))));
    return best;
}

/// Without a key: of all requests, which those that reached no server are not.
QString named(const ServerKey* key, const QString& text, const ServerIndex& names) {
    return key ? names.nameOf(*key) + QStringLiteral(": ") + text
               : QCoreApplication::translate("moves", "all: %1").arg(text);
}

/// Of each stretch that stands out the place where it does so most.
void addMoves(const SeriesTable& table, const Series& series, const ServerKey* key,
              const ServerIndex& names, std::vector<Move>& out) {
    const std::vector<Bucket>& all = series.buckets;
    const double length = seconds(table.bucket);
    Move peak;
    std::size_t peakAt = 0;
    const auto settle = [&] {
        if (peak.strength >= kStrong) out.push_back(std::exchange(peak, {}));
    };
    for (std::size_t i = kSpan; i + kSpan <= all.size(); ++i) {
        const Contrast found =
            strongest(sumOf(all, i - kSpan, i, length), sumOf(all, i, i + kSpan, length));
        if (peak.strength >= kStrong && i > peakAt + kSpan) settle();
        if (found.strength < kStrong || found.strength <= peak.strength) continue;
        peak = {table.origin + table.bucket * static_cast<std::int64_t>(i),
                named(key, found.text, names), found.strength};
        peakAt = i;
    }
    settle();
}

/// What begins within some buckets of a stronger move is a part of it.
std::vector<Move> merged(std::vector<Move> moves, Duration near) {
    std::ranges::sort(moves, std::greater{}, &Move::strength);
    std::vector<Move> kept;
    for (Move& move : moves) {
        const bool known = std::ranges::any_of(kept, [&](const Move& other) {
            return move.at < other.at + near && other.at < move.at + near;
        });
        if (!known) kept.push_back(std::move(move));
    }
    std::ranges::sort(kept, {}, &Move::at);
    return kept;
}

} // namespace

std::vector<Move> movesIn(const SeriesTable& table, const ServerIndex& names) {
    std::vector<Move> moves;
    addMoves(table, table.total, nullptr, names, moves);
    for (const Series& series : table.series)
        addMoves(table, series, &series.key, names, moves);
    return merged(std::move(moves), table.bucket * static_cast<std::int64_t>(kSpan));
}

std::vector<Window> gapsIn(const SeriesTable& table) {
    const std::vector<Bucket>& all = table.total.buckets;
    double requests = 0;
    for (const Bucket& b : all)
        requests += b.requests;
    const double mean = all.empty() ? 0 : requests / static_cast<double>(all.size());
    std::vector<Window> gaps;
    const auto at = [&table](std::size_t i) {
        return table.origin + table.bucket * static_cast<std::int64_t>(i);
    };
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end].requests == 0)
            ++end;
        const bool inside = i > 0 && end < all.size();
        if (inside && mean * static_cast<double>(end - i) >= kExpectedInGap)
            gaps.push_back({at(i), at(end)});
        i = std::max(end, i + 1);
    }
    return gaps;
}

std::vector<Window> silencesIn(const SeriesTable& table) {
    constexpr Instant kFirst = Instant::min(), kLast = Instant::max();
    const std::vector<Bucket>& all = table.total.buckets;
    const auto heard = [](const Bucket& b) { return b.requests > 0; };
    const auto first = std::ranges::find_if(all, heard);
    if (first == all.end()) return {};
    const auto behind = std::ranges::find_if(all.rbegin(), all.rend(), heard).base();
    std::vector<Window> silences = gapsIn(table);
    silences.push_back({kFirst, table.origin + table.bucket * (first - all.begin())});
    silences.push_back({table.origin + table.bucket * (behind - all.begin()), kLast});
    return silences;
}

bool isSilent(const std::vector<Window>& silences, Window window) {
    return std::ranges::any_of(silences, [&window](const Window& silence) {
        return window.from >= silence.from && window.to <= silence.to;
    });
}

QStringList differences(const SeriesTable& before, const SeriesTable& after, Duration length,
                        int most, const ServerIndex& names) {
    std::vector<Contrast> found;
    const auto whole = [length](const Series& series) {
        Sum sum = sumOf(series.buckets, 0, series.buckets.size(), 0);
        sum.seconds = seconds(length);
        return sum;
    };
    const auto look = [&](const Series& a, const Series& b, const ServerKey* key) {
        const Contrast d = strongest(whole(a), whole(b));
        if (d.strength >= kStrong / 2) found.push_back({d.strength, named(key, d.text, names)});
    };
    look(before.total, after.total, nullptr);
    // One that has no requests on one side is in that table not at all.
    std::map<ServerKey, std::pair<Series, Series>> servers;
    for (const Series& series : before.series)
        servers[series.key].first = series;
    for (const Series& series : after.series)
        servers[series.key].second = series;
    for (const auto& [key, both] : servers)
        look(both.first, both.second, &key);
    std::ranges::stable_sort(found, std::greater{}, &Contrast::strength);
    QStringList texts;
    for (const Contrast& d : found)
        if (texts.size() < most) texts << d.text;
    return texts;
}

} // namespace postlude
