// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers with their units as they stand in prose. Digits inside names ("web-02", "4.11.2",
// "192.0.2.1", "5xx") are none. Pure functions, thread-safe, linear in the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::claims {

struct Quantity {
    enum class Kind : std::uint8_t { Number, Percent, Length, TimeOfDay, Date, Moment };
    Kind kind = Kind::Number;
    std::size_t at = 0, size = 0; ///< bytes in the text, the unit included
    double value = 0; ///< of a Length and a TimeOfDay seconds, of a Date days, of a Moment seconds
                      ///< since 1970
    double unit = 1;  ///< what the last digit written counts, in the same measure
    [[nodiscard]] std::size_t end() const { return at + size; }
};

/// Also shares of people or requests in words: "half of all users", "ein Drittel der Anfragen".
std::vector<Quantity> quantitiesIn(std::string_view text);

/// Such a share in words that begins there.
std::optional<Quantity> fractionAt(std::string_view text, std::size_t at);

/// The text with a sign for each quantity, blanks of any kind and number as one: what is equal
/// says the same, numbers aside.
std::string maskOf(std::string_view text, const std::vector<Quantity>& quantities);

/// True if both may mean the same, as finely as the coarser of them is written.
bool agree(const Quantity& a, const Quantity& b);

} // namespace postlude::claims
