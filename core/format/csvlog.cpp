// SPDX-License-Identifier: GPL-3.0-or-later
// A list of changes as CSV with a header row: which column is what is told by its name.
#include "core/format/detail/documents.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

#include <deque>

namespace postlude {

namespace {

/// Fields of one row; "" inside quotes is a quote. `at` moves behind the row.
class CsvReader {
public:
    CsvReader(std::string_view text, char separator)
        : text_(text)
        , separator_(separator) {}
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
            } else if (c == '"') {
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
    std::size_t at_ = 0;
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
           name == "at" || name.ends_with("_at");
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

struct Columns {
    char separator = ',';
    std::vector<Target> targets;
    std::optional<int> offset; ///< the header says "utc"
    bool hasTime = false, hasText = false;
};

Columns readHeader(std::string_view line) {
    Columns columns;
    for (const char c : {';', '\t'})
        if (std::ranges::count(line, c) > std::ranges::count(line, columns.separator))
            columns.separator = c;
    CsvReader reader(line, columns.separator);
    for (const std::string& title : reader.row()) {
        const std::string name = lowered(title);
        columns.targets.push_back(targetOf(name));
        const Target& target = columns.targets.back();
        if (target.act == Act::Time && name.find("utc") != std::string::npos) columns.offset = 0;
        columns.hasTime = columns.hasTime || target.act == Act::Time;
        columns.hasText =
            columns.hasText || (target.act == Act::Text && target.text == TextField::Message);
    }
    return columns;
}

class CsvFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        const std::size_t end = sample.find('\n');
        if (end == std::string_view::npos) return 0;
        const Columns columns = readHeader(sample.substr(0, end));
        return columns.hasTime && columns.hasText && columns.targets.size() >= 3 ? 0.9 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        const std::size_t headEnd = std::min(text.find('\n'), text.size());
        const Columns columns = readHeader(text.substr(0, headEnd));
        if (!columns.hasTime)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood, "no column of the header is a time", {{}, 1, 0}});
        CsvReader reader(text, columns.separator);
        reader.row();
        LineCounter lines(text);
        Assigner assigner;
        Record record;
        while (reader.more()) {
            const std::size_t start = reader.at();
            const auto& row = reader.row();
            if (row.size() == 1 && trimmed(row.front()).empty()) continue;
            const RecordPlace place = lines.place(start, reader.at());
            if (fill(columns, row, assigner, record))
                sink(record, place);
            else
                unread({ErrorKind::NotUnderstood,
                        "this row has no time",
                        {{}, place.line, place.offset}});
        }
        return {};
    }

private:
    static bool fill(const Columns& columns, const std::deque<std::string>& row, Assigner& assigner,
                     Record& out) {
        out.clear();
        out.kind = RecordKind::Change;
        assigner.begin();
        for (std::size_t i = 0; i < row.size() && i < columns.targets.size(); ++i)
            if (!assigner.assign(columns.targets[i], row[i], out)) return false;
        if (columns.offset && !out.time.offset) out.time.offset = columns.offset;
        if (!out.has(TextField::Subject)) out[TextField::Subject] = "change";
        return out.time.known();
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makeCsvFormat(About about) {
    return std::make_shared<const CsvFormat>(std::move(about));
}

} // namespace postlude
