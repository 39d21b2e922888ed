// SPDX-License-Identifier: GPL-3.0-or-later
// Stretches of records, column by column, as Query::scan…() hands them to its visitors.
#pragma once

#include "core/case/case.h"
#include "core/case/text_list.h"
#include "core/format/record.h"
#include "core/query/filter.h"

#include <functional>
#include <limits>
#include <span>

namespace postlude {

/// Whether times are shown as the hosts wrote them or with known clock offsets taken out.
enum class ClockView : std::uint8_t { Corrected, Raw };

/// Which requests count. Balancer: those that balancers logged, or, in a bundle without a
/// balancer's log, all. Each request then counts once.
enum class RequestScope : std::uint8_t { Balancer, Servers, All };

/// Texts that may all be different, so that no dictionary of all of them is kept.
struct ChunkTexts {
    std::span<const std::uint32_t> codes; ///< one a row, of this chunk alone; 0 = absent
    const TextList* texts = nullptr;      ///< of code n at n − 1; may hold a text twice
    [[nodiscard]] std::uint32_t code(std::size_t row) const {
        return row < codes.size() ? codes[row] : 0;
    }
    [[nodiscard]] std::string_view text(std::uint32_t code) const {
        return code == 0 || !texts ? std::string_view{} : (*texts)[code - 1];
    }
};

/// Columns of a RequestChunk that a scan may do without; bits.
enum RequestColumns : std::uint32_t {
    kDurationColumn = 1,
    kResponseColumn = 2,
    kQueueColumn = 4,
    kConnectColumn = 8,
    kStatusColumn = 16,
    kBytesColumn = 32,
    kClientColumn = 64,
    kServerColumns = 128, ///< backend and server
    kMethodColumn = 256,
    kTerminationColumn = 512,
    kPathColumn = 1024,
    kRequestIdColumn = 2048,
    kClientTextColumn = 4096,
    kRetriesColumn = 8192,
    kAllColumns = 16383
};

/// A stretch of requests, column by column, for analysis. Codes index the query's dictionaries
/// (Query::name). Spans hold until the visitor returns; those not asked for are empty. Rows are in
/// file order. Memory is bounded by one stretch a thread and the distinct clients (if their codes
/// are asked for), servers, methods and terminations.
struct RequestChunk {
    SourceId source = SourceId::None;
    std::span<const RecordId> ids;
    std::span<const std::int64_t> start;    ///< ns since epoch, in the clock asked for
    std::span<const std::int64_t> duration; ///< ns or kAbsent
    std::span<const std::int64_t> response; ///< ns or kAbsent
    std::span<const std::int64_t> queue;    ///< ns or kAbsent
    std::span<const std::int64_t> connect;  ///< ns or kAbsent
    std::span<const std::int64_t> status;   ///< or kAbsent
    std::span<const std::int64_t> bytes;    ///< sent, or kAbsent
    std::span<const std::int64_t> retries;  ///< attempts before the last, or kAbsent
    std::span<const std::uint32_t> client, backend, server, method, termination; ///< 0 = absent
    ChunkTexts path, requestId, clientText;
    std::span<const std::uint8_t> probe; ///< 1: health check or scrape
};
using RequestVisitor = std::function<void(const RequestChunk&)>;

/// Where a chunk stands among those of its scan, which are numbered from 0 by their first start.
struct ChunkPlace {
    std::size_t number = 0, of = 0; ///< `of` is 0 where it is not known beforehand
    /// Nothing in a chunk with a higher number starts before; the least number if not known.
    std::int64_t later = std::numeric_limits<std::int64_t>::min();
};
using ConcurrentVisitor = std::function<void(const RequestChunk&, const ChunkPlace&)>;

struct RequestScan {
    std::optional<Window> window;  ///< by start, in the clock asked for
    std::vector<SourceId> sources; ///< empty: those of the scope
    RequestScope scope = RequestScope::Balancer;
    ClockView clock = ClockView::Corrected;
    bool probes = false;
    std::uint32_t columns = kAllColumns; ///< RequestColumns
};

struct FieldScan {
    RequestScan requests;
    std::vector<std::string> fields; ///< as in filters: "user_agent", "retries", an extra field
    Filter mark = {};                ///< says which rows of FieldChunk are marked
};

/// One of them is set; neither if no request of the stretch has the field.
struct FieldColumn {
    ChunkTexts texts;
    std::span<const std::int64_t> numbers; ///< or kAbsent; durations in ns
};

struct FieldChunk {
    const RequestChunk& requests;
    std::span<const FieldColumn> fields;  ///< in the order asked for
    std::span<const std::uint8_t> marked; ///< 1: passes FieldScan::mark
};
using FieldVisitor = std::function<void(const FieldChunk&)>;

struct MessageScan {
    std::uint32_t kinds = 0;            ///< bit i = RecordKind i; 0: all
    std::vector<SourceId> sources = {}; ///< empty: all
    ClockView clock = ClockView::Corrected;
};

/// A stretch of records of one source. One without a time stands where the one before it does.
struct MessageChunk {
    SourceId source = SourceId::None;
    std::span<const RecordId> ids;
    std::span<const std::int64_t> time; ///< ns since epoch, in the clock asked for
    std::span<const std::uint8_t> level;
    ChunkTexts message;
};
using MessageVisitor = std::function<void(const MessageChunk&)>;

} // namespace postlude
