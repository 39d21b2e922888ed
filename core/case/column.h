// SPDX-License-Identifier: GPL-3.0-or-later
// How a column of numbers or texts becomes bytes. Several encodings compete on a sample of the
// column; zstd goes on top where it helps; the smallest wins:
//
//     constant     one value for all rows
//     packed       difference to the smallest value, in as few bits as the largest needs
//     planes       the same, as whole bytes, all first bytes before all second bytes
//     delta        difference to the row before, as a varint
//     dictionary   up to 256 distinct values, one byte a row
//
// Reading takes any bytes whatsoever: what was not written here is Damaged, and no more memory
// is reserved than the rows can need.
#pragma once

#include "core/case/segment.h"

#include <span>

namespace postlude {

std::string encodeNumbers(std::span<const std::int64_t> values);
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
