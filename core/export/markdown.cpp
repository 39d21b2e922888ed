// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/export/detail/report.h"

#include <QByteArray>
#include <span>

namespace postlude {

namespace {

constexpr std::size_t kOneLine = 100; ///< in the place of blanks: lines are joined

/// Lines of a text stay lines. `hang`: blanks before the second and later ones.
std::string brokenLines(const std::string& text, std::size_t hang) {
    if (hang == kOneLine) return markdownEscaped(text);
    std::string out;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = rest.find_first_of("\r\n");
        const std::string line = markdownEscaped(rest.substr(0, end));
        if (!line.empty()) out += (out.empty() ? "" : "\\\n" + std::string(hang, ' ')) + line;
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

bool isProse(const Span& span) {
    return span.kind == Span::Kind::Text || span.kind == Span::Kind::Blank ||
           span.kind == Span::Kind::Entry || (span.kind == Span::Kind::Note && !span.text.empty());
}

std::string calledNote(const Span& note) {
    return "[^" + note.label + "]";
}

/// Its marks are footnotes: nothing around them may make them a picture, a link or a definition.
std::string withNotes(std::string text, std::span<const Span> prose) {
    std::size_t at = 0;
    for (const Span& span : prose) {
        if (span.kind != Span::Kind::Note) continue;
        const std::string mark = markdownEscaped(span.text);
        at = text.find(mark, at);
        if (at == std::string::npos) return text;
        if (at > 0 && text[at - 1] == '!') text.insert(at++ - 1, 1, '\\');
        std::string note = calledNote(span);
        const std::size_t end = at + mark.size();
        if (end < text.size() && (text[end] == '(' || text[end] == ':')) note += '\\';
        text.replace(at, mark.size(), note);
        at += note.size();
    }
    return text;
}

/// Escaped as one, for what is markup hangs on what stands beside it.
std::string proseOf(std::span<const Span> prose, std::size_t hang) {
    std::string text;
    for (const Span& span : prose)
        text += span.text;
    return withNotes(brokenLines(text, hang), prose);
}

std::string inlineOf(const Span& span, std::size_t hang) {
    switch (span.kind) {
    case Span::Kind::Text:
    case Span::Kind::Blank:
    case Span::Kind::Entry:
        return brokenLines(span.text, hang);
    case Span::Kind::Between:
        return span.text;
    case Span::Kind::Strong:
        return "**" + markdownEscaped(span.text) + "**";
    case Span::Kind::Code:
        return "`" + span.text + "`";
    case Span::Kind::Note:
        return calledNote(span);
    case Span::Kind::Anchor: // a list's items have no names
        return {};
    }
    return {};
}

std::string inlineOf(const Line& line, std::size_t hang) {
    std::string out;
    for (std::size_t i = 0; i < line.size();) {
        const std::size_t from = i;
        while (i < line.size() && isProse(line[i]))
            ++i;
        if (i > from)
            out += proseOf(std::span(line).subspan(from, i - from), hang);
        else
            out += inlineOf(line[i++], hang);
    }
    return out;
}

std::string tableOf(const std::vector<std::vector<std::string>>& rows) {
    std::string out;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        out += "|";
        for (const std::string& cell : rows[r])
            out += " " + markdownEscaped(cell) + " |";
        out += "\n";
        if (r > 0) continue;
        out += "|";
        for (std::size_t c = 0; c < rows[r].size(); ++c)
            out += "---|";
        out += "\n";
    }
    return out;
}

std::string pictureOf(const ChartPicture& picture, const std::string& folder) {
    const QByteArray path = QByteArray::fromStdString(folder + "/" + picture.stem + ".svg");
    const std::string target = path.toPercentEncoding("/").toStdString();
    return "![" + markdownEscaped(titleOf(picture.kind)) + "](" + target + ")\n\n*" +
           markdownEscaped(picture.caption) + "*\n";
}

std::string listOf(const Block& block) {
    std::string out;
    for (const Line& line : block.lines)
        out += "- " + inlineOf(line, 2) + "\n";
    return out;
}

std::string notesOf(const Block& block) {
    std::string out;
    for (std::size_t i = 0; i < block.lines.size(); ++i)
        out += (i ? "\n[^" : "[^") + block.labels[i] + "]: " + inlineOf(block.lines[i], kOneLine) +
               "\n";
    return out;
}

/// True if it might swallow or load what is not its own: HTML, pictures, a fence or comment that
/// nothing ends.
bool needsFence(std::string_view markdown) {
    for (std::size_t at = markdown.find('<'); at != std::string_view::npos;
         at = markdown.find('<', at + 1)) {
        const char next = at + 1 < markdown.size() ? markdown[at + 1] : ' ';
        if (next == '!' || next == '/' || next == '?' || (next >= 'A' && next <= 'Z') ||
            (next >= 'a' && next <= 'z'))
            return true;
    }
    const auto holds = [&](const char* what) {
        return markdown.find(what) != std::string_view::npos;
    };
    return holds("![") || holds("```") || holds("~~~") || holds("]:");
}

/// As it stood; where it is to be read back, between comments that say where. What could do harm
/// shows as code.
std::string keptOf(const Kept& kept, std::size_t number, bool exact) {
    static constexpr std::string_view place = "abcdefghijklmnopqrstuvwxyz0123456789_.[]";
    std::string name = std::to_string(number);
    while (kept.markdown.find("<!-- end kept " + name + " -->") != std::string::npos)
        name += 'x';
    const bool known = kept.after.find_first_not_of(place) == std::string::npos;
    const std::string after = known && !kept.after.empty() ? " after " + kept.after : "";
    std::string fence = "```";
    while (kept.markdown.find(fence) != std::string::npos)
        fence += '`';
    const bool code = needsFence(kept.markdown);
    const std::string shown =
        (code ? fence + "\n" : "") + validUtf8(kept.markdown) + "\n" + (code ? fence + "\n" : "");
    if (!exact) return shown;
    return "<!-- kept " + name + after + (code ? ", as code" : "") + " -->\n" + shown +
           "<!-- end kept " + name + " -->\n";
}

std::string markdownOf(const Block& block, const std::string& folder, bool exact) {
    switch (block.kind) {
    case Block::Kind::Heading:
        return std::string(static_cast<std::size_t>(block.level), '#') + " " +
               markdownEscaped(block.lines.front().front().text) + "\n";
    case Block::Kind::Paragraph:
        return inlineOf(block.lines.front(), 0) + "\n";
    case Block::Kind::List:
        return listOf(block);
    case Block::Kind::Table:
        return tableOf(block.rows);
    case Block::Kind::Picture:
        return pictureOf(block.picture, folder);
    case Block::Kind::Notes:
        return notesOf(block);
    case Block::Kind::Kept:
        return keptOf(block.kept, block.number, exact);
    }
    return {};
}

/// Headings that are not the usual ones, so that the reader needs no template.
std::string headingsOf(const Form& form) {
    std::string out;
    for (const FormSection& s : completed(form))
        if (s.heading != headingOf(s.part))
            out += "heading " + std::string(nameOf(s.part)) + ": " + s.heading + "\n";
    return out;
}

std::string frontMatterOf(const Postmortem& document, const Form& form) {
    const std::string zone = markdownEscaped(document.summary.zone);
    const std::string name = visible(trimmed(document.form));
    const bool titled = !trimmed(document.title).empty();
    return std::string("---\npostlude: 1\n") + (titled ? "" : "untitled: true\n") +
           (zone.empty() ? "" : "timezone: " + zone + "\n") +
           (name.empty() ? "" : "template: " + name + "\n") + headingsOf(form) + "---\n";
}

} // namespace

std::string toMarkdown(const Postmortem& document, const Query* query,
                       const MarkdownOptions& options) {
    const Form& form = options.form ? *options.form : usualForm();
    const bool pictures = !options.chartFolder.empty();
    const Report report =
        composeReport(document, query, pictures ? options.charts : std::vector<ChartPicture>{},
                      ReportOptions{options.exact, &form, options.stop});
    std::string out = options.exact ? frontMatterOf(document, form) : std::string();
    for (const Block& block : report) {
        if (!out.empty()) out += "\n";
        out += markdownOf(block, options.chartFolder, options.exact);
    }
    return out;
}

} // namespace postlude
