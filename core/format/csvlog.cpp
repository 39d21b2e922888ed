// SPDX-License-Identifier: GPL-3.0-or-later
// Tables (CSV) with a header row. Which column is what is told by its name: lists of changes as
// people write them, exports whose columns a format's file names, measured values.
#include "core/format/detail/documents.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/pairs.h"

#include <QJsonArray>
#include <charconv>
#include <deque>

namespace postlude {

namespace {

/// Fields of one row; "" inside quotes is a quote. `at` moves behind the row.
class CsvReader {
public:
    CsvReader(std::string_view text, char separator, std::size_t from = 0)
        : text_(text)
        , separator_(separator)
        , at_(from) {}
    [[nodiscard]] bool more() const { return at_ < text_.size(); }
    [[nodiscard]] std::size_t at() const { return at_; }

    const std::deque<std::string>& row() {
        fields_.clear();
        fields_.emplace_back();
        bool quoted = false;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (quoted) {
                if (c != '"')
                    fields_.back() += c;
                else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"')
                    fields_.back() += text_[++at_];
                else
                    quoted = false;
            } else if (c == '"' && fields_.back().empty()) {
                quoted = true;
            } else if (c == separator_) {
                fields_.emplace_back();
            } else if (c == '\n') {
                ++at_;
                break;
            } else if (c != '\r') {
                fields_.back() += c;
            }
        }
        return fields_;
    }

private:
    std::string_view text_;
    char separator_;
    std::size_t at_;
    std::deque<std::string> fields_;
};

std::string lowered(std::string_view text) {
    std::string low(trimmed(text));
    std::ranges::transform(low, low.begin(),
                           [](char c) { return c == ' ' || c == '-' ? '_' : lower(c); });
    return low;
}

bool isTimeColumn(std::string_view name) {
    return name.starts_with("time") || name.starts_with("date") || name == "ts" || name == "when" ||
           name == "at" || name.ends_with("_at") || name == "created_on";
}

Target targetOf(const std::string& name) {
    static const std::pair<std::string_view, TextField> names[] = {
        {"who", TextField::User},
        {"user", TextField::User},
        {"author", TextField::User},
        {"by", TextField::User},
        {"actor", TextField::User},
        {"system", TextField::Process},
        {"service", TextField::Process},
        {"component", TextField::Process},
        {"target", TextField::Process},
        {"summary", TextField::Message},
        {"description", TextField::Message},
        {"message", TextField::Message},
        {"change", TextField::Message},
        {"what", TextField::Message},
        {"title", TextField::Message},
        {"result", TextField::State},
        {"status", TextField::State},
        {"outcome", TextField::State},
        {"kind", TextField::Subject},
        {"type", TextField::Subject},
        {"category", TextField::Subject},
        {"host", TextField::Host}};
    if (isTimeColumn(name)) return actTarget(Act::Time);
    for (const auto& [known, field] : names)
        if (name == known) return textTarget(field);
    return extraTarget(name);
}

/// What the format's file says.
struct Plan {
    TargetMap fields; ///< by the columns' lowered names; empty: by their usual names
    std::vector<std::string> when;
    RecordKind kind = RecordKind::Change;
    std::vector<std::pair<Target, std::string>> fixed;
    bool numbers = false; ///< tables of measured values instead: a time and numbers
};

struct Columns {
    char separator = ',';
    std::vector<std::string> names, titles; ///< lowered, and as written
    std::vector<Target> targets;
    std::optional<int> offset; ///< the header says "utc"
    bool hasTime = false, hasText = false;
};

/// Spreadsheets are told their separator in a line of its own.
std::size_t headerStart(std::string_view text) {
    const std::size_t start = std::min(text.find_first_not_of("\r\n"), text.size());
    if (!text.substr(start).starts_with("sep=")) return start;
    return std::min(text.find('\n', start), text.size() - 1) + 1;
}

Columns readHeader(std::string_view line, const Plan& plan) {
    Columns columns;
    for (const char c : {';', '\t'})
        if (std::ranges::count(line, c) > std::ranges::count(line, columns.separator))
            columns.separator = c;
    CsvReader reader(line, columns.separator);
    for (const std::string& title : reader.row()) {
        const std::string name = lowered(title);
        const auto planned = plan.fields.find(name);
        columns.names.push_back(name);
        columns.titles.emplace_back(trimmed(title));
        columns.targets.push_back(planned != plan.fields.end() ? planned->second
                                  : plan.fields.empty()        ? targetOf(name)
                                                               : extraTarget({}));
        if (columns.targets.back().act == Act::Extra)
            columns.targets.back() = extraTarget(columns.titles.back());
        const Target& target = columns.targets.back();
        const bool time = target.act == Act::Time;
        if (time && name.find("utc") != std::string::npos) columns.offset = 0;
        columns.hasTime = columns.hasTime || time;
        columns.hasText =
            columns.hasText || (target.act == Act::Text && target.text == TextField::Message);
    }
    return columns;
}

bool isNumber(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

class CsvFormat : public KnownFormat {
public:
    CsvFormat(About about, Plan plan)
        : KnownFormat(std::move(about))
        , plan_(std::move(plan)) {}
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        sample.remove_prefix(headerStart(sample));
        const std::size_t end = sample.find('\n');
        if (end == std::string_view::npos) return 0;
        const Columns columns = readHeader(sample.substr(0, end), plan_);
        if (!columns.hasTime) return 0;
        if (plan_.numbers) return measures(columns, sample.substr(end + 1)) ? 0.6 : 0;
        for (const std::string& name : plan_.when)
            if (std::ranges::find(columns.names, name) == columns.names.end()) return 0;
        if (!plan_.when.empty()) return 0.95;
        return columns.hasText && columns.targets.size() >= 3 ? 0.9 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        const std::size_t start = headerStart(text);
        const std::size_t headEnd = std::min(text.find('\n', start), text.size());
        const Columns columns = readHeader(text.substr(start, headEnd - start), plan_);
        if (!columns.hasTime)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood, "no column of the header is a time", {{}, 1, 0}});
        CsvReader reader(text, columns.separator, start);
        reader.row();
        LineCounter lines(text);
        Assigner assigner;
        Record record;
        while (reader.more()) {
            const std::size_t from = reader.at();
            const auto& row = reader.row();
            if (row.size() == 1 && trimmed(row.front()).empty()) continue;
            const RecordPlace place = lines.place(from, reader.at());
            if (fill(columns, row, assigner, record)) {
                if (plan_.numbers)
                    record[TextField::Message] = valuesIn(text.substr(from, place.bytes), columns);
                sink(record, place);
            } else {
                unread({ErrorKind::NotUnderstood,
                        "this row has no time",
                        {{}, place.line, place.offset}});
            }
        }
        return {};
    }

private:
    /// The first row's cells beside the time are numbers, or names of few columns.
    [[nodiscard]] bool measures(const Columns& columns, std::string_view rows) const {
        CsvReader reader(rows, columns.separator);
        const auto& row = reader.row();
        if (row.size() != columns.targets.size() || row.size() < 2) return false;
        std::size_t numbers = 0;
        std::size_t texts = 0;
        WrittenTime time;
        TimeReader times;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (columns.targets[i].act == Act::Time) {
                if (!times.whole(trimmed(row[i]), time)) return false;
            } else if (!trimmed(row[i]).empty()) {
                ++(isNumber(row[i]) ? numbers : texts);
            }
        }
        return numbers > 0 && texts <= numbers;
    }

    /// A row without the time it mostly begins with.
    static std::string_view valuesIn(std::string_view row, const Columns& columns) {
        if (columns.targets.front().act != Act::Time) return row;
        return row.substr(std::min(row.find(columns.separator), row.size() - 1) + 1);
    }

    bool fill(const Columns& columns, const std::deque<std::string>& row, Assigner& assigner,
              Record& out) const {
        out.clear();
        out.kind = plan_.kind;
        assigner.begin();
        for (std::size_t i = 0; i < row.size() && i < columns.targets.size(); ++i) {
            const Target& target = columns.targets[i];
            if (!plan_.when.empty() && row[i].empty()) continue;
            if (assigner.assign(target, row[i], out)) continue;
            if (target.act == Act::Time && !out.time.known()) return false;
            out.extra.emplace_back(columns.titles[i], row[i]);
        }
        for (const auto& [target, value] : plan_.fixed)
            assigner.assign(target, value, out);
        if (columns.offset && !out.time.offset) out.time.offset = columns.offset;
        if (plan_.kind == RecordKind::Change && !out.has(TextField::Subject))
            out[TextField::Subject] = "change";
        return out.time.known();
    }

    Plan plan_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeCsvFormat(About about, const QJsonObject& file) {
    Plan plan;
    auto fields = readTargetMap(file["fields"].toObject());
    if (!fields) return std::unexpected(fields.error());
    plan.fields = std::move(*fields);
    const QJsonArray when = file["when"].toArray();
    for (const auto& each : when)
        plan.when.push_back(each.toString().toStdString());
    const auto kind = kindNamed(file["kind"].toString("change").toStdString());
    if (!kind)
        return std::unexpected(
            Error{ErrorKind::NotUnderstood, "“kind” is none of the kinds of records"});
    plan.kind = *kind;
    plan.numbers = file["numbers"].toBool();
    const QJsonObject set = file["set"].toObject();
    for (auto it = set.begin(); it != set.end(); ++it)
        if (auto target = targetNamed(it.key().toStdString()))
            plan.fixed.emplace_back(std::move(*target), it.value().toString().toStdString());
    return std::make_shared<const CsvFormat>(std::move(about), std::move(plan));
}

} // namespace postlude
