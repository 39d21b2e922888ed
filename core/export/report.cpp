// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/report.h"

#include "core/base/text.h"
#include "core/postmortem/wording.h"

#include <QString>
#include <algorithm>
#include <fmt/format.h>
#include <map>

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
             const std::vector<ChartPicture>& charts, bool exact)
        : d_(document)
        , query_(query)
        , charts_(charts)
        , zone_(zoneOf(document))
        , exact_(exact)
        // A time of day alone says enough only beside a start.
        , dated_(spansDays(document) || (exact && !document.summary.start)) {
        for (std::size_t i = 0; i < d_.kept.size(); ++i)
            kept_.emplace(d_.kept[i].after, i);
    }

    Report compose() {
        kept("");
        heading(1, blank(d_.title) ? "Postmortem" : d_.title);
        kept("title");
        head();
        optionalSection("Introduction", "introduction", d_.introduction);
        summary();
        timeline();
        cause();
        measures();
        lessons();
        optionalSection("Conclusion", "conclusion", d_.conclusion);
        while (!kept_.empty()) // behind what is there no more
            kept(std::string(kept_.begin()->first));
        evidence();
        return std::move(report_);
    }

private:
    void heading(int level, const std::string& text) {
        report_.push_back({.kind = Kind::Heading, .level = level, .lines = {{plain(text)}}});
    }
    void paragraph(const std::string& text) {
        if (!blank(text)) report_.push_back({.kind = Kind::Paragraph, .lines = {{plain(text)}}});
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
        if (!blank(text))
            to.push_back({strong(std::string(label) + ":"), between(" "), plain(text)});
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
            if (asList && !blank(texts[i])) lines.push_back({plain(texts[i])});
            if (!asList) paragraph(texts[i]);
            endAt(lines, placeOf(place, i));
        }
        list(lines);
    }
    void optionalSection(const char* name, const std::string& place,
                         const std::vector<std::string>& paragraphs) {
        if (std::ranges::all_of(paragraphs, blank)) return;
        heading(2, name);
        kept(place);
        texts(place, paragraphs, false);
    }
    void subsection(const char* name, const std::string& place,
                    const std::vector<std::string>& items, bool asList) {
        if (std::ranges::all_of(items, blank)) return;
        heading(3, name);
        kept(place);
        texts(place, items, asList);
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

    void summary() {
        heading(2, "Issue summary");
        kept("summary");
        const Summary& s = d_.summary;
        std::vector<Line> lines;
        field(lines, "Duration", durationText(d_, exact_), "summary.duration");
        if (exact_ || !s.start || !s.end) {
            field(lines, "Duration as written", s.durationText, "summary.duration_text");
            field(lines, "Start as written", s.startText, "summary.start_text");
            field(lines, "End as written", s.endText, "summary.end_text");
        }
        field(lines, "Impact", s.impact, "summary.impact");
        field(lines, "Users affected", s.affectedShare, "summary.affected_share");
        field(lines, "Requests failed", s.failedShare, "summary.failed_share");
        field(lines, "Root cause", s.rootCause, "summary.root_cause");
        field(lines, "Trigger", s.trigger, "summary.trigger");
        field(lines, "Resolution", s.resolution, "summary.resolution");
        list(lines);
        texts("summary.other", s.other, true);
        for (const ChartPicture& chart : charts_)
            report_.push_back({.kind = Kind::Picture, .picture = chart});
    }

    void timeline() {
        heading(2, "Timeline");
        kept("timeline");
        std::vector<Line> lines;
        for (std::size_t i = 0; i < d_.timeline.size(); ++i)
            item(lines, entryLine(d_.timeline[i]), placeOf("timeline", i));
        list(lines);
    }

    [[nodiscard]] std::string moment(Instant at) const {
        return exact_ ? exactMomentText(at, zone_, dated_) : momentText(at, zone_, dated_);
    }

    Line entryLine(const TimelineEntry& entry) {
        Line line;
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
        line.push_back(plain(entry.text));
        for (const Evidence& e : entry.evidence)
            line.push_back({.kind = Span::Kind::Note, .text = {}, .note = noteFor(e)});
        return line;
    }

    std::size_t noteFor(const Evidence& e) {
        const auto known = std::ranges::find(notes_, e);
        const auto number = static_cast<std::size_t>(known - notes_.begin()) + 1;
        if (known == notes_.end()) notes_.push_back(e);
        return number;
    }

    void cause() {
        heading(2, "Root cause and resolution");
        kept("cause");
        subsection("Root cause", "root_cause", d_.rootCause, false);
        subsection("Resolution", "resolution", d_.resolution, false);
    }

    void measures() {
        heading(2, "Corrective and preventative measures");
        kept("measures");
        subsection("Improvements", "improvements", d_.improvements, true);
        if (d_.tasks.empty()) return;
        heading(3, "Tasks");
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

    void lessons() {
        const std::initializer_list<const std::vector<std::string>*> parts = {
            &d_.wentWell, &d_.wentWrong, &d_.gotLucky};
        if (std::ranges::all_of(parts,
                                [](const auto* p) { return std::ranges::all_of(*p, blank); }))
            return;
        heading(2, "Lessons learned");
        kept("lessons");
        subsection("What went well", "lessons.well", d_.wentWell, true);
        subsection("What went wrong", "lessons.wrong", d_.wentWrong, true);
        subsection("Where we got lucky", "lessons.lucky", d_.gotLucky, true);
    }

    void evidence() {
        if (notes_.empty()) return;
        heading(2, "Supporting evidence");
        paragraph(kEvidenceLead);
        Block block{.kind = Kind::Notes};
        for (const Evidence& e : notes_)
            block.lines.push_back(evidenceLine(e, query_, zone_, exact_));
        report_.push_back(std::move(block));
    }

    const Postmortem& d_;
    const Query* query_;
    const std::vector<ChartPicture>& charts_;
    Zone zone_;
    bool exact_;
    bool dated_;
    Report report_;
    std::multimap<std::string, std::size_t> kept_; ///< by place; of one place in order
    std::vector<Evidence> notes_;
};

} // namespace

Report composeReport(const Postmortem& document, const Query* query,
                     const std::vector<ChartPicture>& charts, bool exact) {
    return Composer(document, query, charts, exact).compose();
}

} // namespace postlude
