// SPDX-License-Identifier: GPL-3.0-or-later
// JSON records that are not one a line: exports of clouds are arrays, or objects that hold one
// ({"records": […]}), and people save pretty-printed ones.
#include "core/format/detail/documents.h"
#include "core/format/detail/score.h"

#include "core/base/text.h"

namespace postlude {

namespace {

constexpr std::size_t kTried = 40; ///< objects that are looked at to judge a text

/// What is behind {"records": [ … or nothing, if this object is a record itself.
std::string_view insideOf(std::string_view object) {
    static constexpr std::string_view names[] = {"records", "Records", "entries", "value",
                                                 "logs",    "results", "items"};
    const std::size_t quote = object.find_first_not_of(" \t\r\n", 1);
    if (quote == std::string_view::npos || object[quote] != '"') return {};
    const std::size_t close = object.find('"', quote + 1);
    if (close == std::string_view::npos) return {};
    const std::string_view name = object.substr(quote + 1, close - quote - 1);
    const std::size_t colon = object.find_first_not_of(" \t\r\n", close + 1);
    if (colon == std::string_view::npos || object[colon] != ':') return {};
    const std::size_t open = object.find_first_not_of(" \t\r\n", colon + 1);
    if (open == std::string_view::npos || object[open] != '[') return {};
    return std::ranges::find(names, name) == std::end(names) ? std::string_view{}
                                                             : object.substr(open + 1);
}

std::vector<JsonPiece> recordsIn(std::string_view text, bool& complete) {
    std::vector<JsonPiece> records;
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    const bool cutOff = start != std::string_view::npos && text[start] == '{' &&
                        !insideOf(text.substr(start)).empty();
    // A holder that was cut off is no object as a whole; then its inside is split.
    std::vector<JsonPiece> all = splitObjects(text, complete);
    if (cutOff && all.empty()) {
        const std::string_view inside = insideOf(text.substr(start));
        all = splitObjects(inside, complete);
        for (JsonPiece& piece : all)
            piece.offset += static_cast<std::size_t>(inside.data() - text.data());
        complete = false;
    }
    for (const JsonPiece& piece : all) {
        const std::string_view inside = insideOf(piece.text);
        if (inside.empty()) {
            records.push_back(piece);
            continue;
        }
        bool ignored = false;
        for (JsonPiece& inner : splitObjects(inside, ignored)) {
            inner.offset +=
                piece.offset + static_cast<std::size_t>(inside.data() - piece.text.data());
            records.push_back(inner);
        }
    }
    return records;
}

/// False for JSON lines, which are read as lines.
bool isDocument(std::string_view text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return false;
    text.remove_prefix(start);
    if (text.front() == '[') return text.find('{') != std::string_view::npos;
    if (text.front() != '{') return false;
    if (!insideOf(text).empty()) return true;
    bool complete = false;
    const auto first = splitObjects(text.substr(0, text.find('\n')), complete);
    return first.empty();
}

class JsonDocumentFormat : public KnownFormat {
public:
    explicit JsonDocumentFormat(std::shared_ptr<const KnownFormat> lines)
        : KnownFormat(About{lines->name() + "-document", lines->title() + " as a document",
                            lines->samples(), false, lines->rank() - 5, false, lines->reader(),
                            lines->origin()})
        , lines_(std::move(lines)) {}

    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool /*whole*/) const override {
        if (!isDocument(sample)) return 0;
        bool complete = false;
        auto pieces = recordsIn(sample, complete);
        if (pieces.size() > kTried) pieces.resize(kTried);
        const auto parser = lines_->parser();
        Record record;
        double worth = 0;
        for (const JsonPiece& piece : pieces)
            if (parser->parse(piece.text, record) == LineVerdict::Record) worth += worthOf(record);
        return pieces.empty() ? 0 : worth / static_cast<double>(pieces.size());
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        bool complete = false;
        LineCounter lines(text);
        const auto parser = lines_->parser();
        Record record;
        for (const JsonPiece& piece : recordsIn(text, complete)) {
            const RecordPlace place = lines.place(piece.offset, piece.offset + piece.text.size());
            if (parser->parse(piece.text, record) == LineVerdict::Record) {
                sink(record, place);
                continue;
            }
            Error error{ErrorKind::NotUnderstood, "no such record"};
            error.place.line = place.line;
            error.place.offset = place.offset;
            unread(error);
        }
        if (complete) return {};
        return std::unexpected(Error{ErrorKind::Damaged, "the text ends within a record"});
    }

private:
    std::shared_ptr<const KnownFormat> lines_;
};

} // namespace

std::shared_ptr<const KnownFormat>
makeJsonDocumentFormat(std::shared_ptr<const KnownFormat> lines) {
    return std::make_shared<const JsonDocumentFormat>(std::move(lines));
}

} // namespace postlude
