// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/html.h"

#include "core/base/text.h"

#include <QFile>
#include <array>
#include <set>

namespace postlude {

namespace {

std::string styleSheet(const char* name) {
    QFile file(QString(":/postlude/templates/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// Lines of a text stay lines, as in Markdown.
std::string escaped(const std::string& text) {
    std::string out;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = rest.find_first_of("\r\n");
        const std::string_view line = trimmed(rest.substr(0, end));
        if (!line.empty()) out += (out.empty() ? "" : "<br>\n") + htmlEscaped(line);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

/// Footnotes that were called already: each leads back to where that was first.
using Called = std::set<std::size_t>;

std::string callOf(std::size_t note, Called& called) {
    const std::string number = std::to_string(note);
    const std::string id = called.insert(note).second ? " id=\"ref-" + number + "\"" : "";
    return "<sup><a" + id + " href=\"#note-" + number + "\">[" + number + "]</a></sup>";
}

std::string inlineOf(const Span& span, Called& called) {
    switch (span.kind) {
    case Span::Kind::Text:
        return escaped(span.text);
    case Span::Kind::Between:
        return htmlEscaped(span.text);
    case Span::Kind::Strong:
        return "<b>" + escaped(span.text) + "</b>";
    case Span::Kind::Code:
        return "<code>" + escaped(span.text) + "</code>";
    case Span::Kind::Note:
        return callOf(span.note, called);
    case Span::Kind::Entry:
        return "<a href=\"#entry-" + std::to_string(span.note) + "\">" +
               htmlEscaped(unbracketed(span.text)) + "</a>";
    case Span::Kind::Anchor:
        return "<a id=\"entry-" + std::to_string(span.note) + "\"></a>";
    case Span::Kind::Blank:
        return span.text.find('\n') == std::string::npos ? " " : "<br>\n";
    }
    return {};
}

std::string inlineOf(const Line& line, Called& called) {
    std::string out;
    for (const Span& span : line)
        out += inlineOf(span, called);
    return out;
}

/// QTextDocument takes the square of the time for a long list: on paper one goes on as another,
/// without a gap between them.
constexpr std::size_t kItems = 100;

std::string begunList(std::size_t from, std::size_t all, HtmlFor reader) {
    if (reader != HtmlFor::Paper || all <= kItems) return "<ul>\n";
    return std::string("<ul style=\"") + (from > 0 ? "margin-top: 0px; " : "") +
           (from + kItems < all ? "margin-bottom: 0px;" : "") + "\">\n";
}

std::string listOf(const Block& block, HtmlFor reader, Called& called) {
    const std::size_t all = block.lines.size();
    std::string out = begunList(0, all, reader);
    for (std::size_t i = 0; i < all; ++i) {
        if (reader == HtmlFor::Paper && i > 0 && i % kItems == 0)
            out += "</ul>\n" + begunList(i, all, reader);
        out += "<li>" + inlineOf(block.lines[i], called) + "</li>\n";
    }
    return out + "</ul>\n";
}

/// Each leads back to where it is first referred to.
std::string notesOf(const Block& block, HtmlFor reader, Called& called) {
    // Its lists know no number to begin with.
    const bool apart = reader == HtmlFor::Paper && block.lines.size() > kItems;
    std::string out = apart ? "" : "<ol>\n";
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        out += apart ? "<p style=\"margin: 0px 0px 0px 34px; text-indent: -34px;\">" + number + ". "
                     : "<li id=\"note-" + number + "\">";
        out += inlineOf(block.lines[i], called);
        if (called.contains(i + 1))
            out += " <a href=\"#ref-" + number + "\" title=\"Back to the text\">↑</a>";
        out += apart ? "</p>\n" : "</li>\n";
    }
    return out + (apart ? "" : "</ol>\n");
}

/// Paper has no room to waste, and QTextDocument shares it out badly: percent per column of tasks.
constexpr std::array<int, 8> kPaperWidths{25, 10, 10, 8, 9, 9, 8, 21};

std::string cellOf(const std::string& text, const char* tag, std::size_t column, HtmlFor reader) {
    std::string out = std::string("<") + tag;
    if (reader == HtmlFor::Paper && column < kPaperWidths.size())
        out += " width=\"" + std::to_string(kPaperWidths[column]) + "%\"";
    return out + ">" + escaped(text) + "</" + tag + ">";
}

std::string tableOf(const Block& block, HtmlFor reader) {
    std::string out =
        reader == HtmlFor::Paper
            ? "<table width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"4\">\n"
            : "<table>\n";
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
        out += "<tr>";
        for (std::size_t c = 0; c < block.rows[r].size(); ++c)
            out += cellOf(block.rows[r][c], r == 0 ? "th" : "td", c, reader);
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

std::string pictureOf(const ChartPicture& picture, HtmlFor reader, const PictureAddress& address) {
    const std::string width = reader == HtmlFor::Paper ? " width=\"640\"" : "";
    return "<p><img src=\"" + htmlEscaped(address(picture)) + "\" alt=\"" +
           htmlEscaped(titleOf(picture.kind)) + "\"" + width + "></p>\n<p class=\"caption\">" +
           escaped(picture.caption) + "</p>\n";
}

std::string htmlOf(const Block& block, HtmlFor reader, const PictureAddress& address,
                   Called& called) {
    const std::string level = std::to_string(block.level);
    switch (block.kind) {
    case Block::Kind::Heading:
        return "<h" + level + ">" + inlineOf(block.lines.front(), called) + "</h" + level + ">\n";
    case Block::Kind::Paragraph:
        return "<p>" + inlineOf(block.lines.front(), called) + "</p>\n";
    case Block::Kind::List:
        return listOf(block, reader, called);
    case Block::Kind::Table:
        return tableOf(block, reader);
    case Block::Kind::Picture:
        return pictureOf(block.picture, reader, address);
    case Block::Kind::Notes:
        return notesOf(block, reader, called);
    case Block::Kind::Kept:
        return "<pre>" + htmlEscaped(block.kept.markdown) + "</pre>\n";
    }
    return {};
}

} // namespace

std::string htmlOf(const Report& report, const std::string& title, HtmlFor reader,
                   const PictureAddress& address) {
    const bool browser = reader == HtmlFor::Browser;
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "img-src data:; style-src 'unsafe-inline'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<title>" +
                      htmlEscaped(trimmed(title)) + "</title>\n<style>\n" +
                      styleSheet("report.css") + (browser ? styleSheet("screen.css") : "") +
                      "</style>\n</head>\n<body>\n";
    Called called;
    for (const Block& block : report)
        out += htmlOf(block, reader, address, called);
    return out + "</body>\n</html>\n";
}

} // namespace postlude
