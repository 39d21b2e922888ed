// SPDX-License-Identifier: GPL-3.0-or-later
// Which format a source is in: every format tries a bounded sample; the one that reads the most
// lines with the most fields is taken.
#include "core/format/catalogue.h"
#include "core/format/detail/configs.h"
#include "core/format/detail/kinds.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

namespace postlude {

namespace {

constexpr std::size_t kSampleBytes = 256U * 1024U;
constexpr std::size_t kSampleLines = 400;
constexpr std::size_t kFirstLook = 60; ///< a format that reads none of these is out
constexpr double kAccepted = 0.3;

/// The first lines and, of the rest, some evenly spread runs (runs, so that a continuation
/// follows its record).
std::vector<std::string_view> pickLines(std::string_view sample, bool whole) {
    std::vector<std::string_view> all;
    while (!sample.empty()) {
        const std::size_t end = sample.find('\n');
        if (end == std::string_view::npos && !whole && !all.empty()) break; // cut off in the middle
        std::string_view line = sample.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!trimmed(line).empty()) all.push_back(line.substr(0, 64U * 1024U));
        if (end == std::string_view::npos) break;
        sample.remove_prefix(end + 1);
    }
    if (all.size() <= kSampleLines) return all;
    constexpr std::size_t half = kSampleLines / 2;
    std::vector<std::string_view> picked(all.begin(), all.begin() + half);
    constexpr std::size_t runs = 5;
    constexpr std::size_t length = half / runs;
    for (std::size_t run = 1; run <= runs; ++run) {
        const std::size_t from = half + (all.size() - half - length) * run / runs;
        picked.insert(picked.end(), all.begin() + static_cast<std::ptrdiff_t>(from),
                      all.begin() + static_cast<std::ptrdiff_t>(from + length));
    }
    return picked;
}

/// What a reader would miss of this record: 1 for a rich one, less for "time and text".
double worthOf(const Record& record) {
    double fields = record.level != Level::None ? 1 : 0;
    for (const std::string_view text : record.texts)
        if (text.data() != nullptr) ++fields;
    for (const std::int64_t number : record.numbers)
        if (number != kAbsent) ++fields;
    fields += 0.25 * static_cast<double>(std::min<std::size_t>(record.extra.size(), 12));
    const double rich = 0.6 + 0.4 * std::min(1.0, fields / 14);
    return record.time.known() ? rich : rich * 0.5;
}

/// Whether times are when requests began or ended cannot be seen in one line. But lines are
/// written when requests end: ends stand in order, beginnings of requests that overlap do not.
class OrderOfTimes {
public:
    void add(const Record& record) {
        if (record.kind != RecordKind::Request || !record.has(NumberField::Duration)) return;
        ++count_;
        total_ += record[NumberField::Duration];
        isEnd_ = record.time.isEnd;
        if (record.time.local < last_) ++backward_;
        last_ = record.time.local;
    }
    /// Taken off the score of a format that says the less likely of the two.
    [[nodiscard]] double penalty() const {
        constexpr std::int64_t noticeable = 20'000'000;
        if (count_ < 50 || total_ / count_ < noticeable) return 0;
        return isEnd_ == (backward_ > 0) ? 0.02 : 0;
    }

private:
    std::int64_t count_ = 0, backward_ = 0, total_ = 0;
    std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
    bool isEnd_ = false;
};

double scoreLines(const KnownFormat& format, const std::vector<std::string_view>& lines) {
    const std::unique_ptr<LineParser> parser = format.parser();
    const auto* ranked = dynamic_cast<const RankedParser*>(parser.get());
    Record record;
    double worth = 0;
    double continued = 0;
    double records = 0;
    double heads = 0; // no records, and none expected
    OrderOfTimes order;
    std::size_t seen = 0;
    for (const std::string_view line : lines) {
        const LineVerdict verdict = parser->parse(line, record);
        ++seen;
        if (verdict == LineVerdict::Blank) ++heads;
        if (verdict == LineVerdict::Continuation || verdict == LineVerdict::Opening) ++continued;
        if (verdict == LineVerdict::Record) {
            ++records;
            order.add(record);
            const bool fallback = ranked != nullptr && ranked->viaFallback;
            worth += worthOf(record) * (fallback ? 0.9 : 1);
        }
        if (seen == kFirstLook && records == 0) return 0;
    }
    if (records == 0) return 0;
    // Continuations are as good as their records, as long as they do not outnumber them by far.
    const double credited = std::min(continued, records * 12);
    const double mean = worth / records - order.penalty();
    return mean * (records + credited) / (static_cast<double>(lines.size()) - heads);
}

double scoreOf(const KnownFormat& format, const std::vector<std::string_view>& lines,
               std::string_view sample, bool whole) {
    if (format.wholeDocument()) return format.looksLike(sample, whole);
    return scoreLines(format, lines);
}

struct Candidate {
    std::shared_ptr<const Format> format;
    double score;
    int rank;
};

std::vector<Candidate> rankedCandidates(const std::vector<std::shared_ptr<const Format>>& formats,
                                        std::string_view sample, bool whole) {
    const std::vector<std::string_view> lines = pickLines(sample, whole);
    std::vector<Candidate> candidates;
    for (const auto& format : formats) {
        const auto* known = dynamic_cast<const KnownFormat*>(format.get());
        if (known == nullptr) continue;
        const double score = scoreOf(*known, lines, sample, whole);
        if (score > 0) candidates.push_back({format, score, known->rank()});
    }
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        const auto percent = [](const Candidate& c) {
            return static_cast<int>(c.score * 100 + 0.5);
        };
        const auto key = [&](const Candidate& c) {
            return std::tuple(-percent(c), -c.rank, c.format->name());
        };
        return key(a) < key(b);
    });
    return candidates;
}

std::string titleOfConfig(const std::string& dialect) {
    if (dialect == "haproxy") return "HAProxy configuration";
    if (dialect == "nginx") return "nginx configuration";
    if (dialect == "postgresql") return "PostgreSQL configuration";
    return dialect == "apache" ? "Apache configuration" : "Caddyfile";
}

} // namespace

Detection Catalogue::detect(std::string_view sample, bool whole, const std::string& path) const {
    Detection found;
    whole = whole && sample.size() <= kSampleBytes;
    sample = sample.substr(0, kSampleBytes);
    if (trimmed(sample).empty()) {
        found.what = "empty file";
        return found;
    }
    found.what = binaryKind(sample);
    if (!found.what.empty()) return found;
    const auto candidates = rankedCandidates(formats_, sample, whole);
    // `git log -p` and chats quote configurations; a document is sure of itself.
    const bool document = !candidates.empty() && candidates.front().format->wholeDocument();
    found.dialect = document ? std::string{} : configDialect(sample, path);
    if (!found.dialect.empty()) {
        found.isConfig = true;
        found.what = titleOfConfig(found.dialect);
        return found;
    }
    for (const Candidate& each : candidates)
        found.candidates.emplace_back(each.format->name(), each.score);
    if (!candidates.empty() && candidates.front().score >= kAccepted) {
        found.format = candidates.front().format;
        found.score = candidates.front().score;
        found.what = found.format->title();
        return found;
    }
    found.what = textKind(sample, path);
    return found;
}

} // namespace postlude
