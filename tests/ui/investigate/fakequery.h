// SPDX-License-Identifier: GPL-3.0-or-later
// A query over records made up by a test.
#pragma once

#include "core/query/query.h"

#include <algorithm>

namespace postlude {

class FakeQuery : public Query {
public:
    std::vector<SourceInfo> known;
    std::vector<ServerKey> backends;
    std::vector<RecordRow> rows; ///< RecordId = place; by time
    std::string raw;             ///< of every record

    RecordRow& add(RecordKind kind, Instant time) {
        RecordRow row;
        row.id = RecordId{rows.size()};
        row.source = SourceId{1};
        row.line = rows.size() + 1;
        row.kind = kind;
        row.time = row.timeRaw = time;
        row.numbers.fill(kAbsent);
        rows.push_back(row);
        return rows.back();
    }
    static void set(RecordRow& row, TextField field, const std::string& text) {
        row.texts[static_cast<std::size_t>(field)] = text;
    }
    static void set(RecordRow& row, NumberField field, std::int64_t number) {
        row.numbers[static_cast<std::size_t>(field)] = number;
    }
    [[nodiscard]] RecordList list() const {
        RecordList all;
        for (const RecordRow& row : rows)
            all.add(*row.time, row.id);
        return all;
    }

    Result<void> refresh() override { return {}; }
    [[nodiscard]] std::vector<SourceInfo> sources() const override { return known; }
    [[nodiscard]] Window span(ClockView) const override { return {}; }
    [[nodiscard]] std::vector<ServerKey> servers() const override { return backends; }
    [[nodiscard]] Result<SeriesTable> series(const SeriesRequest&, std::stop_token) const override {
        return SeriesTable{};
    }
    [[nodiscard]] Result<RecordList> select(const RecordsRequest& request, std::stop_token,
                                            const FoundSink&) const override {
        RecordList found;
        for (const RecordRow& row : rows) {
            const auto bit = 1U << static_cast<unsigned>(row.kind);
            if (request.kinds != 0 && !(request.kinds & bit)) continue;
            found.add(*row.time, row.id);
        }
        return found;
    }
    [[nodiscard]] Result<RecordRow> record(RecordId id) const override {
        const auto at = static_cast<std::size_t>(id);
        if (at >= rows.size()) return std::unexpected(Error{ErrorKind::NotFound, "No such record"});
        return rows[at];
    }
    [[nodiscard]] Result<std::string> rawText(RecordId) const override { return raw; }
    [[nodiscard]] Result<RecordId> recordAtLine(SourceId, std::uint64_t line) const override {
        return RecordId{line - 1};
    }
    [[nodiscard]] Result<std::string> document(SourceId) const override { return std::string{}; }
    [[nodiscard]] Result<void> scanRequests(const RequestScan&, const RequestVisitor&,
                                            std::stop_token) const override {
        return {};
    }
    [[nodiscard]] std::string name(TextField, std::uint32_t) const override { return {}; }
    [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>>
    values(TextField, std::size_t) const override {
        return {};
    }
};

} // namespace postlude
