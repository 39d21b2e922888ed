// SPDX-License-Identifier: GPL-3.0-or-later
// systemd's Journal Export Format (journalctl -o export): a line a field, an empty line behind
// each entry. Fields with line breaks in them have their name alone on a line, then eight bytes
// with their size and the text. What is meant to be read (-o verbose) has a line with the time
// above each entry instead, and its fields indented. Entries are handed on as JSON, so that the
// same data file says what they mean.
#include "core/format/detail/chars.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

namespace postlude {

namespace {

bool isFieldName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    });
}

/// The time in "Mon 2012-03-05 20:06:26.123456 UTC [s=6ab3…;i=1;…]", the line above an entry.
std::string_view timeAbove(std::string_view line) {
    if (line.size() < 24 || line[3] != ' ' || line[8] != '-' || line[14] != ' ') return {};
    const std::size_t open = line.find(" [s=");
    if (open == std::string_view::npos || !line.ends_with(']')) return {};
    return line.substr(4, open - 4);
}

/// The size that stands before a field's text; 0 if the bytes did not survive as they were.
std::size_t sizeIn(std::string_view bytes) {
    std::size_t size = 0;
    for (std::size_t i = 8; i-- > 0;)
        size = size << 8U | static_cast<unsigned char>(bytes[i]);
    return size <= 1U << 24U ? size : 0;
}

class JournalExportParser : public RankedParser {
public:
    explicit JournalExportParser(std::unique_ptr<LineParser> entries)
        : entries_(std::move(entries)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        opensNext_ = false;
        if (missing_ > 0) return goOn(line);
        if (trimmed(line).empty()) return close(out);
        if (!binary_.empty()) return begin(line);
        if (const std::string_view time = timeAbove(line); !time.empty()) return above(time, out);
        if (line.front() == ' ') return below(trimmed(line));
        const std::size_t equals = line.find('=');
        const std::string_view name = line.substr(0, equals);
        if (!isFieldName(name)) return LineVerdict::Unread;
        if (equals == std::string_view::npos) {
            binary_ = name;
            return LineVerdict::Opening;
        }
        // Where empty lines are gone (as in what formats are judged by) a cursor begins an entry.
        const bool next = name == "__CURSOR" && !json_.empty();
        const LineVerdict verdict = next ? closeBefore(out) : LineVerdict::Opening;
        add(name, line.substr(equals + 1));
        return verdict;
    }

    [[nodiscard]] bool opensNext() const override { return opensNext_; }
    /// In the middle of an entry it is more than can be told.
    [[nodiscard]] std::optional<std::string> state() const override {
        const bool between = json_.empty() && binary_.empty() && missing_ == 0;
        return between ? std::optional<std::string>("") : std::nullopt;
    }
    void restore(std::string_view) override {
        json_.clear();
        binary_.clear();
        missing_ = 0;
    }

private:
    LineVerdict above(std::string_view time, Record& out) {
        const LineVerdict verdict = json_.empty() ? LineVerdict::Opening : closeBefore(out);
        add("__REALTIME_TIMESTAMP", time);
        return verdict;
    }

    /// A field, or one more line of the one before.
    LineVerdict below(std::string_view text) {
        if (json_.empty()) return LineVerdict::Unread;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos && isFieldName(text.substr(0, equals))) {
            add(text.substr(0, equals), text.substr(equals + 1));
        } else {
            json_.pop_back(); // its quote
            json_ += jsonQuoted('\n' + std::string(text)).substr(1);
        }
        return LineVerdict::Opening;
    }

    void add(std::string_view name, std::string_view value) {
        (json_ += json_.empty() ? "{\"" : ",\"") += name;
        (json_ += "\":") += jsonQuoted(value);
    }

    /// The first line of a field's text, behind its size.
    LineVerdict begin(std::string_view line) {
        if (line.size() < 8) return binary_.clear(), LineVerdict::Unread;
        const std::size_t size = sizeIn(line);
        text_ = line.substr(8);
        if (size > text_.size()) return missing_ = size - text_.size(), LineVerdict::Opening;
        return end();
    }

    LineVerdict goOn(std::string_view line) {
        (text_ += '\n') += line;
        missing_ -= std::min(missing_, line.size() + 1);
        return missing_ > 0 ? LineVerdict::Opening : end();
    }

    LineVerdict end() {
        add(binary_, text_);
        binary_.clear();
        return LineVerdict::Opening;
    }

    /// As close, with a line that begins the next entry.
    LineVerdict closeBefore(Record& out) {
        const LineVerdict verdict = close(out);
        opensNext_ = verdict == LineVerdict::Record;
        return verdict;
    }

    LineVerdict close(Record& out) {
        if (json_.empty()) return LineVerdict::Blank;
        entry_ = std::move(json_) + '}';
        json_.clear();
        return entries_->parse(entry_, out);
    }

    std::unique_ptr<LineParser> entries_;
    std::string json_, entry_;  ///< what is read of an entry; the last one
    std::string binary_, text_; ///< the field that is read over several lines
    std::size_t missing_ = 0;   ///< bytes of it
    bool opensNext_ = false;
};

class JournalExportFormat : public KnownFormat {
public:
    JournalExportFormat(About about, std::shared_ptr<const KnownFormat> entries)
        : KnownFormat(std::move(about))
        , entries_(std::move(entries)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<JournalExportParser>(entries_->parser());
    }

private:
    std::shared_ptr<const KnownFormat> entries_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeJournalExportFormat(About about,
                                                                   const QJsonObject& file) {
    auto entries = makeJsonFormat(about, file);
    if (!entries) return std::unexpected(entries.error());
    return std::make_shared<const JournalExportFormat>(std::move(about), std::move(*entries));
}

} // namespace postlude
