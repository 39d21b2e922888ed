// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/preview.h"

#include "core/ingest/detail/placer.h"

#include <fmt/format.h>

namespace postlude {

using namespace detail;

namespace {

constexpr std::size_t kMostText = 64U * 1024U;

Zone zoneOf(const ReadAs& as) {
    return as.zone.value_or(Zone::utc());
}

/// Fills the table; what it counts is of the whole sample, rows only as many as wanted.
class Table {
public:
    Table(const SourceSample& sample, const ReadAs& as)
        : as_(as)
        , near_(beforeOf(sample.modified.value_or(
              std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()))))
        , placer_(zoneOf(as), as.zone.has_value(), near_, sample.modified) {}

    [[nodiscard]] bool full() const { return done.rows.size() >= as_.rows; }

    void add(PreviewRow row, const Record& record) {
        if (row.verdict == LineVerdict::Blank) return;
        if (row.verdict == LineVerdict::Record) {
            count(record);
            row.at = placer_.place(record);
            if (!full()) row.cells = cellsOf(record);
        } else {
            ++(row.verdict == LineVerdict::Unread ? done.unread : done.continued);
        }
        if (full()) return;
        for (const auto& [name, text] : row.cells)
            if (std::ranges::find(done.columns, name) == done.columns.end())
                done.columns.push_back(name);
        done.rows.push_back(std::move(row));
    }

    Preview done;

private:
    void count(const Record& record) {
        ++done.records;
        done.fields += (record.level != Level::None ? 1U : 0U) + record.extra.size();
        for (const std::string_view text : record.texts)
            done.fields += text.data() != nullptr ? 1 : 0;
        for (const std::int64_t number : record.numbers)
            done.fields += number != kAbsent ? 1 : 0;
        if (!record.time.known()) return;
        if (!record.time.offset) ++done.zoneless;
        if (record.time.hasYear || ++done.yearless > 1 || !as_.year) return;
        placer_ = Placer(zoneOf(as_), as_.zone.has_value(),
                         inYear(instant(record.time.local), *as_.year));
    }

    const ReadAs& as_;
    Instant near_;
    Placer placer_;
};

void readDocument(const SourceSample& sample, const Format& format, Table& table) {
    const auto done = format.readDocument(
        sample.text,
        [&](const Record& record, const RecordPlace& place) {
            table.add({.line = place.line, .verdict = LineVerdict::Record}, record);
        },
        [&](const Error& error) {
            table.add({.line = error.place.line, .text = error.what}, Record());
        });
    if (!done && sample.whole) table.done.fault = done.error().what;
}

void readLines(const SourceSample& sample, const Format& format, Table& table) {
    const auto parser = format.parser();
    Record record;
    std::string_view rest = sample.text;
    for (std::uint64_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos && !sample.whole && number > 1) return;
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        PreviewRow row{.line = number, .verdict = parser->parse(line, record)};
        if (!table.full()) row.text = line.substr(0, kMostText);
        table.add(std::move(row), record);
    }
}

std::string whyOf(const Format& format, const Preview& table) {
    if (table.records == 0) return table.fault.empty() ? "reads none of it" : table.fault;
    std::string why;
    const std::uint64_t read = table.records + table.continued;
    if (format.wholeDocument())
        why = fmt::format("finds {} records", table.records);
    else if (table.unread == 0)
        why = fmt::format("reads all of the first {} lines", read);
    else
        why = fmt::format("reads {} of the first {} lines", read, read + table.unread);
    if (table.continued > 0)
        why += fmt::format(", {} of which go on with the one before", table.continued);
    why += fmt::format(", {} fields a record", (table.fields + table.records / 2) / table.records);
    if (!format.origin().empty()) why += "; a format of your own";
    return why;
}

} // namespace

Preview preview(const SourceSample& sample, const ReadAs& as) {
    Table table(sample, as);
    if (as.format->wholeDocument())
        readDocument(sample, *as.format, table);
    else
        readLines(sample, *as.format, table);
    return std::move(table.done);
}

FormatChoices formatChoices(const Catalogue& catalogue, const SourceSample& sample,
                            const std::string& named, std::size_t most) {
    const Detection found =
        catalogue.detect(sample.text, sample.whole, sample.path, sample.further);
    FormatChoices all{.what = found.what, .isConfig = found.isConfig, .list = {}};
    const auto add = [&](const std::string& name, double score) {
        auto format = catalogue.named(name);
        if (!format || all.list.size() >= most) return;
        std::string why = whyOf(*format, preview(sample, {.format = format, .rows = 0}));
        all.list.push_back({std::move(format), score, std::move(why)});
    };
    const auto scored =
        std::ranges::find(found.candidates, named, &std::pair<std::string, double>::first);
    if (!named.empty()) add(named, scored == found.candidates.end() ? 0 : scored->second);
    for (const auto& [name, score] : found.candidates)
        if (name != named) add(name, score);
    return all;
}

} // namespace postlude
