// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/export/detail/report.h"

#include <QByteArray>

namespace postlude {

namespace {

std::string inlineOf(const Span& span) {
    switch (span.kind) {
    case Span::Kind::Text:
        return markdownEscaped(span.text);
    case Span::Kind::Between:
        return span.text;
    case Span::Kind::Strong:
        return "**" + markdownEscaped(span.text) + "**";
    case Span::Kind::Code:
        return "`" + span.text + "`";
    case Span::Kind::Note:
        return "[^" + std::to_string(span.note) + "]";
    }
    return {};
}

std::string inlineOf(const Line& line) {
    std::string out;
    for (const Span& span : line)
        out += inlineOf(span);
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
        out += "- " + inlineOf(line) + "\n";
    return out;
}

std::string notesOf(const Block& block) {
    std::string out;
    for (std::size_t i = 0; i < block.lines.size(); ++i)
        out +=
            (i ? "\n[^" : "[^") + std::to_string(i + 1) + "]: " + inlineOf(block.lines[i]) + "\n";
    return out;
}

std::string markdownOf(const Block& block, const std::string& folder) {
    switch (block.kind) {
    case Block::Kind::Heading:
        return std::string(static_cast<std::size_t>(block.level), '#') + " " +
               inlineOf(block.lines.front()) + "\n";
    case Block::Kind::Paragraph:
        return inlineOf(block.lines.front()) + "\n";
    case Block::Kind::List:
        return listOf(block);
    case Block::Kind::Table:
        return tableOf(block.rows);
    case Block::Kind::Picture:
        return pictureOf(block.picture, folder);
    case Block::Kind::Notes:
        return notesOf(block);
    }
    return {};
}

} // namespace

std::string toMarkdown(const Postmortem& document, const Query* query,
                       const MarkdownOptions& options) {
    const bool pictures = !options.chartFolder.empty();
    const Report report =
        composeReport(document, query, pictures ? options.charts : std::vector<ChartPicture>{});
    std::string out;
    for (const Block& block : report) {
        if (!out.empty()) out += "\n";
        out += markdownOf(block, options.chartFolder);
    }
    return out;
}

} // namespace postlude
