// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/reading.h"

#include "core/base/text.h"
#include "core/postmortem/detail/own.h"
#include "core/postmortem/detail/walker.h"

#include <QString>
#include <QStringDecoder>
#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kMost = std::size_t{64} * 1024 * 1024;

std::unexpected<Error> refused(ErrorKind kind, std::string what, std::string remedy) {
    return std::unexpected(
        Error{.kind = kind, .what = std::move(what), .remedy = std::move(remedy)});
}

/// UTF-8 without byte order mark; UTF-16 is known by its mark.
std::string asUtf8(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        QStringDecoder decoder(text[0] == '\xFF' ? QStringDecoder::Utf16LE
                                                 : QStringDecoder::Utf16BE);
        const QString decoded = decoder.decode(
            QByteArrayView(text.data() + 2, static_cast<qsizetype>(text.size() - 2)));
        return decoded.toStdString();
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return validUtf8(text);
}

/// True if more than a trace of it are control codes, or bytes that are no text.
bool isBinary(std::string_view text) {
    const std::string_view start = text.substr(0, 65536);
    const auto odd = std::ranges::count_if(start, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B);
    });
    std::size_t broken = 0;
    for (std::size_t at = start.find("\uFFFD"); at != std::string_view::npos;
         at = start.find("\uFFFD", at + 3))
        ++broken;
    return static_cast<std::size_t>(odd) * 50 > start.size() || broken * 20 > start.size();
}

/// "{" and a key, or nothing: no prose begins so, be the JSON whole or cut off.
bool isJson(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with('{')) return false;
    text = trimmed(text.substr(1));
    return text.starts_with('"') || text.starts_with('}');
}

} // namespace

Result<Reading> readDocument(std::string_view text) {
    const std::string utf8 = text.size() > kMost ? std::string() : asUtf8(text);
    if (!isJson(utf8)) return readPostmortem(text);
    auto document = postmortemFromJson(utf8);
    if (!document) return std::unexpected(document.error());
    return Reading{std::move(*document), {}};
}

Result<Reading> readPostmortem(std::string_view text) {
    using namespace reading;
    if (text.size() > kMost)
        return refused(ErrorKind::TooLarge, "larger than 64 MiB, which no postmortem is",
                       "give the document itself, not logs");
    const std::string utf8 = asUtf8(text);
    if (isBinary(utf8))
        return refused(ErrorKind::NotUnderstood, "not a text",
                       "give Markdown or plain text; a PDF or a word processor's file must be "
                       "saved as text first");
    if (trimmed(utf8).empty())
        return refused(ErrorKind::NotUnderstood, "there is no text in it",
                       "give the postmortem's Markdown");
    const std::vector<std::string_view> lines = linesOf(utf8);
    const FrontMatter matter = frontMatterOf(lines);
    if (matter.own) return readOwn(lines, matter);
    Collector collector(lines);
    takeFrontMatter(matter, collector);
    const std::vector<Block> blocks = blocksOf(lines, matter.end);
    Walker(blocks, collector).walk();
    return std::move(collector.reading);
}

} // namespace postlude
