// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/column.h"
#include "core/case/detail/bytes.h"
#include "core/case/detail/pack.h"

#include <algorithm>

namespace postlude {

namespace {

using Values = std::span<const std::int64_t>;
__extension__ typedef unsigned __int128 Wide; ///< bits on their way: up to 7 left over and 64 more

enum class Encoding : std::uint8_t { Constant, Packed, Planes, Delta, Dictionary };
constexpr std::uint8_t kZstd = 0x80;
constexpr std::size_t kSampleRows = 2048;
constexpr std::size_t kDictionaryMost = 256;
constexpr std::size_t kTextsMost = std::size_t{1} << 30U;

Error damaged() {
    return {ErrorKind::Damaged,
            "a column of the case is damaged",
            {},
            "import the bundle again into a new case"};
}

std::uint64_t bits(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}
std::int64_t number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

/// Where values lie: each becomes value − base + (1 if some are absent), and absent becomes 0.
struct Frame {
    std::uint64_t base = 0;
    std::uint8_t absent = 0;
    unsigned width = 0; ///< bits of the largest code
    [[nodiscard]] std::uint64_t code(std::int64_t value) const {
        return value == kAbsent && absent != 0 ? 0 : bits(value) - base + absent;
    }
    [[nodiscard]] std::int64_t value(std::uint64_t code) const {
        return absent != 0 && code == 0 ? kAbsent : number(base + code - absent);
    }
};

Frame frameOf(Values values) {
    std::int64_t low = std::numeric_limits<std::int64_t>::max();
    std::int64_t high = kAbsent;
    Frame frame;
    for (const std::int64_t value : values) {
        if (value == kAbsent) {
            frame.absent = 1;
            continue;
        }
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (high == kAbsent) return frame;
    frame.base = bits(low);
    frame.width = static_cast<unsigned>(std::bit_width(bits(high) - frame.base + frame.absent));
    return frame;
}

void putFrame(std::string& out, const Frame& frame) {
    putFixed(out, frame.base);
    putFixed(out, frame.absent);
    putFixed(out, static_cast<std::uint8_t>(frame.width));
}

std::string asPacked(Values values) {
    const Frame frame = frameOf(values);
    std::string out;
    putFrame(out, frame);
    Wide window = 0;
    unsigned filled = 0;
    for (const std::int64_t value : values) {
        window |= static_cast<Wide>(frame.code(value)) << filled;
        for (filled += frame.width; filled >= 8; filled -= 8, window >>= 8U)
            out += static_cast<char>(static_cast<unsigned char>(window & 0xFFU));
    }
    if (filled > 0) out += static_cast<char>(static_cast<unsigned char>(window & 0xFFU));
    return out;
}

std::string asPlanes(Values values) {
    const Frame frame = frameOf(values);
    std::string out;
    putFrame(out, frame);
    for (unsigned shift = 0; shift < frame.width; shift += 8)
        for (const std::int64_t value : values)
            out += static_cast<char>(static_cast<unsigned char>(frame.code(value) >> shift));
    return out;
}

std::string asDelta(Values values) {
    const bool absent = std::ranges::find(values, kAbsent) != values.end();
    std::string out(1, absent ? '\1' : '\0');
    if (absent) {
        std::string present((values.size() + 7) / 8, '\0');
        for (std::size_t i = 0; i < values.size(); ++i)
            if (values[i] != kAbsent)
                present[i / 8] =
                    static_cast<char>(static_cast<unsigned char>(present[i / 8]) | (1U << (i % 8)));
        out += present;
    }
    std::uint64_t before = 0;
    for (const std::int64_t value : values) {
        if (value == kAbsent) continue;
        putVarint(out, zigzag(bits(value) - before));
        before = bits(value);
    }
    return out;
}

/// Empty if there are too many distinct values.
std::string asDictionary(Values values) {
    std::vector<std::int64_t> distinct;
    for (const std::int64_t value : values) {
        const auto it = std::ranges::lower_bound(distinct, value);
        if (it != distinct.end() && *it == value) continue;
        if (distinct.size() == kDictionaryMost) return {};
        distinct.insert(it, value);
    }
    std::string out;
    putFixed(out, static_cast<std::uint16_t>(distinct.size()));
    for (const std::int64_t value : distinct)
        putFixed(out, value);
    for (const std::int64_t value : values)
        out += static_cast<char>(static_cast<unsigned char>(
            std::ranges::lower_bound(distinct, value) - distinct.begin()));
    return out;
}

std::string payloadOf(Encoding encoding, Values values) {
    switch (encoding) {
    case Encoding::Packed:
        return asPacked(values);
    case Encoding::Planes:
        return asPlanes(values);
    case Encoding::Delta:
        return asDelta(values);
    case Encoding::Dictionary:
        return asDictionary(values);
    case Encoding::Constant:
        break;
    }
    std::string out;
    putFixed(out, values.empty() ? kAbsent : values.front());
    return out;
}

/// The payload after one byte that says how to read it, packed where that is smaller.
std::string withHead(Encoding encoding, const std::string& payload) {
    const auto head = static_cast<std::uint8_t>(encoding);
    std::string packed = payload.size() > 32 ? pack(payload) : std::string{};
    const bool smaller = !packed.empty() && packed.size() < payload.size();
    std::string out(1, static_cast<char>(smaller ? head | kZstd : head));
    return out += smaller ? packed : payload;
}

Encoding winner(Values values) {
    if (std::ranges::all_of(values, [&](std::int64_t v) { return v == values.front(); }))
        return Encoding::Constant;
    const std::size_t rows = std::min(values.size(), kSampleRows);
    const Values sample = values.subspan((values.size() - rows) / 2, rows);
    Encoding best = Encoding::Packed;
    std::size_t smallest = std::numeric_limits<std::size_t>::max();
    for (const Encoding encoding :
         {Encoding::Dictionary, Encoding::Delta, Encoding::Planes, Encoding::Packed}) {
        const std::string payload = payloadOf(encoding, sample);
        const std::size_t size = payload.empty() ? smallest : withHead(encoding, payload).size();
        if (size < smallest) {
            smallest = size;
            best = encoding;
        }
    }
    return best;
}

using Numbers = std::vector<std::int64_t>;

bool readPacked(ByteReader& in, Numbers& values) {
    Frame frame{in.fixed<std::uint64_t>(), in.fixed<std::uint8_t>(), 0};
    frame.width = in.fixed<std::uint8_t>();
    if (frame.width > 64) return false;
    const std::string_view packed = in.take((values.size() * frame.width + 7) / 8);
    if (!in.ok()) return false;
    const std::uint64_t mask = frame.width == 64 ? ~0ULL : (1ULL << frame.width) - 1;
    Wide window = 0;
    unsigned filled = 0;
    std::size_t at = 0;
    for (std::int64_t& value : values) {
        for (; filled < frame.width; filled += 8)
            window |= static_cast<Wide>(static_cast<unsigned char>(packed[at++])) << filled;
        value = frame.value(static_cast<std::uint64_t>(window) & mask);
        window >>= frame.width;
        filled -= frame.width;
    }
    return true;
}

bool readPlanes(ByteReader& in, Numbers& values) {
    Frame frame{in.fixed<std::uint64_t>(), in.fixed<std::uint8_t>(), 0};
    frame.width = in.fixed<std::uint8_t>();
    if (frame.width > 64) return false;
    std::vector<std::uint64_t> codes(values.size());
    for (unsigned shift = 0; shift < frame.width; shift += 8) {
        const std::string_view plane = in.take(values.size());
        if (!in.ok()) return false;
        for (std::size_t i = 0; i < codes.size(); ++i)
            codes[i] |= static_cast<std::uint64_t>(static_cast<unsigned char>(plane[i])) << shift;
    }
    for (std::size_t i = 0; i < codes.size(); ++i)
        values[i] = frame.value(codes[i]);
    return in.ok();
}

bool readDelta(ByteReader& in, Numbers& values) {
    const bool absent = in.fixed<std::uint8_t>() != 0;
    const std::string_view present = absent ? in.take((values.size() + 7) / 8) : std::string_view{};
    if (!in.ok()) return false;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool here =
            !absent || ((static_cast<unsigned char>(present[i / 8]) >> (i % 8)) & 1U) != 0;
        if (here) before += unzigzag(in.varint());
        values[i] = here ? number(before) : kAbsent;
    }
    return in.ok();
}

bool readDictionary(ByteReader& in, Numbers& values) {
    Numbers distinct(in.fixed<std::uint16_t>());
    if (distinct.size() > kDictionaryMost) return false;
    for (std::int64_t& value : distinct)
        value = in.fixed<std::int64_t>();
    const std::string_view codes = in.take(values.size());
    if (!in.ok()) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto code = static_cast<unsigned char>(codes[i]);
        if (code >= distinct.size()) return false;
        values[i] = distinct[code];
    }
    return true;
}

bool readValues(Encoding encoding, ByteReader in, Numbers& values) {
    switch (encoding) {
    case Encoding::Constant:
        std::ranges::fill(values, in.fixed<std::int64_t>());
        return in.ok();
    case Encoding::Packed:
        return readPacked(in, values);
    case Encoding::Planes:
        return readPlanes(in, values);
    case Encoding::Delta:
        return readDelta(in, values);
    case Encoding::Dictionary:
        return readDictionary(in, values);
    }
    return false;
}

using Codes = std::vector<std::uint8_t>;

/// The frame of a column of at most 256 values; all that a code can mean.
std::optional<Frame> smallFrame(ByteReader& in, std::vector<std::int64_t>& values) {
    Frame frame{in.fixed<std::uint64_t>(), in.fixed<std::uint8_t>(), 0};
    frame.width = in.fixed<std::uint8_t>();
    if (!in.ok() || frame.width > 8) return {};
    for (std::uint64_t code = 0; code < std::uint64_t{1} << frame.width; ++code)
        values.push_back(frame.value(code));
    return frame;
}

bool takeCodes(ByteReader& in, Codes& codes) {
    const std::string_view bytes = in.take(codes.size());
    std::ranges::copy(bytes, codes.begin());
    return in.ok();
}

bool fewOfPacked(ByteReader& in, FewValues& few) {
    const auto frame = smallFrame(in, few.values);
    if (!frame) return false;
    const std::string_view packed = in.take((few.codes.size() * frame->width + 7) / 8);
    if (!in.ok()) return false;
    const std::uint32_t mask = (1U << frame->width) - 1;
    std::uint32_t window = 0;
    unsigned filled = 0;
    std::size_t at = 0;
    for (std::uint8_t& code : few.codes) {
        if (filled < frame->width) {
            window |= static_cast<std::uint32_t>(static_cast<unsigned char>(packed[at++]))
                      << filled;
            filled += 8;
        }
        code = static_cast<std::uint8_t>(window & mask);
        window >>= frame->width;
        filled -= frame->width;
    }
    return true;
}

bool fewOfPlanes(ByteReader& in, FewValues& few) {
    const auto frame = smallFrame(in, few.values);
    return frame && (frame->width == 0 || takeCodes(in, few.codes));
}

bool fewOfDictionary(ByteReader& in, FewValues& few) {
    few.values.resize(in.fixed<std::uint16_t>());
    if (few.values.size() > kDictionaryMost) return false;
    for (std::int64_t& value : few.values)
        value = in.fixed<std::int64_t>();
    if (!takeCodes(in, few.codes)) return false;
    return few.codes.empty() || std::ranges::max(few.codes) < few.values.size();
}

/// Empty if there are too many.
std::optional<FewValues> fewOf(Values values) {
    FewValues few;
    for (const std::int64_t value : values) {
        const auto it = std::ranges::lower_bound(few.values, value);
        if (it != few.values.end() && *it == value) continue;
        if (few.values.size() == kDictionaryMost) return {};
        few.values.insert(it, value);
    }
    for (const std::int64_t value : values)
        few.codes.push_back(static_cast<std::uint8_t>(std::ranges::lower_bound(few.values, value) -
                                                      few.values.begin()));
    return few;
}

/// False if this way of writing them cannot be read as few.
bool readFew(Encoding encoding, ByteReader in, FewValues& few) {
    switch (encoding) {
    case Encoding::Constant:
        few.values = {in.fixed<std::int64_t>()};
        return in.ok();
    case Encoding::Packed:
        return fewOfPacked(in, few);
    case Encoding::Planes:
        return fewOfPlanes(in, few);
    case Encoding::Dictionary:
        return fewOfDictionary(in, few);
    case Encoding::Delta:
        break;
    }
    return false;
}

/// Without the head byte, unpacked if it was packed. `scratch` holds what was unpacked.
std::optional<std::string_view> payloadFrom(std::string_view bytes, std::size_t most,
                                            std::string& scratch) {
    if (bytes.empty()) return {};
    const bool packed = (static_cast<unsigned char>(bytes.front()) & kZstd) != 0;
    bytes.remove_prefix(1);
    if (!packed) return bytes;
    auto unpacked = unpack(bytes, most);
    if (!unpacked) return {};
    scratch = std::move(*unpacked);
    return std::string_view(scratch);
}

std::string dictionaryPayload(const TextList& dictionary) {
    std::string out;
    putVarint(out, dictionary.size());
    for (const std::string_view text : dictionary)
        putVarint(out, text.size());
    return out += dictionary.bytes();
}

bool readTexts(std::string_view payload, TextList& dictionary) {
    ByteReader in(payload);
    const std::uint64_t count = in.varint();
    if (!in.ok() || count > in.left()) return false;
    std::vector<std::uint64_t> sizes(static_cast<std::size_t>(count));
    for (std::uint64_t& size : sizes)
        size = in.varint();
    dictionary.reserve(sizes.size(), in.left());
    for (const std::uint64_t size : sizes) {
        if (!in.ok() || size > in.left()) return false;
        dictionary.push_back(in.take(static_cast<std::size_t>(size)));
    }
    return in.ok();
}

} // namespace

std::string encodeNumbers(std::span<const std::int64_t> values) {
    if (values.empty()) return withHead(Encoding::Constant, payloadOf(Encoding::Constant, values));
    const Encoding encoding = winner(values);
    std::string payload = payloadOf(encoding, values);
    // The sample had few values and the whole has many.
    if (payload.empty()) return withHead(Encoding::Planes, asPlanes(values));
    return withHead(encoding, payload);
}

Result<std::vector<std::int64_t>> decodeNumbers(std::string_view bytes, std::uint32_t rows) {
    const std::size_t most = 4096 + std::size_t{11} * rows;
    std::string scratch;
    const auto payload = payloadFrom(bytes, most, scratch);
    if (!payload || rows > kSegmentRows) return std::unexpected(damaged());
    const auto head = static_cast<std::uint8_t>(bytes.front());
    Numbers values(rows);
    if (!readValues(static_cast<Encoding>(head & ~kZstd), ByteReader(*payload), values))
        return std::unexpected(damaged());
    return values;
}

Result<std::optional<FewValues>> decodeFew(std::string_view bytes, std::uint32_t rows) {
    const std::size_t most = 4096 + std::size_t{11} * rows;
    std::string scratch;
    const auto payload = payloadFrom(bytes, most, scratch);
    if (!payload || rows > kSegmentRows) return std::unexpected(damaged());
    const auto encoding = static_cast<Encoding>(static_cast<std::uint8_t>(bytes.front()) & ~kZstd);
    FewValues few{{}, Codes(rows)};
    if (readFew(encoding, ByteReader(*payload), few)) return few;
    Numbers values(rows);
    if (!readValues(encoding, ByteReader(*payload), values)) return std::unexpected(damaged());
    return fewOf(values);
}

std::string encodeTexts(const TextColumn& column) {
    const std::string dictionary =
        withHead(Encoding::Dictionary, dictionaryPayload(column.dictionary));
    const std::vector<std::int64_t> codes(column.codes.begin(), column.codes.end());
    std::string out;
    putVarint(out, dictionary.size());
    return (out += dictionary) += encodeNumbers(codes);
}

namespace {

/// The dictionary, and the bytes of the codes behind it.
Result<std::string_view> readDictionary(std::string_view bytes, TextList& dictionary) {
    ByteReader in(bytes);
    const std::uint64_t size = in.varint();
    if (!in.ok() || size > in.left()) return std::unexpected(damaged());
    std::string scratch;
    const auto payload = payloadFrom(in.take(static_cast<std::size_t>(size)), kTextsMost, scratch);
    if (!payload || !readTexts(*payload, dictionary)) return std::unexpected(damaged());
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
        if (bits(code) > column.dictionary.size()) return std::unexpected(damaged());
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
    for (const std::uint8_t code : texts.codes.codes)
        if (bits(texts.codes.values[code]) > texts.dictionary.size())
            return std::unexpected(damaged());
    return texts;
}

} // namespace postlude
