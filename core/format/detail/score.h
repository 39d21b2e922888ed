// SPDX-License-Identifier: GPL-3.0-or-later
// How well a format reads lines, for choosing among formats.
#pragma once

#include "core/format/detail/readers.h"

#include <span>

namespace postlude {

using Lines = std::vector<std::string_view>;

/// At most a few hundred lines of a text: the first ones and, of the rest, some evenly spread
/// runs and the first lines of each piece of `further`. Blank ones are left out. `whole`: the last
/// line of `text` is complete even without a break. All views are into what is given.
Lines pickLines(std::string_view text, bool whole, std::span<const std::string> further = {});

/// What a reader would miss of this record: 1 for a rich one, less for "time and text".
double worthOf(const Record& record);

constexpr std::size_t kFirstLook = 60; ///< a format that reads none of so many lines is out

/// 0 … 1: the share of the lines that the format reads, less where it finds few fields in them.
double scoreLines(const KnownFormat& format, const Lines& lines);

struct Candidate {
    std::shared_ptr<const KnownFormat> format;
    double score = 0;
};
/// Best first: by score and, where two are as good, by rank.
void sortCandidates(std::vector<Candidate>& candidates);

} // namespace postlude
