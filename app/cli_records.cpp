// SPDX-License-Identifier: GPL-3.0-or-later
// records CASE|BUNDLE|FILE: what was read, record by record.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"

#include <limits>
#include <unordered_map>

namespace postlude::cli {

namespace {

constexpr int kUsage = 2;

struct Arguments {
    std::vector<std::string> paths, sources;
    std::string filter;
    ReadingArguments reading;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    bool asRead = false, json = false, count = false;
};

/// So many records are listed at a time.
constexpr std::size_t kPage = 200'000;

/// Writes records one after the other; never holds more than one of them.
class Writer {
public:
    Writer(const Query& query, const Arguments& arguments)
        : query_(query)
        , json_(arguments.json)
        , told_(arguments.asRead ? TimeTold::Stamp : TimeTold::Start)
        , left_(arguments.limit) {
        for (SourceInfo& source : query.sources())
            sources_.emplace(source.id, std::move(source));
    }
    [[nodiscard]] bool wanted() const {
        return left_ > 0 && out_.wanted() && !interrupted().stop_requested();
    }
    Result<void> record(RecordId id);
    Result<void> record(const RecordRow& row);
    void issue(const Error& issue);
    void count(std::uint64_t records);
    /// Says what could not be searched, once.
    void missing(const std::vector<Error>& sources);
    /// How many records to ask for next.
    [[nodiscard]] std::size_t page() const {
        return static_cast<std::size_t>(std::min<std::uint64_t>(left_, kPage));
    }
    [[nodiscard]] int finish() {
        const int status = out_.finish();
        return status == 0 ? missing_ : status;
    }

private:
    Result<std::string> textOf(const RecordRow& row, const SourceInfo& source) const;
    const Query& query_;
    bool json_;
    TimeTold told_;
    std::uint64_t left_;
    int missing_ = 0; ///< exit status if something could not be searched
    std::unordered_map<SourceId, SourceInfo> sources_;
    Output out_;
};

/// "time source:line  text", what follows on further lines indented.
Result<std::string> Writer::textOf(const RecordRow& row, const SourceInfo& source) const {
    auto raw = query_.rawText(row.id);
    if (!raw) return std::unexpected(raw.error());
    std::string text = row.time ? toRfc3339(*row.time) : std::string("-");
    text += fmt::format(" {}:{}  ", visible(source.path), row.line);
    for (std::size_t at = 0; at < raw->size();) {
        const std::size_t end = std::min(raw->find('\n', at), raw->size());
        std::string_view line = std::string_view(*raw).substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        text += (at == 0 ? "" : "\n    ") + visible(line);
        at = end + 1;
    }
    return text;
}

Result<void> Writer::record(RecordId id) {
    auto row = query_.record(id);
    if (!row) return std::unexpected(row.error());
    return record(*row);
}

Result<void> Writer::record(const RecordRow& row) {
    const SourceInfo& source = sources_[row.source];
    --left_;
    if (json_) {
        out_.write(jsonOf(row, source, told_) + '\n');
        return {};
    }
    auto text = textOf(row, source);
    if (!text) return std::unexpected(text.error());
    out_.write(*text + '\n');
    return {};
}

void Writer::issue(const Error& issue) {
    --left_;
    out_.write((json_ ? jsonOf(issue) : "- " + visible(describe(issue))) + '\n');
}

void Writer::count(std::uint64_t records) {
    out_.write(json_ ? fmt::format("{{\"records\":{}}}\n", records) : fmt::format("{}\n", records));
}

void Writer::missing(const std::vector<Error>& sources) {
    if (missing_ != 0 || sources.empty()) return;
    for (const Error& error : sources)
        say("not searched: " + describe(error));
    missing_ = exitStatus(sources.front().kind);
}

/// "name one of a.log, b.log, …"
std::string sourcesToName(const std::vector<SourceInfo>& all) {
    constexpr std::size_t kNamed = 8;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(all.size(), kNamed); ++i)
        names.push_back(all[i].path);
    if (all.size() > kNamed) names.emplace_back("…");
    return names.empty() ? std::string() : fmt::format("name one of {}", fmt::join(names, ", "));
}

Result<std::vector<SourceInfo>> chosenSources(const Query& query,
                                              const std::vector<std::string>& names) {
    std::vector<SourceInfo> all = query.sources();
    if (names.empty()) return all;
    std::vector<SourceInfo> chosen;
    for (const std::string& name : names) {
        const auto it = std::ranges::find(all, name, &SourceInfo::path);
        if (it == all.end())
            return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                         .what = "no such source in this bundle",
                                         .place = {.source = name},
                                         .remedy = sourcesToName(all)});
        chosen.push_back(*it);
    }
    return chosen;
}

RecordsRequest requestFor(const std::vector<SourceInfo>& sources, const Filter& filter) {
    RecordsRequest request;
    request.filter = filter;
    for (const SourceInfo& source : sources)
        request.sources.push_back(source.id);
    return request;
}

/// Lines that could not be read, by source and in file order.
Result<std::unordered_map<SourceId, std::vector<Error>>> unreadLines(const Case& file) {
    auto issues = file.issues(std::numeric_limits<std::int32_t>::max());
    if (!issues) return std::unexpected(issues.error());
    std::unordered_map<SourceId, std::vector<Error>> lines;
    for (ReadIssue& issue : *issues)
        if (issue.error.place.line != 0) lines[issue.source].push_back(std::move(issue.error));
    for (auto& [source, errors] : lines)
        std::ranges::stable_sort(errors, {}, [](const Error& e) { return e.place.line; });
    return lines;
}

/// Page by page, so that memory stays small and the first ones come early.
Result<void> writeByTime(const Opened& opened, RecordsRequest request, Writer& writer) {
    while (writer.wanted()) {
        request.limit = writer.page();
        auto list = opened.query->select(request, interrupted());
        if (!list) return std::unexpected(list.error());
        writer.missing(list->missing);
        for (std::size_t i = 0; i < list->size() && writer.wanted(); ++i)
            if (auto done = writer.record(list->id(i)); !done) return done;
        if (list->size() < request.limit) break;
        request.after = {list->time(list->size() - 1), list->id(list->size() - 1)};
    }
    return {};
}

Result<void> writeCount(const Opened& opened, const RecordsRequest& request, Writer& writer) {
    auto count = opened.query->count(request, interrupted());
    if (!count) return std::unexpected(count.error());
    writer.count(count->records);
    writer.missing(count->missing);
    return {};
}

/// Of each source only the first unread lines are kept; how many there are beyond these is said
/// behind them.
void addUnlisted(const SourceInfo& source, std::vector<Error>& listed) {
    if (source.unread <= listed.size()) return;
    const std::uint64_t more = source.unread - listed.size();
    listed.push_back({.kind = ErrorKind::NotUnderstood,
                      .what = fmt::format("{} more {} not understood, and not listed", more,
                                          more == 1 ? "line is" : "lines are"),
                      .place = {.source = source.path},
                      .remedy = {}});
}

/// One source: its records and its unread lines, merged by line.
Result<void> writeSource(const Opened& opened, const RecordsRequest& request,
                         const std::vector<Error>& unread, Writer& writer) {
    auto list = opened.query->select(request, interrupted());
    if (!list) return std::unexpected(list.error());
    writer.missing(list->missing);
    auto issue = unread.begin();
    const auto isNext = [&](std::uint64_t line) {
        return issue != unread.end() && issue->place.line != 0 && issue->place.line < line;
    };
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (!writer.wanted()) return {};
        auto row = opened.query->record(list->id(i));
        if (!row) return std::unexpected(row.error());
        for (; isNext(row->line) && writer.wanted(); ++issue)
            writer.issue(*issue);
        if (!writer.wanted()) return {};
        if (auto done = writer.record(*row); !done) return done;
    }
    for (; issue != unread.end() && writer.wanted(); ++issue)
        writer.issue(*issue);
    return {};
}

Result<void> writeAsRead(const Opened& opened, const std::vector<SourceInfo>& sources,
                         const Filter& filter, Writer& writer) {
    auto unread = unreadLines(*opened.file);
    if (!unread) return std::unexpected(unread.error());
    for (const SourceInfo& source : sources) {
        std::vector<Error>& lines = (*unread)[source.id];
        addUnlisted(source, lines);
        if (!filter.passesAll()) lines.clear(); // a filter asks for records
        RecordsRequest request = requestFor({source}, filter);
        request.fileOrder = true;
        if (auto done = writeSource(opened, request, lines, writer); !done) return done;
    }
    return {};
}

/// Numbers below 0 or beyond 64 bits would be taken for others.
CLI::Validator wholeNumber() {
    const auto check = [](const std::string& text) {
        const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
        return digits && !text.empty() && text.size() < 20 ? std::string()
                                                           : "not a whole number: " + text;
    };
    return {check, "COUNT"};
}

int failFilter(const Error& error, const std::string& text) {
    say("--filter: " + describe(error));
    say("  " + text);
    say("  " + std::string(std::min<std::size_t>(error.place.offset, text.size()), ' ') + "^");
    return kUsage;
}

int records(const Arguments& arguments) {
    const auto filter = Filter::parse(arguments.filter);
    if (!filter) return failFilter(filter.error(), arguments.filter);
    auto opened =
        open({arguments.paths.begin(), arguments.paths.end()}, arguments.reading, OpenFor::Reading);
    if (!opened) return fail(opened.error());
    auto sources = chosenSources(*opened->query, arguments.sources);
    if (!sources) return fail(sources.error());
    Writer writer(*opened->query, arguments);
    const auto request = requestFor(*sources, *filter);
    const auto done = arguments.count    ? writeCount(*opened, request, writer)
                      : arguments.asRead ? writeAsRead(*opened, *sources, *filter, writer)
                                         : writeByTime(*opened, request, writer);
    const int status = writer.finish();
    if (!done) return fail(done.error());
    return interrupted().stop_requested() ? exitStatus(ErrorKind::Cancelled) : status;
}

} // namespace

void addRecords(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("records", "Print what was read, by time");
    command->add_option("input", arguments->paths, "A case, or a bundle or logs to read")
        ->required()
        ->type_name("CASE|BUNDLE|FILE");
    command->add_option(
        "--filter", arguments->filter,
        "Such as: server = \"app1\" and status >= 500; "
        "a text in quotes, or text ~ \"regex\", is searched in the lines themselves");
    command->add_option("--source", arguments->sources, "Only this source; may be given again")
        ->allow_extra_args(false)
        ->take_all();
    auto* limit =
        command->add_option("--limit", arguments->limit, "At most this many")->check(wholeNumber());
    command->add_flag("--as-read", arguments->asRead,
                      "In the order of the files, each with the time that its stamp states (else "
                      "requests are told at their start), and the lines that could not be read");
    command->add_flag("--count", arguments->count, "Only how many there are")->excludes(limit);
    command->add_flag("--json", arguments->json, "One JSON object a line");
    addReadingOptions(*command, arguments->reading);
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return records(*arguments); }; });
}

} // namespace postlude::cli
