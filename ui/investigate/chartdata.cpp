// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/chartdata.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace postlude {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("postlude::TimeChart", text);
}

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

ChartContent begin(Plot::Kind kind, const SeriesTable& table) {
    ChartContent content;
    content.kind = kind;
    content.origin = table.origin;
    content.bucket = table.bucket;
    return content;
}

template <class Value>
void addPerServer(ChartContent& content, const SeriesTable& table, const ServerIndex& servers,
                  Value value) {
    for (const Series& series : table.series) {
        ChartLine line{servers.nameOf(series.key), servers.colourOf(series.key), {}};
        line.y.reserve(series.buckets.size());
        line.of.reserve(series.buckets.size());
        for (std::size_t i = 0; i < series.buckets.size(); ++i) {
            line.y.push_back(value(series.buckets[i], i));
            line.of.push_back(series.buckets[i].requests);
        }
        content.lines.push_back(std::move(line));
    }
}

double percentile(std::int64_t ns) {
    return ns == kAbsent ? kNothing : static_cast<double>(ns) * 1e-9;
}

const ServerReport* reportOf(const Analysis& analysis, const ServerKey& key) {
    const auto it = std::ranges::find(analysis.servers, key, &ServerReport::key);
    return it == analysis.servers.end() ? nullptr : &*it;
}

/// The borders between the servers' expected shares, from the bottom; empty if not all are known.
std::vector<double> expectedBorders(const SeriesTable& table, const Analysis& analysis,
                                    std::optional<double> ServerReport::* share) {
    std::vector<double> borders;
    double sum = 0;
    for (const Series& series : table.series) {
        if (series.key.server.empty()) continue;
        const ServerReport* report = reportOf(analysis, series.key);
        if (!report || !(report->*share)) return {};
        sum += *(report->*share);
        borders.push_back(sum);
    }
    if (!borders.empty()) borders.pop_back(); // the last is the whole
    return borders;
}

void addLevels(ChartContent& content, Window window, const std::vector<double>& borders) {
    for (const double border : borders)
        content.levels.push_back({window, border});
}

void addExpected(ChartContent& content, const SeriesTable& table, const Analysis& analysis) {
    const auto before = expectedBorders(table, analysis, &ServerReport::expectedShareBefore);
    const auto during = expectedBorders(table, analysis, &ServerReport::expectedShareDuring);
    const Window all{table.origin - std::chrono::hours{24 * 365},
                     table.origin + std::chrono::hours{24 * 365}};
    if (analysis.incidents.empty() || during.empty() || during == before)
        return addLevels(content, all, before.empty() ? during : before);
    const Incident& incident = analysis.incidents.front();
    const Instant changed = incident.trigger.value_or(incident.impactStart);
    const Instant mended = incident.mitigated.value_or(incident.resolved.value_or(all.to));
    addLevels(content, {all.from, changed}, before);
    addLevels(content, {changed, mended}, during);
    addLevels(content, {mended, all.to}, before);
}

} // namespace

QString titleOf(FieldGroup group) {
    switch (group) {
    case FieldGroup::Server:
        return tr("server");
    case FieldGroup::Backend:
        return tr("backend");
    case FieldGroup::Status:
        return tr("status");
    case FieldGroup::Path:
        return tr("path");
    case FieldGroup::Network:
        return tr("client network");
    case FieldGroup::Host:
        return tr("host");
    case FieldGroup::Source:
        return tr("source");
    default:
        return {};
    }
}

Plot Plot::field(const QString& name, FieldGroup group) {
    Plot plot{Field};
    plot.of = name;
    plot.group = group;
    return plot;
}

Plot Plot::metric(const QString& name) {
    Plot plot{Metric};
    plot.of = name;
    return plot;
}

QString titleOf(const Plot& plot) {
    switch (plot.kind) {
    case Plot::Requests:
        return tr("Requests per second");
    case Plot::Share:
        return tr("Share of traffic");
    case Plot::Errors:
        return tr("Errors (5xx) per server");
    case Plot::Latency:
        return tr("Response time");
    case Plot::Status:
        return tr("Requests by status");
    case Plot::Slow:
        return tr("Slow requests per server");
    case Plot::P95:
        return tr("Response time p95 per server");
    case Plot::Bytes:
        return tr("Bytes sent per second");
    case Plot::Clocks:
        return tr("Clocks: ahead or behind");
    case Plot::Field: {
        const QString by = titleOf(plot.group);
        if (plot.of.isEmpty()) return tr("Requests per second by %1").arg(by);
        const QString field = shown(plot.of.toStdString());
        return by.isEmpty() ? field : tr("%1 p95 by %2").arg(field, by);
    }
    default:
        return shown(plot.of.toStdString());
    }
}

namespace {

constexpr std::array<const char*, kPlots> kIds = {
    "requests", "share", "errors", "latency", "status", "slow", "p95", "bytes", "clocks"};

} // namespace

QString idOf(const Plot& plot) {
    if (plot.kind == Plot::Field)
        return QStringLiteral("field:%1:%2").arg(static_cast<int>(plot.group)).arg(plot.of);
    if (plot.kind == Plot::Metric) return QStringLiteral("metric:") + plot.of;
    return QString::fromLatin1(kIds[static_cast<std::size_t>(plot.kind)]);
}

std::optional<Plot> plotNamed(const QString& id) {
    for (int i = 0; i < kPlots; ++i)
        if (id == QLatin1String(kIds[static_cast<std::size_t>(i)]))
            return static_cast<Plot::Kind>(i);
    if (id.startsWith(QLatin1String("metric:"))) return Plot::metric(id.mid(7));
    if (!id.startsWith(QLatin1String("field:"))) return {};
    bool number = false;
    const int group = id.section(QLatin1Char(':'), 1, 1).toInt(&number);
    if (!number || group < 0 || group >= kFieldGroups) return {};
    return Plot::field(id.section(QLatin1Char(':'), 2), static_cast<FieldGroup>(group));
}

namespace {

/// Which of a bucket's requests the values count.
void addCounted(ChartContent& content, const SeriesTable& table, std::uint32_t Bucket::* which) {
    for (std::size_t s = 0; s < table.series.size(); ++s)
        for (const Bucket& bucket : table.series[s].buckets)
            content.lines[s].counted.push_back(bucket.*which);
}

} // namespace

ChartContent requestsContent(const SeriesTable& table, const ServerIndex& servers) {
    ChartContent content = begin(Plot::Requests, table);
    content.stacked = true;
    const double length = std::max(1e-9, seconds(table.bucket));
    addPerServer(content, table, servers,
                 [length](const Bucket& bucket, std::size_t) { return bucket.requests / length; });
    return content;
}

ChartContent shareContent(const SeriesTable& table, const ServerIndex& servers,
                          const Analysis* analysis) {
    ChartContent content = begin(Plot::Share, table);
    content.stacked = true;
    std::vector<double> totals(table.total.buckets.size());
    for (const Series& series : table.series)
        for (std::size_t i = 0; i < std::min(totals.size(), series.buckets.size()); ++i)
            totals[i] += series.buckets[i].requests;
    addPerServer(content, table, servers, [&totals](const Bucket& bucket, std::size_t i) {
        return i < totals.size() && totals[i] > 0 ? bucket.requests / totals[i] : kNothing;
    });
    if (analysis) addExpected(content, table, *analysis);
    return content;
}

ChartContent errorsContent(const SeriesTable& table, const ServerIndex& servers) {
    ChartContent content = begin(Plot::Errors, table);
    addPerServer(content, table, servers, [](const Bucket& bucket, std::size_t) {
        return bucket.requests ? static_cast<double>(bucket.failed) / bucket.requests : kNothing;
    });
    addCounted(content, table, &Bucket::failed);
    return content;
}

ChartContent statusContent(const SeriesTable& table) {
    ChartContent content = begin(Plot::Status, table);
    content.stacked = true;
    const Theme& theme = Theme::current();
    const double length = std::max(1e-9, seconds(table.bucket));
    for (const Series& series : table.series) {
        const QColor colour = series.name.starts_with('5')   ? theme.bad
                              : series.name.starts_with('4') ? theme.warning
                              : series.name.starts_with('3') ? theme.accent
                              : series.name.starts_with('2') ? theme.good
                                                             : theme.neutral;
        ChartLine line{shown(series.name), colour, {}};
        for (const Bucket& bucket : series.buckets) {
            line.y.push_back(bucket.requests / length);
            line.of.push_back(bucket.requests);
        }
        content.lines.push_back(std::move(line));
    }
    return content;
}

ChartContent slowContent(const SeriesTable& table, const ServerIndex& servers) {
    ChartContent content = begin(Plot::Slow, table);
    addPerServer(content, table, servers, [](const Bucket& bucket, std::size_t) {
        return bucket.requests ? static_cast<double>(bucket.slow) / bucket.requests : kNothing;
    });
    addCounted(content, table, &Bucket::slow);
    return content;
}

ChartContent p95Content(const SeriesTable& table, const ServerIndex& servers) {
    ChartContent content = begin(Plot::P95, table);
    addPerServer(content, table, servers,
                 [](const Bucket& bucket, std::size_t) { return percentile(bucket.p95); });
    return content;
}

ChartContent bytesContent(const SeriesTable& table, const ServerIndex& servers) {
    ChartContent content = begin(Plot::Bytes, table);
    content.stacked = true;
    const double length = std::max(1e-9, seconds(table.bucket));
    addPerServer(content, table, servers, [length](const Bucket& bucket, std::size_t) {
        return static_cast<double>(bucket.bytes) / length;
    });
    return content;
}

ChartContent latencyContent(const SeriesTable& table) {
    ChartContent content = begin(Plot::Latency, table);
    const Theme& theme = Theme::current();
    const auto add = [&](const QString& name, const QColor& colour, std::int64_t Bucket::* value) {
        ChartLine line{name, colour, {}};
        for (const Bucket& bucket : table.total.buckets) {
            line.y.push_back(percentile(bucket.*value));
            line.of.push_back(bucket.requests);
        }
        content.lines.push_back(std::move(line));
    };
    add(QStringLiteral("p50"), theme.good, &Bucket::p50);
    add(QStringLiteral("p95"), theme.warning, &Bucket::p95);
    add(QStringLiteral("p99"), theme.bad, &Bucket::p99);
    return content;
}

namespace {

/// "queue_ms" is kept in seconds, "pool_mb" in what its name says.
QString unitOf(const QString& field) {
    const auto number = numberFieldNamed(field.toStdString());
    if (number && isDuration(*number)) return QStringLiteral("s");
    static const std::array<const char*, 6> kUnits = {"ms", "us", "ns", "mb", "kb", "bytes"};
    for (const char* unit : kUnits)
        if (field.endsWith(QLatin1Char('_') + QLatin1String(unit))) return QLatin1String(unit);
    return {};
}

QColor colourOf(const FieldLine& line, std::size_t at, const Plot& plot,
                const ServerIndex& servers) {
    if (line.others) return Theme::current().neutral;
    if (plot.group == FieldGroup::Server) return servers.colourOf(line.key);
    return Theme::current().server(at);
}

} // namespace

ChartContent fieldContent(const Plot& plot, const FieldSeries& series, const ServerIndex& servers) {
    ChartContent content;
    content.kind = Plot::Field;
    content.origin = series.origin;
    content.bucket = series.bucket;
    const bool counts = plot.of.isEmpty();
    content.unit = counts ? QStringLiteral("/s") : unitOf(plot.of);
    content.stacked = counts;
    const double length = std::max(1e-9, seconds(series.bucket));
    const Theme& theme = Theme::current();
    for (std::size_t i = 0; i < series.lines.size(); ++i) {
        const FieldLine& line = series.lines[i];
        if (!counts && plot.group == FieldGroup::None) {
            content.lines.push_back({QStringLiteral("p50"), theme.good, line.p50});
            content.lines.push_back({QStringLiteral("p95"), theme.warning, line.p95});
            content.lines.push_back({QStringLiteral("p99"), theme.bad, line.p99});
            continue;
        }
        const bool server = plot.group == FieldGroup::Server;
        ChartLine made{line.others ? tr("others")
                       : server    ? servers.nameOf(line.key)
                                   : shown(line.name, 60),
                       colourOf(line, i, plot, servers),
                       {}};
        if (counts)
            for (const std::uint32_t count : line.counts)
                made.y.push_back(count / length);
        else
            made.y = line.p95;
        content.lines.push_back(std::move(made));
    }
    return content;
}

ChartContent metricContent(const Metric& metric, Window window, Duration bucket) {
    ChartContent content;
    content.kind = Plot::Metric;
    std::vector<Duration> steps;
    for (std::size_t i = 1; i < std::min<std::size_t>(metric.times.size(), 200); ++i)
        steps.push_back(metric.times[i] - metric.times[i - 1]);
    std::ranges::sort(steps);
    if (!steps.empty()) bucket = std::max(bucket, steps[steps.size() / 2]);
    bucket = std::max(bucket, Duration{1});
    content.bucket = bucket;
    content.origin = window.from;
    const auto count = static_cast<std::size_t>((window.length() + bucket - Duration{1}) / bucket);
    std::vector<double> sums(count), all(count);
    for (std::size_t i = 0; i < metric.times.size(); ++i) {
        if (!window.contains(metric.times[i])) continue;
        const auto at = static_cast<std::size_t>((metric.times[i] - window.from) / bucket);
        sums[at] += metric.values[i];
        ++all[at];
    }
    ChartLine line{shown(metric.name, 60), Theme::current().accent, {}};
    for (std::size_t i = 0; i < count; ++i)
        line.y.push_back(all[i] > 0 ? sums[i] / all[i] : kNothing);
    content.lines.push_back(std::move(line));
    return content;
}

ChartContent clocksContent(Window window, Duration bucket, const std::vector<SourceInfo>& sources) {
    ChartContent content;
    content.kind = Plot::Clocks;
    content.origin = window.from;
    content.bucket = std::max(bucket, Duration{1});
    const auto count =
        static_cast<std::size_t>((window.length() + content.bucket - Duration{1}) / content.bucket);
    for (const SourceInfo& source : sources) {
        if (!source.clockOffset) continue;
        const QString name = shown(source.host.empty() ? source.path : source.host, 60);
        if (std::ranges::find(content.lines, name, &ChartLine::name) != content.lines.end())
            continue;
        ChartLine line{name, Theme::current().server(content.lines.size()), {}};
        for (std::size_t i = 0; i < count; ++i) {
            const Instant at = content.middle(i);
            const Duration off = source.clockCourse.legs.empty()
                                     ? *source.clockOffset
                                     : source.clockCourse.at(at + *source.clockOffset);
            line.y.push_back(seconds(off));
        }
        content.lines.push_back(std::move(line));
    }
    return content;
}

double ChartContent::lowest(Window window) const {
    double lowest = 0;
    if (stacked) return 0;
    for (std::size_t i = 0; i < buckets(); ++i) {
        const Instant from = middle(i) - bucket / 2;
        if (from >= window.to || from + bucket <= window.from) continue;
        for (const ChartLine& line : lines)
            if (i < line.y.size() && line.y[i] < lowest) lowest = line.y[i];
    }
    return lowest;
}

double ChartContent::most(Window window) const {
    if (kind == Plot::Share) return 1;
    double highest = 0;
    for (std::size_t i = 0; i < buckets(); ++i) {
        const Instant from = middle(i) - bucket / 2;
        if (from >= window.to || from + bucket <= window.from) continue;
        double sum = 0;
        for (const ChartLine& line : lines) {
            const double y = i < line.y.size() && !std::isnan(line.y[i]) ? line.y[i] : 0;
            sum = stacked ? sum + y : std::max(sum, y);
        }
        highest = std::max(highest, sum);
    }
    return highest;
}

double ChartContent::least(Window window) const {
    double lowest = 0;
    for (std::size_t i = 0; i < buckets(); ++i) {
        const Instant from = middle(i) - bucket / 2;
        if (from >= window.to || from + bucket <= window.from) continue;
        for (const ChartLine& line : lines)
            if (i < line.y.size() && line.y[i] > 0 && (lowest == 0 || line.y[i] < lowest))
                lowest = line.y[i];
    }
    return lowest;
}

ChartContent ChartContent::without(const QSet<QString>& hidden) const {
    ChartContent rest = *this;
    std::erase_if(rest.lines, [&hidden](const ChartLine& l) { return hidden.contains(l.name); });
    // Borders between expected shares mean nothing where not all shares are there.
    if (rest.lines.size() != lines.size()) rest.levels.clear();
    return rest;
}

std::string ChartContent::csv(Window window) const {
    std::string text = "time";
    for (const ChartLine& line : lines)
        text += ',' + csvQuoted(line.name.toStdString());
    text += '\n';
    for (std::size_t i = 0; i < buckets(); ++i) {
        const Instant from = middle(i) - bucket / 2;
        if (from >= window.to || from + bucket <= window.from) continue;
        text += toRfc3339(from);
        for (const ChartLine& line : lines)
            text += i < line.y.size() && !std::isnan(line.y[i]) ? fmt::format(",{:.6g}", line.y[i])
                                                                : ",";
        text += '\n';
    }
    return text;
}

namespace {

QString unitText(double value, const QString& unit) {
    if (unit == QLatin1String("s") && value < 1)
        return milliseconds(static_cast<std::int64_t>(value * 1e9));
    const double size = std::abs(value);
    QString number = size >= 1e9   ? QStringLiteral("%1 G").arg(value / 1e9, 0, 'g', 4)
                     : size >= 1e6 ? QStringLiteral("%1 M").arg(value / 1e6, 0, 'g', 4)
                     : size >= 1e4 ? QStringLiteral("%1 k").arg(value / 1e3, 0, 'g', 4)
                                   : QStringLiteral("%1").arg(value, 0, 'g', 4);
    if (unit.isEmpty()) return number;
    return number + (unit.startsWith(QLatin1Char('/')) ? QString() : QStringLiteral(" ")) + unit;
}

} // namespace

namespace {

/// A rate that nobody can think of by the second.
QString rareText(double perSecond) {
    const double minute = perSecond * 60, hour = minute * 60;
    if (minute >= 0.1) return QStringLiteral("%1/min").arg(minute, 0, 'g', 2);
    if (hour >= 0.1) return QStringLiteral("%1/h").arg(hour, 0, 'g', 2);
    return QStringLiteral("%1/d").arg(hour * 24, 0, 'g', 2);
}

} // namespace

QString ChartContent::countText(const ChartLine& line, std::size_t i) const {
    if (i >= line.of.size()) return {};
    const QString all = wholeCount(line.of[i]);
    const int number = postlude::counted(line.of[i]); // within translate() lupdate would not see it
    if (i >= line.counted.size())
        return QCoreApplication::translate("postlude::TimeChart", "%1 requests", nullptr, number)
            .arg(all);
    return tr("%1 of %2").arg(wholeCount(line.counted[i]), all);
}

QString ChartContent::format(double value) const {
    switch (kind) {
    case Plot::Share:
    case Plot::Errors:
    case Plot::Slow:
        return percent(value);
    case Plot::Latency:
    case Plot::P95:
        if (value >= 1) return QStringLiteral("%1 s").arg(value, 0, 'g', 3);
        return milliseconds(static_cast<std::int64_t>(value * 1e9));
    case Plot::Field:
    case Plot::Metric:
        return unitText(value, unit);
    case Plot::Clocks:
        return signedOffset(Duration{std::llround(value * 1e9)});
    case Plot::Bytes:
        if (value >= 1e6) return QStringLiteral("%1 MB/s").arg(value / 1e6, 0, 'g', 3);
        if (value >= 1e3) return QStringLiteral("%1 kB/s").arg(value / 1e3, 0, 'g', 3);
        return QStringLiteral("%1 B/s").arg(value, 0, 'g', 3);
    default:
        if (value > 0 && value < 0.01) return rareText(value);
        if (value > 0 && value < 10) return QStringLiteral("%1/s").arg(value, 0, 'g', 2);
        return wholeCount(static_cast<std::uint64_t>(std::llround(value))) + QStringLiteral("/s");
    }
}

double ChartContent::axisTop(double value) const {
    if (kind == Plot::Share) return 1;
    if (kind == Plot::Errors || kind == Plot::Slow) value = std::clamp(value, 0.01, 1.0);
    if (value <= 0) return 1;
    const double decade = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0})
        if (step * decade >= value * 0.9999) return step * decade;
    return 10 * decade;
}

} // namespace postlude
