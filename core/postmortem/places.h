// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of a document under the name of its place, as Kept::after has it: "summary.impact",
// "timeline[3]". What goes over all texts (checks, claims, replacements) goes through here.
#pragma once

#include "core/postmortem/postmortem.h"

#include <functional>

namespace postlude {

struct PlacedText {
    std::string place;
    std::string_view text; ///< of the document given, as long as that is not changed
};

/// The texts that are told (title and names not), in the order of the document. Empty ones are
/// left out.
std::vector<PlacedText> proseOf(const Postmortem& document);

/// The text of that place, or null where there is none. Takes all places of proseOf.
std::string* textAt(Postmortem& document, std::string_view place);

/// The part of a Fault ("Impact", "Timeline" …) in which a place stands.
std::string partOf(std::string_view place);
/// Calls `edit` for each text that proseOf may give, empty ones too.
void editTexts(Postmortem& document,
               const std::function<void(const std::string& place, std::string& text)>& edit);

} // namespace postlude
