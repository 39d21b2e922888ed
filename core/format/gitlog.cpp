// SPDX-License-Identifier: GPL-3.0-or-later
// The output of `git log`, with or without -p or --stat.
#include "core/format/detail/documents.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

namespace postlude {

namespace {

constexpr std::size_t kMostChangedLines = 40; ///< of a diff, kept in the message
constexpr std::size_t kMostFiles = 40;        ///< named of one commit

/// What `git log --graph` draws before a line.
std::string_view withoutGraph(std::string_view line) {
    const std::size_t from = line.find_first_not_of("*|\\/_ ");
    return from == std::string_view::npos ? std::string_view{} : line.substr(from);
}

bool isId(std::string_view text) {
    return text.size() >= 7 && std::ranges::all_of(text, [](char c) {
               return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
           });
}

bool isCommitLine(std::string_view line) {
    if (line.starts_with('*') || line.starts_with('|')) line = withoutGraph(line);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line.starts_with("commit ") && isId(line.substr(7, line.substr(7).find(' ')));
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
        files_.clear();
        lastFile_ = {};
        changed_ = fileCount_ = 0;
        diff_ = committed_ = false;
        std::string_view head = takeLine(text);
        // What is drawn before the first line has the width of that before all others.
        graph_ = static_cast<std::size_t>(withoutGraph(head).data() - head.data());
        readCommit(head.substr(graph_), out);
        bool inHead = true;
        while (!text.empty()) {
            std::string_view line = takeLine(text);
            if (graph_ > 0) line = line.substr(std::min(graph_, line.size()));
            if (inHead && trimmed(line).empty())
                inHead = false;
            else if (inHead)
                readHead(line, out);
            else
                readBody(line, out);
        }
        while (message_.ends_with('\n'))
            message_.pop_back();
        out[TextField::Message] = message_;
        if (fileCount_ > 0) out.extra.emplace_back("files", files_);
        return out.has(TextField::User);
    }

private:
    void readCommit(std::string_view line, Record& out) {
        line.remove_prefix(7);
        const std::size_t open = line.find(" (");
        const std::string_view ids = line.substr(0, open); // --parents lists them behind it
        out.extra.emplace_back("commit", ids.substr(0, ids.find(' ')));
        if (open != std::string_view::npos && line.ends_with(')'))
            out.extra.emplace_back("refs", line.substr(open + 2, line.size() - open - 3));
    }

    void readHead(std::string_view line, Record& out) {
        const std::size_t end = line.find_first_of(": ");
        const std::string_view key = line.substr(0, end);
        if (end == std::string_view::npos) return;
        const std::string_view value = trimmed(line.substr(end + 1));
        if (key == "Author")
            readPerson(value, "author_email", out);
        else if (key == "author" || key == "committer")
            readRawPerson(key, value, out);
        else if (key == "Date" || key == "CommitDate")
            readTime(value, key == "CommitDate", out);
        else if (key == "AuthorDate")
            readTime(value, false, out), out.extra.emplace_back("author_date", value);
        else if (key == "Commit")
            out.extra.emplace_back("committer", value);
        else
            out.extra.emplace_back(key == "Merge" ? "merge" : key, value);
    }

    static void readPerson(std::string_view value, std::string_view mailName, Record& out) {
        const std::size_t open = value.find('<');
        out[TextField::User] = trimmed(value.substr(0, open));
        if (open != std::string_view::npos && value.ends_with('>'))
            out.extra.emplace_back(mailName, value.substr(open + 1, value.size() - open - 2));
    }

    /// --format=raw: "Ada <ada@x.example> 1705312667 +0100"
    void readRawPerson(std::string_view key, std::string_view value, Record& out) {
        const std::size_t close = value.rfind('>');
        if (close == std::string_view::npos) return;
        const std::string_view date = trimmed(value.substr(close + 1));
        readTime(date, key == "committer", out);
        if (key == "author") {
            readPerson(value.substr(0, close + 1), "author_email", out);
            out.extra.emplace_back("author_date", date);
        } else {
            out.extra.emplace_back("committer", value.substr(0, close + 1));
        }
    }

    /// When it came to where it is counts, so the committer's time goes before the author's.
    void readTime(std::string_view text, bool committed, Record& out) {
        WrittenTime time; // none of "3 hours ago"
        if (committed_) return;
        if (readDate(text, time)) out.time = time;
        out[TextField::TimeRaw] = text;
        committed_ = committed;
    }

    /// Any --date: "1705312667 +0100" (raw), "2024-01-15" (short) besides what is usual. Of a
    /// day alone its beginning is taken.
    bool readDate(std::string_view text, WrittenTime& time) {
        if (times_.whole(text, time)) return true;
        const std::size_t blank = text.find(' ');
        if (blank != std::string_view::npos && text.size() == blank + 6 &&
            times_.whole(text.substr(0, blank), time) && time.offset) {
            time.local += rawOffset(text.substr(blank + 1)) * 1'000'000'000LL;
            time.offset = rawOffset(text.substr(blank + 1));
            return true;
        }
        if (text.size() != 10) return false;
        std::string midnight(text);
        midnight.append(" 00:00:00");
        return times_.whole(midnight, time);
    }

    static int rawOffset(std::string_view text) { // "+0130"
        int value = 0;
        for (const char c : text.substr(1))
            value = value * 10 + (isDigit(c) ? c - '0' : 0);
        const int seconds = value / 100 * 3600 + value % 100 * 60;
        return text.front() == '-' ? -seconds : seconds;
    }

    void readBody(std::string_view line, Record& out) {
        diff_ = diff_ || line.starts_with("diff --git ") || line.starts_with("--- ");
        if (!diff_ && line.starts_with("    ")) {
            (message_ += trimmed(line)) += '\n';
            return;
        }
        if (!diff_) return noteStat(line, out);
        if (line.starts_with("+++ b/") || line.starts_with("diff --git ")) noteFile(line, out);
        const bool change = (line.starts_with('+') && !line.starts_with("+++")) ||
                            (line.starts_with('-') && !line.starts_with("---"));
        if (!change) return;
        if (++changed_ > kMostChangedLines) return;
        (message_ += line) += '\n';
        if (changed_ == kMostChangedLines) message_ += "…\n";
    }

    /// --stat: " haproxy.cfg | 2 +-" and " 1 file changed, …"; --name-status: "M\thaproxy.cfg";
    /// --numstat: "1\t1\thaproxy.cfg"; --raw: ":100644 … M\thaproxy.cfg".
    void noteStat(std::string_view line, Record& out) {
        const std::string_view text = trimmed(line);
        if (text.empty() || text.ends_with(':')) return; // "Notes:"
        if (text.find(" changed") != std::string_view::npos && isDigit(text.front())) {
            out.extra.emplace_back("changed", text);
            return;
        }
        const std::size_t bar = text.find(" | ");
        const std::size_t tab = text.rfind('\t');
        if (bar != std::string_view::npos)
            addFile(trimmed(text.substr(0, bar)), out);
        else
            addFile(tab == std::string_view::npos ? text : text.substr(tab + 1), out);
    }

    /// A file's name stands on several lines of its diff.
    void noteFile(std::string_view line, Record& out) {
        const std::size_t slash = line.rfind(" b/");
        if (slash == std::string_view::npos || line.substr(slash + 3) == lastFile_) return;
        lastFile_ = line.substr(slash + 3);
        addFile(lastFile_, out);
    }

    /// The first one is what the commit changes; all are listed.
    void addFile(std::string_view name, Record& out) {
        if (!out.has(TextField::Process)) out[TextField::Process] = name;
        if (++fileCount_ > kMostFiles) return;
        if (fileCount_ > 1) files_ += ", ";
        files_ += fileCount_ == kMostFiles ? std::string_view("…") : name;
    }

    TimeReader times_;
    std::string message_, files_;
    std::string_view lastFile_;
    std::size_t changed_ = 0, fileCount_ = 0, graph_ = 0;
    bool diff_ = false;      ///< behind the message
    bool committed_ = false; ///< the time is the committer's
};

class GitLogFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        std::string_view text = trimmed(sample);
        const auto has = [&](std::string_view part) {
            return text.find(part) != std::string_view::npos;
        };
        return isCommitLine(takeLine(text)) && (has("Date:") || has("\nauthor ")) ? 1 : 0;
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
                        "this commit has no author",
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
