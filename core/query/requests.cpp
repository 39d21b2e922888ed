// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/requests.h"
#include "core/query/detail/parallel.h"

#include <algorithm>
#include <set>

namespace postlude {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The digits at the front without leading zeros; takes them off `text`.
std::string_view takeNumber(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

bool overlaps(const State& state, const SegmentState& segment, const Window& window,
              ClockView clock) {
    return state.begins(segment, clock) < nanoseconds(window.to) &&
           state.ends(segment, clock) >= nanoseconds(window.from);
}

template <class Value>
std::span<const Value> gathered(std::span<const Value> column,
                                const std::vector<std::uint32_t>& rows, std::vector<Value>& to) {
    if (rows.size() == column.size() || column.empty()) return column;
    to.clear();
    to.reserve(rows.size());
    for (const std::uint32_t row : rows)
        to.push_back(column[row]);
    return to;
}

/// Columns with only the rows that count, where those are not all.
struct Gathered {
    std::vector<RecordId> ids;
    std::vector<std::int64_t> start;
    std::array<std::vector<std::int64_t>, 7> numbers;
    std::array<std::vector<std::uint32_t>, 8> codes;
    std::vector<std::uint8_t> probe;
};

/// Codes of backend and server.
using ServerPairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

void addStoredServers(const Snapshot& in, const SegmentState& segment, ServerPairs& pairs) {
    const std::uint32_t own = ownServer(in, segment);
    const auto stored = in.columns.series(segment.info.number); // held: others may drop it
    for (const StoredBucket& bucket : *stored) {
        const std::uint32_t server = bucket.server != 0 ? bucket.server : own;
        if (server != 0) pairs.emplace(bucket.backend, server);
    }
}

void addServers(const Snapshot& in, const SegmentState& segment, ServerPairs& pairs) {
    RequestBatch::Wanted wanted;
    wanted.everyTime = true;
    RequestBatch batch(in, segment, wanted);
    const auto backends = batch.codes(TextField::Backend);
    const auto servers = batch.servers();
    std::pair<std::uint32_t, std::uint32_t> last;
    for (const std::uint32_t row : batch.rows()) {
        const std::pair pair(backends[row], servers[row]);
        if (pair.second != 0 && pair != last) pairs.insert(pair);
        last = pair;
    }
}

/// Only the columns asked for are decoded.
class Chunking {
public:
    Chunking(RequestBatch& batch, std::uint32_t columns, Gathered& to)
        : batch_(batch)
        , columns_(columns)
        , to_(to) {}

    RequestChunk chunk() {
        const auto& rows = batch_.rows();
        RequestChunk out;
        to_.ids.clear();
        to_.ids.reserve(rows.size());
        for (const std::uint32_t row : rows)
            to_.ids.push_back(recordId(batch_.segment().info.number, row));
        out.source = batch_.segment().info.source;
        out.ids = to_.ids;
        out.start = gathered(std::span<const std::int64_t>(batch_.start()), rows, to_.start);
        out.duration = number(kDurationColumn, NumberField::Duration, 0);
        out.response = number(kResponseColumn, NumberField::Response, 1);
        out.queue = number(kQueueColumn, NumberField::Queue, 2);
        out.connect = number(kConnectColumn, NumberField::Connect, 3);
        out.status = number(kStatusColumn, NumberField::Status, 4);
        out.bytes = number(kBytesColumn, NumberField::BytesSent, 5);
        out.retries = number(kRetriesColumn, NumberField::Retries, 6);
        out.client = code(kClientColumn, TextField::ClientIp, 0);
        out.backend = code(kServerColumns, TextField::Backend, 1);
        if (wants(kServerColumns)) out.server = gathered(batch_.servers(), rows, to_.codes[2]);
        out.method = code(kMethodColumn, TextField::Method, 3);
        out.termination = code(kTerminationColumn, TextField::Termination, 4);
        out.path = texts(kPathColumn, TextField::Path, 5);
        out.requestId = texts(kRequestIdColumn, TextField::RequestId, 6);
        out.clientText = texts(kClientTextColumn, TextField::ClientIp, 7);
        out.probe = gathered(std::span<const std::uint8_t>(batch_.probe()), rows, to_.probe);
        return out;
    }

private:
    [[nodiscard]] bool wants(RequestColumns column) const { return (columns_ & column) != 0; }
    std::span<const std::int64_t> number(RequestColumns column, NumberField field,
                                         std::size_t slot) {
        if (!wants(column)) return {};
        return gathered(batch_.numbers(field), batch_.rows(), to_.numbers[slot]);
    }
    std::span<const std::uint32_t> code(RequestColumns column, TextField field, std::size_t slot) {
        if (!wants(column)) return {};
        return gathered(batch_.codes(field), batch_.rows(), to_.codes[slot]);
    }
    ChunkTexts texts(RequestColumns column, TextField field, std::size_t slot) {
        if (!wants(column)) return {};
        const TextColumn& all = batch_.texts(field);
        return {gathered(std::span<const std::uint32_t>(all.codes), batch_.rows(), to_.codes[slot]),
                &all.dictionary};
    }

    RequestBatch& batch_;
    std::uint32_t columns_;
    Gathered& to_;
};

RequestBatch::Wanted wantedBy(const RequestScan& scan) {
    RequestBatch::Wanted wanted;
    wanted.everyTime = !scan.window;
    if (scan.window) wanted.window = *scan.window;
    wanted.clock = scan.clock;
    wanted.probes = scan.probes;
    return wanted;
}

/// So many segments would push everything else out of the memory for columns, and be gone
/// themselves when they are asked for again.
bool isLong(const std::vector<const SegmentState*>& segments) {
    constexpr std::size_t kKept = 32;
    return segments.size() > kKept;
}

struct Timed {
    std::int64_t first = 0;
    const SegmentState* segment = nullptr;
};

std::vector<Timed> byTime(const Snapshot& in, const std::vector<const SegmentState*>& segments,
                          ClockView clock) {
    std::vector<Timed> out;
    for (const SegmentState* s : segments)
        out.push_back({in.state->begins(*s, clock), s});
    std::ranges::stable_sort(out, {}, &Timed::first);
    return out;
}

} // namespace

bool naturallyLess(std::string_view a, std::string_view b) {
    const std::string_view wholeA = a, wholeB = b;
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view x = takeNumber(a), y = takeNumber(b);
            if (x.size() != y.size()) return x.size() < y.size();
            if (x != y) return x < y;
        } else {
            if (a.front() != b.front()) return a.front() < b.front();
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
    }
    return a.empty() != b.empty() ? a.empty() : wholeA < wholeB;
}

RequestBatch::RequestBatch(const Snapshot& in, const SegmentState& segment, const Wanted& wanted)
    : in_(in)
    , segment_(segment)
    , start_(timesOf(in, segment, wanted.clock))
    , probe_(in.probes.of(*in.state, segment)) {
    chooseRows(wanted);
}

void RequestBatch::chooseRows(const Wanted& wanted) {
    std::shared_ptr<const std::vector<std::uint8_t>> kinds;
    if (!segment_.hasOnly(RecordKind::Request)) kinds = in_.columns.kind(segment_.info.number);
    const Mask passes = wanted.filter ? wanted.filter->mask(segment_) : Mask{};
    const std::int64_t from = nanoseconds(wanted.window.from), to = nanoseconds(wanted.window.to);
    for (std::uint32_t row = 0; row < segment_.info.rows; ++row) {
        if (kinds && static_cast<RecordKind>((*kinds)[row]) != RecordKind::Request) continue;
        if (!wanted.everyTime && (start_[row] < from || start_[row] >= to)) continue;
        if ((*probe_)[row] != 0 && !wanted.probes) continue;
        if (!passes.empty() && passes[row] == 0) continue;
        rows_.push_back(row);
    }
}

std::span<const std::int64_t> RequestBatch::numbers(NumberField field) {
    static const Numbers absent(kSegmentRows, kAbsent);
    const auto column = in_.columns.number(segment_.info.number, field);
    if (column->empty()) return {absent.data(), size()};
    held_.push_back(column);
    return *column;
}

std::span<const std::uint32_t> RequestBatch::codes(TextField field) {
    static const Codes absent(kSegmentRows, 0);
    const auto column = in_.columns.codes(segment_.info.number, field);
    if (column->empty()) return {absent.data(), size()};
    held_.push_back(column);
    return *column;
}

const TextColumn& RequestBatch::texts(TextField field) {
    const auto column = in_.columns.text(segment_.info.number, field);
    held_.push_back(column);
    return *column;
}

std::span<const std::uint32_t> RequestBatch::servers() {
    const auto named = codes(TextField::Server);
    const std::uint32_t host = ownServer(in_, segment_);
    if (host == 0) return named;
    auto filled = std::make_shared<Codes>(named.begin(), named.end());
    std::ranges::replace(*filled, 0U, host);
    held_.push_back(filled);
    return *filled;
}

std::uint32_t ownServer(const Snapshot& in, const SegmentState& segment) {
    const SourceInfo& source = in.state->sources[segment.source].info;
    if (source.role == SourceRole::Balancer || source.host.empty()) return 0;
    return in.columns.codeOf(TextField::Server, source.host);
}

std::vector<const SegmentState*> requestSegments(const State& state, RequestScope scope,
                                                 const std::vector<SourceId>& sources,
                                                 const std::optional<Window>& window,
                                                 ClockView clock) {
    std::vector<const SegmentState*> chosen;
    for (const SegmentState& segment : state.segments) {
        const SourceState& source = state.sources[segment.source];
        const bool asked = sources.empty()
                               ? state.inScope(source, scope)
                               : std::ranges::find(sources, source.info.id) != sources.end();
        if (!asked || !segment.has(RecordKind::Request)) continue;
        if (window && !overlaps(state, segment, *window, clock)) continue;
        chosen.push_back(&segment);
    }
    return chosen;
}

void visitRequests(const Snapshot& in, const RequestScan& scan, const RequestVisitor& visit,
                   const std::stop_token& stop) {
    const RequestBatch::Wanted wanted = wantedBy(scan);
    Gathered gathered;
    const auto segments =
        requestSegments(*in.state, scan.scope, scan.sources, scan.window, scan.clock);
    for (const SegmentState* segment : segments) {
        checkStop(stop);
        RequestBatch batch(in, *segment, wanted);
        if (!batch.rows().empty()) visit(Chunking(batch, scan.columns, gathered).chunk());
        if (isLong(segments)) in.columns.forget(segment->info.number);
    }
}

namespace {

constexpr std::string_view kExtra = "extra:";

/// Where the rows that count of one more field stand while they are shown.
struct GatheredField {
    std::shared_ptr<const TextColumn> texts;
    std::shared_ptr<const Numbers> all;
    std::vector<std::uint32_t> codes;
    std::vector<std::int64_t> numbers;
};

FieldColumn columnOf(const Snapshot& in, RequestBatch& batch, const std::string& field,
                     GatheredField& to) {
    const std::uint32_t segment = batch.segment().info.number;
    FieldColumn out;
    if (const auto number = numberFieldNamed(field)) {
        to.all = in.columns.number(segment, *number);
        out.numbers = gathered(std::span<const std::int64_t>(*to.all), batch.rows(), to.numbers);
        return out;
    }
    const auto text = textFieldNamed(field);
    to.texts = text ? in.columns.text(segment, *text) : in.columns.extra(segment, field);
    out.texts = {gathered(std::span<const std::uint32_t>(to.texts->codes), batch.rows(), to.codes),
                 &to.texts->dictionary};
    return out;
}

/// Without the text of a source nobody can say which of its rows are meant.
Mask maskOf(FilterRun& run, const SegmentState& segment) {
    try {
        return run.mask(segment);
    } catch (SourceMissing& lost) {
        throw QueryFailure{std::move(lost.error)};
    }
}

} // namespace

void visitFields(const Snapshot& in, const FieldScan& scan, const FieldVisitor& visit,
                 const std::stop_token& stop) {
    const RequestScan& requests = scan.requests;
    const RequestBatch::Wanted wanted = wantedBy(requests);
    FilterRun marks(in, scan.mark, stop);
    Gathered gatheredRequests;
    std::vector<GatheredField> held(scan.fields.size());
    std::vector<FieldColumn> columns(scan.fields.size());
    Mask marked;
    for (const SegmentState* segment : requestSegments(*in.state, requests.scope, requests.sources,
                                                       requests.window, requests.clock)) {
        checkStop(stop);
        RequestBatch batch(in, *segment, wanted);
        if (batch.rows().empty()) continue;
        for (std::size_t i = 0; i < scan.fields.size(); ++i)
            columns[i] = columnOf(in, batch, scan.fields[i], held[i]);
        const Mask passes = scan.mark.passesAll() ? Mask(batch.size(), 1) : maskOf(marks, *segment);
        const auto chunk = Chunking(batch, requests.columns, gatheredRequests).chunk();
        visit({chunk, columns,
               gathered(std::span<const std::uint8_t>(passes), batch.rows(), marked)});
    }
}

std::vector<std::string> requestFieldsIn(const State& state, RequestScope scope) {
    std::set<std::string> names;
    for (const SegmentState* segment : requestSegments(state, scope, {}, {}, ClockView::Raw)) {
        if (!segment->index) continue;
        for (const ColumnSummary& column : segment->index->columns) {
            const std::string_view name = column.name;
            if (name.starts_with(kExtra))
                names.emplace(name.substr(kExtra.size()));
            else if (name.starts_with("text:"))
                names.emplace(name.substr(5));
            else if (numberFieldNamed(name))
                names.emplace(name);
        }
    }
    return {names.begin(), names.end()};
}

void visitMessages(const Snapshot& in, const MessageScan& scan, const MessageVisitor& visit,
                   const std::stop_token& stop) {
    std::vector<RecordId> ids;
    std::vector<std::int64_t> times;
    std::vector<std::uint8_t> levels;
    std::vector<std::uint32_t> codes;
    for (const SegmentState& segment : in.state->segments) {
        if (scan.kinds != 0 && (segment.info.kinds & scan.kinds) == 0) continue;
        if (!scan.sources.empty() &&
            std::ranges::find(scan.sources, segment.info.source) == scan.sources.end())
            continue;
        checkStop(stop);
        const std::uint32_t number = segment.info.number;
        const auto message = in.columns.text(number, TextField::Message);
        if (message->codes.empty()) continue;
        const auto kinds = in.columns.kind(number), level = in.columns.level(number);
        const auto time = timesOf(in, segment, scan.clock);
        ids.clear(), times.clear(), levels.clear(), codes.clear();
        for (std::uint32_t row = 0; row < segment.info.rows; ++row) {
            const unsigned kind = kinds->empty() ? 0 : (*kinds)[row];
            if (scan.kinds != 0 && (scan.kinds >> kind & 1U) == 0) continue;
            if (message->codes[row] == 0) continue;
            ids.push_back(recordId(number, row));
            times.push_back(time[row]);
            levels.push_back(level->empty() ? std::uint8_t(0) : (*level)[row]);
            codes.push_back(message->codes[row]);
        }
        if (!ids.empty())
            visit({segment.info.source, ids, times, levels, {codes, &message->dictionary}});
    }
}

void visitConcurrently(const Snapshot& in, const RequestScan& scan, const ConcurrentVisitor& visit,
                       const std::stop_token& stop) {
    const RequestBatch::Wanted wanted = wantedBy(scan);
    const auto segments =
        requestSegments(*in.state, scan.scope, scan.sources, scan.window, scan.clock);
    const auto order = byTime(in, segments, scan.clock);
    const std::size_t workers = workersFor(order.size());
    std::vector<Gathered> gathered(workers);
    inParallel(order.size(), workers, [&](std::size_t worker, std::size_t piece) {
        checkStop(stop);
        const SegmentState& segment = *order[piece].segment;
        RequestBatch batch(in, segment, wanted);
        const bool last = piece + 1 == order.size();
        visit(Chunking(batch, scan.columns, gathered[worker]).chunk(),
              {piece, order.size(),
               last ? std::numeric_limits<std::int64_t>::max() : order[piece + 1].first});
        if (isLong(segments)) in.columns.forget(segment.info.number);
    });
}

Result<void> Query::scanConcurrently(const RequestScan& scan, const ConcurrentVisitor& visit,
                                     std::stop_token stop) const {
    ChunkPlace place;
    const auto one = [&](const RequestChunk& chunk) {
        visit(chunk, place);
        ++place.number;
    };
    return scanRequests(scan, one, std::move(stop));
}

std::vector<ServerKey> serversIn(const Snapshot& in) {
    ServerPairs pairs;
    for (const SegmentState* segment :
         requestSegments(*in.state, RequestScope::Balancer, {}, {}, ClockView::Raw))
        hasAllStored(*segment, false) ? addStoredServers(in, *segment, pairs)
                                      : addServers(in, *segment, pairs);
    std::vector<ServerKey> keys;
    for (const auto& [backend, server] : pairs)
        keys.push_back({in.columns.name(TextField::Backend, backend),
                        in.columns.name(TextField::Server, server)});
    std::ranges::sort(keys, [](const ServerKey& a, const ServerKey& b) {
        return a.backend != b.backend ? naturallyLess(a.backend, b.backend)
                                      : naturallyLess(a.server, b.server);
    });
    return keys;
}

} // namespace postlude
