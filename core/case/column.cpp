// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/column.h"
#include "core/case/detail/bytes.h"
#include "core/case/detail/lanes.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

enum class Encoding : std::uint8_t { Constant, Slope, Runs, Choice, Blocks, Deltas };

/// Leaves new elements as they are: all of them are written to.
struct Unset : std::allocator<std::uint64_t> {
    template <class Other>
    struct rebind {
        using other = Unset;
    };
    void construct(std::uint64_t* /*at*/) {}
    template <class Value>
    void construct(std::uint64_t* at, Value value) {
        *at = value;
    }
};
using Codes = std::vector<std::uint64_t, Unset>;

constexpr std::size_t kBlock = 128;
constexpr std::size_t kMostChoices = 64;
constexpr std::size_t kFrameBytes = 13;
constexpr std::size_t kSlack = 8;     // bytes behind packed bits, so that eight can be read at once
constexpr unsigned kMostShifted = 57; // bits that, moved by up to seven, fit into eight bytes

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

/// Where values lie: each becomes (value − base) / unit + (1 if some are absent), and absent
/// becomes 0.
struct Frame {
    std::uint64_t base = 0;
    std::uint32_t unit = 1;
    std::uint8_t absent = 0;
};

struct Bounds {
    std::int64_t low = std::numeric_limits<std::int64_t>::max();
    std::int64_t high = kAbsent;
    bool absent = false;
};

Bounds boundsOf(std::span<const std::int64_t> values) {
    Bounds bounds;
    if (values.empty()) return bounds;
    const Range range = rangeOf(values);
    bounds.low = range.low;
    bounds.high = range.high;
    bounds.absent = range.low == kAbsent; // less than any other
    if (!bounds.absent || range.high == kAbsent) return bounds;
    bounds.low = range.high;
    for (const std::int64_t value : values)
        if (value != kAbsent) bounds.low = std::min(bounds.low, value);
    return bounds;
}

/// Fills `codes`; false if the unit is none that all values have in common.
template <std::uint64_t Unit>
bool divided(std::span<const std::int64_t> values, const Frame& frame, Codes& codes) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == kAbsent && frame.absent != 0) {
            codes[i] = 0;
            continue;
        }
        const std::uint64_t above = bits(values[i]) - frame.base;
        if (Unit > 1 && above % Unit != 0) return false;
        codes[i] = above / Unit + frame.absent;
    }
    return true;
}

/// Durations and times are written in s, ms or µs and kept in ns.
Frame framed(std::span<const std::int64_t> values, Codes& codes) {
    const Bounds bounds = boundsOf(values);
    codes.resize(values.size());
    Frame frame{0, 1, static_cast<std::uint8_t>(bounds.absent ? 1 : 0)};
    if (bounds.high == kAbsent) return std::ranges::fill(codes, 0), frame;
    frame.base = bits(bounds.low);
    const std::uint64_t span = bits(bounds.high) - frame.base;
    if (span >= 1'000'000'000 && divided<1'000'000'000>(values, frame, codes))
        return frame.unit = 1'000'000'000, frame;
    if (span >= 1'000'000 && divided<1'000'000>(values, frame, codes))
        return frame.unit = 1'000'000, frame;
    if (span >= 1'000 && divided<1'000>(values, frame, codes)) return frame.unit = 1'000, frame;
    divided<1>(values, frame, codes);
    return frame;
}

struct Block {
    std::uint64_t base = 0;
    unsigned width = 0;
};

unsigned widthOf(std::uint64_t span) {
    const auto width = static_cast<unsigned>(std::bit_width(span));
    return width > kMostShifted ? 64 : width;
}

std::size_t packedBytes(std::size_t rows, unsigned width) {
    return (rows * width + 7) / 8;
}

/// As signed numbers, because differences go both ways.
Block blockOf(std::span<const std::uint64_t> codes) {
    const Range range =
        rangeOf({reinterpret_cast<const std::int64_t*>(codes.data()), codes.size()});
    return {bits(range.low), widthOf(bits(range.high) - bits(range.low))};
}

std::vector<Block> blocksOf(std::span<const std::uint64_t> codes, std::size_t& size) {
    std::vector<Block> blocks;
    blocks.reserve(codes.size() / kBlock + 1);
    size = kSlack;
    for (std::size_t at = 0; at < codes.size(); at += kBlock) {
        const auto part = codes.subspan(at, std::min(kBlock, codes.size() - at));
        blocks.push_back(blockOf(part));
        const auto head = static_cast<std::size_t>(std::bit_width(zigzag(blocks.back().base))) / 7;
        size += 2 + head + packedBytes(part.size(), blocks.back().width);
    }
    return blocks;
}

/// Bits are gathered in a word: reading back what was just stored would stall each row.
void putBits(std::string& out, std::span<const std::uint64_t> codes, const Block& block) {
    const std::size_t start = out.size();
    const std::size_t size = packedBytes(codes.size(), block.width);
    out.resize(start + size + 2 * sizeof(std::uint64_t));
    char* to = out.data() + start;
    std::uint64_t word = 0;
    unsigned used = 0;
    for (const std::uint64_t code : codes) {
        const std::uint64_t value = code - block.base;
        word |= value << used;
        used += block.width;
        if (used < 64) continue;
        std::memcpy(to, &word, sizeof word);
        to += sizeof word;
        used -= 64;
        word = used == 0 ? 0 : value >> (block.width - used);
    }
    std::memcpy(to, &word, sizeof word);
    out.resize(start + size);
}

void putBlocks(std::string& out, std::span<const std::uint64_t> codes,
               const std::vector<Block>& blocks) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        putVarint(out, zigzag(blocks[i].base));
        out += static_cast<char>(blocks[i].width);
        if (blocks[i].width == 0) continue;
        putBits(out, codes.subspan(i * kBlock, std::min(kBlock, codes.size() - i * kBlock)),
                blocks[i]);
    }
    out.append(kSlack, '\0');
}

bool takeBlocks(ByteReader& in, Codes& codes) {
    for (std::size_t at = 0; at < codes.size(); at += kBlock) {
        const std::size_t rows = std::min(kBlock, codes.size() - at);
        const std::uint64_t base = unzigzag(in.varint());
        const unsigned width = in.fixed<std::uint8_t>();
        if (width > 64 || (width > kMostShifted && width < 64)) return false;
        const std::size_t size = packedBytes(rows, width);
        if (!in.ok() || in.left() < size + kSlack) return false;
        const char* const from = in.take(size).data();
        const std::uint64_t mask = width == 64 ? ~0ULL : (1ULL << width) - 1;
        std::size_t bit = 0;
        for (std::size_t i = at; i < at + rows; ++i, bit += width) {
            std::uint64_t window = 0;
            std::memcpy(&window, from + bit / 8, sizeof window);
            codes[i] = base + ((window >> (bit % 8)) & mask);
        }
    }
    return true;
}

/// Differences to the row before; the first has none, and is put where the others are.
void toDeltas(const Codes& codes, Codes& deltas) {
    deltas.resize(codes.size());
    differences(codes, deltas.data());
    deltas[0] = codes.size() > 1 ? deltas[1] : 0;
}

void fromDeltas(Codes& codes, std::uint64_t first) {
    if (codes.empty()) return;
    codes[0] = first;
    for (std::size_t i = 1; i < codes.size(); ++i)
        codes[i] += codes[i - 1];
}

void putRuns(std::string& out, const Codes& codes) {
    for (std::size_t i = 0; i < codes.size();) {
        std::size_t end = i + 1;
        while (end < codes.size() && codes[end] == codes[i])
            ++end;
        putVarint(out, codes[i]);
        putVarint(out, end - i);
        i = end;
    }
}

bool takeRuns(ByteReader& in, Codes& codes) {
    for (std::size_t at = 0; at < codes.size();) {
        const std::uint64_t code = in.varint();
        const std::uint64_t count = in.varint();
        if (!in.ok() || count == 0 || count > codes.size() - at) return false;
        std::fill_n(codes.begin() + static_cast<std::ptrdiff_t>(at), count, code);
        at += static_cast<std::size_t>(count);
    }
    return true;
}

/// The distinct codes in order of appearance, each row as one of them; false if there are many.
bool choices(const Codes& codes, Codes& distinct, Codes& which) {
    struct Slot {
        std::uint64_t code = 0;
        std::uint32_t which = 0; ///< from 1; 0: free
    };
    std::array<Slot, 4 * kMostChoices> slots{};
    distinct.clear();
    which.resize(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        std::size_t at = (codes[i] * 0x9E37'79B9'7F4A'7C15U) >> 56U;
        while (slots[at].which != 0 && slots[at].code != codes[i])
            at = (at + 1) % slots.size();
        if (slots[at].which == 0) {
            if (distinct.size() == kMostChoices) return false;
            distinct.push_back(codes[i]);
            slots[at] = {codes[i], static_cast<std::uint32_t>(distinct.size())};
        }
        which[i] = slots[at].which - 1;
    }
    return true;
}

std::string headed(Encoding encoding, const Frame& frame) {
    std::string out(1, static_cast<char>(encoding));
    putFixed(out, frame.base);
    putFixed(out, frame.unit);
    putFixed(out, frame.absent);
    return out;
}

std::string encodeCodes(const Frame& frame, const Codes& codes);

/// Empty if that would not be much less than `most` bytes.
std::string asChoices(const Frame& frame, const Codes& codes, std::size_t most) {
    thread_local Codes distinct;
    thread_local Codes which;
    if (most <= codes.size() / 2 || !choices(codes, distinct, which)) return {};
    const auto width = static_cast<std::size_t>(std::bit_width(distinct.size() - 1));
    if (codes.size() * width / 8 + 8 * distinct.size() > most / 8 * 7) return {};
    std::string out = headed(Encoding::Choice, frame);
    putVarint(out, distinct.size());
    for (const std::uint64_t code : distinct)
        putVarint(out, code);
    return out += encodeCodes({}, which);
}

std::string encodeCodes(const Frame& frame, const Codes& codes) {
    if (codes.empty()) return headed(Encoding::Constant, {}) + '\0';
    const std::size_t runs = 1 + changesIn(codes);
    if (runs == 1) {
        std::string out = headed(Encoding::Constant, frame);
        putVarint(out, codes.front());
        return out;
    }
    std::size_t plain = 0;
    std::size_t steep = 0;
    const auto blocks = blocksOf(codes, plain);
    const auto runBytes =
        runs * (1 + static_cast<std::size_t>(std::bit_width(codes.front())) / 7 + 1);
    if (runBytes < plain / 2) {
        std::string out = headed(Encoding::Runs, frame);
        putRuns(out, codes);
        if (out.size() <= plain) return out;
    }
    if (std::string out = asChoices(frame, codes, plain); !out.empty()) return out;
    thread_local Codes deltas;
    toDeltas(codes, deltas);
    const auto steps = blocksOf(deltas, steep);
    const bool even = std::ranges::all_of(
        steps, [&](const Block& b) { return b.width == 0 && b.base == steps.front().base; });
    std::string out = headed(
        even ? Encoding::Slope : (steep < plain ? Encoding::Deltas : Encoding::Blocks), frame);
    out.reserve(out.size() + std::min(plain, steep) + 16);
    if (even || steep < plain) putVarint(out, codes.front());
    if (even)
        putVarint(out, zigzag(steps.front().base));
    else if (steep < plain)
        putBlocks(out, deltas, steps);
    else
        putBlocks(out, codes, blocks);
    return out;
}

bool takeCodes(Encoding encoding, ByteReader& in, Codes& codes);

bool takeChoices(ByteReader& in, Codes& codes) {
    Codes distinct(std::min<std::uint64_t>(in.varint(), kMostChoices));
    for (std::uint64_t& code : distinct)
        code = in.varint();
    const auto inner = static_cast<Encoding>(in.fixed<std::uint8_t>());
    in.take(kFrameBytes);
    if (!in.ok() || inner == Encoding::Choice || !takeCodes(inner, in, codes)) return false;
    if (std::ranges::any_of(codes, [&](std::uint64_t i) { return i >= distinct.size(); }))
        return false;
    for (std::uint64_t& code : codes)
        code = distinct[static_cast<std::size_t>(code)];
    return true;
}

bool takeCodes(Encoding encoding, ByteReader& in, Codes& codes) {
    switch (encoding) {
    case Encoding::Choice:
        return takeChoices(in, codes);
    case Encoding::Constant:
        std::ranges::fill(codes, in.varint());
        return in.ok();
    case Encoding::Slope: {
        const std::uint64_t first = in.varint();
        std::ranges::fill(codes, unzigzag(in.varint()));
        fromDeltas(codes, first);
        return in.ok();
    }
    case Encoding::Runs:
        return takeRuns(in, codes);
    case Encoding::Blocks:
        return takeBlocks(in, codes);
    case Encoding::Deltas: {
        const std::uint64_t first = in.varint();
        if (!in.ok() || !takeBlocks(in, codes)) return false;
        fromDeltas(codes, first);
        return true;
    }
    }
    return false;
}

} // namespace

std::string encodeNumbers(std::span<const std::int64_t> values) {
    thread_local Codes codes;
    const Frame frame = framed(values, codes);
    return encodeCodes(frame, codes);
}

std::string encodeNumbers(std::span<const std::uint32_t> values) {
    thread_local Codes codes;
    codes.assign(values.begin(), values.end());
    return encodeCodes({}, codes);
}

namespace {

std::int64_t valueOf(const Frame& frame, std::uint64_t code) {
    return frame.absent != 0 && code == 0 ? kAbsent
                                          : number(frame.base + (code - frame.absent) * frame.unit);
}

/// The codes of each row, and the frame they are in.
std::optional<Frame> takeFramed(std::string_view bytes, Codes& codes) {
    ByteReader in(bytes);
    const auto encoding = static_cast<Encoding>(in.fixed<std::uint8_t>());
    const Frame frame{in.fixed<std::uint64_t>(), in.fixed<std::uint32_t>(),
                      in.fixed<std::uint8_t>()};
    if (!in.ok() || codes.size() > kSegmentRows || !takeCodes(encoding, in, codes)) return {};
    return frame;
}

} // namespace

Result<std::vector<std::int64_t>> decodeNumbers(std::string_view bytes, std::uint32_t rows) {
    thread_local Codes codes;
    codes.resize(std::min(rows, kSegmentRows));
    const auto frame = takeFramed(bytes, codes);
    if (!frame || rows > kSegmentRows) return std::unexpected(damaged());
    std::vector<std::int64_t> values(rows);
    for (std::size_t i = 0; i < rows; ++i)
        values[i] = valueOf(*frame, codes[i]);
    return values;
}

Result<std::optional<FewValues>> decodeFew(std::string_view bytes, std::uint32_t rows) {
    thread_local Codes codes;
    thread_local Codes distinct;
    thread_local Codes which;
    codes.resize(std::min(rows, kSegmentRows));
    const auto frame = takeFramed(bytes, codes);
    if (!frame || rows > kSegmentRows) return std::unexpected(damaged());
    if (!choices(codes, distinct, which)) return std::nullopt;
    FewValues few;
    for (const std::uint64_t code : distinct)
        few.values.push_back(valueOf(*frame, code));
    few.codes.assign(which.begin(), which.end());
    return few;
}

} // namespace postlude
