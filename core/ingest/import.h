// SPDX-License-Identifier: GPL-3.0-or-later
// Bundle in, case out.
#pragma once

#include "core/base/progress.h"
#include "core/bundle/bundle.h"
#include "core/case/case.h"
#include "core/format/format.h"

#include <map>
#include <stop_token>

namespace postlude {

struct ImportOptions {
    std::optional<Instant> since = {}, until = {};   ///< records outside are counted, not kept
    std::map<std::string, std::string> zones = {};   ///< source path → zone name
    std::map<std::string, int> years = {};           ///< source path → year of its first record
    std::map<std::string, std::string> formats = {}; ///< source path → format name
    /// Dialect ("haproxy", "nginx" …), string.
    std::vector<std::pair<std::string, std::string>> logFormats = {};
    /// Where the user's format files are (userformats.h); "": nowhere. Why one of them was refused
    /// is among the issues of the case.
    std::filesystem::path formatsFolder = {};
    std::vector<std::shared_ptr<const Format>> userFormats = {}; ///< further ones
    unsigned threads = 0;                                        ///< 0: one per core
    /// Lines that are read by a thread at once; 0: as many as fill a segment. What comes out is the
    /// same for all numbers of threads and lines.
    std::uint32_t pieceLines = 0;
    BundleLimits limits = {};
};

struct ImportSummary {
    std::vector<SourceInfo> sources;
    std::uint64_t lines = 0, records = 0, unread = 0, bytes = 0;
    std::vector<ReadIssue> issues; ///< the first thousand
};

/// Reads every log of `bundle` (folders, archives, files; see core/bundle) into `target`. A case
/// whose import was interrupted goes on: sources already whole are not read again. Segments are
/// committed as they fill, so that what was read survives a crash and can be shown at once.
/// What the case has kept of corrections (corrections.h) holds where `options` say nothing.
/// On cancel the error is Cancelled and the case stays open and whole. Bad lines and bad members
/// are no errors: they are in `issues`. Errors: NotFound, Permission, Write, DiskFull,
/// NotUnderstood if nothing in the bundle can be read, and TooLarge if memory ran out.
Result<ImportSummary> importBundle(const std::vector<std::filesystem::path>& bundle, Case& target,
                                   const ImportOptions& options, std::stop_token stop,
                                   const ProgressSink& progress);

} // namespace postlude
