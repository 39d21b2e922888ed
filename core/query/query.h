// SPDX-License-Identifier: GPL-3.0-or-later
// The one interface through which analysis and windows ask for data. The case file answers it
// (openQuery); a column store can answer the same questions later, with the same numbers.
#pragma once

#include "core/case/case.h"
#include "core/query/chunks.h"
#include "core/query/recordlist.h"
#include "core/series/outcome.h"

#include <functional>
#include <limits>
#include <stop_token>

namespace postlude {

struct ServerKey {
    std::string backend; ///< may be empty (nginx without a named upstream in the log)
    std::string server;  ///< as the balancer's log names it; "" = never reached a server
    auto operator<=>(const ServerKey&) const = default;
};

enum class GroupBy : std::uint8_t { None, Server, Backend, StatusClass, Source, Host };

struct SeriesRequest {
    Window window;
    Duration bucket = std::chrono::seconds{10};
    GroupBy group = GroupBy::Server;
    Filter filter = {};
    RequestScope scope = RequestScope::Balancer;
    ClockView clock = ClockView::Corrected;
    bool probes = false;                             ///< count health checks and scrapes too
    Duration slow = std::chrono::milliseconds{1000}; ///< longer than this is slow
};

struct Bucket {
    std::uint32_t requests = 0;
    std::uint32_t failed =
        0; ///< 5xx, or ended by the balancer without a status (timeout, abort by server)
    std::uint32_t slow = 0; ///< answered without failure, later than the limit
    std::uint64_t bytes = 0;
    std::int64_t p50 = kAbsent, p95 = kAbsent,
                 p99 = kAbsent; ///< ns, ±1 %; absent without durations
};

struct Series {
    std::string name; ///< group's name for people: "app1", "5xx", "lb/haproxy.log"
    ServerKey key;    ///< where grouped by server or backend
    std::vector<Bucket> buckets;
};

/// All series share origin and bucket: bucket i covers [origin + i·bucket, + bucket).
struct SeriesTable {
    Instant origin{};
    Duration bucket{};
    std::vector<Series> series; ///< by name, natural order (app2 before app10)
    Series total;
    std::vector<Error> missing; ///< sources whose text could not be searched: not counted at all
};

struct RecordsRequest {
    std::optional<Window> window = {};
    Filter filter = {};
    std::vector<SourceId> sources = {}; ///< empty: all
    std::uint32_t kinds = 0;            ///< bit i = RecordKind i; 0: all
    bool fileOrder = false;             ///< source by source in file order, instead of by time
    ClockView clock = ClockView::Corrected;
    std::size_t limit = std::numeric_limits<std::size_t>::max(); ///< the first so many
    /// Only what comes after this one, the last of a list of the same request: page by page.
    std::optional<std::pair<Instant, RecordId>> after = {};
};

struct RecordCount {
    std::uint64_t records = 0;
    std::vector<Error> missing = {}; ///< as in RecordList
};

/// What a search has come to. Numbers only grow.
struct Found {
    std::uint64_t looked = 0, all = 0; ///< records
    std::uint64_t matches = 0;         ///< among those looked at
    RecordList first; ///< of the matches so far the first by order, at most kFirst; may be empty
    static constexpr std::size_t kFirst = 10'000;
};
/// Called by the thread that asked, some ten times a second.
using FoundSink = std::function<void(const Found&)>;

/// One record with everything in it, owning its texts.
struct RecordRow {
    RecordId id{};
    SourceId source = SourceId::None;
    std::uint64_t line = 0;   ///< first line in its source, 1-based
    std::uint32_t lines = 1;  ///< how many lines of text it spans
    std::uint64_t offset = 0; ///< byte in the unpacked source
    std::uint32_t bytes = 0;  ///< length of its raw text, without the last line break
    RecordKind kind = RecordKind::Message;
    Level level = Level::None;
    std::optional<Instant> timeRaw; ///< as the host's clock said
    std::optional<Instant> time;    ///< corrected
    std::array<std::optional<std::string>, kTextFields> texts;
    std::array<std::int64_t, kNumberFields> numbers;
    std::vector<std::pair<std::string, std::string>> extra;
    [[nodiscard]] std::string_view operator[](TextField f) const;
    [[nodiscard]] std::int64_t operator[](NumberField f) const {
        return numbers[static_cast<std::size_t>(f)];
    }
};

/// Const calls may come from any thread at once. Errors: Cancelled, Unreadable, Damaged, and
/// NotFound for a record or source that does not exist.
class Query {
public:
    virtual ~Query() = default;
    /// Takes up what an import has committed since, and changed clocks. Lists made before stay
    /// valid.
    virtual Result<void> refresh() = 0;

    [[nodiscard]] virtual std::vector<SourceInfo> sources() const = 0;
    /// The same after a look at the files on disk, with `stale` where one is gone or is not what
    /// was read any more. Records stand as they are; the text of such a source is never shown.
    [[nodiscard]] virtual std::vector<SourceInfo> checkedSources() const { return sources(); }
    /// From the first to just after the last record of balancers and servers (undated, alert,
    /// chat and change records do not stretch it); empty if there is none.
    [[nodiscard]] virtual Window span(ClockView clock) const = 0;
    /// Backends and servers that requests were sent to, in natural order.
    [[nodiscard]] virtual std::vector<ServerKey> servers() const = 0;

    [[nodiscard]] virtual Result<SeriesTable> series(const SeriesRequest& request,
                                                     std::stop_token stop) const = 0;
    /// The records that match, in order. Equal times keep the order of their files.
    [[nodiscard]] virtual Result<RecordList> select(const RecordsRequest& request,
                                                    std::stop_token stop,
                                                    const FoundSink& tell = {}) const = 0;
    /// How many select() would give, without the list. `limit` and `after` do not count.
    [[nodiscard]] virtual Result<RecordCount> count(const RecordsRequest& request,
                                                    std::stop_token stop) const;
    [[nodiscard]] virtual Result<RecordRow> record(RecordId id) const = 0;
    /// The record's own text, byte for byte, from the bundle or the case.
    [[nodiscard]] virtual Result<std::string> rawText(RecordId id) const = 0;
    /// The record at (or spanning) a line of a source.
    [[nodiscard]] virtual Result<RecordId> recordAtLine(SourceId source,
                                                        std::uint64_t line) const = 0;
    /// A whole small source, such as a configuration snapshot (at most 16 MB, else TooLarge).
    [[nodiscard]] virtual Result<std::string> document(SourceId source) const = 0;
    [[nodiscard]] virtual Result<void> scanRequests(const RequestScan& scan,
                                                    const RequestVisitor& visit,
                                                    std::stop_token stop) const = 0;
    /// Requests with any fields at all. NotUnderstood for a field that no record can have.
    [[nodiscard]] virtual Result<void> scanFields(const FieldScan& scan, const FieldVisitor& visit,
                                                  std::stop_token stop) const;
    /// Names of the fields that requests of this scope have, by name; an extra field by its own.
    [[nodiscard]] virtual std::vector<std::string> requestFields(RequestScope) const { return {}; }
    /// Records with a message, source by source in file order.
    [[nodiscard]] virtual Result<void>
    scanMessages(const MessageScan& scan, const MessageVisitor& visit, std::stop_token stop) const;
    /// The same by all processors: `visit` is called by several threads at once, each chunk once
    /// (an empty one, too) and in about the order of their numbers.
    [[nodiscard]] virtual Result<void> scanConcurrently(const RequestScan& scan,
                                                        const ConcurrentVisitor& visit,
                                                        std::stop_token stop) const;
    /// The text behind a code of a RequestChunk column; "" for 0.
    [[nodiscard]] virtual std::string name(TextField field, std::uint32_t code) const = 0;
    /// The values of a field with how often each occurs, most frequent first, for completion.
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::uint64_t>>
    values(TextField field, std::size_t most) const = 0;
};

/// `of` must outlive the query.
Result<std::unique_ptr<Query>> openQuery(const Case& of);

} // namespace postlude
