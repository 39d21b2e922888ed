// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/report.h"

#include "core/base/text.h"
#include "core/postmortem/wording.h"

#include <QString>
#include <algorithm>
#include <fmt/format.h>

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
             const std::vector<ChartPicture>& charts)
        : d_(document)
        , query_(query)
        , charts_(charts)
        , zone_(zoneOf(document))
        , dated_(spansDays(document)) {}

    Report compose() {
        heading(1, blank(d_.title) ? "Postmortem" : d_.title);
        head();
        optionalSection("Introduction", d_.introduction);
        summary();
        timeline();
        cause();
        measures();
        lessons();
        optionalSection("Conclusion", d_.conclusion);
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
    void list(std::vector<Line> lines) {
        if (!lines.empty()) report_.push_back({.kind = Kind::List, .lines = std::move(lines)});
    }
    void list(const std::vector<std::string>& texts) {
        std::vector<Line> lines;
        for (const std::string& text : texts)
            if (!blank(text)) lines.push_back({plain(text)});
        list(std::move(lines));
    }
    /// "- **Label:** text", if there is a text.
    static void field(std::vector<Line>& to, const char* label, const std::string& text) {
        if (!blank(text))
            to.push_back({strong(std::string(label) + ":"), between(" "), plain(text)});
    }
    void optionalSection(const char* name, const std::vector<std::string>& paragraphs) {
        if (std::ranges::all_of(paragraphs, blank)) return;
        heading(2, name);
        for (const std::string& text : paragraphs)
            paragraph(text);
    }
    void subsection(const char* name, const std::vector<std::string>& texts, bool asList) {
        if (std::ranges::all_of(texts, blank)) return;
        heading(3, name);
        if (asList) return list(texts);
        for (const std::string& text : texts)
            paragraph(text);
    }

    void head() {
        std::vector<Line> lines;
        field(lines, "Status", std::string(nameOf(d_.status)));
        field(lines, "Severity", d_.severity);
        field(lines, "Owner", d_.owner);
        field(lines, "Authors", joined(d_.authors));
        field(lines, "Reviewers", joined(d_.reviewers));
        field(lines, "Services", joined(d_.services));
        list(std::move(lines));
    }

    void summary() {
        heading(2, "Issue summary");
        const Summary& s = d_.summary;
        std::vector<Line> lines;
        field(lines, "Duration", durationText(d_));
        field(lines, "Impact", s.impact);
        field(lines, "Users affected", s.affectedShare);
        field(lines, "Requests failed", s.failedShare);
        field(lines, "Root cause", s.rootCause);
        field(lines, "Trigger", s.trigger);
        field(lines, "Resolution", s.resolution);
        list(std::move(lines));
        for (const ChartPicture& chart : charts_)
            report_.push_back({.kind = Kind::Picture, .picture = chart});
    }

    void timeline() {
        heading(2, "Timeline");
        std::vector<Line> lines;
        for (const TimelineEntry& entry : d_.timeline)
            lines.push_back(entryLine(entry));
        list(std::move(lines));
    }

    Line entryLine(const TimelineEntry& entry) {
        Line line;
        const std::string time =
            entry.time ? momentText(*entry.time, zone_, dated_) : strongly(entry.timeText);
        if (!time.empty()) {
            line.push_back(strong(time));
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
        subsection("Root cause", d_.rootCause, false);
        subsection("Resolution", d_.resolution, false);
    }

    void measures() {
        heading(2, "Corrective and preventative measures");
        subsection("Improvements", d_.improvements, true);
        if (d_.tasks.empty()) return;
        heading(3, "Tasks");
        Block table{.kind = Kind::Table};
        table.rows = {
            {"Task", "Type", "Owner", "Priority", "Due", "Tracker", "Status", "Done when"}};
        for (const Task& t : d_.tasks)
            table.rows.push_back(
                {t.text, t.type, t.owner, t.priority, t.due, t.tracker, t.status, t.doneWhen});
        report_.push_back(std::move(table));
    }

    void lessons() {
        const std::initializer_list<const std::vector<std::string>*> parts = {
            &d_.wentWell, &d_.wentWrong, &d_.gotLucky};
        if (std::ranges::all_of(parts,
                                [](const auto* p) { return std::ranges::all_of(*p, blank); }))
            return;
        heading(2, "Lessons learned");
        subsection("What went well", d_.wentWell, true);
        subsection("What went wrong", d_.wentWrong, true);
        subsection("Where we got lucky", d_.gotLucky, true);
    }

    void evidence() {
        if (notes_.empty()) return;
        heading(2, "Supporting evidence");
        paragraph(
            "Each note names a source in the collected logs and its lines. The SHA-256 is that "
            "of these lines, joined by line feeds, without one at the end.");
        Block block{.kind = Kind::Notes};
        for (const Evidence& e : notes_)
            block.lines.push_back(evidenceLine(e, query_, zone_));
        report_.push_back(std::move(block));
    }

    const Postmortem& d_;
    const Query* query_;
    const std::vector<ChartPicture>& charts_;
    Zone zone_;
    bool dated_;
    Report report_;
    std::vector<Evidence> notes_;
};

} // namespace

Report composeReport(const Postmortem& document, const Query* query,
                     const std::vector<ChartPicture>& charts) {
    return Composer(document, query, charts).compose();
}

} // namespace postlude
