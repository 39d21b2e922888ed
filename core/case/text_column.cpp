// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of texts: the dictionary, and which of its texts each row has.
#include "core/case/column.h"
#include "core/case/detail/bytes.h"
#include "core/case/detail/hextexts.h"
#include "core/case/detail/pack.h"
#include "core/case/detail/stamps.h"

#include "core/base/shorttext.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace postlude {

namespace {

enum class Kind : std::uint8_t { Plain, Packed, Whole, Ip4, Stamps, Hex };

constexpr std::size_t kTextsMost = std::size_t{1} << 30U;
constexpr std::size_t kFewBytes = 64; // not worth packing

Error damaged() {
    return {ErrorKind::Damaged,
            "a column of the case is damaged",
            {},
            "import the bundle again into a new case"};
}

/// "0", "17": what std::to_string() would give, so that it can be made again.
bool readWhole(std::string_view text, std::int64_t& value) {
    if (text.empty() || text.size() > 18 || (text.front() == '0' && text.size() > 1)) return false;
    value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + (c - '0');
    }
    return true;
}

/// How many digits there are a number of 0 … 255, without needless zeros; 0: it is none. Three
/// bytes can be read.
inline std::size_t readIp4Part(const char* at, unsigned& part) {
    const auto digit = [at](std::size_t i) {
        return static_cast<unsigned char>(at[i]) - unsigned{'0'};
    };
    part = digit(0);
    if (part > 9) return 0;
    if (digit(1) > 9) return 1;
    if (part == 0) return 0;
    part = part * 10 + digit(1);
    if (digit(2) > 9) return 2;
    part = part * 10 + digit(2);
    return part > 255 ? 0 : 3;
}

/// "192.0.2.7", without needless zeros.
bool readIp4(std::string_view text, std::int64_t& value) {
    std::array<char, 20> bytes{};
    if (text.size() > 15) return false;
    copyText(text, bytes.data());
    bytes[text.size()] = '.';
    const char* at = bytes.data();
    value = 0;
    for (int parts = 0; parts < 4; ++parts) {
        unsigned part = 0;
        const std::size_t digits = readIp4Part(at, part);
        if (digits == 0 || at[digits] != '.') return false;
        value = value * 256 + part;
        at += digits + 1;
    }
    return at == bytes.data() + text.size() + 1;
}

void appendWhole(std::string& out, std::int64_t value) {
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end);
}

void appendIp4(std::string& out, std::int64_t value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        appendWhole(out, (value >> shift) & 255);
        if (shift != 0) out += '.';
    }
}

using Values = std::vector<std::int64_t>;

template <class Read>
bool readAll(const TextList& texts, Read read, Values& values) {
    values.resize(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (!read(texts[i], values[i])) return false;
    return true;
}

std::string asPlain(const TextList& texts) {
    Values sizes(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        sizes[i] = static_cast<std::int64_t>(texts[i].size());
    const std::string encoded = encodeNumbers(sizes);
    std::string packed = texts.bytes().size() > kFewBytes ? pack(texts.bytes()) : std::string();
    const bool smaller = !packed.empty() && packed.size() < texts.bytes().size();
    std::string out(1, static_cast<char>(smaller ? Kind::Packed : Kind::Plain));
    putVarint(out, encoded.size());
    out += encoded;
    return smaller ? out += packed : out += texts.bytes();
}

std::string dictionary(const TextList& texts) {
    thread_local Values values;
    std::string out(1, static_cast<char>(Kind::Whole));
    if (texts.empty()) return asPlain(texts);
    if (readAll(texts, readWhole, values)) return out += encodeNumbers(values);
    out[0] = static_cast<char>(Kind::Ip4);
    if (readAll(texts, readIp4, values)) return out += encodeNumbers(values);
    out[0] = static_cast<char>(Kind::Stamps);
    if (const auto layout = StampLayout::of(texts[0]);
        layout &&
        readAll(
            texts,
            [reader = StampReader(*layout)](std::string_view text, std::int64_t& value) mutable {
                return reader.read(text, value);
            },
            values)) {
        putVarint(out, layout->sample().size());
        return (out += layout->sample()) += encodeNumbers(values);
    }
    if (const auto encoded = encodeHexTexts(texts)) {
        out[0] = static_cast<char>(Kind::Hex);
        return out += *encoded;
    }
    return asPlain(texts);
}

template <class Append>
bool takeWritten(ByteReader& in, std::uint32_t count, Append append, TextList& to) {
    const auto values = decodeNumbers(in.take(in.left()), count);
    if (!values) return false;
    to.reserve(count, std::size_t{16} * count);
    std::string text;
    for (const std::int64_t value : *values) {
        text.clear();
        append(text, value);
        to.push_back(text);
    }
    return true;
}

bool takePlain(ByteReader& in, bool isPacked, std::uint32_t count, TextList& to) {
    const std::uint64_t sizesBytes = in.varint();
    if (!in.ok() || sizesBytes > in.left()) return false;
    const auto sizes = decodeNumbers(in.take(static_cast<std::size_t>(sizesBytes)), count);
    if (!sizes) return false;
    std::string_view bytes = in.take(in.left());
    std::optional<std::string> unpacked;
    if (isPacked) {
        unpacked = unpack(bytes, kTextsMost);
        if (!unpacked) return false;
        bytes = *unpacked;
    }
    to.reserve(count, bytes.size());
    for (const std::int64_t size : *sizes) {
        if (size < 0 || static_cast<std::uint64_t>(size) > bytes.size()) return false;
        to.push_back(bytes.substr(0, static_cast<std::size_t>(size)));
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return bytes.empty();
}

bool takeStamps(ByteReader& in, std::uint32_t count, TextList& to) {
    const std::uint64_t size = in.varint();
    if (!in.ok() || size > in.left()) return false;
    const auto layout = StampLayout::of(in.take(static_cast<std::size_t>(size)));
    if (!layout) return false;
    StampWriter writer(*layout);
    return takeWritten(
        in, count, [&](std::string& out, std::int64_t value) { writer.append(out, value); }, to);
}

bool takeDictionary(ByteReader in, std::uint32_t count, TextList& to) {
    const auto kind = static_cast<Kind>(in.fixed<std::uint8_t>());
    if (!in.ok()) return false;
    switch (kind) {
    case Kind::Plain:
    case Kind::Packed:
        return takePlain(in, kind == Kind::Packed, count, to);
    case Kind::Whole:
        return takeWritten(in, count, appendWhole, to);
    case Kind::Ip4:
        return takeWritten(in, count, appendIp4, to);
    case Kind::Stamps:
        return takeStamps(in, count, to);
    case Kind::Hex:
        return decodeHexTexts(in.take(in.left()), count, to);
    }
    return false;
}

} // namespace

std::string encodeTexts(const TextColumn& column) {
    std::string out;
    putVarint(out, column.dictionary.size());
    const std::string texts = dictionary(column.dictionary);
    putVarint(out, texts.size());
    return (out += texts) += encodeNumbers(column.codes);
}

namespace {

/// The dictionary, and the bytes of the codes behind it.
Result<std::string_view> readDictionary(std::string_view bytes, TextList& texts) {
    ByteReader in(bytes);
    const std::uint64_t count = in.varint();
    const std::uint64_t size = in.varint();
    if (!in.ok() || size > in.left() || count > kSegmentRows ||
        !takeDictionary(ByteReader(in.take(static_cast<std::size_t>(size))),
                        static_cast<std::uint32_t>(count), texts))
        return std::unexpected(damaged());
    return in.take(in.left());
}

} // namespace

Result<TextColumn> decodeTexts(std::string_view bytes, std::uint32_t rows) {
    TextColumn column;
    const auto rest = readDictionary(bytes, column.dictionary);
    if (!rest) return std::unexpected(rest.error());
    const auto codes = decodeNumbers(*rest, rows);
    if (!codes) return std::unexpected(codes.error());
    column.codes.reserve(codes->size());
    for (const std::int64_t code : *codes) {
        if (static_cast<std::uint64_t>(code) > column.dictionary.size())
            return std::unexpected(damaged());
        column.codes.push_back(static_cast<std::uint32_t>(code));
    }
    return column;
}

Result<std::optional<FewTexts>> decodeFewTexts(std::string_view bytes, std::uint32_t rows) {
    FewTexts texts;
    const auto rest = readDictionary(bytes, texts.dictionary);
    if (!rest) return std::unexpected(rest.error());
    auto codes = decodeFew(*rest, rows);
    if (!codes) return std::unexpected(codes.error());
    if (!*codes) return std::nullopt;
    texts.codes = std::move(**codes);
    for (const std::int64_t code : texts.codes.values)
        if (static_cast<std::uint64_t>(code) > texts.dictionary.size())
            return std::unexpected(damaged());
    return texts;
}

} // namespace postlude
