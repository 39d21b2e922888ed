// SPDX-License-Identifier: GPL-3.0-or-later
// The case: one SQLite file (.postlude) that holds all we know of one incident. This is what
// `app/` and `ui/` open, and where people's own words are kept. Records are read through
// core/query; they are written by core/ingest through core/case/store.h.
#pragma once

#include "core/base/error.h"
#include "core/case/clock.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace postlude {

/// Number of a source within its case, from 1, never used again for another.
enum class SourceId : std::uint32_t { None = 0 };
/// Names one record of a case for good: segment number and row within it.
enum class RecordId : std::uint64_t {};

enum class SourceRole : std::uint8_t {
    Other,
    Balancer,
    Server,
    Database,
    Alerts,
    Changes,
    Chat,
    Config,   ///< a configuration snapshot: text, no records
    Document, ///< anything else that is no log: listed, not read
};
std::string_view nameOf(SourceRole role);

/// What the case knows of one source. Counts are of lines of text (a record may span several).
struct SourceInfo {
    SourceId id = SourceId::None;
    std::string path; ///< within the bundle: "lb/haproxy.log"
    std::string host; ///< the machine whose log it is, as far as known ("web-02")
    SourceRole role = SourceRole::Other;
    std::string format;   ///< name of the format; "" for configs and documents
    std::string what;     ///< what it is, for people: "HAProxy configuration", "picture"
    std::string zone;     ///< Zone::named() takes it
    std::string zoneFrom; ///< "written in the line", "stated by the user", "guessed: …"
    std::uint64_t bytes = 0, lines = 0, records = 0, unread = 0;
    std::optional<Instant> first, last;  ///< of a configuration: both when its file was changed
    std::vector<std::string> parts;      ///< files of a rotated source, oldest first
    std::optional<Duration> clockOffset; ///< positive: that host's clock is ahead of the balancer's
    Duration clockUncertainty{};
    std::uint64_t clockPairs = 0;
    /// Where one offset does not do: `clockOffset` is that of its longest part then.
    ClockCourse clockCourse = {};
    /// Why its lines cannot be shown as they were read ("the file has changed since it was read");
    /// only Query::checkedSources() looks.
    std::string stale = {};
};

/// A line that could not be read, or a file or member that could not.
struct ReadIssue {
    SourceId source = SourceId::None;
    Error error; ///< `place` holds source path, line and byte offset
};

struct Bookmark {
    std::int64_t id = 0; ///< 0: not saved yet
    Instant at{};
    std::optional<RecordId> record;
    std::string note;
};

/// One saved state of the postmortem (its JSON, see core/postmortem).
struct Revision {
    std::int64_t number = 0;
    Instant saved{};
    std::string why; ///< "draft", "typed", "restored revision 3"
    std::string json;
};

enum class OpenMode : std::uint8_t { ReadWrite, ReadOnly };

/// Thread-safe: every call takes the case's own lock; none takes longer than a small write.
/// Only one process can have a case open ReadWrite (ErrorKind::Busy otherwise; open it ReadOnly
/// then). Everything saved is on disk when the call returns.
class Case {
public:
    /// Replaces nothing: an existing file is an error.
    static Result<std::unique_ptr<Case>> create(const std::filesystem::path& file);
    static Result<std::unique_ptr<Case>> open(const std::filesystem::path& file,
                                              OpenMode mode = OpenMode::ReadWrite);
    ~Case();
    Case(const Case&) = delete;
    Case& operator=(const Case&) = delete;

    [[nodiscard]] const std::filesystem::path& file() const;
    [[nodiscard]] OpenMode mode() const;
    /// True if the last import ran to its end.
    [[nodiscard]] bool importComplete() const;
    /// What was opened to make this case, for the title and for re-reading.
    [[nodiscard]] std::vector<std::string> bundlePaths() const;

    [[nodiscard]] Result<std::vector<SourceInfo>> sources() const;
    [[nodiscard]] Result<std::vector<ReadIssue>> issues(std::size_t most = 10'000) const;
    /// Records how far each host's clock was off; applies to the sources of that host.
    Result<void> setClock(const std::string& host, Duration offset, Duration uncertainty,
                          std::uint64_t pairs, const ClockCourse& course = {});

    [[nodiscard]] Result<std::vector<Bookmark>> bookmarks() const;
    Result<std::int64_t> saveBookmark(const Bookmark& bookmark);
    Result<void> removeBookmark(std::int64_t id);

    /// The newest revision of the postmortem, if there is one.
    [[nodiscard]] Result<std::optional<Revision>> postmortem() const;
    [[nodiscard]] Result<std::vector<Revision>> postmortemHistory() const;
    /// Appends a revision (nothing is ever overwritten); gives its number.
    Result<std::int64_t> savePostmortem(const std::string& json, const std::string& why);

    /// Small settings that belong to the case (last place, layout, cached analysis), by name.
    [[nodiscard]] Result<std::optional<std::string>> note(const std::string& name) const;
    Result<void> setNote(const std::string& name, const std::string& value);

    /// SQLite's own integrity check: empty if the file is sound.
    [[nodiscard]] std::string integrityFaults() const;

    class Store; ///< core/case/store.h, for ingest, series and query only
    [[nodiscard]] Store& store() const;

private:
    explicit Case(std::unique_ptr<Store> store);
    std::unique_ptr<Store> store_;
};

} // namespace postlude
