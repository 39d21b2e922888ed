// SPDX-License-Identifier: GPL-3.0-or-later
// What Postlude itself wrote, known by its front matter, read back to the letter.
#pragma once

#include "core/postmortem/detail/collector.h"
#include "core/postmortem/forms.h"

namespace postlude::reading {

/// "---", "title: …", "---" at the start of a text.
struct FrontMatter {
    std::size_t end = 0; ///< first line behind it; 0: there is none
    std::vector<std::pair<std::string, std::string>> fields; ///< in order, quotes taken off
    bool own = false;                                        ///< toMarkdown wrote this document
    bool untitled = false; ///< of an own document: its heading is no title
    std::string zone;      ///< of an own document
    std::string form;      ///< of an own document: its template
    std::vector<std::pair<Part, std::string>> headings; ///< of an own document: the unusual ones
};
FrontMatter frontMatterOf(const std::vector<std::string_view>& lines);

/// Title, date, authors and the like; the rest is kept.
void takeFrontMatter(const FrontMatter& matter, Collector& to);

Reading readOwn(const std::vector<std::string_view>& lines, const FrontMatter& matter);

} // namespace postlude::reading
