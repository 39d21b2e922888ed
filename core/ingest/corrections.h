// SPDX-License-Identifier: GPL-3.0-or-later
// What the user has stated about how sources are to be read: kept in the case, so that every
// later import of it reads them so.
#pragma once

#include "core/ingest/import.h"

namespace postlude {

/// Of one source; what is empty is left to Postlude.
struct Correction {
    std::string format = {};      ///< name, as Catalogue::named() takes it
    std::string zone = {};        ///< as Zone::named() takes it
    std::optional<int> year = {}; ///< of the first record
    bool operator==(const Correction&) const = default;
};

struct Corrections {
    std::map<std::string, Correction> sources = {}; ///< by path
    /// Format strings that the user has pasted: dialect, string. Named "own:1", "own:2" … in this
    /// order, as those of ImportOptions::logFormats are.
    std::vector<std::pair<std::string, std::string>> logFormats = {};
    bool operator==(const Corrections&) const = default;
};

/// Empty if nothing was stated, or if what is kept cannot be understood.
Corrections correctionsOf(const Case& file);

/// Keeps what is stated, and forgets what was read of `source` (its records, not its text; marks
/// keep their time and note), so that the next import reads it again. Errors: NotFound (no such
/// source), and those of writing.
Result<void> correct(Case& file, const std::string& source, const Corrections& stated);

/// `options` with what the case has kept, where they themselves say nothing.
ImportOptions withCorrections(ImportOptions options, const Case& file);

} // namespace postlude
