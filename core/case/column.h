// SPDX-License-Identifier: GPL-3.0-or-later
// How a column of numbers or texts becomes bytes. Numbers are brought into a frame (difference to
// the smallest, divided by the unit that all have in common, such as a million ns) and then written
// in the way that takes least, which is known without trying:
//
//     constant     one value for all rows
//     slope        each row is the one before plus the same
//     runs         value and count of equal rows
//     blocks       128 rows at a time, in as few bits as the largest of them needs
//     deltas       the same of the differences to the row before
//
// Texts are a dictionary and the numbers of each row's text in it. The dictionary's texts are
// written as numbers where they are whole numbers, IPv4 addresses or time stamps; else they go
// through zstd.
//
// Reading takes any bytes whatsoever: what was not written here is Damaged, and no more memory
// is reserved than the rows can need.
#pragma once

#include "core/case/segment.h"

#include <span>

namespace postlude {

std::string encodeNumbers(std::span<const std::int64_t> values);
std::string encodeNumbers(std::span<const std::uint32_t> values);
Result<std::vector<std::int64_t>> decodeNumbers(std::string_view bytes, std::uint32_t rows);

std::string encodeTexts(const TextColumn& column);
/// Every code is within the dictionary.
Result<TextColumn> decodeTexts(std::string_view bytes, std::uint32_t rows);

/// A column of few distinct values: which of them each row has.
struct FewValues {
    std::vector<std::int64_t> values; ///< at most 256; some may be in no row
    std::vector<std::uint8_t> codes;  ///< one a row, below values.size()
};
/// Faster than decodeNumbers() and an eighth of its size. Empty if there may be more values.
Result<std::optional<FewValues>> decodeFew(std::string_view bytes, std::uint32_t rows);

struct FewTexts {
    TextList dictionary;
    FewValues codes; ///< values as in TextColumn::codes
};
Result<std::optional<FewTexts>> decodeFewTexts(std::string_view bytes, std::uint32_t rows);

} // namespace postlude
