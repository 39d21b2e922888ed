// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/metrics.h"

#include "core/analysis/detail/eachrecord.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace postlude::detail {

namespace {

constexpr std::size_t kMostValues = 1'000'000, kMostSeries = 20'000;

bool holdsMetrics(const SourceInfo& s) {
    return s.format.find("csv-metrics") != std::string::npos ||
           s.format.find("prometheus-query") != std::string::npos;
}

std::optional<double> numberIn(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return {};
    return value;
}

std::string stemOf(std::string_view path) {
    path = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    return std::string(path.substr(0, path.find('.')));
}

class Gatherer {
public:
    explicit Gatherer(const SourceInfo& source)
        : source_(source) {}

    /// A record is one value with its labels, or a row of a table: one value a column.
    void take(const RecordRow& row) {
        if (!row.timeRaw) return;
        const auto value = std::ranges::find_if(
            row.extra, [](const auto& field) { return lowerCase(field.first) == "value"; });
        if (value == row.extra.end()) {
            for (const auto& [name, text] : row.extra)
                add(name, text, row);
            return;
        }
        const std::string_view said = row[TextField::Message];
        const bool table = said.find(';') != said.npos || said.find(',') != said.npos;
        const auto blank = said.rfind(' ');
        if (source_.format.find("prometheus") != std::string::npos && blank != said.npos)
            add(std::string(said.substr(0, blank)), value->second, row);
        else if (table)
            add(labels(row), value->second, row);
    }

    std::map<std::string, Metric> series;

private:
    static std::string labels(const RecordRow& row) {
        std::string out;
        for (const auto& [name, text] : row.extra)
            if (lowerCase(name) != "value") out += (out.empty() ? "" : " ") + text;
        return out;
    }

    void add(const std::string& name, std::string_view text, const RecordRow& row) {
        const auto value = numberIn(text);
        if (!value || name.empty() || (series.size() >= kMostSeries && !series.contains(name)))
            return;
        Metric& m = series[name];
        if (m.times.empty()) {
            m.name = name;
            m.file = stemOf(source_.path);
            m.evidence = {source_.path, row.line, row.line, {}, {}};
        }
        m.evidence.lastLine = std::max(m.evidence.lastLine, row.line);
        m.times.push_back(*row.timeRaw);
        m.values.push_back(*value);
    }

    const SourceInfo& source_;
};

void sortByTime(Metric& m) {
    if (std::ranges::is_sorted(m.times)) return;
    std::vector<std::pair<Instant, double>> both;
    both.reserve(m.times.size());
    for (std::size_t i = 0; i < m.times.size(); ++i)
        both.emplace_back(m.times[i], m.values[i]);
    std::ranges::stable_sort(both, {}, &std::pair<Instant, double>::first);
    for (std::size_t i = 0; i < both.size(); ++i)
        std::tie(m.times[i], m.values[i]) = both[i];
}

std::vector<double> valuesIn(const Metric& m, const Window& w) {
    std::vector<double> out;
    for (std::size_t i = 0; i < m.times.size(); ++i)
        if (w.contains(m.times[i])) out.push_back(m.values[i]);
    return out;
}

/// What was usual: the middle, the spread, and all that occurred.
struct Usual {
    double middle = 0, spread = 0, least = 0, most = 0;
    [[nodiscard]] bool outside(double v) const { return v < least - spread || v > most + spread; }
};

Usual usualOf(std::vector<double> values) {
    Usual out;
    out.middle = *quantile(values, 0.5);
    std::tie(out.least, out.most) =
        std::pair(*std::ranges::min_element(values), *std::ranges::max_element(values));
    for (double& v : values)
        v = std::abs(v - out.middle);
    // Values that never moved have a spread, too: a fiftieth of what they are.
    out.spread = std::max({1.4826 * *quantile(values, 0.5), std::abs(out.middle) / 50, 1e-9});
    return out;
}

} // namespace

/// Of very many values those of every so many moments: of a moment all series have one.
std::vector<RecordId> evenly(const RecordList& list) {
    const std::size_t oneIn = oneInOf(list.size(), kMostValues);
    std::vector<RecordId> out;
    std::size_t moments = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0 && list.time(i) != list.time(i - 1)) ++moments;
        if (moments % oneIn == 0) out.push_back(list.id(i));
    }
    return out;
}

} // namespace postlude::detail

namespace postlude {

using namespace detail;

Result<std::vector<Metric>>
gatherMetrics(const Query& query, const std::vector<SourceInfo>& sources, std::stop_token stop) {
    std::vector<Metric> out;
    for (const SourceInfo& s : sources) {
        if (!holdsMetrics(s)) continue;
        RecordsRequest request;
        request.sources = {s.id};
        request.clock = ClockView::Raw;
        const auto list = query.select(request, stop);
        if (!list) return std::unexpected(list.error());
        Gatherer gatherer(s);
        const auto take = [&](const RecordRow& row) { gatherer.take(row); };
        if (auto r = eachRecord(query, evenly(*list), stop, take); !r)
            return std::unexpected(r.error());
        for (auto& [name, metric] : gatherer.series) {
            sortByTime(metric);
            out.push_back(std::move(metric));
        }
    }
    return out;
}

} // namespace postlude

namespace postlude::detail {

MetricShift shiftOf(const Metric& metric, const Window& before, const Window& during) {
    constexpr std::size_t kLeastBefore = 5, kLeastDuring = 3;
    constexpr double kFar = 6, kMostly = 0.6, kSeldom = 0.1;
    MetricShift out;
    // What runs out does so before anybody feels it: the first half tells what is usual.
    const Window early{before.from, before.from + before.length() / 2};
    auto was = valuesIn(metric, early), is = valuesIn(metric, during);
    if (was.size() < kLeastBefore) was = valuesIn(metric, before);
    if (was.size() < kLeastBefore || is.size() < kLeastDuring) return out;
    const Usual usual = usualOf(was);
    const auto outside =
        double(std::ranges::count_if(is, [&](double v) { return usual.outside(v); })) /
        double(is.size());
    out.before = usual.middle;
    out.during = *quantile(is, 0.5);
    out.spreads = (out.during - out.before) / usual.spread;
    if (std::abs(out.spreads) >= kFar && outside >= kMostly)
        out.outcome = MetricShift::Outcome::Changed;
    else if (std::abs(out.during - out.before) <= 0.1 * std::abs(out.before) && outside <= kSeldom)
        out.outcome = MetricShift::Outcome::Unchanged;
    out.step = (metric.times.back() - metric.times.front()) /
               std::int64_t(std::max<std::size_t>(1, metric.times.size() - 1));
    for (std::size_t i = 0; i < metric.times.size(); ++i) {
        out.away.push_back((metric.values[i] - usual.middle) / usual.spread);
        const bool late = metric.times[i] >= early.to && !out.began;
        if (late && metric.times[i] < during.to && usual.outside(metric.values[i]) &&
            i + 1 < metric.times.size() && usual.outside(metric.values[i + 1]))
            out.began = metric.times[i];
    }
    return out;
}

} // namespace postlude::detail
