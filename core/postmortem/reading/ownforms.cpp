// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/ownforms.h"

#include "core/base/text.h"
#include "core/postmortem/detail/blocks.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace postlude::reading {

namespace {

constexpr std::string_view kDash = " – ";
constexpr std::string_view kDigest = ", SHA-256 `";

bool isPunctuation(char c) {
    return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
           !(c >= 'A' && c <= 'Z');
}

std::string unescaped(std::string_view markdown) {
    std::string out;
    out.reserve(markdown.size());
    for (std::size_t at = 0; at < markdown.size(); ++at) {
        if (markdown[at] == '\\' && at + 1 < markdown.size() && isPunctuation(markdown[at + 1]))
            ++at;
        out += markdown[at];
    }
    return out;
}

/// True if an odd number of backslashes stands before `at`.
bool escapedAt(std::string_view text, std::size_t at) {
    std::size_t slashes = 0;
    while (slashes < at && text[at - 1 - slashes] == '\\')
        ++slashes;
    return slashes % 2 == 1;
}

/// Marks of evidence as if they were escaped, and what we escape because it stands beside one.
std::string withEscapedMarks(std::string_view line) {
    std::string out;
    std::size_t from = 0;
    for (const Mark& mark : marksIn(line)) {
        if (escapedAt(line, mark.at)) continue;
        std::string_view before = line.substr(from, mark.at - from);
        const bool shout = before.ends_with("\\!");
        if (shout) before.remove_suffix(2);
        out.append(before).append(shout ? "!" : "").append(markdownEscaped(markOf(mark.label)));
        from = mark.end();
        const std::string_view behind = line.substr(from, 2);
        if (behind == "\\(" || behind == "\\:") ++from;
    }
    return out.append(line.substr(from));
}

std::optional<std::uint64_t> numberFrom(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || text.empty()) return {};
    return number;
}

std::optional<Instant> midnightOf(std::string_view date) {
    return fromRfc3339(fmt::format("{}T00:00:00Z", date));
}

bool isDate(std::string_view text) {
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' && midnightOf(text.substr(0, 10));
}

/// A moment in a zone that stands behind it, or in `zone` where none does.
std::optional<Instant> momentIn(std::string_view text, const std::optional<Instant>& day,
                                const std::optional<Zone>& zone) {
    std::string date;
    if (isDate(text)) {
        date = std::string(text.substr(0, 10));
        text = trimmed(text.substr(10));
    } else if (day) {
        date = toRfc3339(*day, 0).substr(0, 10);
    }
    const std::size_t blank = text.find(' ');
    const std::string_view time = text.substr(0, blank);
    const std::optional<Zone> written =
        blank == std::string_view::npos ? zone : Zone::named(text.substr(blank + 1));
    if (date.empty() || time.size() < 8 || time[2] != ':' || time[5] != ':' || !written) return {};
    if (time.find_first_not_of("0123456789:.") != std::string_view::npos) return {};
    const auto local = fromRfc3339(fmt::format("{}T{}Z", date, time));
    if (!local) return {};
    return written->fromLocal(*local);
}

/// The zone at the end of "… 10:02:11 UTC".
std::optional<Zone> zoneAtEnd(std::string_view text) {
    const std::size_t blank = text.rfind(' ');
    return blank == std::string_view::npos ? std::nullopt : Zone::named(text.substr(blank + 1));
}

std::optional<Window> windowFrom(std::string_view text) {
    const std::size_t dash = text.find(kDash);
    if (dash == std::string_view::npos) return {};
    const std::string_view first = text.substr(0, dash);
    const std::string_view second = text.substr(dash + kDash.size());
    if (!isDate(first)) return {};
    const auto from = momentIn(first, {}, zoneAtEnd(second));
    const auto day = midnightOf(first.substr(0, 10));
    const auto to = momentIn(second, day, {});
    if (!from || !to) return {};
    return Window{*from, *to};
}

/// Charts go by their title in a report. The test of the round trip minds that these are theirs.
std::string chartNamed(std::string_view title) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> titles{
        {{"Requests per server", "requests"},
         {"Share of traffic per server", "share"},
         {"Errors per server", "errors"},
         {"Response time", "latency"}}};
    for (const auto& [shown, name] : titles)
        if (shown == title) return std::string(name);
    return std::string(title);
}

std::optional<Evidence> chartEvidence(const std::string& text) {
    constexpr std::string_view open = "Chart “";
    constexpr std::string_view close = "”";
    if (!text.starts_with(open)) return {};
    Evidence e;
    std::string_view title = std::string_view(text).substr(open.size());
    const std::size_t end = title.rfind(close);
    if (end == std::string_view::npos) return {};
    const std::string_view behind = title.substr(end + close.size());
    if (behind.starts_with(", ")) {
        const auto window = windowFrom(behind.substr(2));
        if (!window) return {};
        e.window = *window;
    } else if (!behind.empty()) {
        return {};
    }
    e.chart = chartNamed(title.substr(0, end));
    return e;
}

} // namespace

std::string ownText(std::string_view markdown) {
    std::string out;
    while (true) {
        const std::size_t end = markdown.find('\n');
        const std::string_view line = trimmed(markdown.substr(0, end));
        const std::string escaped = withEscapedMarks(line);
        const std::string own = unescaped(escaped);
        out += markdownEscaped(own) == escaped ? own : plainText(escaped);
        if (end == std::string_view::npos) return out;
        out += '\n';
        markdown.remove_prefix(end + 1);
    }
}

std::optional<Instant> ownMoment(std::string_view text, const std::optional<Instant>& day) {
    return momentIn(text, day, {});
}

std::optional<Window> ownWindow(std::string_view text) {
    return windowFrom(text);
}

std::optional<OwnSpan> ownSpan(std::string_view text) {
    constexpr std::string_view noEnd = "; the end is not known";
    constexpr std::string_view noStart = "; the start is not known";
    OwnSpan span;
    if (text.starts_with("from ") && text.ends_with(noEnd)) {
        span.start = ownMoment(text.substr(5, text.size() - 5 - noEnd.size()), {});
        return span.start ? std::optional(span) : std::nullopt;
    }
    if (text.starts_with("until ") && text.ends_with(noStart)) {
        span.end = ownMoment(text.substr(6, text.size() - 6 - noStart.size()), {});
        return span.end ? std::optional(span) : std::nullopt;
    }
    const std::size_t length = text.rfind(" (");
    if (length == std::string_view::npos || !text.ends_with(')')) return {};
    const auto window = windowFrom(text.substr(0, length));
    if (!window) return {};
    std::string said(text.substr(length + 2, text.size() - length - 3));
    if (said == lengthText(*window)) said.clear();
    return OwnSpan{window->from, window->to, std::move(said)};
}

std::string ownDigest(std::string_view markdown) {
    const std::size_t at = markdown.rfind(kDigest);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = markdown.substr(at + kDigest.size());
    return std::string(rest.substr(0, rest.find('`')));
}

std::string_view behindDigest(std::string_view markdown) {
    const std::size_t at = markdown.rfind(kDigest);
    if (at == std::string_view::npos) return {};
    const std::size_t end = markdown.find('`', at + kDigest.size());
    return end == std::string_view::npos ? std::string_view() : trimmed(markdown.substr(end + 1));
}

bool isOwnCaption(std::string_view title, std::string_view caption) {
    if (!caption.starts_with(title)) return false;
    caption.remove_prefix(title.size());
    return caption.empty() || (caption.starts_with(", ") && windowFrom(caption.substr(2)));
}

std::optional<Evidence> ownEvidence(std::string_view markdown) {
    constexpr std::string_view without = "; no digest, for the lines could not be read: ";
    if (const std::size_t at = markdown.rfind(kDigest); at != std::string_view::npos)
        markdown = markdown.substr(0, at);
    std::string text = ownText(markdown);
    if (const auto chart = chartEvidence(text)) return chart;
    if (const std::size_t at = text.find(without); at != std::string::npos) text.resize(at);
    Evidence e;
    const std::size_t lines = text.rfind(", line");
    if (lines == std::string::npos) {
        e.source = text;
        return e.source.empty() ? std::nullopt : std::optional(e);
    }
    std::string_view numbers = std::string_view(text).substr(lines + 6);
    numbers = numbers.starts_with("s ")  ? numbers.substr(2)
              : numbers.starts_with(" ") ? numbers.substr(1)
                                         : std::string_view();
    constexpr std::string_view to = "–";
    const std::size_t dash = numbers.find(to);
    const auto first = numberFrom(numbers.substr(0, dash));
    const auto last =
        dash == std::string_view::npos ? first : numberFrom(numbers.substr(dash + to.size()));
    if (!first || !last) {
        e.source = text;
        return e;
    }
    e.source = text.substr(0, lines);
    e.firstLine = *first;
    e.lastLine = *last;
    return e;
}

std::vector<std::size_t> takeNotes(std::string_view& markdown) {
    std::vector<std::size_t> notes;
    while (true) {
        const std::string_view text = trimmed(markdown);
        const std::size_t open = text.rfind("[^");
        if (open == std::string_view::npos || !text.ends_with(']') || escapedAt(text, open)) break;
        const auto number = numberFrom(text.substr(open + 2, text.size() - open - 3));
        if (!number) break;
        notes.insert(notes.begin(), static_cast<std::size_t>(*number));
        markdown = text.substr(0, open);
    }
    return notes;
}

std::vector<std::string_view> ownCells(std::string_view row) {
    row = trimmed(row);
    if (row.starts_with('|')) row.remove_prefix(1);
    std::vector<std::string_view> cells;
    std::size_t from = 0;
    for (std::size_t at = 0; at < row.size(); ++at) {
        if (row[at] == '\\') {
            ++at;
        } else if (row[at] == '|') {
            cells.push_back(trimmed(row.substr(from, at - from)));
            from = at + 1;
        }
    }
    if (!trimmed(row.substr(std::min(from, row.size()))).empty())
        cells.push_back(trimmed(row.substr(from)));
    return cells;
}

} // namespace postlude::reading
