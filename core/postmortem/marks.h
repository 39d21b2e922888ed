// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence behind a sentence: "[^e3]" in a text leads to the piece of that label in
// Postmortem::evidence. A mark is part of its text: it moves, is copied and is undone with it.
// Pure functions, thread-safe, linear in the text.
#pragma once

#include "core/postmortem/postmortem.h"

#include <string>
#include <string_view>
#include <vector>

namespace postlude {

struct Mark {
    std::size_t at = 0, size = 0; ///< bytes of the text, brackets included
    std::string_view label;       ///< "e3", of the text
    [[nodiscard]] std::size_t end() const { return at + size; }
};

/// All marks of a text in order, whether anything stands behind them or not.
std::vector<Mark> marksIn(std::string_view text);
/// The mark that begins at this byte; size 0: none does.
Mark markAt(std::string_view text, std::size_t at);
/// "[^e3]" of "e3".
std::string markOf(std::string_view label);
/// The text as it would be without its marks and the blanks before them.
std::string withoutMarks(std::string_view text);

/// What stands behind a label; null: nothing. Valid until the document is changed.
const Evidence* evidenceOf(const Postmortem& document, std::string_view label);
/// The label under which the document has this evidence, from now on if it had not.
std::string labelFor(Postmortem& document, const Evidence& evidence);
/// Puts the mark of each piece behind the text, unless it has it already.
void addMarks(Postmortem& document, std::string& text, const std::vector<Evidence>& evidence);
/// In the order of the labels' numbers, in which labelFor() gives them.
void sortEvidence(Postmortem& document);
/// The document with labels as `other` has them for the same evidence, so that texts of both can be
/// compared; evidence that `other` has not gets labels that mean nothing there.
Postmortem relabelled(Postmortem document, const Postmortem& other);

} // namespace postlude
