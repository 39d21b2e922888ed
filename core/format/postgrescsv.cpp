// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's csvlog (its manual, 19.8.4): 23 to 26 columns, in quotes where they must be, with
// line breaks in them where the statement has some.
#include "core/format/detail/chars.h"
#include "core/format/detail/postgres.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

namespace postlude {

namespace {

constexpr std::size_t kLongestEntry = 1U << 20U;
constexpr std::size_t kFewestColumns = 22; // 8.4's; 9.0 added application_name

/// The table of the manual, in order.
const std::vector<Target>& columns() {
    static const std::vector<Target> list = [] {
        std::vector<Target> t{actTarget(Act::Time), textTarget(TextField::User),
                              extraTarget("database"), numberTarget(NumberField::Pid),
                              extraTarget("connection_from")};
        for (const char* name : {"session_id", "session_line_num", "command_tag",
                                 "session_start_time", "virtual_transaction_id", "transaction_id"})
            t.push_back(extraTarget(name));
        t.push_back(actTarget(Act::Level));
        t.push_back(extraTarget("sql_state_code"));
        t.push_back(textTarget(TextField::Message));
        for (const char* name : {"detail", "hint", "internal_query", "internal_query_pos",
                                 "context", "query", "query_pos", "location"})
            t.push_back(extraTarget(name));
        t.push_back(textTarget(TextField::Process));
        for (const char* name : {"backend_type", "leader_pid", "query_id"})
            t.push_back(extraTarget(name));
        return t;
    }();
    return list;
}
constexpr std::size_t kPeerColumn = 4;

/// Cuts an entry into its columns; doubled quotes are undone in place.
class Cutter {
public:
    /// False if a quote is still open at the end.
    bool cut(std::string& text) {
        parts_.clear();
        std::size_t at = 0;
        for (;;) {
            const bool quoted = at < text.size() && text[at] == '"';
            if (quoted ? !takeQuoted(text, at) : !takePlain(text, at)) return false;
            if (at >= text.size()) return true;
            ++at; // the comma
        }
    }
    [[nodiscard]] const std::vector<std::string_view>& parts() const { return parts_; }

private:
    bool takePlain(const std::string& text, std::size_t& at) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        parts_.push_back(std::string_view(text).substr(at, end - at));
        at = end;
        return true;
    }
    bool takeQuoted(std::string& text, std::size_t& at) {
        const std::size_t from = ++at;
        std::size_t to = from;
        for (; at < text.size(); ++at) {
            if (text[at] == '"') {
                if (at + 1 >= text.size() || text[at + 1] != '"') break;
                ++at;
            }
            text[to++] = text[at];
        }
        if (at >= text.size()) return false;
        parts_.push_back(std::string_view(text).substr(from, to - from));
        ++at;
        return true;
    }

    std::vector<std::string_view> parts_;
};

/// Whether `line` leaves a quote open that was open (or not) before it.
bool openAfter(std::string_view line, bool open) {
    return (std::ranges::count(line, '"') % 2 != 0) != open;
}

class PostgresCsvParser : public LineParser {
public:
    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        if (!open_ && trimmed(line).empty()) return LineVerdict::Blank;
        if (open_ && startsEntry(line)) open_ = false; // what was open was cut short
        if (!open_) entry_.clear();
        if (!open_ && !startsEntry(line)) return LineVerdict::Unread;
        if (open_) entry_ += '\n';
        entry_ += line;
        open_ = openAfter(line, open_);
        if (open_ && entry_.size() > kLongestEntry) {
            open_ = false;
            return LineVerdict::Unread;
        }
        if (open_) return LineVerdict::Opening;
        return fill(out) ? LineVerdict::Record : LineVerdict::Unread;
    }

    [[nodiscard]] std::optional<std::string> state() const override {
        return open_ ? std::optional<std::string>() : std::string();
    }

private:
    /// Every entry begins with a date and has its columns; statements rarely look like that.
    bool startsEntry(std::string_view line) {
        std::string_view rest = line;
        WrittenTime time;
        if (line.empty() || !isDigit(line.front()) || !times_.take(rest, time)) return false;
        if (!rest.starts_with(',')) { // a zone whose letters we do not know
            const std::size_t comma = rest.find(',');
            if (comma == std::string_view::npos || comma > 8) return false;
            rest.remove_prefix(comma);
        }
        return std::ranges::count(rest.substr(0, 512), ',') >= 8;
    }

    bool fill(Record& out) {
        if (!cutter_.cut(entry_)) return false;
        const auto& parts = cutter_.parts();
        const auto& targets = columns();
        if (parts.size() < kFewestColumns || parts.size() > targets.size()) return false;
        assigner_.begin();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].empty() || parts[i] == "[unknown]") continue;
            if (i == kPeerColumn)
                assignPeer(parts[i], out);
            else if (i == 0 ? !assignTime(parts[i], out)
                            : !assigner_.assign(targets[i], parts[i], out))
                return false;
        }
        takeStatementDuration(out);
        return true;
    }

    bool assignTime(std::string_view part, Record& out) {
        std::string_view rest = part;
        if (!times_.take(rest, out.time)) return false;
        out[TextField::TimeRaw] = part;
        return true;
    }

    /// "192.0.2.7:50712", "[local]"
    void assignPeer(std::string_view value, Record& out) {
        if (value.starts_with("[local]") ||
            !assigner_.assign(actTarget(Act::AddressPort), value, out))
            out.extra.emplace_back("connection_from", value);
    }

    std::string entry_;
    Cutter cutter_;
    Assigner assigner_;
    TimeReader times_;
    bool open_ = false;
};

class PostgresCsvFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<PostgresCsvParser>();
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makePostgresCsvFormat(About about) {
    return std::make_shared<const PostgresCsvFormat>(std::move(about));
}

} // namespace postlude
