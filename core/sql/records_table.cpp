// SPDX-License-Identifier: GPL-3.0-or-later
// The table "records": one row a record, columns by the names of the command line's JSON.
#include "core/sql/detail/table.h"

#include "core/base/precisetime.h"
#include "core/base/text.h"
#include "core/query/cursor.h"
#include "core/query/quoted.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sql {

namespace {

// The columns before and behind those that are a field each.
enum Head : std::size_t { kAt, kSource, kLine, kOffset, kLines, kFormat, kKind, kLevel, kHeads };
enum Tail : std::size_t { kFields, kRaw };

constexpr std::array kTexts{TextField::ClientIp,    TextField::Method,      TextField::Path,
                            TextField::HttpVersion, TextField::Frontend,    TextField::Backend,
                            TextField::Server,      TextField::Termination, TextField::UserAgent,
                            TextField::Referrer,    TextField::RequestId,   TextField::Host,
                            TextField::Process,     TextField::Message,     TextField::User,
                            TextField::State,       TextField::Subject,     TextField::TimeRaw};
constexpr std::array kNumbers{NumberField::Status,    NumberField::ClientPort,
                              NumberField::BytesSent, NumberField::BytesReceived,
                              NumberField::Duration,  NumberField::Queue,
                              NumberField::Connect,   NumberField::Response,
                              NumberField::Retries,   NumberField::Pid};
static_assert(kTexts.size() == kTextFields);

constexpr std::size_t kFirstNumber = kHeads + kTexts.size();
constexpr std::size_t kFirstTail = kFirstNumber + kNumbers.size();

std::optional<TextField> textOf(std::size_t column) {
    if (column < kHeads || column >= kFirstNumber) return {};
    return kTexts[column - kHeads];
}

std::optional<NumberField> numberOf(std::size_t column) {
    if (column < kFirstNumber || column >= kFirstTail) return {};
    return kNumbers[column - kFirstNumber];
}

SqlTable about() {
    SqlTable table{"records", "every record of every source, in the order of the files", {}};
    table.columns = {{"time", std::string(kTime), "when it began, clocks corrected"},
                     {"source", "TEXT", "path in the bundle"},
                     {"line", "INTEGER", "its first line, from 1"},
                     {"offset", "INTEGER", "that line's first byte"},
                     {"lines", "INTEGER", "how many lines it has"},
                     {"format", "TEXT", "what it was read as"},
                     {"kind", "TEXT", "request, message, server_state, change, alert or chat"},
                     {"level", "TEXT", "trace to emergency"}};
    for (const TextField field : kTexts)
        table.columns.push_back(
            {std::string(nameOf(field)), "TEXT",
             field == TextField::Host ? "named in it, or whose log it is in" : ""});
    for (const NumberField field : kNumbers)
        table.columns.push_back(
            {std::string(nameOf(field)), isDuration(field) ? "REAL" : "INTEGER", ""});
    table.columns.push_back({"fields", "TEXT", "whatever else, as a JSON object"});
    table.columns.push_back({"raw", "TEXT", "the record as it stands in its source"});
    return table;
}

/// `cellOf` of what the cursor gave.
template <class Value, class CellOf>
Result<Cell> asCell(Result<Value> got, CellOf cellOf) {
    if (!got) return std::unexpected(std::move(got.error()));
    return cellOf(std::move(*got));
}

class RecordRows final : public Rows {
public:
    explicit RecordRows(std::unique_ptr<RecordCursor> cursor)
        : cursor_(std::move(cursor)) {}

    Result<bool> next() override { return cursor_->next(); }
    std::int64_t number() const override { return static_cast<std::int64_t>(cursor_->id()); }

    Result<Cell> cell(std::size_t column) override {
        if (const auto field = textOf(column)) return text(*field);
        if (const auto field = numberOf(column)) return whole(*field);
        if (column == kFirstTail + kFields) return fields();
        if (column == kFirstTail + kRaw) return raw();
        return head(column);
    }

private:
    Result<Cell> head(std::size_t column) {
        switch (column) {
        case kAt:
            return time();
        case kSource:
            return Cell(std::string_view(cursor_->source().path));
        case kFormat:
            return Cell(std::string_view(cursor_->source().format));
        case kLine:
            return counted(cursor_->line());
        case kOffset:
            return counted(cursor_->offset());
        case kLines:
            return counted(cursor_->lines());
        case kKind:
            return asCell(cursor_->kind(), [](RecordKind kind) { return Cell(nameOf(kind)); });
        default:
            return asCell(cursor_->level(), [](Level level) {
                return level == Level::None ? Cell() : Cell(nameOf(level));
            });
        }
    }

    static Result<Cell> counted(Result<std::uint64_t> number) {
        return asCell(std::move(number),
                      [](std::uint64_t n) { return Cell(static_cast<std::int64_t>(n)); });
    }

    Result<Cell> time() {
        return asCell(cursor_->time(), [this](const std::optional<Instant>& at) {
            if (!at) return Cell();
            scratch_ = preciseTime(*at);
            return Cell(std::string_view(scratch_));
        });
    }

    Result<Cell> text(TextField field) {
        return asCell(cursor_->text(field), [&](const std::optional<std::string_view>& text) {
            if (text) return Cell(*text);
            const std::string& host = cursor_->source().host;
            return field == TextField::Host && !host.empty() ? Cell(std::string_view(host))
                                                             : Cell();
        });
    }

    Result<Cell> whole(NumberField field) {
        return asCell(cursor_->number(field), [field](std::int64_t value) {
            if (value == kAbsent) return Cell();
            return isDuration(field) ? Cell(static_cast<double>(value) * 1e-6) : Cell(value);
        });
    }

    Result<Cell> fields() {
        auto extra = cursor_->extra();
        if (!extra) return std::unexpected(extra.error());
        if (extra->empty()) return Cell();
        scratch_ = "{";
        for (const auto& [name, value] : *extra)
            scratch_ +=
                (scratch_.size() > 1 ? "," : "") + jsonQuoted(name) + ":" + jsonQuoted(value);
        scratch_ += '}';
        return Cell(std::string_view(scratch_));
    }

    Result<Cell> raw() {
        return asCell(cursor_->raw(), [this](std::string&& text) {
            scratch_ = std::move(text);
            return Cell(std::string_view(scratch_));
        });
    }

    std::unique_ptr<RecordCursor> cursor_;
    std::string scratch_; ///< SQLite copies a cell before it asks for the next
};

std::string_view signOf(Op op) {
    constexpr std::array<std::string_view, 5> signs{"=", "<", "<=", ">", ">="};
    return signs[static_cast<std::size_t>(op)];
}

/// Turns tests into a request that lets pass all they do, and not much more.
class Narrowing {
public:
    Narrowing(const std::vector<Test>& tests, const std::vector<SourceInfo>& sources)
        : sources_(sources) {
        for (const Test& test : tests)
            take(test);
    }

    RecordsRequest request() {
        auto filter = Filter::parse(filter_);
        if (filter) request_.filter = *filter; // else SQLite does all the work
        return std::move(request_);
    }

private:
    void take(const Test& test) {
        const auto* text = std::get_if<std::string>(&test.value);
        if (test.column == kAt && text) takeTime(test.op, *text);
        if (test.column == kSource && text) takeSource(*text);
        if (test.column == kKind && text) takeKind(*text);
        if (const auto field = textOf(test.column); field && text)
            add(fmt::format("{} = {}", nameOf(*field), quotedForFilter(*text)));
        if (const auto field = numberOf(test.column)) takeNumber(*field, test);
    }

    void add(const std::string& test) { filter_ += (filter_.empty() ? "" : " and ") + test; }

    void takeTime(Op op, const std::string& text) {
        const auto at = timeFrom(text);
        if (!at) return;
        if (!request_.window) request_.window = Window{Instant::min(), Instant::max()};
        Window& window = *request_.window;
        const Instant behind = *at + Duration{1};
        if (op == Op::Equal || op == Op::AtLeast || op == Op::Greater)
            window.from = std::max(window.from, *at);
        if (op == Op::Equal || op == Op::AtMost || op == Op::Less)
            window.to = std::min(window.to, behind);
    }

    void takeSource(const std::string& path) {
        const auto it = std::ranges::find(sources_, path, &SourceInfo::path);
        request_.sources.push_back(it == sources_.end() ? kNoSource : it->id);
    }

    void takeKind(const std::string& name) {
        const auto kind = kindNamed(name);
        if (kind) request_.kinds |= 1U << static_cast<unsigned>(*kind);
    }

    /// Durations come as rounded milliseconds: a little more than asked for.
    void takeNumber(NumberField field, const Test& test) {
        const auto* whole = std::get_if<std::int64_t>(&test.value);
        const auto* number = std::get_if<double>(&test.value);
        if (!whole && !number) return;
        if (!isDuration(field)) {
            if (whole) add(fmt::format("{} {} {}", nameOf(field), signOf(test.op), *whole));
            return;
        }
        const double value = whole ? static_cast<double>(*whole) : *number;
        if (!(value >= 0) || value > 1e12) return;
        const double slack = 0.001 + value * 1e-9;
        if (test.op != Op::Less && test.op != Op::AtMost)
            add(fmt::format("{} >= {:.6f}", nameOf(field), std::max(0.0, value - slack)));
        if (test.op != Op::Greater && test.op != Op::AtLeast)
            add(fmt::format("{} <= {:.6f}", nameOf(field), value + slack));
    }

    static constexpr auto kNoSource = static_cast<SourceId>(0xFFFFFFFFU);
    const std::vector<SourceInfo>& sources_;
    RecordsRequest request_;
    std::string filter_;
};

class RecordsTable final : public Table {
public:
    explicit RecordsTable(const Case& of)
        : Table(sql::about())
        , case_(of) {}

    bool uses(std::size_t column, Op op) const override {
        if (column == kAt || numberOf(column)) return true;
        if (op != Op::Equal) return false;
        // The host of a filter is also the source's, where the record names none.
        const auto field = textOf(column);
        return column == kSource || column == kKind || (field && *field != TextField::Host);
    }

    Result<std::unique_ptr<Rows>> find(const std::vector<Test>& tests,
                                       std::stop_token stop) override {
        if (!records_) {
            auto opened = openRecords(case_);
            if (!opened) return std::unexpected(opened.error());
            auto sources = case_.sources();
            if (!sources) return std::unexpected(sources.error());
            records_ = std::move(*opened);
            sources_ = std::move(*sources);
        }
        return std::make_unique<RecordRows>(
            records_->find(Narrowing(tests, sources_).request(), std::move(stop)));
    }

private:
    const Case& case_;
    std::unique_ptr<RecordTable> records_; ///< opened with the first question
    std::vector<SourceInfo> sources_;
};

} // namespace

std::unique_ptr<Table> recordsTable(const Case& of) {
    return std::make_unique<RecordsTable>(of);
}

} // namespace postlude::sql
