// SPDX-License-Identifier: GPL-3.0-or-later
// Goes through a text character by character; copying it marks a place to return to.
#pragma once

#include "core/postmortem/detail/writtentime.h"

namespace postlude::reading {

class Scanner {
public:
    explicit Scanner(std::string_view text, std::size_t at = 0)
        : text_(text)
        , at_(at) {}
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    char next() { return text_[at_++]; }
    void skip(std::size_t bytes) { at_ += bytes; }
    [[nodiscard]] char byteAt(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
    [[nodiscard]] bool atDigit() const { return digitAt(0); }
    [[nodiscard]] bool digitAt(std::size_t ahead) const;
    [[nodiscard]] bool atLetter() const;
    /// Always true, to be used within conditions.
    bool blanks();
    /// Back over blanks.
    void unblank();
    bool take(std::string_view what);
    bool takeAnyCase(std::string_view what); ///< `what` in lower case
    bool takeWord(std::string_view what);    ///< the same, and no letter behind it
    /// A number of so many digits, with no digit behind it unless `most` is 4 or more.
    std::optional<int> number(int least, int most);
    /// Letters, as they stand.
    std::string_view letters();
    /// True if a number or word starts at `at`, not the middle of one.
    static bool mayStart(std::string_view text, std::size_t at);

private:
    std::string_view text_;
    std::size_t at_;
};

/// A date at the scanner's place, which is moved behind it; if there is none it stays.
std::optional<WrittenDate> takeDate(Scanner& s);

} // namespace postlude::reading
