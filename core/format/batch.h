// SPDX-License-Identifier: GPL-3.0-or-later
// Records column by column: lines that are all of one make are taken apart many at a time, and each
// field of all of them in one go.
#pragma once

#include "core/format/record.h"

#include <bitset>

namespace postlude {

/// Consecutive lines, each of them a record of its own without a level. Of columns that are not
/// marked no record has a value. Views are into the lines, or hold as long as the parser; from
/// where a text begins kReadable bytes can be read, however short it is.
struct RecordBatch {
    static constexpr std::size_t kRows = 32;
    static constexpr int kReadable = 16;
    using Texts = std::array<std::string_view, kRows>; ///< absent: data() is null
    using Numbers = std::array<std::int64_t, kRows>;
    struct Extra {
        std::string_view name;
        Texts values;
    };

    std::size_t rows = 0;
    RecordKind kind = RecordKind::Request;
    Texts lines; ///< as they stand in the text, without their line breaks
    std::array<WrittenTime, kRows> times;
    std::bitset<kTextFields> hasText;
    std::bitset<kNumberFields> hasNumber;
    std::array<Texts, kTextFields> texts;
    std::array<Numbers, kNumberFields> numbers;
    std::vector<Extra> extra; ///< no name twice

    /// One of them as parse() gives it.
    [[nodiscard]] Record record(std::size_t row) const;
};

/// A LineParser that can read many lines at once.
class BatchParser {
public:
    BatchParser() = default;
    virtual ~BatchParser() = default;
    BatchParser(const BatchParser&) = delete;
    BatchParser& operator=(const BatchParser&) = delete;
    /// Reads lines off the front of `text` as parse() would, and stops before one that it leaves to
    /// that, be it the first; so it does with those longer than `longest`. At most `most` rows.
    /// Returns how many bytes it has read, line breaks included.
    virtual std::size_t parseMany(std::string_view text, std::size_t longest, std::size_t most,
                                  RecordBatch& out) = 0;
};

} // namespace postlude
