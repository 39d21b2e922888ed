// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_opened.h"

#include "app/cli_interrupt.h"
#include "app/cli_terminal.h"
#include "core/analysis/missing.h"
#include "core/base/zone.h"
#include "core/bundle/archivename.h"

#include <QDir>
#include <fmt/format.h>

#include <charconv>
#include <fstream>

namespace postlude::cli {

namespace {

constexpr int kDeepest = 32;
constexpr std::uint32_t kShortestLine = 1U << 10U, kLongestLine = 1U << 28U;

Error usage(std::string what, std::string remedy = {}) {
    return {.kind = ErrorKind::Usage, .what = std::move(what), .remedy = std::move(remedy)};
}

Result<std::optional<Instant>> timeFrom(const std::string& option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const std::optional<Instant> at = fromRfc3339(text);
    if (!at) return std::unexpected(usage(option + ": not a time", "such as 2024-01-15T09:59:16Z"));
    return at;
}

/// "left=right", parted at the last '=' (paths and names may hold one), or at the first.
Result<std::pair<std::string, std::string>> pairFrom(const std::string& option,
                                                     const std::string& text, bool atFirst) {
    const std::size_t at = atFirst ? text.find('=') : text.rfind('=');
    if (at == std::string::npos || at == 0 || at + 1 == text.size())
        return std::unexpected(usage(option + ": two parts with = between them are needed"));
    return std::pair{text.substr(0, at), text.substr(at + 1)};
}

Result<void> takeZones(const std::vector<std::string>& texts, ImportOptions& options) {
    for (const std::string& text : texts) {
        auto pair = pairFrom("--timezone", text, false);
        if (!pair) return std::unexpected(pair.error());
        if (!Zone::named(pair->second))
            return std::unexpected(
                usage("--timezone: no such zone", "such as UTC, UTC-5, +02:00 or Europe/Berlin"));
        options.zones.insert_or_assign(pair->first, pair->second);
    }
    return {};
}

Result<void> takeYears(const std::vector<std::string>& texts, ImportOptions& options) {
    for (const std::string& text : texts) {
        auto pair = pairFrom("--year", text, false);
        if (!pair) return std::unexpected(pair.error());
        int year = 0;
        const char* end = pair->second.data() + pair->second.size();
        const auto read = std::from_chars(pair->second.data(), end, year);
        if (read.ec != std::errc() || read.ptr != end || year < 1970 || year > 2261)
            return std::unexpected(usage("--year: not a year", "such as lb/haproxy.log=2024"));
        options.years.insert_or_assign(pair->first, year);
    }
    return {};
}

Result<void> takeFormats(const ReadingArguments& arguments, ImportOptions& options) {
    for (const std::string& text : arguments.formats) {
        auto pair = pairFrom("--format", text, false);
        if (!pair) return std::unexpected(pair.error());
        options.formats.insert_or_assign(pair->first, pair->second);
    }
    for (const std::string& text : arguments.logFormats) {
        auto pair = pairFrom("--log-format", text, true);
        if (!pair) return std::unexpected(pair.error());
        options.logFormats.push_back(*std::move(pair));
    }
    return {};
}

/// "tango" of "in/tango.tar.gz", "in/tango/" or "tango.postlude".
std::string nameFor(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::path full = std::filesystem::absolute(path, error).lexically_normal();
    if (full.filename().empty()) full = full.parent_path();
    if (std::filesystem::is_directory(full, error)) return full.filename().string();
    if (full.extension() == ".postlude") return full.stem().string();
    return archiveStem(full.filename().string());
}

bool mayNotChange(ErrorKind kind) {
    return kind == ErrorKind::Busy || kind == ErrorKind::Permission || kind == ErrorKind::Write;
}

/// Who only reads keeps nobody else from writing.
Result<std::unique_ptr<Case>> openCase(const std::filesystem::path& path, OpenFor purpose) {
    const bool reads = purpose == OpenFor::Reading;
    auto opened = Case::open(path, reads ? OpenMode::ReadOnly : OpenMode::ReadWrite);
    if (!opened && !reads && mayNotChange(opened.error().kind))
        opened = Case::open(path, OpenMode::ReadOnly);
    if (opened && !(*opened)->importComplete())
        say("the import of this case was interrupted; `postlude-cli import` goes on with it");
    return opened;
}

/// Whoever goes on does so with half the evidence.
Result<void> tellWhatIsMissing(const Case& of) {
    constexpr std::size_t kTold = 10;
    const auto missing = missingEvidence(of);
    if (!missing) return std::unexpected(missing.error());
    for (std::size_t i = 0; i < std::min(kTold, missing->size()); ++i)
        say((*missing)[i]);
    if (missing->size() > kTold)
        say(fmt::format("and {} more like these", missing->size() - kTold));
    return {};
}

Result<std::unique_ptr<Case>> readBundle(const Paths& paths, const ImportOptions& options,
                                         const QTemporaryDir& folder) {
    const std::string file = folder.filePath(QStringLiteral("bundle.postlude")).toStdString();
    auto made = Case::create(file);
    if (!made) return made;
    const ProgressLine progress;
    auto summary = importBundle(paths, **made, options, interrupted(), progress.sink());
    if (!summary) return std::unexpected(summary.error());
    if (auto told = tellWhatIsMissing(**made); !told) return std::unexpected(told.error());
    return made;
}

Result<std::unique_ptr<QTemporaryDir>> makeFolder() {
    auto folder =
        std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/postlude-XXXXXX"));
    if (!folder->isValid())
        return std::unexpected(Error{.kind = ErrorKind::Write,
                                     .what = "no temporary folder could be made",
                                     .place = {.source = QDir::tempPath().toStdString()},
                                     .remedy = "set TMPDIR to a folder with space"});
    removeOnExit(folder->path().toStdString());
    return folder;
}

Result<void> openTemporary(const Paths& paths, const ReadingArguments& reading, Opened& opened) {
    auto options = importOptions(reading);
    if (!options) return std::unexpected(options.error());
    auto folder = makeFolder();
    if (!folder) return std::unexpected(folder.error());
    opened.folder = *std::move(folder);
    auto made = readBundle(paths, *options, *opened.folder);
    if (!made) return std::unexpected(made.error());
    opened.file = *std::move(made);
    return {};
}

Result<void> openOwn(const Paths& paths, const ReadingArguments& reading, OpenFor purpose,
                     Opened& opened) {
    if (paths.size() != 1)
        return std::unexpected(usage("a case stands alone, or bundles without one"));
    if (reading.any())
        return std::unexpected(
            usage("a case has been read already: --since, --until, --timezone, --year, "
                  "--format, --log-format, --format-file, --formats-folder and limits (--max-…) "
                  "belong to bundles"));
    auto file = openCase(paths.front(), purpose);
    if (!file) return std::unexpected(file.error());
    opened.file = *std::move(file);
    if (purpose == OpenFor::Reading) opened.read = paths.front();
    return {};
}

/// What keeps a bundle that was made to do harm from filling the machine.
void addLimits(CLI::App& command, BundleLimits& limits) {
    const BundleLimits usual;
    command
        .add_option("--max-members", limits.members,
                    fmt::format("Files of folders and archives that are read at most (else {})",
                                usual.members))
        ->type_name("COUNT")
        ->check(CLI::PositiveNumber);
    command
        .add_option("--max-unpacked", limits.unpackedBytes,
                    fmt::format("What a bundle's archives may unpack to (else {}G)",
                                usual.unpackedBytes >> 30U))
        ->type_name("SIZE")
        ->transform(CLI::AsSizeValue(false).description(""))
        ->check(CLI::PositiveNumber);
    command
        .add_option(
            "--max-ratio", limits.ratio,
            fmt::format("How many times its size a member may unpack to (else {})", usual.ratio))
        ->type_name("TIMES")
        ->check(CLI::PositiveNumber);
    command
        .add_option("--max-depth", limits.depth,
                    fmt::format("How deep archives may be within archives (else {})", usual.depth))
        ->type_name("LEVELS")
        ->check(CLI::Range(1, kDeepest));
    command
        .add_option("--max-line", limits.lineBytes,
                    fmt::format("Longer lines are cut there and counted as not understood (else "
                                "{}M)",
                                usual.lineBytes >> 20U))
        ->type_name("SIZE")
        ->transform(CLI::AsSizeValue(false).description(""))
        ->check(CLI::Range(kShortestLine, kLongestLine));
}

} // namespace

Opened::Opened() = default;

Opened::~Opened() {
    query.reset();
    file.reset();
    // Who only reads cannot take away what SQLite has laid beside the file; who may write does.
    if (!read.empty()) Case::open(read, OpenMode::ReadWrite).value_or(nullptr).reset();
    if (!folder) return;
    folder.reset();
    removeOnExit({});
}

void addReadingOptions(CLI::App& command, ReadingArguments& arguments) {
    const auto many = [&](const char* name, std::vector<std::string>& to, const char* what) {
        return command.add_option(name, to, what)->allow_extra_args(false)->take_all();
    };
    command.add_option("--since", arguments.since, "Keep records from this time on (RFC 3339)");
    command.add_option("--until", arguments.until, "Keep records before this time (RFC 3339)");
    many("--timezone", arguments.zones, "Zone of a source's clock")->type_name("SOURCE=ZONE");
    many("--year", arguments.years, "Year of a source's first record, if it writes none")
        ->type_name("SOURCE=YEAR");
    many("--format", arguments.formats, "Format of a source")->type_name("SOURCE=NAME");
    many("--log-format", arguments.logFormats,
         "A server's own format string (haproxy, nginx, apache, apache-error, envoy, postgresql, "
         "squid)")
        ->type_name("DIALECT=STRING");
    addLimits(command, arguments.limits);
    addFormatOptions(command, arguments.own);
}

Result<ImportOptions> importOptions(const ReadingArguments& arguments) {
    ImportOptions options;
    auto since = timeFrom("--since", arguments.since);
    if (!since) return std::unexpected(since.error());
    auto until = timeFrom("--until", arguments.until);
    if (!until) return std::unexpected(until.error());
    if (*since && *until && **until <= **since)
        return std::unexpected(usage("--until is not after --since"));
    options.since = *since;
    options.until = *until;
    options.limits = arguments.limits;
    if (auto taken = takeZones(arguments.zones, options); !taken)
        return std::unexpected(taken.error());
    if (auto taken = takeYears(arguments.years, options); !taken)
        return std::unexpected(taken.error());
    if (auto taken = takeFormats(arguments, options); !taken) return std::unexpected(taken.error());
    auto own = ownFormats(arguments.own);
    if (!own) return std::unexpected(own.error());
    options.userFormats = *std::move(own);
    return options;
}

bool isCase(const std::filesystem::path& path) {
    static constexpr std::string_view magic("SQLite format 3\0", 16);
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return false;
    std::string head(magic.size(), '\0');
    std::ifstream(path, std::ios::binary)
        .read(head.data(), static_cast<std::streamsize>(head.size()));
    return head == magic || path.extension() == ".postlude";
}

Result<void> areThere(const Paths& paths) {
    for (const auto& path : paths) {
        std::error_code error;
        if (!std::filesystem::exists(path, error))
            return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                         .what = error ? error.message() : "no such file or folder",
                                         .place = {.source = path.string()},
                                         .remedy = "look at how it is written, and from where"});
    }
    return {};
}

Result<Opened> open(const Paths& paths, const ReadingArguments& reading, OpenFor purpose) {
    if (auto there = areThere(paths); !there) return std::unexpected(there.error());
    Opened opened;
    const bool own = std::ranges::any_of(paths, isCase);
    auto done =
        own ? openOwn(paths, reading, purpose, opened) : openTemporary(paths, reading, opened);
    if (!done) return std::unexpected(done.error());
    auto query = openQuery(*opened.file);
    if (!query) return std::unexpected(query.error());
    opened.query = *std::move(query);
    opened.name = nameFor(paths.front());
    return opened;
}

Result<Analysis> analysisOf(Opened& opened) {
    const ProgressLine progress;
    if (opened.file->importComplete()) {
        auto saved = savedAnalysis(*opened.file);
        if (saved && *saved) return **std::move(saved);
    }
    return analyseCase(*opened.file, *opened.query, {}, interrupted(), progress.sink());
}

} // namespace postlude::cli
