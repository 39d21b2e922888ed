// SPDX-License-Identifier: GPL-3.0-or-later
// The output of `git log`, with or without -p or --stat.
#include "core/format/detail/documents.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

namespace postlude {

namespace {

constexpr std::size_t kMostChangedLines = 40; ///< of a diff, kept in the message

bool isCommitLine(std::string_view line) {
    if (!line.starts_with("commit ")) return false;
    const std::string_view id = line.substr(7, line.substr(7).find(' '));
    return id.size() >= 7 && std::ranges::all_of(id, [](char c) {
               return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
           });
}

std::string_view takeLine(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// One commit's text → record; `message` keeps what the record's message points into.
class CommitReader {
public:
    bool read(std::string_view text, Record& out) {
        out.clear();
        out.kind = RecordKind::Change;
        out[TextField::Subject] = "commit";
        message_.clear();
        changed_ = 0;
        diff_ = false;
        const std::string_view head = takeLine(text);
        out.extra.emplace_back("commit", head.substr(7, 40));
        bool inHead = true;
        while (!text.empty()) {
            const std::string_view line = takeLine(text);
            if (inHead && line.empty())
                inHead = false;
            else if (inHead)
                readHead(line, out);
            else
                readBody(line, out);
        }
        while (message_.ends_with('\n'))
            message_.pop_back();
        out[TextField::Message] = message_;
        return out.time.known();
    }

private:
    void readHead(std::string_view line, Record& out) {
        const auto value = [&](std::string_view key) {
            return line.starts_with(key) ? trimmed(line.substr(key.size())) : std::string_view{};
        };
        if (const auto author = value("Author:"); !author.empty())
            out[TextField::User] = trimmed(author.substr(0, author.find('<')));
        std::string_view date = value("Date:");
        if (date.empty()) date = value("AuthorDate:");
        if (const auto committed = value("CommitDate:"); !committed.empty()) date = committed;
        if (!date.empty() && times_.whole(date, out.time)) out[TextField::TimeRaw] = date;
    }

    void readBody(std::string_view line, Record& out) {
        diff_ = diff_ || line.starts_with("diff --git ") || line.starts_with("--- ");
        if (!diff_ && line.starts_with("    ")) {
            (message_ += trimmed(line)) += '\n';
            return;
        }
        if (line.starts_with("+++ b/") || line.starts_with("diff --git ")) noteFile(line, out);
        const bool change = (line.starts_with('+') && !line.starts_with("+++")) ||
                            (line.starts_with('-') && !line.starts_with("---"));
        if (!change) return;
        if (++changed_ > kMostChangedLines) return;
        (message_ += line) += '\n';
        if (changed_ == kMostChangedLines) message_ += "…\n";
    }

    void noteFile(std::string_view line, Record& out) {
        const std::size_t slash = line.rfind(" b/");
        if (slash != std::string_view::npos && !out.has(TextField::Process))
            out[TextField::Process] = line.substr(slash + 3);
    }

    TimeReader times_;
    std::string message_;
    std::size_t changed_ = 0;
    bool diff_ = false; ///< behind the message
};

class GitLogFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        std::string_view text = trimmed(sample);
        return isCommitLine(takeLine(text)) && text.find("Date:") != std::string_view::npos ? 1 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        LineCounter lines(text);
        std::optional<std::size_t> start;
        CommitReader reader;
        Record record;
        std::size_t count = 0;
        const auto finish = [&](std::size_t end) {
            if (!start) return;
            const RecordPlace place = lines.place(*start, end);
            if (reader.read(text.substr(*start, end - *start), record))
                ++count, sink(record, place);
            else
                unread({ErrorKind::NotUnderstood,
                        "this commit has no date",
                        {{}, place.line, place.offset}});
        };
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            if (isCommitLine(text.substr(at, end - at))) {
                finish(at);
                start = at;
            }
            at = end + 1;
        }
        finish(text.size());
        if (count > 0) return {};
        return std::unexpected(Error{ErrorKind::NotUnderstood, "there is no commit in it"});
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makeGitLogFormat(About about) {
    return std::make_shared<const GitLogFormat>(std::move(about));
}

} // namespace postlude
