// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/own.h"

#include "core/base/text.h"
#include "core/postmortem/detail/lines.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/detail/tasks.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace postlude::reading {

namespace {

/// Parts of a report as it is written, by their headings.
enum class Part : std::uint8_t {
    Head,
    Introduction,
    Summary,
    Timeline,
    Cause,
    RootCause,
    Resolution,
    Measures,
    Improvements,
    Tasks,
    Lessons,
    Well,
    Wrong,
    Lucky,
    Conclusion,
    Evidence,
    Unknown
};

Part partNamed(std::string_view heading) {
    static const std::map<std::string_view, Part> parts{
        {"Introduction", Part::Introduction},
        {"Issue summary", Part::Summary},
        {"Timeline", Part::Timeline},
        {"Root cause and resolution", Part::Cause},
        {"Root cause", Part::RootCause},
        {"Resolution", Part::Resolution},
        {"Corrective and preventative measures", Part::Measures},
        {"Improvements", Part::Improvements},
        {"Tasks", Part::Tasks},
        {"Lessons learned", Part::Lessons},
        {"What went well", Part::Well},
        {"What went wrong", Part::Wrong},
        {"Where we got lucky", Part::Lucky},
        {"Conclusion", Part::Conclusion},
        {"Supporting evidence", Part::Evidence}};
    const auto found = parts.find(heading);
    return found == parts.end() ? Part::Unknown : found->second;
}

bool isBullet(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.starts_with("- ") || text == "-" || text.starts_with("* ") || text.starts_with("+ "))
        return true;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    return digits > 0 && digits < 4 &&
           (text.substr(digits).starts_with(". ") || text.substr(digits).starts_with(") "));
}

/// Of "[^3]: …" the 3.
std::optional<std::size_t> noteNumber(std::string_view line) {
    if (!line.starts_with("[^")) return {};
    const std::size_t end = line.find("]:");
    std::size_t number = 0;
    for (std::size_t i = 2; i < end && end != std::string_view::npos && end < 12; ++i) {
        if (line[i] < '0' || line[i] > '9') return {};
        number = number * 10 + static_cast<std::size_t>(line[i] - '0');
    }
    if (end == std::string_view::npos || end >= 12 || end == 2) return {};
    return number;
}

/// A comment line such as "<!-- kept 3 after timeline[2], as code -->".
struct KeptMark {
    std::string name, after;
    bool code = false;
};
std::optional<KeptMark> keptMark(std::string_view line) {
    constexpr std::string_view open = "<!-- kept ";
    constexpr std::string_view close = " -->";
    line = trimmed(line);
    if (!line.starts_with(open) || !line.ends_with(close)) return {};
    std::string_view inside = line.substr(open.size(), line.size() - open.size() - close.size());
    KeptMark mark;
    if (inside.ends_with(", as code")) {
        mark.code = true;
        inside.remove_suffix(9);
    }
    const std::size_t after = inside.find(" after ");
    mark.name = std::string(inside.substr(0, after));
    if (after != std::string_view::npos) mark.after = std::string(inside.substr(after + 7));
    return mark;
}

class OwnReader {
public:
    OwnReader(const std::vector<std::string_view>& lines, const FrontMatter& matter)
        : lines_(lines)
        , matter_(matter)
        , to_(lines)
        , d_(to_.document()) {
        d_.summary.zone = matter.zone;
        for (std::size_t i = lines.size(); i-- > 0;)
            if (trimmed(lines[i]).starts_with("<!-- end kept "))
                ends_[std::string(trimmed(lines[i]))].push_back(i);
    }

    Reading read() {
        for (at_ = matter_.end; at_ < lines_.size();)
            takeBlock();
        linkNotes();
        std::ranges::stable_sort(kept_, {}, &std::pair<std::size_t, Kept>::first);
        for (auto& [number, kept] : kept_)
            d_.kept.push_back(std::move(kept));
        settleEdited();
        return std::move(to_.reading);
    }

private:
    void takeBlock() {
        const std::string_view line = trimmed(lines_[at_]);
        if (line.empty()) {
            ++at_;
            return;
        }
        if (const auto mark = keptMark(line); mark && takeKept(*mark)) return;
        if (line.starts_with('#') && takeHeading(line)) return;
        if (part_ == Part::Unknown || line.starts_with("<!--")) return keep(at_, at_);
        if (line.starts_with("![")) return takePicture();
        if (line.starts_with('|')) return takeRow();
        if (const auto note = noteNumber(line); note && part_ == Part::Evidence)
            return takeNote(*note);
        takeText(isBullet(line));
    }

    /// Anything that may not be part of the paragraph or item before it.
    [[nodiscard]] static bool begins(std::string_view line) {
        line = trimmed(line);
        return line.empty() || line.starts_with("# ") || line.starts_with("## ") ||
               line.starts_with("### ") || line.starts_with("<!--") || line.starts_with("![") ||
               line.starts_with('|') || line.starts_with("[^") || isBullet(line);
    }

    void keep(std::size_t first, std::size_t last) {
        const bool joins =
            !kept_.empty() && keptTo_ <= first && keptAt_ == place_ && newKept_ &&
            std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(keptTo_),
                        lines_.begin() + static_cast<std::ptrdiff_t>(first), blankLine);
        if (joins)
            kept_.back().second.markdown += '\n' + verbatim(lines_, keptTo_, last);
        else
            kept_.push_back({lastNumber_, {place_, verbatim(lines_, first, last)}});
        newKept_ = true;
        keptAt_ = place_;
        keptTo_ = last + 1;
        at_ = last + 1;
    }

    bool takeKept(const KeptMark& mark) {
        const auto ends = ends_.find("<!-- end kept " + mark.name + " -->");
        if (ends == ends_.end()) return false;
        std::vector<std::size_t>& places = ends->second; // the nearest last
        while (!places.empty() && places.back() <= at_)
            places.pop_back();
        if (places.empty()) return false;
        std::size_t first = at_ + 1;
        std::size_t last = places.back();
        at_ = last + 1;
        if (mark.code && last >= first + 2) {
            ++first;
            --last;
        }
        lastNumber_ = 0;
        for (const char c : mark.name)
            if (c >= '0' && c <= '9' && lastNumber_ < 100'000'000)
                lastNumber_ = lastNumber_ * 10 + static_cast<std::size_t>(c - '0');
        kept_.push_back(
            {lastNumber_,
             {mark.after, last > first ? verbatim(lines_, first, last - 1) : std::string()}});
        newKept_ = false;
        return true;
    }

    bool takeHeading(std::string_view line) {
        const std::size_t level = line.find_first_not_of('#');
        if (level == std::string_view::npos || level > 3 || line[level] != ' ') return false;
        const std::string text = ownText(trimmed(line.substr(level)));
        if (level == 1) {
            if (titled_) {
                part_ = Part::Unknown;
                return false;
            }
            titled_ = true;
            d_.title = matter_.untitled && text == "Postmortem" ? std::string() : text;
            place_ = "title";
        } else {
            const Part part = partNamed(text);
            part_ = part;
            if (part == Part::Unknown) return false;
        }
        ++at_;
        return true;
    }

    /// Our own charts are drawn anew on the next export.
    void takePicture() {
        const std::string_view line = trimmed(lines_[at_]);
        const bool chart = part_ == Part::Summary && line.ends_with(".svg)") &&
                           line.find("_files/") != std::string_view::npos;
        const std::string_view title = line.substr(2, line.find(']') - 2);
        const bool captioned = at_ + 2 < lines_.size() && blankLine(lines_[at_ + 1]) &&
                               trimmed(lines_[at_ + 2]).starts_with("*" + std::string(title)) &&
                               trimmed(lines_[at_ + 2]).ends_with('*');
        if (!chart || !captioned) return keep(at_, at_);
        at_ += 3;
    }

    void takeRow() {
        const std::vector<std::string_view> cells = ownCells(lines_[at_]);
        const bool head =
            !headed_ && cells.size() == 8 && cells[0] == "Task" && cells[7] == "Done when";
        const bool rule = cells.size() == 8 && cells[0].starts_with("---");
        headed_ = headed_ || head;
        if (part_ != Part::Tasks || cells.size() != 8) return keep(at_, at_);
        ++at_;
        if (head || rule) return;
        Task t;
        std::size_t i = 0;
        for (std::string* cell :
             {&t.text, &t.type, &t.owner, &t.priority, &t.due, &t.tracker, &t.status, &t.doneWhen})
            *cell = ownText(cells[i++]);
        place_ = "tasks[" + std::to_string(d_.tasks.size()) + "]";
        d_.tasks.push_back(std::move(t));
    }

    void takeNote(std::size_t number) {
        const std::string_view line = trimmed(lines_[at_]);
        const std::string_view note = trimmed(line.substr(line.find("]:") + 2));
        const auto evidence = ownEvidence(note);
        if (!evidence) return keep(at_, at_);
        notes_.emplace(number, *evidence);
        to_.reading.notes.push_back({number, *evidence, ownDigest(note)});
        ++at_;
    }

    /// A paragraph or an item, its further lines included. A backslash at the end is a line break.
    void takeText(bool item) {
        const std::size_t first = at_;
        std::string_view line = trimmed(lines_[at_++]);
        if (item) line = trimmed(line.substr(std::min(line.find(' '), line.size())));
        std::string text(line);
        while (at_ < lines_.size() && !begins(lines_[at_])) {
            const std::size_t slashes = text.size() - (text.find_last_not_of('\\') + 1);
            const bool broken = slashes % 2 == 1;
            if (broken) text.pop_back();
            text += (broken ? "\n" : " ") + std::string(trimmed(lines_[at_++]));
        }
        if (!place(text, item, first)) {
            const std::size_t last = at_ - 1;
            keep(first, last);
        }
    }

    bool add(std::vector<std::string>& list, const std::string& name, std::string_view text) {
        place_ = name + "[" + std::to_string(list.size()) + "]";
        list.push_back(ownText(text));
        return true;
    }

    bool place(std::string_view text, bool item, std::size_t line) {
        switch (part_) {
        case Part::Head:
            return item && headField(text);
        case Part::Introduction:
            return add(d_.introduction, "introduction", text);
        case Part::Summary:
            return summaryField(text, line) || add(d_.summary.other, "summary.other", text);
        case Part::Timeline:
            return item && entry(text, line);
        case Part::RootCause:
            return add(d_.rootCause, "root_cause", text);
        case Part::Resolution:
            return add(d_.resolution, "resolution", text);
        case Part::Improvements:
            return add(d_.improvements, "improvements", text);
        case Part::Tasks:
            if (item) {
                place_ = "tasks[" + std::to_string(d_.tasks.size()) + "]";
                d_.tasks.push_back(taskFrom(plainText(text), {}));
            }
            return item;
        case Part::Well:
            return add(d_.wentWell, "lessons.well", text);
        case Part::Wrong:
            return add(d_.wentWrong, "lessons.wrong", text);
        case Part::Lucky:
            return add(d_.gotLucky, "lessons.lucky", text);
        case Part::Conclusion:
            return add(d_.conclusion, "conclusion", text);
        case Part::Evidence:
            return text == kEvidenceLead;
        default:
            return false;
        }
    }

    /// "**Label:** text" as we write it.
    static std::optional<std::pair<std::string_view, std::string_view>>
    fieldOf(std::string_view text) {
        const std::size_t end = text.find(":**");
        if (!text.starts_with("**") || end == std::string_view::npos) return {};
        return std::pair{text.substr(2, end - 2), trimmed(text.substr(end + 3))};
    }

    bool headField(std::string_view text) {
        const auto field = fieldOf(text);
        if (!field) return false;
        const auto& [label, value] = *field;
        const auto one = [&](std::string& to, const char* name) {
            to = ownText(value);
            place_ = name;
            return true;
        };
        const auto each = [&](std::vector<std::string>& to, const char* name) {
            std::string_view rest = value;
            while (true) {
                const std::size_t comma = rest.find(", ");
                add(to, name, rest.substr(0, comma));
                if (comma == std::string_view::npos) return true;
                rest.remove_prefix(comma + 2);
            }
        };
        if (label == "Status") return status(ownText(value));
        if (label == "Severity") return one(d_.severity, "severity");
        if (label == "Owner") return one(d_.owner, "owner");
        if (label == "Authors") return each(d_.authors, "authors");
        if (label == "Author") return add(d_.authors, "authors", value);
        if (label == "Reviewers") return each(d_.reviewers, "reviewers");
        if (label == "Reviewer") return add(d_.reviewers, "reviewers", value);
        if (label == "Services") return each(d_.services, "services");
        if (label == "Service") return add(d_.services, "services", value);
        return false;
    }

    bool status(const std::string& text) {
        for (const DocumentStatus known : {DocumentStatus::Draft, DocumentStatus::InReview,
                                           DocumentStatus::Reviewed, DocumentStatus::Closed})
            if (nameOf(known) == text) {
                d_.status = known;
                place_ = "status";
                return true;
            }
        return false;
    }

    bool summaryField(std::string_view text, std::size_t line) {
        const auto field = fieldOf(text);
        if (!field) return false;
        const auto& [label, value] = *field;
        Summary& s = d_.summary;
        if (label == "Duration") {
            duration(ownText(value), line);
            return true;
        }
        const std::initializer_list<std::tuple<const char*, std::string*, const char*>> fields = {
            {"Duration as written", &s.durationText, "summary.duration_text"},
            {"Start as written", &s.startText, "summary.start_text"},
            {"End as written", &s.endText, "summary.end_text"},
            {"Impact", &s.impact, "summary.impact"},
            {"Users affected", &s.affectedShare, "summary.affected_share"},
            {"Requests failed", &s.failedShare, "summary.failed_share"},
            {"Root cause", &s.rootCause, "summary.root_cause"},
            {"Trigger", &s.trigger, "summary.trigger"},
            {"Resolution", &s.resolution, "summary.resolution"}};
        for (const auto& [name, to, where] : fields)
            if (label == name && to->empty()) {
                *to = ownText(value);
                place_ = where;
                return true;
            }
        return false;
    }

    /// As we write it, or as somebody changed it since.
    void duration(const std::string& text, std::size_t line) {
        Summary& s = d_.summary;
        place_ = "summary.duration";
        if (const auto span = ownSpan(text)) {
            s.start = span->start;
            s.end = span->end;
            const Zone zone = zoneOf(d_);
            if (s.start) day_ = fromRfc3339(fmt::format("{}T00:00:00Z", zone.date(*s.start)));
            return;
        }
        s.durationText = text;
        const auto spans = spansIn(text);
        if (spans.empty()) return;
        edited_ = true;
        if (spans.front().from.ofDay) to_.clues.start = At{spans.front().from, line};
        if (spans.front().to && spans.front().to->ofDay)
            to_.clues.end = At{*spans.front().to, line};
    }

    static std::optional<EntryKind> takeKind(std::string_view& text) {
        for (int i = 0; i <= static_cast<int>(EntryKind::Verification); ++i) {
            std::string name(nameOf(static_cast<EntryKind>(i)));
            name[0] = static_cast<char>(name[0] - 'a' + 'A');
            name += ':';
            if (!text.starts_with(name)) continue;
            text = trimmed(text.substr(name.size()));
            return static_cast<EntryKind>(i);
        }
        return {};
    }

    bool entry(std::string_view text, std::size_t line) {
        const std::vector<std::size_t> notes = takeNotes(text);
        TimelineEntry entry;
        EntryTime edited{.time = {}, .date = {}, .line = line};
        std::string_view rest = trimmed(text);
        const auto timed = takeTime(rest, entry, edited);
        const auto kind = takeKind(rest);
        if (!kind && !timed) {
            // Somebody's own line: its time may stand in any form.
            const std::string plain = plainText(text);
            if (const auto span = spanAtStart(plain); span && span->from.ofDay) {
                edited.time = span->from;
                edited_ = true;
                entry.timeText = plain.substr(0, span->end());
                rest = trimmed(std::string_view(plain).substr(span->end()));
                while (!rest.empty() && (rest.front() == ':' || rest.front() == '-' ||
                                         rest.starts_with("–") || rest.starts_with("—")))
                    rest = trimmed(rest.substr(rest.front() == ':' || rest.front() == '-' ? 1 : 3));
                entry.kind = takeKind(rest).value_or(kindFromWords(rest));
                return finish(std::move(entry), std::string(rest), notes, edited);
            }
        }
        entry.kind = kind.value_or(kindFromWords(rest));
        return finish(std::move(entry), ownText(rest), notes, edited);
    }

    bool finish(TimelineEntry entry, std::string text, const std::vector<std::size_t>& notes,
                const EntryTime& edited) {
        entry.text = std::move(text);
        place_ = "timeline[" + std::to_string(d_.timeline.size()) + "]";
        d_.timeline.push_back(std::move(entry));
        noteNumbers_.push_back(notes);
        to_.clues.entries.push_back(edited);
        return true;
    }

    /// "**moment** (“as written”) — " before an entry.
    bool takeTime(std::string_view& text, TimelineEntry& entry, EntryTime& edited) {
        constexpr std::string_view parting = " — ";
        if (!text.starts_with("**")) return false;
        const std::size_t end = boldEnd(text);
        if (end == std::string_view::npos) return false;
        const std::string time = ownText(text.substr(2, end - 2));
        std::string_view rest = text.substr(end + 2);
        std::string written;
        if (rest.starts_with(" (“")) {
            const std::size_t close = rest.find("”) — ");
            if (close == std::string_view::npos) return false;
            constexpr std::size_t open = std::string_view(" (“").size();
            written = ownText(rest.substr(open, close - open));
            rest.remove_prefix(close + std::string_view("”)").size());
        }
        if (!rest.starts_with(parting) && rest != " —") return false;
        constexpr std::string_view quoted = "“";
        const bool asWritten = time.starts_with(quoted) && time.ends_with("”");
        if (asWritten) entry.timeText = time.substr(quoted.size(), time.size() - 2 * quoted.size());
        text = trimmed(rest.substr(std::min(parting.size(), rest.size())));
        if (asWritten) return true;
        entry.time = ownMoment(time, day_);
        entry.timeText = entry.time ? written : time;
        if (entry.time && isDated(time))
            day_ = fromRfc3339(fmt::format("{}T00:00:00Z", time.substr(0, 10)));
        if (!entry.time)
            if (const auto span = spanAtStart(time); span && span->from.ofDay) {
                edited.time = span->from;
                edited_ = true;
            }
        text = trimmed(rest.substr(std::min(parting.size(), rest.size())));
        return true;
    }

    static bool isDated(std::string_view time) {
        return time.size() > 10 && time[4] == '-' && time[7] == '-';
    }

    /// The "**" that is not escaped.
    static std::size_t boldEnd(std::string_view text) {
        for (std::size_t at = 2; at + 1 < text.size(); ++at) {
            if (text[at] == '\\')
                ++at;
            else if (text[at] == '*' && text[at + 1] == '*')
                return at;
        }
        return std::string_view::npos;
    }

    void linkNotes() {
        for (std::size_t i = 0; i < noteNumbers_.size(); ++i)
            for (const std::size_t number : noteNumbers_[i]) {
                const auto note = notes_.find(number);
                if (note != notes_.end())
                    d_.timeline[i].evidence.push_back(note->second);
                else
                    d_.timeline[i].text += " [^" + std::to_string(number) + "]";
            }
    }

    /// Times that people changed or added follow from the document's day and zone.
    void settleEdited() {
        if (!edited_) return;
        const std::string zone = d_.summary.zone;
        if (!zone.empty()) to_.clues.timelineZone = WrittenZone{0, zone};
        if (day_) {
            const Civil c = toCivil(*day_);
            WrittenTime time;
            time.date = WrittenDate{c.year, c.month, c.day, false};
            to_.clues.dates.insert(to_.clues.dates.begin(), {time, 0});
        }
        settleTimes(to_.clues, to_.reading);
        d_.summary.zone = zone.empty() ? d_.summary.zone : zone;
    }

    const std::vector<std::string_view>& lines_;
    const FrontMatter& matter_;
    Collector to_;
    Postmortem& d_;
    std::map<std::string, std::vector<std::size_t>> ends_; ///< lines that end what was kept
    std::size_t at_ = 0;
    Part part_ = Part::Head;
    bool titled_ = false;
    bool headed_ = false; ///< the heads of the tasks' table were read
    bool edited_ = false;
    std::optional<Instant> day_; ///< for times without a date: local midnight
    std::string place_;
    std::vector<std::pair<std::size_t, Kept>> kept_; ///< with their numbers
    std::size_t lastNumber_ = 0;
    bool newKept_ = false;
    std::string keptAt_;
    std::size_t keptTo_ = 0;
    std::map<std::size_t, Evidence> notes_;
    std::vector<std::vector<std::size_t>> noteNumbers_; ///< of each entry
};

} // namespace

Reading readOwn(const std::vector<std::string_view>& lines, const FrontMatter& matter) {
    return OwnReader(lines, matter).read();
}

} // namespace postlude::reading
