// SPDX-License-Identifier: GPL-3.0-or-later
// Links to entries: "[10:02:07]" in a text leads to the first entry of that time, by the document's
// zone; "[2024-01-15 10:02:07.116]" says it more exactly. It is text like any other: where the
// entry has got another time it is a time in brackets.
#pragma once

#include "core/postmortem/postmortem.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

struct EntryLink {
    std::size_t at = 0, size = 0; ///< bytes of the text, brackets included
    std::size_t entry = 0;        ///< which of the timeline
};

/// Not thread-safe; the document must outlive it and stay as it is.
class EntryLinks {
public:
    explicit EntryLinks(const Postmortem& document)
        : document_(document) {}
    /// In order; times that lead nowhere are none.
    std::vector<EntryLink> in(std::string_view text);
    /// As short as leads there; empty where the entry has no time.
    std::string textTo(std::size_t entry);

private:
    void fill();
    const Postmortem& document_;
    bool filled_ = false;
    std::map<std::string, std::size_t, std::less<>> byTime_; ///< without brackets → first entry
};

} // namespace postlude
