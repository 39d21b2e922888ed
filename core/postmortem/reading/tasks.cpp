// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/tasks.h"

#include "core/base/text.h"
#include "core/postmortem/detail/writtentime.h"

#include <algorithm>
#include <array>

namespace postlude::reading {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isCapital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// "done" from "Done", "completed", "in progress" …; empty if the text is no status.
std::string statusFrom(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> known{
        {{"done", "done"},
         {"completed", "done"},
         {"complete", "done"},
         {"closed", "done"},
         {"finished", "done"},
         {"in progress", "in progress"},
         {"ongoing", "in progress"},
         {"started", "in progress"},
         {"wip", "in progress"},
         {"open", "open"},
         {"todo", "open"},
         {"to do", "open"},
         {"pending", "open"}}};
    const std::string words = wordsOf(text);
    const auto* const found = std::ranges::find(known, words, &decltype(known)::value_type::first);
    return found == known.end() ? std::string() : std::string(found->second);
}

/// "OPS-123", "#42".
bool isTicket(std::string_view text) {
    std::size_t letters = 0;
    while (letters < text.size() && isCapital(text[letters]))
        ++letters;
    const std::string_view number = text.starts_with('#') ? text.substr(1)
                                    : letters > 1 && text.substr(letters).starts_with('-')
                                        ? text.substr(letters + 1)
                                        : std::string_view();
    return !number.empty() && std::ranges::all_of(number, isDigit);
}

/// "2024-03-01", "March 1": a date and nothing else.
bool isDate(std::string_view text) {
    const auto span = spanAtStart(text);
    return span && span->from.date && !span->from.ofDay && !span->to &&
           trimmed(text.substr(span->end())).empty();
}

bool isPriority(std::string_view text) {
    return text.size() == 2 && text[0] == 'P' && isDigit(text[1]);
}

/// "Owner: Ada", "due 2024-02-01", "@ada", "done", "P1", "OPS-3": one thing said of a task.
bool takeAttribute(Task& task, std::string_view part) {
    part = trimmed(part);
    if (part.empty()) return false;
    const std::size_t colon = part.find(':');
    if (colon != std::string_view::npos &&
        setTaskField(task, part.substr(0, colon), part.substr(colon + 1)))
        return true;
    for (const std::string_view lead : {"due ", "Due ", "due by ", "by "})
        if (part.starts_with(lead) && part.find_first_of("0123456789") != std::string_view::npos)
            return setTaskField(task, Name::Due, part.substr(lead.size()));
    if (part.starts_with('@') && part.find(' ') == std::string_view::npos)
        return setTaskField(task, Name::Owner, part);
    if (isTicket(part)) return setTaskField(task, Name::Tracker, part);
    if (isPriority(part)) return setTaskField(task, Name::Severity, part);
    if (!statusFrom(part).empty()) return setTaskField(task, Name::Status, part);
    if (isDate(part)) return setTaskField(task, Name::Due, part);
    return false;
}

/// All of "Owner: Ada, due 2024-02-01" or nothing; the brackets of "eval()" say nothing of a task.
bool takeAttributes(Task& task, std::string_view inside) {
    if (trimmed(inside).empty()) return false;
    Task changed = task;
    while (!inside.empty()) {
        const std::size_t end = inside.find_first_of(",;");
        // "due March 1, 2024" has a comma of its own.
        if (!takeAttribute(changed, inside.substr(0, end))) return false;
        if (end == std::string_view::npos) break;
        inside.remove_prefix(end + 1);
        const std::string_view year = trimmed(inside.substr(0, inside.find_first_of(",;")));
        if (year.size() == 4 && std::ranges::all_of(year, isDigit) && !changed.due.empty()) {
            changed.due += ", " + std::string(year);
            const std::size_t next = inside.find_first_of(",;");
            inside = next == std::string_view::npos ? std::string_view() : inside.substr(next + 1);
        }
    }
    task = std::move(changed);
    return true;
}

/// "Mara, by 2024-04-01", "storage, 2024-05-10": a name is one only beside something that is said
/// of a task, and one in small letters only beside its date.
bool takeNameAndDue(Task& task, std::string_view inside) {
    const std::size_t comma = inside.find(',');
    if (comma == std::string_view::npos || !task.owner.empty()) return false;
    const std::string_view name = trimmed(inside.substr(0, comma));
    const std::size_t words = std::size_t(std::ranges::count(name, ' ')) + 1;
    const bool dated = isDate(trimmed(inside.substr(comma + 1)));
    if (name.empty() || (!isCapital(name.front()) && !dated) || words > 3 || name.size() > 40 ||
        name.find_first_of("0123456789:") != std::string_view::npos || !statusFrom(name).empty())
        return false;
    Task changed = task;
    if (!takeAttributes(changed, inside.substr(comma + 1))) return false;
    changed.owner = std::string(name);
    task = std::move(changed);
    return true;
}

/// What stands in brackets or behind a dash at the end.
bool takeTail(Task& task, std::string_view& text) {
    const bool stopped = text.ends_with(").") || text.ends_with("].");
    const std::string_view whole = stopped ? text.substr(0, text.size() - 1) : text;
    const bool round = whole.ends_with(')');
    const bool square = whole.ends_with(']');
    if (round || square) {
        const std::size_t open = whole.rfind(round ? '(' : '[');
        if (open == std::string_view::npos || open == 0) return false;
        const std::string_view inside = whole.substr(open + 1, whole.size() - open - 2);
        if (!takeAttributes(task, inside) && !takeNameAndDue(task, inside)) return false;
        text = trimmed(text.substr(0, open));
        return true;
    }
    std::size_t dash = std::string_view::npos;
    std::size_t size = 0;
    for (const std::string_view sign : {" - ", " – ", " — ", " | ", "; "})
        if (const std::size_t at = text.rfind(sign);
            at != std::string_view::npos && (size == 0 || at > dash)) {
            dash = at;
            size = sign.size();
        }
    if (size > 0 && takeAttributes(task, text.substr(dash + size))) {
        text = trimmed(text.substr(0, dash));
        return true;
    }
    return false;
}

/// "Rosa – check zone files – 2024-03-01": where a dash parts the date or the state off, another
/// parts the name off.
void takeNameBeforeDash(Task& task, std::string_view& text) {
    for (const std::string_view sign : {" — ", " – ", " - ", " | "}) {
        const std::size_t end = text.find(sign);
        if (end == std::string_view::npos || end == 0 || end > 30) continue;
        const std::string_view name = text.substr(0, end);
        const std::string_view rest = trimmed(text.substr(end + sign.size()));
        const bool small = !rest.empty() && rest.front() >= 'a' && rest.front() <= 'z';
        const std::string_view first = name.substr(0, name.find(' '));
        if (!isCapital(name.front()) || !small || isNobody(first) ||
            std::ranges::count(name, ' ') > 1 ||
            name.find_first_of("0123456789:,.") != std::string_view::npos)
            continue;
        task.owner = std::string(name);
        text = rest;
        return;
    }
}

/// "Owner: Kim — migrations are reviewed": what is said of it comes first.
void takeLead(Task& task, std::string_view& text) {
    for (const std::string_view sign : {" — ", " – ", " - ", " | ", "; "}) {
        const std::size_t end = text.find(sign);
        if (end == std::string_view::npos || end > 60) continue;
        const std::string_view lead = text.substr(0, end);
        const std::size_t colon = lead.find(':');
        if (colon == std::string_view::npos || trimmed(text.substr(end + sign.size())).empty() ||
            !setTaskField(task, lead.substr(0, colon), lead.substr(colon + 1)))
            continue;
        text = trimmed(text.substr(end + sign.size()));
        return;
    }
}

bool isOfName(char c) {
    return isCapital(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '\'' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string_view wordAt(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && isOfName(text[end]))
        ++end;
    return text.substr(0, end);
}

/// "by Friday", "before March 1", "due 2024-03-15", "bis 31.10.2024", "this week": until when.
std::string dueIn(std::string_view text) {
    for (const std::string_view lead :
         {" by ", " before ", " until ", " due ", " due by ", " bis ", " bis zum ", " bis Ende "})
        for (std::size_t at = text.find(lead); at != std::string_view::npos;
             at = text.find(lead, at + 1)) {
            const std::string_view rest = text.substr(at + lead.size());
            if (const auto span = spanAtStart(rest); span && span->from.date)
                return std::string(trimmed(rest.substr(0, span->end())));
            static constexpr std::array<std::string_view, 27> starts{
                "Monday",      "Tuesday",    "Wednesday", "Thursday", "Friday",     "Saturday",
                "Sunday",      "tomorrow",   "next week", "end of",   "the end of", "next month",
                "next sprint", "Montag",     "Dienstag",  "Mittwoch", "Donnerstag", "Freitag",
                "morgen",      "Monatsende", "Ende",      "Q1",       "Q2",         "Q3",
                "Q4",          "the next",   "zum Ende"};
            if (std::ranges::none_of(starts, [&](auto s) { return rest.starts_with(s); })) continue;
            return std::string(trimmed(rest.substr(0, rest.find_first_of(".,;:!?()"))));
        }
    for (const std::string_view span : {"this week", "next week", "this month", "diese Woche"})
        if (text.find(span) != std::string_view::npos) return std::string(span);
    return {};
}

/// "Maria", "Ada Lovelace", "The facilities team" before "will" or "should", and what stands from
/// there on; none if nobody could be meant.
std::optional<std::pair<std::string, std::string_view>> subjectOf(std::string_view sentence) {
    std::string_view rest = sentence;
    const bool article = rest.starts_with("The ") || rest.starts_with("the ");
    if (article) rest = trimmed(rest.substr(4));
    const std::string_view from = rest;
    bool team = false;
    for (int words = 0; words < 4; ++words) {
        const std::string_view word = wordAt(rest);
        if (word.empty() || (words == 0 && isNobody(word))) return {};
        const bool group = word == "team" || word == "Team" || word == "squad" || word == "crew";
        const bool named = isCapital(word.front()) || static_cast<unsigned char>(word[0]) >= 0xC3;
        if (!article && !group && !named) return {};
        team = team || group;
        rest.remove_prefix(word.size());
        if (!rest.starts_with(' ')) return {};
        rest.remove_prefix(1);
        if (chargeAt(rest) == 0) continue;
        if (article && !team) return {};
        const auto size = static_cast<std::size_t>(rest.data() - from.data()) - 1;
        return std::pair{std::string(from.substr(0, size)), rest};
    }
    return {};
}

/// "Jana ergänzt bis 31.10.2024 eine Prüfung": said as if it were so, with a date.
std::optional<Charge> germanCharge(std::string_view text) {
    const std::string_view who = wordAt(text);
    if (who.empty() || !isCapital(who.front()) || isNobody(who)) return {};
    const std::string_view behind = text.substr(who.size());
    if (!behind.starts_with(' ')) return {};
    const std::string_view verb = wordAt(behind.substr(1));
    if (!verb.ends_with('t') || isCapital(verb.front()) ||
        !behind.substr(1 + verb.size()).starts_with(" bis "))
        return {};
    std::string due = dueIn(text);
    if (due.empty()) return {};
    return Charge{std::string(who), std::move(due)};
}

} // namespace

std::optional<Charge> chargeIn(std::string_view sentence) {
    std::string_view text = trimmed(sentence);
    // "To keep this from happening again, Ola will …", "By Friday, Ola will …"
    if (const std::size_t comma = text.find(", ");
        comma != std::string_view::npos &&
        (text.starts_with("To ") || text.starts_with("By ") || text.starts_with("Bis ")))
        text = trimmed(text.substr(comma + 2));
    const auto subject = subjectOf(text);
    if (!subject) return germanCharge(text);
    const std::string_view verb = trimmed(subject->second.substr(chargeAt(subject->second)));
    // What is done to something is nobody's: "Nodes will be drained".
    for (const std::string_view passive : {"be ", "not ", "have ", "no longer ", "nicht "})
        if (verb.starts_with(passive)) return {};
    return Charge{subject->first, dueIn(sentence)};
}

void chargeKnown(Task& task, const std::set<std::string, std::less<>>& people) {
    const std::string_view name = wordAt(task.text);
    if (!task.owner.empty() || name.empty() || !people.contains(name)) return;
    const std::string_view rest = std::string_view(task.text).substr(name.size());
    if (rest.size() < 2 || rest[0] != ' ' || rest[1] < 'a' || rest[1] > 'z') return;
    task.owner = std::string(name);
    if (task.due.empty()) task.due = dueIn(task.text);
}

std::string_view labelOfOwner(const Task& task) {
    const std::string_view name = wordAt(task.text);
    const std::string_view rest = std::string_view(task.text).substr(name.size());
    const bool labelled = task.owner.empty() && !name.empty() && isCapital(name.front()) &&
                          !isNobody(name) && rest.starts_with(": ") && rest.size() > 2 &&
                          rest[2] >= 'a' && rest[2] <= 'z';
    return labelled ? name : std::string_view();
}

bool setTaskField(Task& task, Name name, std::string_view value) {
    const auto set = [&](std::string& field) {
        if (!field.empty()) return false;
        field = std::string(trimmed(value));
        return !field.empty();
    };
    switch (name) {
    case Name::Owner:
    case Name::Authors:
        return set(task.owner);
    case Name::Due:
    case Name::Date:
        return set(task.due);
    case Name::Severity:
        return set(task.priority);
    case Name::Tracker:
        return set(task.tracker);
    case Name::Kind:
        return set(task.type);
    case Name::DoneWhen:
        return set(task.doneWhen);
    case Name::Status: {
        const std::string known = statusFrom(value);
        const std::string status = known.empty() ? std::string(trimmed(value)) : known;
        // A second one stays in the text.
        if (task.status != Task().status && task.status != status) return false;
        task.status = status;
        return true;
    }
    default:
        return false;
    }
}

bool setTaskField(Task& task, std::string_view name, std::string_view value) {
    const auto known = namedExactly(name);
    return known && setTaskField(task, *known, value);
}

bool isTaskType(std::string_view label) {
    static constexpr std::array<std::string_view, 28> known{
        "prevent",       "prevention", "preventive", "preventative", "detect",      "detection",
        "mitigate",      "mitigation", "repair",     "repairs",      "investigate", "investigation",
        "respond",       "response",   "recover",    "recovery",     "monitoring",  "alerting",
        "documentation", "process",    "testing",    "follow up",    "short term",  "medium term",
        "long term",     "immediate",  "other",      "corrective"};
    return std::ranges::find(known, wordsOf(label)) != known.end();
}

bool takeTaskNumber(std::string_view& text) {
    std::string_view rest = text;
    const bool word =
        rest.starts_with("Task") || rest.starts_with("task") || rest.starts_with("TASK");
    if (word) rest = trimmed(rest.substr(4));
    if (rest.starts_with('#'))
        rest.remove_prefix(1);
    else if (!word)
        return false;
    std::size_t digits = 0;
    while (digits < rest.size() && isDigit(rest[digits]))
        ++digits;
    if (digits == 0 || digits > 3) return false;
    rest = trimmed(rest.substr(digits));
    for (const std::string_view sign : {":", ".", ")", "-", "–", "—"})
        if (rest.starts_with(sign)) {
            text = trimmed(rest.substr(sign.size()));
            return !text.empty();
        }
    return false;
}

Task taskFrom(std::string_view text, std::optional<bool> checked) {
    Task task;
    if (checked.value_or(false)) task.status = "done";
    text = trimmed(text);
    takeTaskNumber(text);
    const std::size_t whole = text.size();
    for (int more = 0; more < 6 && takeTail(task, text); ++more) {
    }
    const bool parted = text.size() < whole && !text.ends_with('.');
    if (parted && task.owner.empty()) takeNameBeforeDash(task, text);
    if (text.size() > 4 && text.starts_with('[') && text[3] == ']' &&
        isPriority(text.substr(1, 2))) {
        task.priority = std::string(text.substr(1, 2));
        text = trimmed(text.substr(4));
    }
    // "@ada disk alerts"
    if (const std::size_t end = text.find(' ');
        text.starts_with('@') && end != std::string_view::npos && end > 1 && task.owner.empty()) {
        task.owner = std::string(text.substr(0, end));
        text = trimmed(text.substr(end));
    }
    takeLead(task, text);
    task.text = std::string(text);
    if (const auto charged = chargeIn(task.text)) {
        if (task.owner.empty()) task.owner = charged->who;
        if (task.due.empty()) task.due = charged->due;
    }
    return task;
}

std::vector<std::string> listedNames(std::string_view text, bool people) {
    std::vector<std::string> names;
    const auto add = [&](std::string_view name) {
        if (!trimmed(name).empty()) names.emplace_back(trimmed(name));
    };
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '(') ++depth;
        if (text[at] == ')' && depth > 0) --depth;
        if (depth > 0) continue;
        std::size_t size = 0;
        for (const std::string_view sign : {",", ";", " and ", " & "})
            if ((people || sign.size() == 1) && text.substr(at).starts_with(sign))
                size = sign.size();
        if (size == 0) continue;
        add(text.substr(from, at - from));
        from = at + size;
        at = from - 1;
    }
    add(text.substr(from));
    return names;
}

} // namespace postlude::reading
