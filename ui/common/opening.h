// SPDX-License-Identifier: GPL-3.0-or-later
// What opening takes from the disk: walking through a large folder, or a slow disk, takes its time.
#pragma once

#include "core/analysis/analysis.h"
#include "core/query/extent.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

namespace postlude {

/// A query, and what windows ask of it and the case all the time. Made on any thread.
struct CaseView {
    std::shared_ptr<Query> query;
    std::array<Extent, 2> extents{};  ///< by clock: corrected, raw
    std::vector<std::string> missing; ///< missingEvidence()
};
CaseView viewOf(const Case& file, std::shared_ptr<Query> query);
Result<CaseView> viewOf(const Case& file); ///< errors of openQuery

struct OpenedCase {
    std::vector<std::filesystem::path> bundle; ///< absolute; empty: it was the case that was given
    std::unique_ptr<Case> file;                ///< null: it is the one that is open already
    CaseView view;
    std::shared_ptr<const Analysis> analysis; ///< as it was saved; null: there is none yet
};

/// A case, or for a bundle the one that was begun of it, or a new one (in the user's data folder).
/// On any thread. `isOpen`: the file of the case that a window has open now; that is not opened
/// once more. Errors: Usage (nothing given), NotFound, Cancelled, and those of Case and openQuery.
Result<OpenedCase> openFromDisk(const std::vector<std::filesystem::path>& paths,
                                const std::filesystem::path& isOpen = {},
                                const std::stop_token& stop = {});

} // namespace postlude
