// SPDX-License-Identifier: GPL-3.0-or-later
// A draft anew, once the logs tell more, into a document that people have worked on.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude {

struct Redraft {
    Postmortem document;
    std::vector<std::string> taken; ///< what is new or another: "Timeline: “alert …” is new"
    std::vector<std::string> left;  ///< where people's own words stand, and what the draft says now
};

/// `base` is the draft that `current` began as, `fresh` what would be drafted now. What people
/// wrote, changed or deleted stays as they left it; only what still is the old draft's becomes the
/// new one's. Where nothing new is told, the document is `current`.
Redraft redrafted(const Postmortem& current, const Postmortem& base, const Postmortem& fresh);

/// What stands in the way of a status: empty if it may be given. In review wants all mandatory
/// parts, Reviewed a reviewer and no open question or number that differs, Closed owner and date
/// for each task. `differing`: how many numbers differ from the logs.
std::vector<std::string> inTheWayOf(DocumentStatus status, const Postmortem& document,
                                    std::size_t differing);

struct DiffLine {
    enum class Kind : std::uint8_t { Same, Gone, Added } kind = Kind::Same;
    std::string text;
};
/// Line by line from one text to another; lines that are the same are kept for their place.
std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after);
/// The same of two documents as toMarkdown writes them: a footnote is what it says, whatever number
/// it has.
std::vector<DiffLine> documentDiff(std::string_view before, std::string_view after);

} // namespace postlude
