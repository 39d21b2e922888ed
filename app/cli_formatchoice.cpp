// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_formatchoice.h"

#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_terminal.h"
#include "core/ingest/preview.h"

namespace postlude::cli {

namespace {

constexpr std::size_t kMostRows = 20;
constexpr int kNoFormat = 1;

Error usage(std::string what, std::string remedy) {
    return {.kind = ErrorKind::Usage, .what = std::move(what), .remedy = std::move(remedy)};
}

/// The best choice's format unless one is named.
Result<ReadAs> readAs(const ReadAsArguments& arguments, const FormatChoices& found) {
    ReadAs as{.zone = Zone::named(arguments.zone), .rows = kMostRows};
    if (!arguments.zone.empty() && !as.zone)
        return std::unexpected(
            usage("--timezone: no such zone", "such as UTC, UTC-5, +02:00 or Europe/Berlin"));
    if (arguments.year != 0) as.year = arguments.year;
    if (!found.list.empty()) as.format = found.list.front().format;
    const bool named = as.format && as.format->name() == arguments.format;
    if (!arguments.format.empty() && !named)
        return std::unexpected(usage("--format: no format is called that", "formats lists them"));
    return as;
}

std::string jsonOf(const PreviewRow& row) {
    JsonObject object;
    object.number("line", row.line);
    if (row.verdict == LineVerdict::Unread) return object.text("issue", row.text).done();
    if (row.verdict == LineVerdict::Continuation) return object.text("continued", row.text).done();
    JsonObject cells;
    for (const auto& [name, text] : row.cells)
        if (name == "time")
            cells.time(name, row.at);
        else
            cells.text(name, text);
    return object.raw("record", cells.done()).done();
}

std::string jsonOf(const FormatChoices& found, const ReadAs& as, const Preview& table) {
    std::vector<std::string> candidates;
    std::vector<std::string> rows;
    for (const FormatChoice& each : found.list) {
        JsonObject object;
        object.text("format", each.format->name()).number("score", each.score);
        candidates.push_back(object.text("why", each.why).done());
    }
    for (const PreviewRow& row : table.rows)
        rows.push_back(jsonOf(row));
    JsonObject object;
    object.text("what", found.what);
    if (as.format)
        object.text("format", as.format->name()).number("score", found.list.front().score);
    object.raw("candidates", jsonArray(candidates));
    if (as.format) {
        object.number("records", table.records).number("continued", table.continued);
        object.number("unread", table.unread).raw("rows", jsonArray(rows));
    }
    return object.done() + '\n';
}

std::string textOf(const FormatChoices& found, const ReadAs& as, const Preview& table) {
    std::string text = visible(found.what) + '\n';
    for (const FormatChoice& each : found.list)
        text += fmt::format("  {:>5.1f} %  {:<24} {}\n", each.score * 100,
                            visible(each.format->name()), visible(each.why));
    if (!as.format) return text;
    for (const PreviewRow& row : table.rows) {
        text += fmt::format("{:>4} ", row.line);
        if (row.cells.empty())
            text += (row.verdict == LineVerdict::Unread ? " ? " : " … ") + visible(row.text);
        for (const auto& [name, cell] : row.cells)
            text += fmt::format(" {}={}", visible(name),
                                name == "time" && row.at ? preciseTime(*row.at) : visible(cell));
        text += '\n';
    }
    return text;
}

} // namespace

int detectFile(const std::string& path, const FormatArguments& own,
               const ReadAsArguments& arguments, bool json) {
    std::vector<Error> refused;
    const auto catalogue = catalogueWith(own, refused);
    if (!catalogue) return fail(catalogue.error());
    for (const Error& error : refused)
        say(describe(error));
    const auto sample = sampleOf({path}, {}, interrupted());
    if (!sample) return fail(sample.error());
    const FormatChoices found = formatChoices(*catalogue, *sample, arguments.format);
    const auto as = readAs(arguments, found);
    if (!as) return fail(as.error());
    Preview table;
    if (as->format) table = preview(*sample, *as);
    Output out;
    out.write(json ? jsonOf(found, *as, table) : textOf(found, *as, table));
    const int status = out.finish();
    return status == kDone && !as->format && !found.isConfig ? kNoFormat : status;
}

} // namespace postlude::cli
