// SPDX-License-Identifier: GPL-3.0-or-later
// What a user may name on the command line: a case, or a bundle that is read there and then.
#pragma once

#include "app/cli_ownformats.h"
#include "core/analysis/analysis.h"
#include "core/ingest/import.h"

#include <CLI/CLI.hpp>
#include <QTemporaryDir>

namespace postlude::cli {

using Paths = std::vector<std::filesystem::path>;

/// The options that say how a bundle is to be read, as they stand on the command line.
struct ReadingArguments {
    std::string since, until;
    std::vector<std::string> zones, years, formats, logFormats;
    BundleLimits limits;
    FormatArguments own;
    [[nodiscard]] bool any() const {
        return !since.empty() || !until.empty() || !zones.empty() || !years.empty() ||
               !formats.empty() || !logFormats.empty() || limits != BundleLimits{} || own.any();
    }
};
void addReadingOptions(CLI::App& command, ReadingArguments& arguments);
/// Error: Usage, naming the option.
Result<ImportOptions> importOptions(const ReadingArguments& arguments);

/// Members are destroyed from the last to the first: the folder goes when nothing uses it.
struct Opened {
    std::unique_ptr<QTemporaryDir> folder; ///< of the temporary case; null: the user's own case
    std::unique_ptr<Case> file;
    std::unique_ptr<Query> query;
    std::filesystem::path read; ///< the user's own case, if it was opened for reading alone
    std::string name;           ///< what to call it: "tango" of "in/tango.tar.gz"

    Opened();
    Opened(Opened&&) = default;
    Opened& operator=(Opened&&) = delete;
    ~Opened();
};

/// True for a case, by its first bytes or by its name (a folder is none).
bool isCase(const std::filesystem::path& path);
/// What a case is opened for. Who reads it keeps nobody from writing to it.
enum class OpenFor : std::uint8_t { Judging, Reading };
/// Error: NotFound, naming the first that does not exist.
Result<void> areThere(const Paths& paths);
/// Opens the one case, or reads the bundle into a temporary case, telling what of it could not be
/// read. A case that is open elsewhere, or that may not be changed, is opened read-only.
Result<Opened> open(const Paths& paths, const ReadingArguments& reading,
                    OpenFor purpose = OpenFor::Judging);
/// The case's own analysis if it has one, else a new one, saved if the case may be changed.
Result<Analysis> analysisOf(Opened& opened);

} // namespace postlude::cli
