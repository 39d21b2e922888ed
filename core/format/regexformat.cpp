// SPDX-License-Identifier: GPL-3.0-or-later
// Formats that are regular expressions with named groups; the data files in resources/formats
// with "reader": "regex". Groups bear the names of targetNamed(); "x_name" goes to extra;
// the group "members" is a JSON object, whose members go where the file's "members" says;
// "{{iso}}" and the like stand for the pieces of patternparts.cpp.
#include "core/format/detail/colours.h"
#include "core/format/detail/envelope.h"
#include "core/format/detail/held.h"
#include "core/format/detail/members.h"
#include "core/format/detail/pairs.h"
#include "core/format/detail/patternparts.h"
#include "core/format/detail/readers.h"
#include "core/format/detail/regex.h"

#include "core/base/text.h"

#include <QJsonArray>
#include <cstring>

namespace postlude {

namespace {

/// A pattern that ran out of its bound on so many lines is not tried on further ones.
constexpr int kMostTooComplex = 50;

struct Group {
    int number;
    Target target;
    bool isMembers = false; ///< a JSON object, whose members are taken apart
    bool isPairs = false;   ///< key=value, the values as long as they are
};

struct Pattern {
    std::string text;
    Regex regex;
    RecordKind kind = RecordKind::Message;
    std::vector<Group> groups;
    std::vector<std::pair<Target, std::string>> fixed; ///< "set"
    bool continues = false; ///< such a line belongs to the record before it
    bool opens = false;     ///< what it finds belongs to the record of a line to come …
    bool closes = false;    ///< … which is this one; only tried behind an opening line
    bool isHeader = false;  ///< no entry: read, but no record
    bool headed = false;    ///< only tried below a header …
    bool heads = false;     ///< … or below such a line
    bool sameTime = false;  ///< the time is not written again: that of the record before
    bool pairs = false;     ///< look for key=value in the message
    std::string until = {}; ///< the entry goes on in the next lines until one has this
};

struct Patterns {
    std::vector<Pattern> list;
    TargetMap pairs;
    bool escapes = false; ///< in quoted values of pairs
    TargetMap members;
    std::vector<std::string> skip; ///< beginnings of members' names that are left out
    bool envelope = false;         ///< patterns are for what is behind the syslog head
    bool continuation = false;     ///< lines without a time stamp belong to the record before
    bool indented = false;         ///< … only if they begin with a blank
    bool sameTime = false;         ///< some take the time of the record before
    bool gathers = false;          ///< some are unfinished
    bool hasHeaders = false;       ///< which have no syslog head, whatever the others have
    std::map<std::string, Level, std::less<>> levels; ///< spellings of this log alone
};

Result<std::vector<Group>> groupsOf(const Regex& regex) {
    std::vector<Group> groups;
    for (const auto& [number, name] : regex.names()) {
        if (name == "members") {
            groups.push_back({number, {}, true});
            continue;
        }
        if (name == "pairs") {
            groups.push_back({number, {}, false, true});
            continue;
        }
        auto target = name.starts_with("x_") ? extraTarget(name.substr(2)) : targetNamed(name);
        if (!target)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood, "there is no column “" + name + "”"});
        groups.push_back({number, std::move(*target)});
    }
    return groups;
}

/// For LineParser::state(), and back.
std::string written(const WrittenTime& time) {
    std::string out(reinterpret_cast<const char*>(&time.local), sizeof time.local);
    out += static_cast<char>((time.hasYear ? 1 : 0) + (time.isEnd ? 2 : 0));
    return time.offset ? out + std::to_string(*time.offset) : out;
}

WrittenTime timeFrom(std::string_view written) {
    WrittenTime time;
    if (written.size() <= sizeof time.local) return time;
    std::memcpy(&time.local, written.data(), sizeof time.local);
    time.hasYear = (written[sizeof time.local] & 1) != 0;
    time.isEnd = (written[sizeof time.local] & 2) != 0;
    if (const std::string offset(written.substr(sizeof time.local + 1)); !offset.empty())
        time.offset = std::atoi(offset.c_str());
    return time;
}

class RegexParser : public RankedParser {
public:
    explicit RegexParser(std::shared_ptr<const Patterns> patterns)
        : patterns_(std::move(patterns)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        opensNext_ = false;
        if (patterns_->gathers) return gather(line, out);
        return parsePlain(line, out);
    }

    [[nodiscard]] bool opensNext() const override { return opensNext_; }
    [[nodiscard]] std::string_view fault() const override {
        return gaveUp_ ? kTooComplex : std::string_view();
    }

    /// In the middle of an entry it is more than can be told.
    [[nodiscard]] std::optional<std::string> state() const override {
        if (held_.open() || !gathered_.empty()) return std::nullopt;
        std::string state = std::string(seen_ ? "s" : "-");
        state += begun_.known() ? "y" : headed_ ? "h" : "-";
        if (begun_.known()) state += std::to_string(begun_.local) + ' ';
        if (seen_ && patterns_->sameTime) state += written(last_);
        return state;
    }
    void restore(std::string_view state) override {
        gathered_.clear();
        seen_ = state.starts_with('s');
        headed_ = state.size() > 1 && state[1] != '-';
        const bool dated = state.size() > 1 && state[1] == 'y';
        state.remove_prefix(std::min<std::size_t>(state.size(), 2));
        if (dated) {
            const std::size_t end = std::min(state.find(' '), state.size());
            begun_.local = std::atoll(std::string(state.substr(0, end)).c_str());
            state.remove_prefix(std::min(end + 1, state.size()));
        }
        if (!state.empty()) last_ = timeFrom(state);
    }

private:
    static constexpr std::size_t kMostGathered = 64U * 1024U;

    /// Lines of an unfinished entry are one text, which is read when it is all there: what a line
    /// of its own begins with ends it, too.
    LineVerdict gather(std::string_view line, Record& out) {
        if (gathered_.empty()) {
            const LineVerdict verdict = parsePlain(line, out);
            if (verdict != LineVerdict::Record || until_.empty()) return verdict;
            gathered_ = line;
            return LineVerdict::Opening;
        }
        opensNext_ = startsWithTime(line);
        if (!opensNext_ && !trimmed(line).empty()) {
            (gathered_ += '\n') += line;
            if (line.find(until_) == std::string_view::npos && gathered_.size() < kMostGathered)
                return LineVerdict::Opening;
        }
        entry_ = std::exchange(gathered_, opensNext_ ? std::string(line) : std::string());
        return parsePlain(entry_, out);
    }

    LineVerdict parsePlain(std::string_view line, Record& out) {
        const LineVerdict verdict = parseAsIs(line, out);
        const bool read = verdict != LineVerdict::Unread && verdict != LineVerdict::Continuation;
        if (read || !withoutColours(line, plain_)) return verdict;
        const LineVerdict plain = parseAsIs(plain_, out);
        if (plain != LineVerdict::Unread && plain != LineVerdict::Continuation) return plain;
        out.clear();
        return verdict;
    }

    LineVerdict parseAsIs(std::string_view line, Record& out) {
        out.clear();
        gaveUp_ = false;
        if (trimmed(line).empty()) return LineVerdict::Blank;
        std::string_view text = line;
        head_.clear();
        const bool headed = !patterns_->envelope || takeEnvelope(text, times_, head_);
        if (headed || patterns_->hasHeaders)
            for (const Pattern& pattern : patterns_->list)
                if ((headed || pattern.isHeader) && isTried(pattern) && matches(pattern, text, out))
                    return verdictOf(pattern, line, out);
        out.clear();
        const bool belongs = seen_ && patterns_->continuation && !startsWithTime(line) &&
                             (!patterns_->indented || line.front() == ' ' || line.front() == '\t');
        return belongs ? LineVerdict::Continuation : LineVerdict::Unread;
    }

    [[nodiscard]] bool isTried(const Pattern& pattern) const {
        return (!pattern.closes || held_.open()) && (!pattern.headed || headed_);
    }

    LineVerdict verdictOf(const Pattern& pattern, std::string_view line, Record& out) {
        if (pattern.isHeader) {
            headed_ = true;
            if (out.time.known() && out.time.hasYear) begun_ = out.time;
            return LineVerdict::Blank;
        }
        giveYear(out.time);
        until_ = pattern.until;
        headed_ = headed_ || pattern.heads;
        if (pattern.opens) return held_.hold(out, line), LineVerdict::Opening;
        held_.close();
        if (pattern.sameTime)
            out.time = last_;
        else
            last_ = out.time;
        const bool more = std::exchange(seen_, true) && pattern.continues;
        return more ? LineVerdict::Continuation : LineVerdict::Record;
    }

    /// Lines of a file whose head says when it was begun are of that year, or of the next one.
    void giveYear(WrittenTime& time) const {
        if (!begun_.known() || !time.known() || time.hasYear) return;
        const Civil begun = toCivil(instant(begun_.local)), written = toCivil(instant(time.local));
        const auto day = [](const Civil& c) { return c.month * 31 + c.day; };
        const int year = begun.year + (day(written) + 1 < day(begun) ? 1 : 0); // clocks may differ
        constexpr std::int64_t dayNs = 86'400'000'000'000;
        time.local += (daysFromCivil(year, written.month, written.day) -
                       daysFromCivil(written.year, written.month, written.day)) *
                      dayNs;
        time.hasYear = true;
    }

    bool startsWithTime(std::string_view line) {
        if (line.starts_with('[')) line.remove_prefix(1);
        WrittenTime time;
        return times_.take(line, time);
    }

    bool matches(const Pattern& pattern, std::string_view text, Record& out) {
        gaveUp_ = gaveUp_ || tooComplex_ >= kMostTooComplex;
        if (tooComplex_ >= kMostTooComplex) return false;
        const RegexMatch::Verdict verdict = match_.find(pattern.regex, text);
        if (verdict == RegexMatch::Verdict::TooComplex) gaveUp_ = true, ++tooComplex_;
        if (verdict != RegexMatch::Verdict::Yes) return false;
        const bool opened = held_.open() && (pattern.opens || pattern.closes);
        if (opened)
            out = held_.record();
        else if (patterns_->envelope)
            out = head_;
        else
            out.clear();
        const WrittenTime before = out.time;
        const std::string_view rawBefore = out[TextField::TimeRaw];
        out.kind = pattern.kind;
        assigner_.begin();
        for (const Group& group : pattern.groups) {
            const std::string_view value = match_[group.number];
            if (value.data() == nullptr) continue;
            if (group.isPairs)
                assignLongPairs(patterns_->pairs, value, assigner_, out, unescaped_);
            else if (!(group.isMembers ? assignMembers(value, out)
                                       : assign(group.target, value, out)))
                return false;
        }
        if (opened && before.known()) { // the entry's first time stamp is its own
            out.time = before;
            out[TextField::TimeRaw] = rawBefore;
        }
        if (pattern.pairs) takePairs(out);
        for (const auto& [target, value] : pattern.fixed)
            if (!assigner_.assign(target, value, out)) return false;
        return true;
    }

    /// A request that is but pairs is no message as well.
    void takePairs(Record& out) {
        const std::string_view text = out[TextField::Message];
        assignPairs(patterns_->pairs, text, assigner_, out,
                    patterns_->escapes ? &unescaped_ : nullptr);
        if (out.kind == RecordKind::Request && out[TextField::Message].data() == text.data())
            out[TextField::Message] = {};
    }

    bool assignMembers(std::string_view text, Record& out) {
        if (!members_.read(text)) return false;
        for (const auto& [name, first, list, generic] : members_.all()) {
            const std::string_view value = list.empty() ? first : list;
            const auto it = patterns_->members.find(name);
            if (it != patterns_->members.end() && assign(it->second, value, out)) continue;
            const bool left = std::ranges::any_of(
                patterns_->skip, [&](const std::string& s) { return name.starts_with(s); });
            if (!left && !value.empty()) out.extra.emplace_back(name, value);
        }
        return true;
    }

    bool assign(const Target& target, std::string_view value, Record& out) {
        if (target.act == Act::Level && !patterns_->levels.empty())
            if (const auto it = patterns_->levels.find(value); it != patterns_->levels.end())
                return out.level = it->second, true;
        return assigner_.assign(target, value, out);
    }

    std::shared_ptr<const Patterns> patterns_;
    RegexMatch match_;
    JsonMembers members_;
    Assigner assigner_;
    TimeReader times_;
    Record head_;
    HeldRecord held_;
    std::string unescaped_; ///< values of the last line
    std::string plain_;     ///< the last line without its colours
    WrittenTime last_;
    WrittenTime begun_;      ///< what a header says of when the file was begun
    std::string gathered_;   ///< the lines of an entry that is not finished
    std::string entry_;      ///< … and of the one that was finished by the last line
    std::string_view until_; ///< what ends the last one; "": it was finished
    bool opensNext_ = false;
    bool seen_ = false, headed_ = false;
    bool gaveUp_ = false; ///< on the last line
    int tooComplex_ = 0;
};

class RegexFormat : public KnownFormat {
public:
    RegexFormat(About about, Patterns patterns)
        : KnownFormat(std::move(about))
        , patterns_(std::make_shared<const Patterns>(std::move(patterns))) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<RegexParser>(patterns_);
    }
    [[nodiscard]] std::vector<std::string> recordPatterns() const override {
        std::vector<std::string> texts;
        for (const Pattern& pattern : patterns_->list)
            if (!pattern.isHeader && !pattern.opens) texts.push_back(pattern.text);
        return patterns_->envelope ? std::vector<std::string>() : texts;
    }

private:
    std::shared_ptr<const Patterns> patterns_;
};

std::unexpected<Error> fault(std::string what) {
    return std::unexpected(Error{ErrorKind::NotUnderstood, std::move(what)});
}

Result<Pattern> readPattern(const QJsonObject& object) {
    const auto kind = kindNamed(object["kind"].toString("message").toStdString());
    if (!kind) return fault("“kind” is none of the kinds of records");
    std::string text = withParts(object["pattern"].toString().toStdString());
    auto regex = Regex::compile(text, Regex::Fits::Whole);
    if (!regex) return std::unexpected(regex.error());
    auto groups = groupsOf(*regex);
    if (!groups) return std::unexpected(groups.error());
    Pattern pattern{std::move(text), std::move(*regex), *kind, std::move(*groups), {}};
    const QJsonObject fixed = object["set"].toObject();
    for (auto it = fixed.begin(); it != fixed.end(); ++it) {
        auto target = targetNamed(it.key().toStdString());
        if (!target) return fault("there is no column “" + it.key().toStdString() + "”");
        pattern.fixed.emplace_back(std::move(*target), it.value().toString().toStdString());
    }
    pattern.pairs = object["pairs"].toBool();
    pattern.continues = object["continues"].toBool();
    pattern.isHeader = object["header"].toBool();
    pattern.headed = object["headed"].toBool();
    pattern.heads = object["heads"].toBool();
    pattern.sameTime = object["same_time"].toBool();
    pattern.opens = object["opens"].toBool();
    pattern.closes = object["closes"].toBool();
    pattern.until = object["until"].toString().toStdString();
    return pattern;
}

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeRegexFormat(About about, const QJsonObject& file) {
    Patterns patterns;
    const QJsonArray list = file["patterns"].toArray();
    for (const auto& each : list) {
        auto pattern = readPattern(each.toObject());
        if (!pattern) return std::unexpected(pattern.error());
        patterns.sameTime = patterns.sameTime || pattern->sameTime;
        patterns.gathers = patterns.gathers || !pattern->until.empty();
        patterns.hasHeaders = patterns.hasHeaders || pattern->isHeader;
        patterns.list.push_back(std::move(*pattern));
    }
    if (patterns.list.empty()) return fault("there is no pattern in it");
    auto pairs = readTargetMap(file["pairs"].toObject());
    if (!pairs) return std::unexpected(pairs.error());
    patterns.pairs = std::move(*pairs);
    auto members = readTargetMap(file["members"].toObject());
    if (!members) return std::unexpected(members.error());
    patterns.members = std::move(*members);
    const QJsonArray skip = file["skip"].toArray();
    for (const auto& name : skip)
        patterns.skip.push_back(name.toString().toStdString());
    const QJsonObject levels = file["levels"].toObject();
    for (auto it = levels.begin(); it != levels.end(); ++it)
        patterns.levels.emplace(it.key().toStdString(),
                                levelFrom(it.value().toString().toStdString()));
    patterns.envelope = file["envelope"].toBool();
    patterns.escapes = file["escapes"].toBool();
    patterns.indented = file["continuation"].toString() == "indented";
    patterns.continuation = patterns.indented || file["continuation"].toBool();
    return std::make_shared<const RegexFormat>(std::move(about), std::move(patterns));
}

} // namespace postlude
