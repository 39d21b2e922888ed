// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and replacing over the whole document: title, prose, timeline and tasks.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude {

struct FindOptions {
    bool caseMatters = false;
    bool wholeWords = false;
};

struct FoundText {
    std::string place;            ///< as in Kept::after; "title" for the title
    std::size_t at = 0, size = 0; ///< bytes of that place's text
    bool operator==(const FoundText&) const = default;
};

/// What draftPostmortem leaves to be answered: "[ … ?]", brackets included, from the top. Log text
/// such as "[core:error]" is none.
std::vector<FoundText> openQuestions(const Postmortem& document);
/// Those of one text; of the document's place of that name.
std::vector<FoundText> openQuestionsIn(const std::string& place, std::string_view text);

/// All occurrences of `words` as they stand, from the top, none within another; none of nothing.
std::vector<FoundText> findText(const Postmortem& document, const std::string& words,
                                FindOptions options);

/// Replaces what findText() gave; where the document has changed since, that place is left.
/// Gives how many were replaced.
std::size_t replaceText(Postmortem& document, const std::vector<FoundText>& found,
                        const std::string& words, const std::string& with, FindOptions options);

} // namespace postlude
