// SPDX-License-Identifier: GPL-3.0-or-later
// A query over made-up traffic: four servers, one of which gets most of it for a while.
#pragma once

#include "core/query/query.h"

#include <cmath>

namespace postlude {

class FakeQuery : public Query {
public:
    Instant begin = *fromRfc3339("2024-01-15T09:57:40Z");
    Window trouble{begin + std::chrono::seconds{97}, begin + std::chrono::seconds{271}};
    bool quiet = false; ///< no requests at all

    Result<void> refresh() override { return {}; }
    [[nodiscard]] std::vector<SourceInfo> sources() const override {
        SourceInfo log;
        log.id = SourceId{1};
        log.path = "lb/haproxy.log";
        log.records = 100;
        SourceInfo config;
        config.id = SourceId{2};
        config.path = "lb/haproxy.cfg";
        config.role = SourceRole::Config;
        return {log, config};
    }
    [[nodiscard]] Window span(ClockView) const override {
        return {begin, begin + std::chrono::seconds{370}};
    }
    [[nodiscard]] std::vector<ServerKey> servers() const override {
        return {{"web", "web-01"}, {"web", "web-02"}, {"web", "web-03"}, {"web", "web-04"}};
    }
    [[nodiscard]] Result<SeriesTable> series(const SeriesRequest& r,
                                             std::stop_token) const override {
        SeriesTable table;
        table.origin = r.window.from;
        table.bucket = r.bucket;
        const auto n =
            static_cast<std::size_t>((r.window.length() + r.bucket - Duration{1}) / r.bucket);
        table.total.buckets.resize(n);
        for (const ServerKey& key : servers())
            table.series.push_back({key.server, key, std::vector<Bucket>(n)});
        if (quiet) return table;
        for (std::size_t b = 0; b < n; ++b)
            fill(table, b);
        return table;
    }
    [[nodiscard]] Result<RecordList> select(const RecordsRequest&, std::stop_token,
                                            const FoundSink&) const override {
        return RecordList{};
    }
    /// Record i of the log stands at lines 2i+1 and 2i+2.
    [[nodiscard]] Result<RecordRow> record(RecordId id) const override {
        RecordRow row;
        row.id = id;
        row.line = static_cast<std::uint64_t>(id) * 2 + 1;
        row.lines = 2;
        return row;
    }
    [[nodiscard]] Result<std::string> rawText(RecordId id) const override {
        const auto n = static_cast<std::uint64_t>(id) * 2 + 1;
        return "text of line " + std::to_string(n) + "\ntext of line " + std::to_string(n + 1);
    }
    [[nodiscard]] Result<RecordId> recordAtLine(SourceId source,
                                                std::uint64_t line) const override {
        if (source != SourceId{1} || line == 0 || line > 200) return missing();
        return RecordId{(line - 1) / 2};
    }
    [[nodiscard]] Result<std::string> document(SourceId source) const override {
        if (source != SourceId{2}) return missing();
        return std::string("global\nbackend web\n  server web-02 weight 100\n");
    }
    [[nodiscard]] Result<void> scanRequests(const RequestScan&, const RequestVisitor&,
                                            std::stop_token) const override {
        return {};
    }
    [[nodiscard]] std::string name(TextField, std::uint32_t) const override { return {}; }
    [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>>
    values(TextField, std::size_t) const override {
        return {};
    }

private:
    static std::unexpected<Error> missing() {
        return std::unexpected(Error{ErrorKind::NotFound, "no such record"});
    }

    void fill(SeriesTable& table, std::size_t b) const {
        const Instant at = table.origin + table.bucket * static_cast<std::int64_t>(b);
        const bool bad = trouble.contains(at);
        const double all = 60 * seconds(table.bucket) *
                           (1 + 0.12 * std::sin(double(b) / 3) + 0.05 * std::sin(double(b) * 1.9));
        Bucket& total = table.total.buckets[b];
        for (std::size_t s = 0; s < 4; ++s) {
            Bucket& bucket = table.series[s].buckets[b];
            const double share = bad ? (s == 1 ? 0.7 : 0.1) : 0.25;
            bucket.requests =
                static_cast<std::uint32_t>(all * share * (1 + 0.06 * std::cos(double(b + s * 7))));
            bucket.failed = bad && s == 1
                                ? bucket.requests * (22 + static_cast<std::uint32_t>(b % 7)) / 100
                                : 0;
            total.requests += bucket.requests;
            total.failed += bucket.failed;
        }
        const std::int64_t wave = static_cast<std::int64_t>(b % 5) * 9'000'000;
        total.p50 = (bad ? 2'096'000'000 : 141'000'000) + wave;
        total.p95 = (bad ? 2'707'000'000 : 345'000'000) + wave * 2;
        total.p99 = (bad ? 3'010'000'000 : 420'000'000) + wave * 4;
    }
};

} // namespace postlude
