// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/reading.h"

#include "core/base/text.h"
#include "core/postmortem/detail/own.h"
#include "core/postmortem/detail/walker.h"

#include <QString>
#include <QStringDecoder>
#include <algorithm>
#include <array>

namespace postlude {

namespace {

constexpr std::size_t kMost = std::size_t{64} * 1024 * 1024;

std::unexpected<Error> refused(ErrorKind kind, std::string what, std::string remedy) {
    return std::unexpected(
        Error{.kind = kind, .what = std::move(what), .remedy = std::move(remedy)});
}

struct Decoded {
    std::string utf8;
    const char* remark = nullptr; ///< what had to be assumed for it
};

std::size_t replacedIn(std::string_view text) {
    std::size_t times = 0;
    for (std::size_t at = text.find("\uFFFD"); at != std::string_view::npos;
         at = text.find("\uFFFD", at + 3))
        ++times;
    return times;
}

/// Windows-1252, which has Latin-1 within it. The five bytes that mean nothing stay control codes.
std::string fromWindows1252(std::string_view text) {
    static constexpr std::array<char16_t, 32> high{
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    QString decoded = QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    for (QChar& c : decoded)
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0) c = QChar(high[c.unicode() - 0x80]);
    return decoded.toStdString();
}

/// UTF-8 without byte order mark; UTF-16 is known by its mark. What is mostly no UTF-8 was written
/// before there was any.
Decoded asUtf8(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        QStringDecoder decoder(text[0] == '\xFF' ? QStringDecoder::Utf16LE
                                                 : QStringDecoder::Utf16BE);
        const QString decoded = decoder.decode(
            QByteArrayView(text.data() + 2, static_cast<qsizetype>(text.size() - 2)));
        return {decoded.toStdString()};
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::string utf8 = validUtf8(text);
    if (utf8 == text) return {std::move(utf8)};
    const auto begins = [](char c) { return static_cast<unsigned char>(c) >= 0xC0; };
    const std::size_t broken = replacedIn(utf8);
    const auto right = static_cast<std::size_t>(std::ranges::count_if(utf8, begins)) - broken;
    // Of the languages that are written in it none is made of such letters alone.
    if (broken > right && broken < text.size() / 4)
        return {fromWindows1252(text), "it is no UTF-8, and was read as Windows-1252"};
    return {std::move(utf8), "some bytes are no UTF-8, and were replaced"};
}

/// True if more than a trace of it are control codes, or bytes that are no text.
bool isBinary(std::string_view text) {
    const std::string_view start = text.substr(0, 65536);
    const auto odd = std::ranges::count_if(start, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B);
    });
    return static_cast<std::size_t>(odd) * 50 > start.size() ||
           replacedIn(start) * 20 > start.size();
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
    const std::string utf8 = text.size() > kMost ? std::string() : asUtf8(text).utf8;
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
    const auto [utf8, assumed] = asUtf8(text);
    if (isBinary(utf8))
        return refused(ErrorKind::NotUnderstood, "not a text",
                       "give Markdown or plain text; a PDF or a word processor's file must be "
                       "saved as text first");
    if (trimmed(utf8).empty())
        return refused(ErrorKind::NotUnderstood, "there is no text in it",
                       "give the postmortem's Markdown");
    const std::vector<std::string_view> lines = linesOf(utf8);
    const FrontMatter matter = frontMatterOf(lines);
    const auto remarked = [&](Reading reading) {
        if (assumed) reading.remarks.insert(reading.remarks.begin(), {0, assumed});
        return reading;
    };
    if (matter.own) return remarked(readOwn(lines, matter));
    Collector collector(lines);
    takeFrontMatter(matter, collector);
    const std::vector<Block> blocks = blocksOf(lines, matter.end);
    Walker(blocks, collector).walk();
    return remarked(std::move(collector.reading));
}

} // namespace postlude
