// SPDX-License-Identifier: GPL-3.0-or-later
// The table "series": what each server did in each bucket of time.
#include "core/sql/detail/kept_rows.h"

#include <algorithm>
#include <cmath>

namespace postlude::sql {

namespace {

enum Column : std::size_t { kAt, kBucket };

constexpr double kLeastBucket = 0.001; ///< s
constexpr double kMostBucket = 1e7;
constexpr std::int64_t kMostBuckets = 200'000; ///< of one server
constexpr std::int64_t kUsualBuckets = 1'000;

SqlTable about() {
    return {"series",
            "requests of each server without health checks, in buckets of time (WHERE bucket_s = "
            "60 for "
            "minutes)",
            {{"time", std::string(kTime), "when the bucket begins"},
             {"bucket_s", "REAL", "how long it is"},
             {"backend", "TEXT", ""},
             {"server", "TEXT", "empty: never reached one"},
             {"requests", "INTEGER", "that began in it"},
             {"failed", "INTEGER",
              "answered by 5xx, or ended by the server, a time limit or the balancer"},
             {"slow", "INTEGER", "answered later than a second"},
             {"bytes", "INTEGER", "sent"},
             {"p50_ms", "REAL", "half were faster; ± 1 %"},
             {"p95_ms", "REAL", ""},
             {"p99_ms", "REAL", ""}}};
}

std::optional<double> numberIn(const SqlValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&value)) return *number;
    return {};
}

/// About a thousand buckets, of a length one would choose.
Duration usualBucket(Duration span) {
    using namespace std::chrono_literals;
    for (const Duration length : {Duration(1s), Duration(10s), Duration(1min), Duration(10min)})
        if (span / length <= kUsualBuckets) return length;
    return 1h;
}

SqlValue milliseconds(std::int64_t ns) {
    return ns == kAbsent ? SqlValue() : SqlValue(static_cast<double>(ns) * 1e-6);
}

class SeriesOf final : public Table {
public:
    explicit SeriesOf(const Query& query)
        : Table(sql::about())
        , query_(query) {}

    bool uses(std::size_t column, Op op) const override {
        return column == kAt || (column == kBucket && op == Op::Equal);
    }

    Result<std::unique_ptr<Rows>> find(const std::vector<Test>& tests,
                                       std::stop_token stop) override {
        SeriesRequest request;
        request.window = query_.span(request.clock);
        request.bucket = usualBucket(request.window.length());
        for (const Test& test : tests)
            if (test.column == kBucket && !chooseBucket(test.value, request.bucket))
                return std::unexpected(Error{ErrorKind::Usage,
                                             "bucket_s is no length that can be had",
                                             {},
                                             "ask for bucket_s = 0.001 to 10000000"});
        for (const Test& test : tests)
            if (test.column == kAt) narrow(test, request);
        if (request.window.empty()) return std::make_unique<KeptRows>(std::vector<KeptRow>{});
        if (request.window.length() / request.bucket > kMostBuckets)
            return std::unexpected(Error{ErrorKind::TooLarge,
                                         "these are too many buckets",
                                         {},
                                         "ask for longer ones, or for a shorter time"});
        auto table = query_.series(request, std::move(stop));
        if (!table) return std::unexpected(table.error());
        return std::make_unique<KeptRows>(rowsOf(*table));
    }

private:
    static bool chooseBucket(const SqlValue& value, Duration& bucket) {
        const auto asked = numberIn(value);
        if (!asked || !(*asked >= kLeastBucket && *asked <= kMostBucket)) return false;
        bucket = fromSeconds(*asked);
        return true;
    }

    /// Buckets begin at multiples of their length, so that two questions agree on them.
    static Instant floor(Instant at, Duration bucket) {
        const std::int64_t ns = nanoseconds(at), length = bucket.count();
        return instant(ns - ((ns % length) + length) % length);
    }

    static void narrow(const Test& test, SeriesRequest& request) {
        const auto* text = std::get_if<std::string>(&test.value);
        const auto at = text ? timeFrom(*text) : std::nullopt;
        if (!at) return;
        const bool above = test.op == Op::Greater || test.op == Op::AtLeast;
        if (above || test.op == Op::Equal)
            request.window.from = std::max(request.window.from, floor(*at, request.bucket));
        if (!above) request.window.to = std::min(request.window.to, *at + request.bucket);
    }

    static std::vector<KeptRow> rowsOf(const SeriesTable& table) {
        std::vector<KeptRow> rows;
        const double length = static_cast<double>(table.bucket.count()) / 1e9; // 60, exactly
        for (const Series& series : table.series)
            for (std::size_t i = 0; i < series.buckets.size(); ++i) {
                const Bucket& b = series.buckets[i];
                if (b.requests == 0) continue;
                const Instant at = table.origin + table.bucket * static_cast<std::int64_t>(i);
                rows.push_back({preciseTime(at), length, series.key.backend, series.key.server,
                                whole(b.requests), whole(b.failed), whole(b.slow), whole(b.bytes),
                                milliseconds(b.p50), milliseconds(b.p95), milliseconds(b.p99)});
            }
        return rows;
    }

    const Query& query_;
};

} // namespace

std::unique_ptr<Table> seriesTable(const Query& query) {
    return std::make_unique<SeriesOf>(query);
}

} // namespace postlude::sql
