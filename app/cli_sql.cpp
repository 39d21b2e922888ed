// SPDX-License-Identifier: GPL-3.0-or-later
// sql CASE QUERY: questions about a case in SQL.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"
#include "core/base/text.h"
#include "core/sql/sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude::cli {

namespace {

constexpr int kUsage = 2;
constexpr std::size_t kMeasured = 1'000; ///< rows by which columns are made wide enough
constexpr std::size_t kWidest = 60;

struct Arguments {
    std::string path, query;
    ReadingArguments reading;
    bool json = false, csv = false, tables = false;
};

std::string numberText(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

/// NULL, and numbers that neither JSON nor CSV can write.
bool isNothing(const SqlValue& value) {
    const auto* number = std::get_if<double>(&value);
    return value.index() == 0 || (number && !std::isfinite(*number));
}

struct Plain {
    std::string operator()(std::monostate /*nothing*/) const { return {}; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return numberText(value); }
    std::string operator()(const std::string& text) const { return visible(text); }
};

struct Csv : Plain {
    using Plain::operator();
    std::string operator()(const std::string& text) const { return csvQuoted(text); }
};

struct Json : Plain {
    using Plain::operator();
    std::string operator()(const std::string& text) const { return jsonQuoted(text); }
};

/// Writes rows as they come.
class Writer {
public:
    virtual ~Writer() = default;
    virtual void columns(const std::vector<std::string>& names) = 0;
    virtual void row(const std::vector<SqlValue>& values) = 0;
    virtual void end() {}
    [[nodiscard]] bool wanted() const { return out_.wanted() && !interrupted().stop_requested(); }
    [[nodiscard]] int finish() { return out_.finish(); }

protected:
    Output out_;
};

class CsvWriter final : public Writer {
    void columns(const std::vector<std::string>& names) override {
        std::vector<std::string> cells;
        for (const std::string& name : names)
            cells.push_back(csvQuoted(name));
        out_.write(fmt::format("{}\n", fmt::join(cells, ",")));
    }
    void row(const std::vector<SqlValue>& values) override {
        std::vector<std::string> cells;
        for (const SqlValue& value : values)
            cells.push_back(std::visit(Csv(), value));
        out_.write(fmt::format("{}\n", fmt::join(cells, ",")));
    }
};

/// One object a row; NULL is an absent key.
class JsonWriter final : public Writer {
    void columns(const std::vector<std::string>& names) override {
        std::vector<std::string> taken; // an object has each key once
        for (const std::string& name : names)
            keys_.push_back(jsonQuoted(unused(taken, name)));
    }
    void row(const std::vector<SqlValue>& values) override {
        std::string line;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (isNothing(values[i])) continue;
            line += (line.empty() ? "" : ",") + keys_[i] + ":" + std::visit(Json(), values[i]);
        }
        out_.write("{" + line + "}\n");
    }
    std::vector<std::string> keys_;
};

/// Characters, near enough to columns on a terminal.
std::size_t widthOf(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// In columns as wide as the first rows need; numbers to the right.
class TextWriter final : public Writer {
    void columns(const std::vector<std::string>& names) override {
        std::vector<std::string> cells;
        for (const std::string& name : names)
            cells.push_back(visible(name));
        right_.assign(names.size(), true);
        rows_.push_back(std::move(cells));
    }
    void row(const std::vector<SqlValue>& values) override {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < values.size(); ++i) {
            cells.push_back(std::visit(Plain(), values[i]));
            if (std::holds_alternative<std::string>(values[i]) && widths_.empty())
                right_[i] = false;
        }
        rows_.push_back(std::move(cells));
        if (!widths_.empty() || rows_.size() > kMeasured) flush();
    }
    void end() override { flush(); }

    void flush() {
        if (widths_.empty() && !rows_.empty()) measure();
        for (const auto& cells : rows_)
            out_.write(lineOf(cells));
        rows_.clear();
    }
    void measure() {
        widths_.assign(rows_.front().size(), 0);
        for (const auto& cells : rows_)
            for (std::size_t i = 0; i < cells.size(); ++i)
                widths_[i] = std::min(kWidest, std::max(widths_[i], widthOf(cells[i])));
    }
    [[nodiscard]] std::string lineOf(const std::vector<std::string>& cells) const {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::size_t width = widthOf(cells[i]);
            const std::string pad(width < widths_[i] ? widths_[i] - width : 0, ' ');
            line += (i == 0 ? "" : "  ") + (right_[i] ? pad + cells[i] : cells[i] + pad);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line + '\n';
    }

    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> widths_;
    std::vector<bool> right_;
};

std::unique_ptr<Writer> writerFor(const Arguments& arguments) {
    if (arguments.json) return std::make_unique<JsonWriter>();
    if (arguments.csv) return std::make_unique<CsvWriter>();
    return std::make_unique<TextWriter>();
}

int listTables(const Sql& sql) {
    Output out;
    for (const SqlTable& table : sql.tables()) {
        out.write(fmt::format("{}: {}\n", table.name, table.what));
        for (const SqlColumn& column : table.columns)
            out.write(fmt::format("    {:<20} {:<8} {}\n", column.name, column.type, column.what));
    }
    return out.finish();
}

int failQuery(const Error& error, const std::string& query) {
    const int status = fail(error);
    const bool badQuery = error.kind == ErrorKind::NotUnderstood || error.kind == ErrorKind::Usage;
    if (error.place.offset != 0 && error.kind == ErrorKind::NotUnderstood) {
        say("  " + query);
        say("  " + std::string(std::min<std::size_t>(error.place.offset, query.size()), ' ') + "^");
    }
    return badQuery ? kUsage : status;
}

int sql(const Arguments& arguments) {
    auto opened = open({arguments.path}, arguments.reading);
    if (!opened) return fail(opened.error());
    auto sql = Sql::open(*opened->file, [&opened] { return analysisOf(*opened); });
    if (!sql) return fail(sql.error());
    if (arguments.tables) return listTables(**sql);
    const auto writer = writerFor(arguments);
    SqlSink sink;
    sink.columns = [&](const std::vector<std::string>& names) { writer->columns(names); };
    sink.row = [&](const std::vector<SqlValue>& row) {
        writer->row(row);
        return writer->wanted();
    };
    const auto done = (*sql)->ask(arguments.query, sink, interrupted());
    if (done) writer->end();
    const int status = writer->finish();
    if (!done) return failQuery(done.error(), arguments.query);
    return interrupted().stop_requested() ? exitStatus(ErrorKind::Cancelled) : status;
}

} // namespace

void addSql(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("sql", "Ask a case questions in SQL");
    command->add_option("input", arguments->path, "A case, or a bundle or log to read")
        ->required()
        ->type_name("CASE|BUNDLE|FILE");
    auto* query = command->add_option(
        "query", arguments->query,
        "Such as: SELECT server, count(*) FROM records WHERE status >= 500 GROUP BY server");
    auto* json = command->add_flag("--json", arguments->json, "One JSON object a row");
    command->add_flag("--csv", arguments->csv, "Comma-separated, with the names of the columns")
        ->excludes(json);
    auto* tables =
        command->add_flag("--tables", arguments->tables, "List the tables and their columns");
    addReadingOptions(*command, arguments->reading);
    command->callback([arguments, query, tables, &chosen] {
        if (query->count() + tables->count() == 0)
            throw CLI::RequiredError("a query (or --tables)");
        chosen = [arguments] { return sql(*arguments); };
    });
}

} // namespace postlude::cli
