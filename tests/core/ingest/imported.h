// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of ingest/ share: an import into a fresh case, and its records as text.
#pragma once

#include "core/ingest/import.h"

#include "core/case/store.h"
#include "core/series/sketch.h"

#include <fmt/ranges.h>
#include <map>

namespace postlude::test {

inline std::string textAt(const TextColumn& column, std::size_t row) {
    const std::uint32_t code = row < column.codes.size() ? column.codes[row] : 0;
    return code == 0 ? std::string("-") : std::string(column.dictionary[code - 1]);
}

using TextsBySource = std::map<std::string, std::vector<std::string>>;

/// Source path → one text a record, as `describe(segment, row)` says it.
template <class Describe>
TextsBySource rowsOf(const Case& from, Describe describeRow) {
    TextsBySource out;
    std::map<SourceId, std::string> paths;
    const auto sources = from.sources().value();
    const auto segments = from.store().segments().value();
    for (const SourceInfo& source : sources)
        paths[source.id] = source.path;
    for (const SegmentInfo& info : segments) {
        const auto segment = from.store().readSegment(info.number, {});
        if (!segment) return {{"unreadable", {describe(segment.error())}}};
        for (std::size_t i = 0; i < segment->rows; ++i)
            out[paths[info.source]].push_back(describeRow(*segment, i));
    }
    return out;
}

/// "line+lines@offset time kind message-or-path".
inline TextsBySource recordsOf(const Case& from) {
    return rowsOf(from, [](const Segment& s, std::size_t i) {
        const bool dated = i < s.time.size() && s.time[i] != kAbsent;
        const std::string message = textAt(s.texts[static_cast<int>(TextField::Message)], i);
        const std::string path = textAt(s.texts[static_cast<int>(TextField::Path)], i);
        return fmt::format("{}+{}@{} {} {} {}", s.line[i], s.lines[i], s.offset[i],
                           dated ? toRfc3339(instant(s.time[i])) : "-",
                           nameOf(static_cast<RecordKind>(s.kind[i])),
                           message == "-" ? path : message);
    });
}

/// All that is known of each record; "series" → the stored series of all segments, added up.
inline TextsBySource everythingOf(const Case& from) {
    auto out = rowsOf(from, [](const Segment& s, std::size_t i) {
        std::string row = fmt::format("{}+{}@{}+{} {} {} {}", s.line[i], s.lines[i], s.offset[i],
                                      s.bytes[i], s.time[i], s.kind[i], s.level[i]);
        for (const auto& numbers : s.numbers)
            row += fmt::format(" {}", numbers.empty() ? kAbsent : numbers[i]);
        for (const TextColumn& texts : s.texts)
            row += " |" + textAt(texts, i);
        for (const auto& [name, texts] : s.extra)
            if (!texts.codes.empty() && texts.codes[i] != 0)
                row += fmt::format(" {}={}", name, textAt(texts, i));
        return row;
    });
    const auto segments = from.store().segments().value();
    std::map<std::string, std::pair<std::array<std::uint64_t, 4>, Sketch>> sums;
    for (const SegmentInfo& info : segments) {
        const auto series = from.store().series(info.number).value();
        for (const SeriesRow& row : series) {
            auto& [counts, durations] =
                sums[fmt::format("{} {}/{}", row.start, row.backend, row.server)];
            counts[0] += row.requests;
            counts[1] += row.failed;
            counts[2] += row.slow;
            counts[3] += row.bytes;
            durations.merge(Sketch::fromBytes(row.durations).value());
        }
    }
    for (const auto& [key, sum] : sums)
        out["series"].push_back(
            fmt::format("{} {} {}", key, fmt::join(sum.first, " "), sum.second.bytes()));
    return out;
}

inline const SourceInfo* sourceNamed(const ImportSummary& summary, const std::string& path) {
    for (const SourceInfo& source : summary.sources)
        if (source.path == path) return &source;
    return nullptr;
}

inline std::string issuesOf(const ImportSummary& summary) {
    std::string all;
    for (const ReadIssue& issue : summary.issues)
        all += fmt::format("{}@{}: {}\n", describe(issue.error), issue.error.place.offset,
                           static_cast<int>(issue.error.kind));
    return all;
}

/// Lines of a combined access log, one a second from 10:00:00 on, written in this offset.
inline std::string accessLog(int lines, const std::string& offset = "+0000", int from = 0) {
    std::string text;
    for (int i = from; i < from + lines; ++i)
        text += fmt::format("127.0.0.{} - - [14/Feb/2024:{:02}:{:02}:{:02} {}] \"GET /item/{} "
                            "HTTP/1.1\" 200 {} \"-\" \"curl/7.88.1\"\n",
                            i % 250 + 1, 10 + i / 3600 % 10, i / 60 % 60, i % 60, offset, i,
                            100 + i % 977);
    return text;
}

/// Lines of an application log without a zone.
inline std::string appLog(int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i)
        text += fmt::format("2024-02-14 10:{:02}:{:02},250 INFO     [311] app.stats: served {}\n",
                            i / 60 % 60, i % 60, i);
    return text;
}

} // namespace postlude::test
