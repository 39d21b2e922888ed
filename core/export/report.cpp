// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/report.h"

#include "core/base/text.h"
#include "core/postmortem/entrylinks.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/places.h"
#include "core/postmortem/wording.h"

#include <QString>
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace postlude {

namespace {

using Kind = Block::Kind;

Span strong(std::string text) {
    return {.kind = Span::Kind::Strong, .text = std::move(text)};
}

Span between(std::string text) {
    return {.kind = Span::Kind::Between, .text = std::move(text)};
}

Span plain(std::string text) {
    return {.kind = Span::Kind::Text, .text = std::move(text)};
}

/// A piece of a text beside a mark.
void addPiece(Line& line, std::string_view piece) {
    const std::string_view text = trimmed(piece);
    const std::size_t from =
        text.empty() ? piece.size() : static_cast<std::size_t>(text.data() - piece.data());
    const auto add = [&](Span::Kind kind, std::string_view of) {
        if (!of.empty()) line.push_back({.kind = kind, .text = std::string(of)});
    };
    add(Span::Kind::Blank, piece.substr(0, from));
    add(Span::Kind::Text, text);
    add(Span::Kind::Blank, piece.substr(from + text.size()));
}

/// Without any Unicode white space at the ends, beside which ** would be no markup.
std::string strongly(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return QString::fromStdString(visible(text)).trimmed().toStdString();
}

bool blank(const std::string& text) {
    return trimmed(text).empty();
}

std::string joined(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts)
        if (!blank(text)) list += (list.empty() ? "" : ", ") + text;
    return list;
}

/// "Misleading path" from "misleading path".
std::string capitalised(std::string_view text) {
    std::string s(text);
    if (!s.empty() && s[0] >= 'a' && s[0] <= 'z') s[0] = static_cast<char>(s[0] - 'a' + 'A');
    return s;
}

class Composer {
public:
    Composer(const Postmortem& document, const Query* query,
             const std::vector<ChartPicture>& charts, const ReportOptions& options)
        : d_(document)
        , query_(query)
        , charts_(charts)
        , sections_(completed(options.form ? *options.form : usualForm()))
        , zone_(zoneOf(document))
        , exact_(options.exact)
        // A time of day alone says enough only behind a start.
        , dated_(spansDays(document) ||
                 (exact_ && (!document.summary.start || before(Part::Timeline, Part::Summary))))
        , stop_(options.stop)
        , links_(document) {
        for (std::size_t i = 0; i < d_.kept.size(); ++i)
            kept_.emplace(d_.kept[i].after, i);
        for (const PlacedText& text : proseOf(d_))
            for (const EntryLink& link : links_.in(text.text))
                linked_.insert(link.entry);
    }

    Report compose() {
        kept("");
        heading(1, blank(d_.title) ? "Postmortem" : d_.title);
        kept("title");
        for (const FormSection& section : sections_)
            put(section);
        while (!kept_.empty()) // behind what is there no more
            kept(std::string(kept_.begin()->first));
        evidence();
        return std::move(report_);
    }

private:
    [[nodiscard]] bool has(Part part) const {
        return std::ranges::find(sections_, part, &FormSection::part) != sections_.end();
    }
    [[nodiscard]] bool before(Part first, Part second) const {
        return std::ranges::find(sections_, first, &FormSection::part) <
               std::ranges::find(sections_, second, &FormSection::part);
    }

    void put(const FormSection& s) {
        switch (s.part) {
        case Part::Head:
            return head();
        case Part::Introduction:
            return section(s, "introduction", d_.introduction, false);
        case Part::Summary:
            return summary(s);
        case Part::Impact:
            return impact(s);
        case Part::Charts:
            return charts();
        case Part::Timeline:
            return timeline(s);
        case Part::Cause:
            return group(s, "cause");
        case Part::RootCause:
            return section(s, "root_cause", d_.rootCause, false);
        case Part::Resolution:
            return section(s, "resolution", d_.resolution, false);
        case Part::Measures:
            return group(s, "measures");
        case Part::Improvements:
            return section(s, "improvements", d_.improvements, true);
        case Part::Tasks:
            return tasks(s);
        case Part::Declined:
            return section(s, "declined", d_.declined, true);
        case Part::Lessons:
            if (!allBlank({&d_.wentWell, &d_.wentWrong, &d_.gotLucky})) group(s, "lessons");
            return;
        case Part::Well:
            return section(s, "lessons.well", d_.wentWell, true);
        case Part::Wrong:
            return section(s, "lessons.wrong", d_.wentWrong, true);
        case Part::Lucky:
            return section(s, "lessons.lucky", d_.gotLucky, true);
        case Part::Conclusion:
            return section(s, "conclusion", d_.conclusion, false);
        case Part::Evidence:
            evidenceHeading_ = s.heading;
            return;
        }
    }
    static bool allBlank(std::initializer_list<const std::vector<std::string>*> lists) {
        return std::ranges::all_of(lists,
                                   [](const auto* l) { return std::ranges::all_of(*l, blank); });
    }
    void group(const FormSection& s, const char* place) {
        heading(s.level, s.heading);
        kept(place);
    }
    /// A heading and its texts, if there are any.
    void section(const FormSection& s, const std::string& place,
                 const std::vector<std::string>& items, bool asList) {
        if (allBlank({&items})) return;
        heading(s.level, s.heading);
        kept(place);
        texts(place, items, asList);
    }

    void heading(int level, const std::string& text) {
        report_.push_back({.kind = Kind::Heading, .level = level, .lines = {{plain(text)}}});
    }
    void paragraph(const std::string& text) {
        if (blank(text)) return;
        Line line;
        prose(line, text);
        report_.push_back({.kind = Kind::Paragraph, .lines = {std::move(line)}});
    }
    /// A text with its footnotes. What is marked and leads nowhere stays as it stands.
    void prose(Line& line, std::string_view text) {
        text = trimmed(text);
        std::map<std::size_t, Span> within; // by where they stand
        for (const Mark& mark : marksIn(text))
            if (const Evidence* evidence = evidenceOf(d_, mark.label))
                within[mark.at] = note(*evidence, mark.label);
        for (const EntryLink& link : links_.in(text))
            within[link.at] = {.kind = Span::Kind::Entry,
                               .text = std::string(text.substr(link.at, link.size)),
                               .note = link.entry + 1};
        std::size_t from = 0;
        for (auto& [at, span] : within) {
            addPiece(line, text.substr(from, at - from));
            from = at + span.text.size();
            line.push_back(std::move(span));
        }
        addPiece(line, text.substr(from));
    }
    /// What was kept behind this place, and is put out once.
    void kept(const std::string& place) {
        const auto [from, to] = kept_.equal_range(place);
        for (auto it = from; it != to; ++it)
            report_.push_back(
                {.kind = Kind::Kept, .kept = d_.kept[it->second], .number = it->second + 1});
        kept_.erase(from, to);
    }
    [[nodiscard]] bool keptAfter(const std::string& place) const { return kept_.contains(place); }

    void list(std::vector<Line>& lines) {
        if (!lines.empty()) report_.push_back({.kind = Kind::List, .lines = std::move(lines)});
        lines.clear();
    }
    /// A line of a list that is called `place`; what was kept behind it ends the list.
    void item(std::vector<Line>& lines, Line line, const std::string& place) {
        lines.push_back(std::move(line));
        endAt(lines, place);
    }
    void endAt(std::vector<Line>& lines, const std::string& place) {
        if (!keptAfter(place)) return;
        list(lines);
        kept(place);
    }
    static std::string placeOf(const std::string& name, std::size_t index) {
        return name + "[" + std::to_string(index) + "]";
    }
    /// "- **Label:** text", if there is a text.
    void field(std::vector<Line>& to, const char* label, const std::string& text,
               const std::string& place) {
        if (!blank(text)) {
            Line line{strong(std::string(label) + ":"), between(" ")};
            prose(line, text);
            to.push_back(std::move(line));
        }
        endAt(to, place);
    }
    /// Names on one line, or, where one of them holds a comma, a line each.
    void names(std::vector<Line>& to, const std::string& label,
               const std::vector<std::string>& texts, const std::string& place) {
        const bool apart = std::ranges::any_of(
            texts, [](const std::string& t) { return t.find(',') != std::string::npos; });
        if (!apart) field(to, (label + "s").c_str(), joined(texts), place);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (apart) field(to, label.c_str(), texts[i], placeOf(place, i));
            endAt(to, placeOf(place, i));
        }
    }
    void texts(const std::string& place, const std::vector<std::string>& texts, bool asList) {
        std::vector<Line> lines;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (asList && !blank(texts[i])) prose(lines.emplace_back(), texts[i]);
            if (!asList) paragraph(texts[i]);
            endAt(lines, placeOf(place, i));
        }
        list(lines);
    }
    void head() {
        std::vector<Line> lines;
        field(lines, "Status", std::string(nameOf(d_.status)), "status");
        field(lines, "Severity", d_.severity, "severity");
        field(lines, "Owner", d_.owner, "owner");
        names(lines, "Author", d_.authors, "authors");
        names(lines, "Reviewer", d_.reviewers, "reviewers");
        names(lines, "Service", d_.services, "services");
        list(lines);
    }

    void summary(const FormSection& section) {
        heading(section.level, section.heading);
        kept("summary");
        const Summary& s = d_.summary;
        std::vector<Line> lines;
        field(lines, "Duration", durationText(d_, exact_), "summary.duration");
        if (exact_ || !s.start || !s.end) {
            field(lines, "Duration as written", s.durationText, "summary.duration_text");
            field(lines, "Start as written", s.startText, "summary.start_text");
            field(lines, "End as written", s.endText, "summary.end_text");
        }
        if (!has(Part::Impact)) impactFields(lines);
        field(lines, "Root cause", s.rootCause, "summary.root_cause");
        field(lines, "Trigger", s.trigger, "summary.trigger");
        field(lines, "Resolution", s.resolution, "summary.resolution");
        list(lines);
        texts("summary.other", s.other, true);
        if (!has(Part::Charts)) charts();
    }

    void impact(const FormSection& section) {
        std::vector<Line> lines;
        const Summary& s = d_.summary;
        if (blank(s.impact) && blank(s.affectedShare) && blank(s.failedShare) && blank(s.slowShare))
            return;
        heading(section.level, section.heading);
        impactFields(lines);
        list(lines);
    }

    void impactFields(std::vector<Line>& lines) {
        const Summary& s = d_.summary;
        field(lines, "Impact", s.impact, "summary.impact");
        field(lines, "Users affected", s.affectedShare, "summary.affected_share");
        field(lines, "Requests failed", s.failedShare, "summary.failed_share");
        field(lines, "Requests answered late", s.slowShare, "summary.slow_share");
    }

    void charts() {
        for (const ChartPicture& chart : charts_)
            report_.push_back({.kind = Kind::Picture, .picture = chart});
    }

    void timeline(const FormSection& section) {
        heading(section.level, section.heading);
        kept("timeline");
        std::vector<Line> lines;
        for (std::size_t i = 0; i < d_.timeline.size(); ++i)
            item(lines, entryLine(i), placeOf("timeline", i));
        list(lines);
    }

    [[nodiscard]] std::string moment(Instant at) const {
        return exact_ ? exactMomentText(at, zone_, dated_) : momentText(at, zone_, dated_);
    }

    Line entryLine(std::size_t index) {
        const TimelineEntry& entry = d_.timeline[index];
        Line line;
        if (linked_.contains(index))
            line.push_back({.kind = Span::Kind::Anchor, .text = {}, .note = index + 1});
        std::string time = entry.time ? moment(*entry.time) : strongly(entry.timeText);
        if (exact_ && !entry.time && !time.empty()) time = "“" + time + "”";
        if (!time.empty()) {
            line.push_back(strong(time));
            if (exact_ && entry.time && !blank(entry.timeText)) {
                line.push_back(between(" (“"));
                line.push_back(plain(strongly(entry.timeText)));
                line.push_back(between("”)"));
            }
            line.push_back(between(" — "));
        }
        line.push_back(plain(capitalised(nameOf(entry.kind)) + ":"));
        line.push_back(between(" "));
        prose(line, entry.text);
        for (const Evidence& e : entry.evidence)
            line.push_back(note(e, {}));
        return line;
    }

    /// What is read back keeps its label; for readers the same evidence is one footnote.
    Span note(const Evidence& e, std::string_view label) {
        const std::string name = exact_ ? std::string(label) : std::string();
        auto known = std::ranges::find_if(notes_, [&](const Noted& n) {
            return n.evidence == e && (name.empty() ? n.numbered || !exact_ : n.label == name);
        });
        if (known == notes_.end()) {
            const auto before = std::ranges::count(notes_, true, &Noted::numbered);
            notes_.push_back({e, name.empty() ? std::to_string(before + 1) : name, name.empty()});
            known = notes_.end() - 1;
        }
        return {.kind = Span::Kind::Note,
                .text = label.empty() ? std::string() : markOf(label),
                .note = static_cast<std::size_t>(known - notes_.begin()) + 1,
                .label = known->label};
    }

    void tasks(const FormSection& s) {
        if (d_.tasks.empty()) return;
        heading(s.level, s.heading);
        kept("tasks");
        Block table{.kind = Kind::Table};
        table.rows = {
            {"Task", "Type", "Owner", "Priority", "Due", "Tracker", "Status", "Done when"}};
        for (const Task& t : d_.tasks)
            table.rows.push_back(
                {t.text, t.type, t.owner, t.priority, t.due, t.tracker, t.status, t.doneWhen});
        report_.push_back(std::move(table));
        for (std::size_t i = 0; i < d_.tasks.size(); ++i)
            kept(placeOf("tasks", i));
    }

    void evidence() {
        // Nobody sees what nothing leads to, but the next reader of the file has it.
        for (std::size_t i = 0; exact_ && i < d_.evidence.size(); ++i)
            note(d_.evidence[i].evidence, d_.evidence[i].label);
        if (notes_.empty()) return;
        heading(2, evidenceHeading_);
        paragraph(kEvidenceLead);
        Block block{.kind = Kind::Notes};
        for (const Noted& n : notes_) {
            const Query* query = stop_.stop_requested() ? nullptr : query_;
            block.lines.push_back(evidenceLine(n.evidence, query, zone_, exact_));
            block.labels.push_back(n.label);
        }
        report_.push_back(std::move(block));
    }

    const Postmortem& d_;
    const Query* query_;
    const std::vector<ChartPicture>& charts_;
    std::vector<FormSection> sections_;
    Zone zone_;
    bool exact_;
    bool dated_;
    std::stop_token stop_;
    Report report_;
    std::multimap<std::string, std::size_t> kept_; ///< by place; of one place in order
    struct Noted {
        Evidence evidence;
        std::string label;
        bool numbered; ///< called by its number
    };
    std::vector<Noted> notes_;
    EntryLinks links_;
    std::set<std::size_t> linked_; ///< entries that a text leads to
    std::string evidenceHeading_;
};

} // namespace

Report composeReport(const Postmortem& document, const Query* query,
                     const std::vector<ChartPicture>& charts, const ReportOptions& options) {
    return Composer(document, query, charts, options).compose();
}

} // namespace postlude
