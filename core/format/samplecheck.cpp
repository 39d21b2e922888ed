// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/samplecheck.h"

#include "core/base/text.h"
#include "core/format/cells.h"
#include "core/format/detail/envelope.h"
#include "core/format/detail/lnav.h"
#include "core/format/detail/patternparts.h"

#include <QJsonArray>
#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::size_t kMostFitted = 4096; ///< bytes of a line that are looked at for its fault
constexpr std::size_t kShown = 24;

/// How far a line fits a pattern: the longest beginning that something could be added to.
std::size_t fitting(const Regex& regex, std::string_view text) {
    RegexMatch match;
    const auto fits = [&](std::size_t size) {
        const auto verdict = match.begins(regex, text.substr(0, size));
        return verdict == RegexMatch::Verdict::Yes || verdict == RegexMatch::Verdict::Partly;
    };
    std::size_t low = 0;
    std::size_t high = std::min(text.size(), kMostFitted);
    while (low < high) {
        const std::size_t middle = (low + high + 1) / 2;
        if (fits(middle))
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

std::vector<Regex> patternsOf(const QJsonObject& definition) {
    std::vector<Regex> patterns;
    const auto add = [&](const QJsonValue& each, bool ours) {
        const std::string text = each.toObject()[QLatin1String("pattern")].toString().toStdString();
        if (auto regex = Regex::compile(ours ? withParts(text) : text))
            patterns.push_back(std::move(*regex));
    };
    const QJsonArray own = definition[QLatin1String("patterns")].toArray();
    for (const auto& each : own)
        add(each, true);
    const QJsonObject theirs = definition[QLatin1String("regex")].toObject();
    for (const auto& each : theirs)
        add(each, false);
    return patterns;
}

/// Names of a pattern's groups whose text is not what the column wants, or a time that is none.
std::string faultyGroup(const Regex& regex, std::string_view line) {
    RegexMatch match;
    const auto verdict = match.find(regex, line);
    if (verdict == RegexMatch::Verdict::TooComplex) return std::string(kTooComplex);
    if (verdict != RegexMatch::Verdict::Yes) return {};
    Assigner assigner;
    Record record;
    for (const auto& [number, name] : regex.names()) {
        const std::string_view value = match[number];
        const auto target = targetNamed(name);
        if (!target || value.data() == nullptr) continue;
        assigner.begin();
        if (assigner.assign(*target, value, record)) continue;
        return fmt::format("“{}”, from column {}, is no {}", visible(value),
                           value.data() - line.data() + 1, name);
    }
    return {};
}

/// Where a line stops fitting, and what stands there.
std::string reasonFor(const QJsonObject& definition, std::string_view line) {
    std::size_t skipped = 0;
    if (definition[QLatin1String("envelope")].toBool()) {
        TimeReader times;
        Record head;
        std::string_view rest = line;
        if (!takeEnvelope(rest, times, head)) return "it has no syslog head";
        skipped = line.size() - rest.size();
    }
    const std::string_view text = line.substr(skipped);
    std::size_t best = 0;
    const auto patterns = patternsOf(definition);
    for (const Regex& regex : patterns) {
        if (std::string fault = faultyGroup(regex, text); !fault.empty()) return fault;
        best = std::max(best, fitting(regex, text));
    }
    if (patterns.empty()) return "it is not in this format";
    if (best == text.size())
        return fmt::format("it ends at column {}, where more should follow", line.size() + 1);
    return fmt::format("it fits up to column {}, where “{}” begins", skipped + best + 1,
                       visible(text.substr(best, kShown)));
}

std::string differences(const FormatSample& sample, const Record& record) {
    const auto cells = cellsOf(record);
    for (const auto& [name, wanted] : sample.expect) {
        const auto it = std::ranges::find(cells, name, &std::pair<std::string, std::string>::first);
        const std::string got = it == cells.end() ? "absent" : "“" + visible(it->second) + "”";
        if (it == cells.end() || it->second != wanted)
            return fmt::format("column {} is {}, not “{}”", name, got, visible(wanted));
    }
    if (sample.level.empty()) return {};
    const bool plain = sample.level == "info" || sample.level == "unknown";
    const Level wanted = sample.level.starts_with("debug") ? Level::Debug
                         : sample.level == "stats"         ? Level::Info
                                                           : levelFrom(sample.level);
    if (record.level == wanted || (plain && record.level == Level::None)) return {};
    return fmt::format("column level is “{}”, not “{}”", nameOf(record.level), sample.level);
}

std::string checkDocument(const Format& format, const FormatSample& sample) {
    std::size_t records = 0;
    std::string fault;
    const auto done = format.readDocument(
        sample.text,
        [&](const Record& record, const RecordPlace&) {
            if (records++ == 0) fault = differences(sample, record);
        },
        [&](const Error& error) { fault = describe(error); });
    if (!done) return done.error().what;
    return records == 0 ? "there is no record in it" : fault;
}

std::string checkLines(const Format& format, const FormatSample& sample,
                       const QJsonObject& definition) {
    const auto parser = format.parser();
    Record record;
    bool seen = false;
    std::string_view rest = sample.text;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const LineVerdict verdict = parser->parse(line, record);
        if (verdict == LineVerdict::Unread) return reasonFor(definition, line);
        if (verdict != LineVerdict::Record || std::exchange(seen, true)) continue;
        if (std::string fault = differences(sample, record); !fault.empty()) return fault;
    }
    return seen ? std::string() : "there is no record in it";
}

} // namespace

std::optional<Error> checkSamples(const Format& format, const std::vector<FormatSample>& samples,
                                  const QJsonObject& definition) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::string fault = format.wholeDocument()
                                      ? checkDocument(format, samples[i])
                                      : checkLines(format, samples[i], definition);
        if (!fault.empty())
            return Error{ErrorKind::NotUnderstood, fmt::format("sample {}: {}", i + 1, fault)};
    }
    return {};
}

} // namespace postlude
