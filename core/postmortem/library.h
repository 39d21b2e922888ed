// SPDX-License-Identifier: GPL-3.0-or-later
// All cases of a folder side by side: what happened again, how fast it was noticed, what is open.
#pragma once

#include "core/base/progress.h"
#include "core/postmortem/postmortem.h"

#include <filesystem>
#include <stop_token>

namespace postlude {

struct CaseOverview {
    std::filesystem::path file;
    std::string fault; ///< why it could not be read; then the rest is empty
    std::string title, severity;
    std::string cause, culprit;           ///< of the analysis: "lb-weights", "web_pool/web-02"
    std::optional<DocumentStatus> status; ///< absent: no postmortem is written yet
    std::optional<Instant> start;
    std::optional<Duration> toDetect, toResolve; ///< from the start of the impact
    std::vector<Task> openTasks;
    std::string text; ///< all that the postmortem tells, to be searched
};

/// Of each case (.postlude) in the folder and below, by start of the impact, undated ones last.
/// Opens them read-only, one after the other, and writes nothing. Errors: NotFound (no such
/// folder), Cancelled. `progress` tells the file, and how many of how many bytes.
Result<std::vector<CaseOverview>> libraryOf(const std::filesystem::path& folder,
                                            std::stop_token stop,
                                            const ProgressSink& progress = {});

/// What came more than once, most often first.
struct Recurring {
    std::string what;     ///< "lb-weights", "web_pool/web-02"
    bool isCause = false; ///< else a culprit
    std::size_t times = 0;
    bool operator==(const Recurring&) const = default;
};
std::vector<Recurring> recurringIn(const std::vector<CaseOverview>& cases);

/// True if each word of `words` stands in the overview, case aside.
bool matches(const CaseOverview& overview, std::string_view words);

} // namespace postlude
