// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/series/series.h"
#include "core/series/outcome.h"
#include "core/series/probe.h"
#include "core/series/sketch.h"

#include <tuple>

namespace postlude {

namespace {

/// start, backend's code, server's code
using Key = std::tuple<std::int64_t, std::uint32_t, std::uint32_t>;

struct Sum {
    SeriesRow row;
    Sketch durations;
};

const TextColumn& texts(const Segment& segment, TextField field) {
    return segment.texts[static_cast<std::size_t>(field)];
}

std::uint32_t codeAt(const TextColumn& column, std::size_t row) {
    return column.codes.empty() ? 0 : column.codes[row];
}

std::string_view textAt(const TextColumn& column, std::uint32_t code) {
    return code == 0 ? std::string_view{} : column.dictionary[code - 1];
}

std::int64_t numberAt(const Segment& segment, NumberField field, std::size_t row) {
    const auto& column = segment.numbers[static_cast<std::size_t>(field)];
    return column.empty() ? kAbsent : column[row];
}

std::int64_t bucketStart(std::int64_t time) {
    const std::int64_t width = kSeriesBucket.count();
    const std::int64_t rest = time % width;
    return time - (rest < 0 ? rest + width : rest);
}

void addRequest(const Segment& segment, std::size_t row, Sum& to) {
    const TextColumn& termination = texts(segment, TextField::Termination);
    const std::int64_t status = numberAt(segment, NumberField::Status, row);
    const std::int64_t duration = numberAt(segment, NumberField::Duration, row);
    const std::int64_t bytes = numberAt(segment, NumberField::BytesSent, row);
    ++to.row.requests;
    if (isFailure(status, textAt(termination, codeAt(termination, row))))
        ++to.row.failed;
    else if (isAnswered(status) && duration > kSeriesSlow.count())
        ++to.row.slow;
    if (bytes > 0) to.row.bytes += static_cast<std::uint64_t>(bytes);
    to.durations.add(duration);
}

/// Finds the sum of a row. Rows of one server mostly fall into the bucket of the one before.
class Sums {
public:
    Sums(const TextColumn& backend, const TextColumn& server)
        : servers_(server.dictionary.size() + 1) {
        const std::size_t pairs = (backend.dictionary.size() + 1) * servers_;
        if (pairs <= kMostPairs) last_.resize(pairs);
    }
    Sum& at(std::int64_t start, std::uint32_t backend, std::uint32_t server) {
        if (last_.empty()) return all_[{start, backend, server}];
        Last& last = last_[backend * servers_ + server];
        if (last.sum == nullptr || last.start != start)
            last = {start, &all_[{start, backend, server}]};
        return *last.sum;
    }
    [[nodiscard]] std::map<Key, Sum>& all() { return all_; }

private:
    static constexpr std::size_t kMostPairs = 65'536;
    struct Last {
        std::int64_t start = 0;
        Sum* sum = nullptr;
    };
    std::map<Key, Sum> all_;
    std::vector<Last> last_; // by backend and server
    std::size_t servers_;
};

} // namespace

std::vector<SeriesRow> seriesOf(const Segment& segment) {
    const TextColumn& backend = texts(segment, TextField::Backend);
    const TextColumn& server = texts(segment, TextField::Server);
    const std::vector<std::uint8_t> probes = mayBeProbes(segment);
    Sums sums(backend, server);
    for (std::size_t row = 0; row < segment.rows; ++row) {
        if (static_cast<RecordKind>(segment.kind[row]) != RecordKind::Request) continue;
        if (segment.time[row] == kAbsent) continue;
        Sum& sum =
            sums.at(bucketStart(segment.time[row]), codeAt(backend, row), codeAt(server, row));
        addRequest(segment, row, sum);
        sum.row.mayBeProbes += probes[row];
    }
    std::vector<SeriesRow> rows;
    for (auto& [key, sum] : sums.all()) {
        SeriesRow& row = rows.emplace_back(std::move(sum.row));
        row.start = std::get<0>(key);
        row.backend = textAt(backend, std::get<1>(key));
        row.server = textAt(server, std::get<2>(key));
        row.durations = sum.durations.bytes();
    }
    return rows;
}

EncodedSegment encodeWithSeries(SegmentBuilder& builder) {
    const Segment& segment = builder.segment();
    EncodedSegment encoded = encodedSegment(segment, seriesOf(segment));
    builder.clear();
    return encoded;
}

} // namespace postlude
