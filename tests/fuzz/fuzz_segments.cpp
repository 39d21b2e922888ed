// SPDX-License-Identifier: GPL-3.0-or-later
// First byte: how many rows. If it is even: a line with the name of a column, and its bytes. If it
// is odd: texts, a line each, that are encoded; then some bytes of that are changed.
#include "core/case/column.h"
#include "core/case/segment.h"

#include "tests/fuzz/fuzz.h"

namespace {

using namespace postlude;

void decodeAny(std::string_view text, std::uint32_t rows) {
    Segment segment;
    segment.rows = rows;
    EncodedColumn column;
    column.name = std::string(fuzz::takeLine(text));
    column.blob = std::string(text);
    if (!decode(column, segment)) return;
    for (const EncodedColumn& again : encode(segment)) {
        Segment back;
        back.rows = rows;
        fuzz::require(decode(again, back).has_value(), "what was decoded can be encoded");
    }
}

void decodeTextsOf(std::string_view bytes, std::uint32_t rows) {
    const auto texts = decodeTexts(bytes, rows);
    if (!texts) return;
    fuzz::require(texts->codes.size() == rows, "a code for each row");
    for (const std::uint32_t code : texts->codes)
        fuzz::require(code <= texts->dictionary.size(), "a code is within the dictionary");
}

void decodeChanged(std::string_view text, std::string_view changes) {
    TextColumn column;
    std::vector<std::int64_t> numbers;
    while (!text.empty()) {
        const std::string_view line = fuzz::takeLine(text);
        column.dictionary.push_back(line);
        column.codes.push_back(static_cast<std::uint32_t>(column.dictionary.size()));
        numbers.push_back(
            static_cast<std::int64_t>(std::hash<std::string_view>{}(line) >> (line.size() % 64)));
    }
    const auto rows = static_cast<std::uint32_t>(numbers.size());
    std::string texts = encodeTexts(column);
    std::string packed = encodeNumbers(numbers);
    fuzz::require(decodeNumbers(packed, rows) == numbers, "numbers come back");
    decodeTextsOf(texts, rows);
    for (std::size_t i = 0; i + 1 < changes.size(); i += 2) {
        const auto at = static_cast<unsigned char>(changes[i]);
        if (at < texts.size()) texts[at] = changes[i + 1];
        if (at < packed.size()) packed[at] = changes[i + 1];
    }
    decodeTextsOf(texts, rows);
    (void)decodeNumbers(packed, rows);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 8) return 0;
    const std::string_view text = fuzz::textOf(data + 1, size - 1);
    if (data[0] % 2 == 1) {
        decodeChanged(text.substr(6), text.substr(0, 6));
        return 0;
    }
    const std::uint32_t rows = static_cast<std::uint32_t>(data[0]) * 16;
    decodeAny(text, rows);
    decodeTextsOf(text, rows);
    (void)decodeNumbers(text, rows);
    return 0;
}
