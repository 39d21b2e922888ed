// SPDX-License-Identifier: GPL-3.0-or-later
// Words that blame people or judge with hindsight; the lists are resources/review/words.json.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude::checks {

struct WordFault {
    std::string word;   ///< as it stands in the text
    std::string what;   ///< "judges with hindsight"
    std::string remedy; ///< "say what was known at that time …"
};

/// The first of each rule in the text. What is quoted (“…”) or asked ([…?]) is left alone.
/// `people`: who is not to be named as the one who did it.
std::vector<WordFault> wordFaults(std::string_view text, const std::vector<std::string>& people);

} // namespace postlude::checks
