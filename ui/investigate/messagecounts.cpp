// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/messagecounts.h"

#include "core/analysis/templates.h"
#include "ui/common/shown.h"

#include <cmath>
#include <map>
#include <set>

namespace postlude {

namespace {

constexpr double kSurge = 3;        ///< times as often
constexpr std::uint64_t kLeast = 5; ///< lines of a surge
constexpr double kBeyondChance = 4; ///< standard deviations

Window both(const Window& a, const Window& b) {
    if (a.empty() || b.empty()) return a.empty() ? b : a;
    return {std::min(a.from, b.from), std::max(a.to, b.to)};
}

/// From when to when the host of each source was recorded: a log of errors says little, and was
/// kept all the same while the host's other logs were.
std::map<SourceId, Window> recordedTimes(const Query& query, ClockView clock) {
    std::map<std::string, Window> hosts;
    const std::vector<SourceInfo> sources = query.sources();
    for (const SourceInfo& s : sources) {
        if (s.records == 0 || !s.first || !s.last) continue;
        const bool corrected = clock == ClockView::Corrected && s.clockOffset;
        const Duration off = corrected ? *s.clockOffset : Duration::zero();
        Window& host = hosts[s.host];
        host = both(host, {*s.first - off, *s.last - off + Duration{1}});
    }
    std::map<SourceId, Window> times;
    for (const SourceInfo& s : sources)
        times[s.id] = hosts[s.host];
    return times;
}

class Counter {
public:
    explicit Counter(Window window)
        : window_(window) {}

    void add(const MessageChunk& chunk) {
        std::vector<std::uint32_t> groups; // of the chunk's own codes
        for (std::size_t row = 0; row < chunk.ids.size(); ++row) {
            const std::uint32_t code = chunk.message.code(row);
            if (code == 0) continue;
            if (groups.size() <= code) groups.resize(code + 1, kUnknown);
            if (groups[code] == kUnknown) groups[code] = miner_.add(chunk.message.text(code));
            count(groups[code], chunk, row);
        }
    }

    struct Counted {
        MessageRow row;
        std::set<SourceId> sources;
    };

    std::vector<Counted> take() {
        const auto settled = miner_.settled();
        std::vector<Counted> rows(settled.texts.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].row.text = settled.texts[i];
        for (std::size_t group = 0; group < seen_.size(); ++group)
            if (group < settled.ofGroup.size()) {
                Counted& into = rows[settled.ofGroup[group]];
                merge(into.row, seen_[group].row);
                into.sources.merge(seen_[group].sources);
            }
        std::erase_if(rows, [](const Counted& c) { return c.row.within + c.row.outside == 0; });
        return rows;
    }

private:
    static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;

    void count(std::uint32_t group, const MessageChunk& chunk, std::size_t row) {
        if (seen_.size() <= group) seen_.resize(group + 1);
        MessageRow& seen = seen_[group].row;
        if (seen_[group].last != chunk.source) seen_[group].sources.insert(chunk.source);
        seen_[group].last = chunk.source;
        const Instant at = instant(chunk.time[row]);
        const bool inside = window_.contains(at);
        const bool begins = inside ? seen.within == 0 || at < seen.first
                                   : seen.within == 0 && (seen.outside == 0 || at < seen.first);
        if (begins) seen.first = at, seen.record = chunk.ids[row], seen.source = chunk.source;
        ++(inside ? seen.within : seen.outside);
        if (inside || seen.within == 0)
            seen.level = std::max(seen.level, static_cast<Level>(chunk.level[row]));
    }

    static void merge(MessageRow& into, const MessageRow& seen) {
        if (seen.within + seen.outside == 0) return;
        const bool empty = into.within + into.outside == 0;
        const bool nearer = seen.within > 0 && (into.within == 0 || seen.first < into.first);
        if (empty || nearer || (into.within == 0 && seen.first < into.first))
            into.first = seen.first, into.record = seen.record, into.source = seen.source;
        into.within += seen.within;
        into.outside += seen.outside;
        into.level = std::max(into.level, seen.level);
    }

    Window window_;
    TemplateMiner miner_;
    struct Seen : Counted {
        SourceId last = SourceId::None;
    };
    std::vector<Seen> seen_; ///< by group
};

double minutesOf(const Window& window) {
    return window.empty() ? 0 : seconds(window.length()) / 60;
}

void judge(MessageRow& row, double minutes, double minutesOutside) {
    using Kind = MessageRow::Kind;
    row.perMinute = minutes > 0 ? static_cast<double>(row.within) / minutes : 0;
    row.perMinuteOutside =
        minutesOutside > 0 ? static_cast<double>(row.outside) / minutesOutside : 0;
    if (row.within == 0) {
        row.kind = Kind::Gone;
    } else if (row.within + row.outside <= kRareLines && isFatalMessage(row.text, row.level)) {
        row.kind = Kind::Fatal;
    } else if (row.outside == 0 && minutesOutside > 0) {
        row.kind = Kind::New;
    } else if (row.within >= kLeast && row.perMinute >= kSurge * row.perMinuteOutside) {
        const double expected = row.perMinuteOutside * minutes;
        const double off = static_cast<double>(row.within) - expected;
        const double spread =
            std::sqrt(expected * (1 + minutes / std::max(1e-9, minutesOutside))) + 1;
        if (off > kBeyondChance * spread) row.kind = Kind::Surged;
    }
}

QString escaped(const QString& literal) {
    QString out;
    for (const QChar c : literal) {
        if (QStringLiteral("\\^$.|?*+()[]{}").contains(c)) out += QLatin1Char('\\');
        out += c;
    }
    return out;
}

} // namespace

Result<std::vector<MessageRow>> countMessages(const Query& query, Window window, ClockView clock,
                                              std::stop_token stop) {
    MessageScan scan;
    scan.kinds = 1U << static_cast<unsigned>(RecordKind::Message) |
                 1U << static_cast<unsigned>(RecordKind::ServerState);
    scan.clock = clock;
    Counter counter(window);
    const auto done =
        query.scanMessages(scan, [&](const MessageChunk& chunk) { counter.add(chunk); }, stop);
    if (!done) return std::unexpected(done.error());
    if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "Cancelled"});
    const auto recorded = recordedTimes(query, clock);
    std::vector<MessageRow> rows;
    for (const Counter::Counted& counted : counter.take()) {
        Window time;
        for (const SourceId source : counted.sources)
            if (const auto it = recorded.find(source); it != recorded.end())
                time = both(time, it->second);
        const double minutes =
            minutesOf({std::max(time.from, window.from), std::min(time.to, window.to)});
        rows.push_back(counted.row);
        judge(rows.back(), minutes, std::max(0.0, minutesOf(time) - minutes));
    }
    std::ranges::stable_sort(rows, [](const MessageRow& a, const MessageRow& b) {
        if (a.kind != b.kind) return a.kind < b.kind;
        if (a.kind == MessageRow::Kind::New && a.level != b.level) return a.level > b.level;
        return a.within + a.outside > b.within + b.outside;
    });
    return rows;
}

QString filterOf(const std::string& templateText) {
    constexpr qsizetype kLongest = 200;
    const QString text = QString::fromStdString(validUtf8(templateText)).left(kLongest);
    QStringList parts;
    bool words = false;
    for (const QString& part : text.split(QStringLiteral("<*>"))) {
        parts << escaped(part);
        words = words || std::ranges::any_of(part, [](QChar c) { return c.isLetterOrNumber(); });
    }
    if (!words) return {};
    return QStringLiteral("message ~ ") +
           filterWord(parts.join(QStringLiteral(".*")).toStdString());
}

} // namespace postlude
