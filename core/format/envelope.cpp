// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/envelope.h"

#include "core/format/detail/chars.h"
#include "core/format/detail/target.h"

#include <algorithm>

namespace postlude {

namespace {

struct Head {
    WrittenTime time;
    std::string_view raw, host, process, pid, messageId;
    std::string_view structured; ///< "[id name="value"]…"
    std::string_view behindTag;  ///< "1.4.1" of "syslogd 1.4.1:", "(x)" of "launchd[1] (x):"
    Level level = Level::None;
};

std::string_view takeWord(std::string_view& text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

std::string_view withoutBlanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
}

/// Over TCP the message's size may stand before it (RFC 6587): "141 <34>1 2024-…".
void skipOctetCount(std::string_view& text) {
    if (text.empty() || !isDigit(text.front())) return;
    const std::size_t space = text.find_first_not_of("0123456789");
    if (space > 5 || !text.substr(space).starts_with(" <")) return;
    text.remove_prefix(space + 1);
}

/// "<134>": facility × 8 + severity.
void takePriority(std::string_view& text, Head& head) {
    static constexpr Level levels[] = {Level::Emergency, Level::Alert,   Level::Critical,
                                       Level::Error,     Level::Warning, Level::Notice,
                                       Level::Info,      Level::Debug};
    if (!text.starts_with('<')) return;
    const std::size_t close = text.find('>');
    if (close == std::string_view::npos || close > 4 || close < 2) return;
    unsigned value = 0;
    if (!digits(text, 1, close - 1, value)) return;
    head.level = levels[value % 8];
    text.remove_prefix(close + 1);
}

/// The parameters of structured data, by their names.
void addStructured(std::string_view text, Record& out) {
    for (std::size_t at = text.find("=\""); at != std::string_view::npos;) {
        const std::size_t name = text.rfind(' ', at) + 1;
        std::size_t end = at + 2;
        while (end < text.size() && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.size()) return;
        out.extra.emplace_back(text.substr(name, at - name), text.substr(at + 2, end - at - 2));
        at = text.find("=\"", end);
    }
}

/// "haproxy[3688]:" or "kernel:"
bool readTag(std::string_view word, Head& head) {
    if (word.size() < 2 || word.back() != ':') return false;
    word.remove_suffix(1);
    const std::size_t open = word.find('[');
    head.process = word.substr(0, open);
    if (open != std::string_view::npos && word.back() == ']')
        head.pid = word.substr(open + 1, word.size() - open - 2);
    return !head.process.empty();
}

/// "syslogd 1.4.1:" and "com.apple.xpc.launchd[1] (com.apple.x):", where more stands before the
/// colon.
bool readLongTag(std::string_view& text, Head& head) {
    std::string_view t = text;
    const std::string_view name = takeWord(t);
    if (!t.starts_with(' ') || t.size() < 2) return false;
    const bool isVersion = isDigit(t[1]), bracketed = t[1] == '(' && name.ends_with(']');
    if (name.size() < 2 || isDigit(name.front()) || !(isVersion || bracketed)) return false;
    const std::size_t end = isVersion ? t.find(':') : t.find("):");
    if (end == std::string_view::npos) return false;
    const std::string_view more = t.substr(1, end + (isVersion ? 0 : 1) - 1);
    if (isVersion && more.find_first_not_of("0123456789.") != std::string_view::npos) return false;
    const std::size_t open = name.find('[');
    if (isVersion) {
        if (open != std::string_view::npos) return false;
        head.process = name;
    }
    if (bracketed) {
        if (open == std::string_view::npos || open == 0) return false;
        head.process = name.substr(0, open);
        head.pid = name.substr(open + 1, name.size() - open - 2);
    }
    head.behindTag = more;
    t.remove_prefix(more.size() + 2);
    text = t;
    return true;
}

/// What stands there without a program's name: syslogd's own words; anything if "<134>" proves the
/// head.
bool isUntagged(std::string_view text, bool certain) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    if (certain) return !text.empty();
    return text.starts_with("last message repeated ") || text.starts_with("message repeated ") ||
           text.starts_with("--- last message repeated ") || text.starts_with("-- MARK --");
}

/// "Microsoft Word[14463]:", "BezelServices 255.10[94]:": names of a few words, as macOS has them.
bool readWordyTag(std::string_view& text, Head& head) {
    constexpr std::size_t mostBytes = 64;
    const std::size_t end = text.substr(0, mostBytes).find("]: ");
    const std::size_t open = text.substr(0, std::min(end, text.size())).find('[');
    if (end == std::string_view::npos || open == std::string_view::npos || open < 2) return false;
    const std::string_view pid = text.substr(open + 1, end - open - 1);
    const std::string_view name = text.substr(0, open);
    const auto spaces = std::ranges::count(name, ' ');
    if (pid.empty() || pid.find_first_not_of("0123456789") != std::string_view::npos) return false;
    if (spaces > 3 || name.back() == ' ' || name.find(':') != std::string_view::npos) return false;
    head.process = name;
    head.pid = pid;
    text.remove_prefix(end + 2);
    return true;
}

/// "fluentd[11111] message": some leave out the colon behind a process's number.
bool readBareTag(std::string_view& text, Head& head) {
    std::string_view t = text;
    const std::string_view word = takeWord(t);
    const std::size_t open = word.find('[');
    if (open == std::string_view::npos || open < 2 || !word.ends_with(']')) return false;
    const std::string_view pid = word.substr(open + 1, word.size() - open - 2);
    if (pid.empty() || pid.find_first_not_of("0123456789") != std::string_view::npos) return false;
    head.process = word.substr(0, open);
    head.pid = pid;
    text = t;
    return true;
}

/// Behind the host; false leaves both alone. `login` writes "-- root[2421]:".
bool takeTag(std::string_view& text, Head& head) {
    std::string_view t = withoutBlanks(text);
    if (t.starts_with("-- ")) t.remove_prefix(3);
    const std::string_view from = t;
    const bool found = readTag(takeWord(t), head) || (t = from, readLongTag(t, head)) ||
                       (t = from, head.behindTag = {}, readWordyTag(t, head)) ||
                       (t = from, readBareTag(t, head));
    if (found)
        text = t;
    else
        head.process = {}, head.pid = {};
    return found;
}

/// "[id name="value"][id2 …]", or "-"; values may hold hidden quotes and brackets.
bool skipStructured(std::string_view& text) {
    if (text.starts_with('-')) return text.remove_prefix(1), true;
    while (text.starts_with('[')) {
        bool quoted = false;
        std::size_t at = 1;
        for (; at < text.size() && (quoted || text[at] != ']'); ++at) {
            if (text[at] == '\\')
                ++at;
            else if (text[at] == '"')
                quoted = !quoted;
        }
        if (at >= text.size()) return false;
        text.remove_prefix(at + 1);
    }
    return true;
}

std::string_view orNothing(std::string_view word) {
    return word == "-" ? std::string_view{} : word;
}

bool readRfc5424(std::string_view& text, TimeReader& times, Head& head) {
    std::string_view t = text;
    takePriority(t, head);
    const bool bare = t.size() == text.size(); // without its priority, as some receivers keep it
    if (!t.starts_with("1 ") || (bare && (t.size() < 13 || t[6] != '-' || t[12] != 'T')))
        return false;
    t.remove_prefix(2);
    head.raw = orNothing(takeWord(t));
    if (!head.raw.empty() && !times.whole(head.raw, head.time)) return false;
    head.host = orNothing(takeWord(t));
    head.process = orNothing(takeWord(t));
    head.pid = orNothing(takeWord(t));
    head.messageId = orNothing(takeWord(t));
    while (t.starts_with(' '))
        t.remove_prefix(1);
    const std::string_view from = t;
    if (!skipStructured(t)) return false;
    head.structured = from.substr(0, from.size() - t.size());
    text = t.starts_with(' ') ? t.substr(1) : t;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return true;
}

/// Named months; ISO as rsyslog writes it and as macOS does ("2024-01-15 09:57:47.890123+0100
/// host"); `journalctl -o short-unix`. The looser forms are applications' own.
bool mayBeginHead(std::string_view text) {
    if (text.empty()) return false;
    if (!isDigit(text.front())) return true;
    if (text.size() < 20) return false;
    if (text[10] == '.') return text.find(' ') == 17;
    return text[10] == 'T' || (text[10] == ' ' && text.find(' ', 11) == 31 && text[19] == '.');
}

bool readTraditional(std::string_view& text, TimeReader& times, Head& head) {
    std::string_view t = text;
    takePriority(t, head);
    const bool certain = t.size() < text.size();
    if (!mayBeginHead(t)) return false;
    const std::string_view before = t;
    if (!times.take(t, head.time) || !t.starts_with(' ')) return false;
    head.raw = before.substr(0, before.size() - t.size());
    if (isDigit(before[0]) && before[10] == ' ' && !t.starts_with("  ")) return false;
    if (t.starts_with(" --- last message repeated ")) return text = t.substr(1), true;
    const std::string_view first = takeWord(t);
    if (const bool tagged = readTag(first, head);
        tagged && isDigit(before[0]) && head.pid.empty() && levelFrom(head.process) != Level::None)
        return false; // "2024-01-15T09:57:47Z error: …" is an application's own
    else if (!tagged) {
        if (first.empty() || first.find_first_of("[{\"") != std::string_view::npos) return false;
        if (first != "-" && std::ranges::none_of(first, isAlnum)) return false;
        head.host = orNothing(first);
        // HAProxy writes its lines behind "<134>" and an ISO date alone, too.
        const bool sure = certain && !isDigit(before[0]);
        if (!takeTag(t, head) && !isUntagged(t, sure)) return false;
    }
    text = t.starts_with(' ') ? t.substr(1) : t;
    return true;
}

/// "<6>", perhaps with an ISO date behind it: what programs write on a standard output that
/// systemd reads (HAProxy's formats "short" and "timed").
bool readLevelOnly(std::string_view& text, TimeReader& times, Head& head) {
    std::string_view t = text;
    takePriority(t, head);
    if (t.size() == text.size() || t.empty() || t.front() == ' ') return false;
    text = t;
    if (!isDigit(t.front()) || t.size() < 20 || t[10] != 'T') return true;
    if (!times.take(t, head.time) || !t.starts_with(' ')) return head = {}, true;
    head.raw = text.substr(0, text.size() - t.size());
    text = t.substr(1);
    return true;
}

} // namespace

bool takeEnvelope(std::string_view& line, TimeReader& times, Record& out) {
    Head head;
    std::string_view text = line;
    skipOctetCount(text);
    if (!readRfc5424(text, times, head)) {
        head = {};
        if (!readTraditional(text, times, head)) {
            head = {};
            if (!readLevelOnly(text, times, head)) return false;
        }
    }
    line = text;
    if (head.time.known()) out.time = head.time;
    if (!head.raw.empty()) out[TextField::TimeRaw] = head.raw;
    if (!head.host.empty()) out[TextField::Host] = head.host;
    if (!head.process.empty()) out[TextField::Process] = head.process;
    if (const auto pid = readWhole(head.pid)) out[NumberField::Pid] = *pid;
    out.level = head.level;
    if (!head.messageId.empty()) out.extra.emplace_back("message_id", head.messageId);
    if (!head.behindTag.empty())
        out.extra.emplace_back(isDigit(head.behindTag[0]) ? "version" : "context", head.behindTag);
    addStructured(head.structured, out);
    return true;
}

bool takeIsoHead(std::string_view& line, TimeReader& times, Record& out) {
    std::string_view text = line;
    WrittenTime time;
    if (text.size() < 20 || text[10] != 'T' || !times.take(text, time) || !text.starts_with(' '))
        return false;
    out.time = time;
    out[TextField::TimeRaw] = line.substr(0, line.size() - text.size());
    line = text.substr(1);
    return true;
}

bool takeTagHead(std::string_view& line, Record& out) {
    std::string_view text = line;
    Head head;
    const auto pid = readTag(takeWord(text), head) ? readWhole(head.pid) : std::nullopt;
    if (!pid || *pid < 0 || !text.starts_with(' ')) return false;
    out[TextField::Process] = head.process;
    out[NumberField::Pid] = *pid;
    line = text.substr(1);
    return true;
}

namespace {

constexpr TextField kHeadTexts[] = {TextField::TimeRaw, TextField::Host, TextField::Process};

/// Is this certainly behind the head? Structured data, blanks before it and a byte order mark
/// would still belong to one.
bool endsBefore(std::string_view rest) {
    const char c = rest.empty() ? ' ' : rest.front();
    return c != ' ' && c != '-' && c != '[' && c != '\xEF';
}

/// The same place in another line that begins the same way.
std::string_view moved(std::string_view piece, std::string_view from, std::string_view to) {
    if (piece.data() == nullptr) return piece;
    const auto at = static_cast<std::size_t>(piece.data() - from.data());
    return to.substr(std::min(at, to.size()), piece.size());
}

} // namespace

bool HeadReader::takeSame(std::string_view& line) const {
    if (last_.empty() || !line.starts_with(last_) || !endsBefore(line.substr(last_.size())))
        return false;
    line.remove_prefix(last_.size());
    return true;
}

std::string_view HeadReader::text(TextField field, std::string_view line) const {
    return moved(record_[field], last_, line);
}

bool HeadReader::take(std::string_view& line, TimeReader& times, Record& out) {
    const std::string_view before = line;
    if (takeSame(line)) {
        out.time = record_.time;
        for (const TextField f : kHeadTexts)
            if (record_.has(f)) out[f] = text(f, before);
        out[NumberField::Pid] = record_[NumberField::Pid];
        out.level = record_.level;
        return true;
    }
    if (!takeEnvelope(line, times, out)) return false;
    last_.assign(before.substr(0, before.size() - line.size()));
    // The next one may have a tag there, or a context behind a tag without a colon.
    const bool open = !out.has(TextField::Process) || last_.ends_with("] ");
    if (!last_.ends_with(' ') || line.empty() || !out.extra.empty() || open) last_.clear();
    record_.time = out.time;
    record_.level = out.level;
    for (const TextField f : kHeadTexts)
        record_[f] = moved(out[f], before, last_);
    record_[NumberField::Pid] = out[NumberField::Pid];
    return true;
}

void adoptOffset(const WrittenTime& head, WrittenTime& own) {
    constexpr std::int64_t near = 25LL * 60 * 1'000'000'000;
    if (!head.offset || own.offset || !own.known() || !own.hasYear || !head.hasYear) return;
    const std::int64_t apart =
        own.local > head.local ? own.local - head.local : head.local - own.local;
    if (apart < near) own.offset = head.offset;
}

} // namespace postlude
