// SPDX-License-Identifier: GPL-3.0-or-later
// Finds a few short texts in a long one, at the speed of memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

/// Texts of which one is to be found; none is empty. Not changed once made; thread-safe.
class Needles {
public:
    static constexpr std::size_t kNone = std::string_view::npos;

    /// With `anyCase`, A–Z and a–z are the same; other letters are not.
    Needles(std::vector<std::string> texts, bool anyCase);
    [[nodiscard]] std::size_t count() const { return needles_.size(); }
    [[nodiscard]] std::size_t longest() const { return longest_; }

    /// Chooses the two bytes of each needle that are rarest in text like this one.
    void tune(std::string_view sample);
    /// Where the needle `which` begins, at or after `from`; kNone if it does not.
    [[nodiscard]] std::size_t find(std::size_t which, std::string_view in, std::size_t from) const;
    [[nodiscard]] std::size_t size(std::size_t which) const { return needles_[which].text.size(); }

    struct Needle {
        std::string text; ///< small letters if case does not count
        bool anyCase = false;
        std::size_t first = 0, second = 0; ///< places of its two rarest bytes
    };

private:
    std::vector<Needle> needles_;
    std::size_t longest_ = 0;
};

/// The hits of all needles in one text, in order. Both must outlive it.
class NeedleHits {
public:
    NeedleHits(const Needles& needles, std::string_view in);
    /// The first hit at or after `from`, which never goes back: {place, length}; place kNone.
    struct Hit {
        std::size_t at = Needles::kNone, size = 0;
    };
    Hit next(std::size_t from);

private:
    const Needles& needles_;
    std::string_view in_;
    std::vector<std::size_t> next_; ///< of each needle, as far as is known
};

} // namespace postlude
