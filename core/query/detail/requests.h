// SPDX-License-Identifier: GPL-3.0-or-later
// The requests of a segment with the columns a question needs.
#pragma once

#include "core/query/detail/filter_run.h"

#include <initializer_list>

namespace postlude {

class RequestBatch {
public:
    struct Wanted {
        Window window;
        bool everyTime = false; ///< `window` does not count
        ClockView clock = ClockView::Corrected;
        bool probes = false;
        FilterRun* filter = nullptr; ///< null: all pass
    };
    RequestBatch(const Snapshot& in, const SegmentState& segment, const Wanted& wanted);

    [[nodiscard]] const SegmentState& segment() const { return segment_; }
    [[nodiscard]] std::size_t size() const { return segment_.info.rows; } ///< of every column
    [[nodiscard]] const std::vector<std::uint32_t>& rows() const { return rows_; } ///< that count
    [[nodiscard]] const std::vector<std::int64_t>& start() const { return start_; }
    [[nodiscard]] const std::vector<std::uint8_t>& probe() const { return *probe_; }

    // One value a row, whether it counts or not; kAbsent and 0 where the column is absent. They
    // hold as long as the batch.
    std::span<const std::int64_t> numbers(NumberField field);
    std::span<const std::uint32_t> codes(TextField field);
    /// Codes of this segment alone; none if the column is absent.
    const TextColumn& texts(TextField field);
    /// As codes(Server); where servers write logs of their own and a line names none, the host.
    std::span<const std::uint32_t> servers();

private:
    void chooseRows(const Wanted& wanted);

    const Snapshot& in_;
    const SegmentState& segment_;
    std::vector<std::int64_t> start_;
    std::shared_ptr<const std::vector<std::uint8_t>> probe_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::shared_ptr<const void>> held_;
};

/// Do the stored series say all of its requests, health checks left out or not?
inline bool hasAllStored(const SegmentState& segment, bool probes) {
    return segment.everyTimed && (probes || !segment.mayHoldProbes);
}
/// The server of a request that names none, where servers write logs of their own: the host.
std::uint32_t ownServer(const Snapshot& in, const SegmentState& segment);

/// The segments that have requests of that scope, of those sources (empty: all) in that window.
std::vector<const SegmentState*> requestSegments(const State& state, RequestScope scope,
                                                 const std::vector<SourceId>& sources,
                                                 const std::optional<Window>& window,
                                                 ClockView clock);

Result<SeriesTable> countSeries(const Snapshot& in, const SeriesRequest& request,
                                const std::stop_token& stop);
void visitRequests(const Snapshot& in, const RequestScan& scan, const RequestVisitor& visit,
                   const std::stop_token& stop);
void visitFields(const Snapshot& in, const FieldScan& scan, const FieldVisitor& visit,
                 const std::stop_token& stop);
std::vector<std::string> requestFieldsIn(const State& state, RequestScope scope);
void visitMessages(const Snapshot& in, const MessageScan& scan, const MessageVisitor& visit,
                   const std::stop_token& stop);
void visitConcurrently(const Snapshot& in, const RequestScan& scan, const ConcurrentVisitor& visit,
                       const std::stop_token& stop);
std::vector<ServerKey> serversIn(const Snapshot& in);
RecordList selectRecords(const Snapshot& in, const RecordsRequest& request,
                         const std::stop_token& stop, const FoundSink& tell);
RecordCount countRecords(const Snapshot& in, const RecordsRequest& request,
                         const std::stop_token& stop);
RecordRow recordAt(const Snapshot& in, RecordId id);
std::string rawTextAt(const Snapshot& in, RecordId id);
/// Can records of the segment be among those asked for? As far as sources, kinds and times tell.
bool isAsked(const RecordsRequest& request, const State& state, const SegmentState& segment);
RecordId recordAtLine(const Snapshot& in, SourceId source, std::uint64_t line);

/// "app2" before "app10".
bool naturallyLess(std::string_view a, std::string_view b);

} // namespace postlude
