// SPDX-License-Identifier: GPL-3.0-or-later
// The values that requests have, field by field, for comparing two sets of requests.
#pragma once

#include "core/analysis/compare.h"

#include <map>
#include <unordered_map>

namespace postlude::detail {

/// What is compared of a request. Which of these a query has is found by fieldsOf().
struct ComparedField {
    enum class Kind : std::uint8_t {
        Network, ///< the client's /24 or /48
        Section, ///< the first part of the path
        Path,    ///< without its query
        Known,   ///< a column of RequestChunk
        Text,    ///< a text of any name
        Number,
        ServerStatus ///< the answer's status; only between windows
    } kind = Kind::Text;
    std::string name;       ///< as in filters
    std::size_t column = 0; ///< of Text and Number: index into FieldScan::fields
};

/// What says how a request ended is compared only between windows: of the bad it goes without
/// saying. Identifiers, ports and times are never compared.
std::vector<ComparedField> fieldsOf(const Query& query, RequestScope scope, bool betweenWindows,
                                    std::vector<std::string>& columns);

/// A filter for one value; texts become literals whatever is in them.
std::string filterFor(const ComparedField& field, const std::string& value);
/// The same for lower ≤ number < upper, each kAbsent where there is no such bound.
std::string filterFor(const ComparedField& field, std::int64_t lower, std::int64_t upper);

/// Gives each row of a chunk the number of its value of one field; 0: absent.
class ValueReader {
public:
    ValueReader(const Query& query, const ComparedField& field)
        : query_(query)
        , field_(field) {}
    [[nodiscard]] const ComparedField& field() const { return field_; }

    /// The bounds of the classes of numbers, ascending; set before the first read(). Texts that
    /// are given bounds are read as numbers.
    void setBounds(std::vector<std::int64_t> bounds);
    /// The column's numbers, also where they stand as texts; empty if the chunk has none, or has
    /// other texts, or only a few different ones (then they are names: "200", "404").
    [[nodiscard]] std::span<const std::int64_t> numbers(const FieldChunk& chunk);
    /// Values from 1, in the order of their first appearance; holds until the next call.
    std::span<const std::uint32_t> read(const FieldChunk& chunk);

    [[nodiscard]] std::size_t size() const { return values_.size(); } ///< with the absent one
    [[nodiscard]] const std::string& value(std::uint32_t value) const { return values_[value]; }
    [[nodiscard]] std::string shown(std::uint32_t value) const;
    [[nodiscard]] std::string filter(std::uint32_t value) const;

private:
    void readTexts(const FieldChunk& chunk, const ChunkTexts& texts);
    void readCodes(std::span<const std::uint32_t> codes, TextField field, std::size_t rows);
    void readNumbers(std::span<const std::int64_t> numbers, std::size_t rows);
    void readNumericTexts(const ChunkTexts& texts, std::size_t rows, bool always);
    std::uint32_t valueOf(std::string_view text);
    [[nodiscard]] std::string reduced(std::string_view text) const;

    const Query& query_;
    ComparedField field_;
    std::vector<std::int64_t> bounds_;
    std::vector<std::string> values_{""};
    std::unordered_map<std::string, std::uint32_t> known_;
    std::vector<std::uint32_t> ofCode_; ///< of codes that hold for the whole query
    std::vector<std::uint32_t> ofRow_;
    std::vector<std::int64_t> parsed_; ///< numbers that stand as texts
    bool mixed_ = false;               ///< a text was no number: never read as numbers
};

/// At most so many values of one field are told apart; of the rest each counts as absent.
inline constexpr std::size_t kMostValues = 50'000;

} // namespace postlude::detail
