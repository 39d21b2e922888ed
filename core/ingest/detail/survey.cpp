// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/survey.h"

namespace postlude::detail {

namespace {

constexpr std::size_t kFewServers = 16;

/// Told by who shares requests out: a request passed on, or one that a backend had no server for,
/// or a member of a backend changing state.
bool isRouted(const Record& record) {
    const auto given = [&](TextField f) { return !record[f].empty() && record[f] != "-"; };
    if (record.kind == RecordKind::Request)
        return given(TextField::Server) ||
               (given(TextField::Backend) && given(TextField::Termination));
    return record.kind == RecordKind::ServerState && given(TextField::Backend) &&
           given(TextField::Server);
}

void note(Source& source, const Record& record) {
    ++source.kinds[static_cast<std::size_t>(record.kind)];
    if (record.time.known()) {
        if (record.time.offset)
            ++source.offsets[*record.time.offset];
        else
            ++source.undetermined;
        auto& first = record.time.hasYear ? source.firstDated : source.firstYearless;
        const Instant at = instant(record.time.local);
        if (!first) first = at;
        const Civil day = toCivil(at);
        source.leapDay =
            source.leapDay || (!record.time.hasYear && day.month == 2 && day.day == 29);
        source.sampled = std::max(source.sampled, at - *first);
    }
    if (record.has(TextField::Host)) ++source.hosts[std::string(record[TextField::Host])];
    if (source.servers.size() < kFewServers && isRouted(record))
        source.servers.insert(std::string(record[TextField::Backend]) + "/" +
                              std::string(record[TextField::Server]));
}

} // namespace

void survey(Source& source, std::string_view sample, bool whole) {
    if (!source.format) return;
    if (source.format->wholeDocument()) {
        // What could not be read is told when it is read for good.
        static_cast<void>(source.format->readDocument(
            sample, [&](const Record& r, const RecordPlace&) { note(source, r); },
            [](const Error&) {}));
        return;
    }
    const auto parser = source.format->parser();
    Record record;
    while (!sample.empty()) {
        const std::size_t end = sample.find('\n');
        if (end == std::string_view::npos && !whole) break; // the sample cuts this line
        std::string_view line = sample.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (parser->parse(line, record) == LineVerdict::Record) note(source, record);
        sample.remove_prefix(end == std::string_view::npos ? sample.size() : end + 1);
    }
    source.learned = parser->state();
}

} // namespace postlude::detail
