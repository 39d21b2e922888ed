// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing and correcting how a source is read, before it is: the formats it may be in, how well
// each fits and why, and what its first lines are with a chosen format, zone and year. A dialog
// takes a sample once, lists formatChoices(), shows preview() whenever the user changes one of
// the three, and hands the outcome to ImportOptions (`formats`, `zones`, `years`), where the
// import does the same with the whole source.
#pragma once

#include "core/base/zone.h"
#include "core/format/catalogue.h"
#include "core/format/cells.h"
#include "core/ingest/import.h"

namespace postlude {

/// The beginning of one source, unpacked and decoded to UTF-8.
struct SourceSample {
    std::string path = {};                 ///< of the source within its bundle
    std::string text = {};                 ///< at most 256 KiB
    bool whole = true;                     ///< `text` is all of it
    std::vector<std::string> further = {}; ///< some whole lines from further on
    std::optional<Instant> modified = {};  ///< of its newest file, where known
};

/// Of a source that a case knows. Any thread. Errors: NotFound (no such source, or its file is
/// gone), Damaged (the file has changed), Unreadable.
Result<SourceSample> sampleOf(const Case& file, const std::string& source);
/// Of a source of a bundle that was not read yet, "": of the first. A packed one is unpacked up
/// to it, which may take long: call it on a worker. Errors: as Bundle::open; NotFound.
Result<SourceSample> sampleOf(const std::vector<std::filesystem::path>& bundle,
                              const std::string& source, std::stop_token stop);

/// Every format that an import with these options would know: those built in, the user's, and,
/// where `file` is given, those that the configurations in that case define. What is refused of
/// `options.formatsFolder` is given to `refused`. Errors: Usage, NotUnderstood (an option).
Result<Catalogue> catalogueFor(const ImportOptions& options, const Case* file,
                               std::vector<Error>& refused);

/// One format that reads the sample, or some of it.
struct FormatChoice {
    std::shared_ptr<const Format> format = {};
    double score = 0;     ///< 0…1, see Detection; below 0.3 an import would not take it by itself
    std::string why = {}; ///< "reads all 120 lines, 14 fields a record", English, one line
};
struct FormatChoices {
    std::string what =
        {}; ///< what the import would call the source: "nginx access log", "PNG picture"
    bool isConfig = false;
    std::vector<FormatChoice> list = {}; ///< best first, at most `most`
};
/// `named`: a format that is put first, whatever its score (what the user chose earlier).
FormatChoices formatChoices(const Catalogue& catalogue, const SourceSample& sample,
                            const std::string& named = {}, std::size_t most = 10);

/// How the first lines shall be read.
struct ReadAs {
    std::shared_ptr<const Format> format = {}; ///< not null
    /// Of the clock that wrote the lines; it also overrules offsets that they state. Nothing: as
    /// they state it, else UTC.
    std::optional<Zone> zone = {};
    /// Of the first record, where the lines write no year; it rolls over at New Year. Nothing:
    /// the one that is nearest to the file's date.
    std::optional<int> year = {};
    std::size_t rows = 200; ///< that many at most
};

struct PreviewRow {
    std::uint64_t line = 0; ///< 1-based
    LineVerdict verdict = LineVerdict::Unread;
    std::string text = {}; ///< of the line, at most 64 KiB of it; of a document's record empty, of
                           ///< what is unread in a document the reason
    std::optional<Instant> at = {}; ///< of a record: when it was, zone and year settled as chosen
    Cells cells = {};               ///< of a record
};

struct Preview {
    std::vector<std::string> columns; ///< of all rows, in the order in which they came up
    std::vector<PreviewRow> rows;     ///< blank lines are left out
    std::uint64_t records = 0, continued = 0, unread = 0; ///< of the whole sample
    std::uint64_t fields = 0;                             ///< found in all records together
    std::uint64_t zoneless = 0, yearless = 0;             ///< records for which zone or year matter
    std::string fault = {}; ///< why the sample could not be read to its end, if so
};

/// Never fails; any thread may call. A last line that the sample cuts off is left out.
Preview preview(const SourceSample& sample, const ReadAs& as);

} // namespace postlude
