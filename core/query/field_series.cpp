// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/field_series.h"

#include "core/series/sketch.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace postlude {

namespace {

constexpr std::size_t kMostRecords = 500'000; ///< that are read one by one
constexpr std::size_t kMostBuckets = 10'000;
constexpr std::size_t kMostGroups = 2'000;  ///< told apart while reading
constexpr std::size_t kMostCells = 500'000; ///< buckets of all groups, some 60 bytes each
constexpr double kScale = 1000;             ///< sketches hold whole numbers

struct Group {
    std::string name;
    ServerKey key;
    std::uint64_t all = 0;
    std::vector<Sketch> values;
    std::vector<std::uint32_t> counts;
};

std::optional<double> numberIn(std::string_view text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return {};
    return value;
}

/// 192.0.2.7 is of 192.0.2.0/24, 2001:db8:1:2::7 of 2001:db8:1:2::/64.
std::string networkOf(std::string_view address) {
    if (const auto dot = address.rfind('.');
        dot != address.npos && address.find(':') == address.npos)
        return std::string(address.substr(0, dot)) + ".0/24";
    std::size_t at = 0;
    for (int parts = 0; parts < 4 && at != address.npos; ++parts) {
        const std::size_t next = address.find(':', at);
        if (next == address.npos) return std::string(address);
        if (next + 1 < address.size() && address[next + 1] == ':')
            return std::string(address.substr(0, next)) + "::/64";
        at = next + 1;
    }
    return std::string(address.substr(0, at - 1)) + "::/64";
}

class Collector {
public:
    Collector(const Query& query, const FieldSeriesRequest& request)
        : query_(query)
        , request_(request)
        , buckets_(std::clamp<std::size_t>(
              static_cast<std::size_t>((request.window.length() + request.bucket - Duration{1}) /
                                       request.bucket),
              1, kMostBuckets))
        , mostGroups_(std::clamp(kMostCells / buckets_, std::min(request.most + 1, kMostGroups),
                                 kMostGroups)) {
        const auto number = numberFieldNamed(request.field);
        duration_ = number && isDuration(*number);
        for (const SourceInfo& source : query.sources())
            sources_.emplace(static_cast<std::uint32_t>(source.id), source);
    }

    [[nodiscard]] std::size_t found() const { return found_; }

    void take(const FieldChunk& chunk) {
        groupOfCode_.clear();
        const FieldColumn* column =
            request_.field.empty() || chunk.fields.empty() ? nullptr : &chunk.fields.front();
        for (std::size_t row = 0; row < chunk.requests.ids.size(); ++row) {
            if (row < chunk.marked.size() && chunk.marked[row] == 0) continue;
            const auto value = column ? valueAt(*column, row) : std::optional(0.0);
            if (value)
                put(instant(chunk.requests.start[row]), *value, groupAt(chunk.requests, row));
        }
    }

    void take(const RecordRow& row, Instant at) {
        std::optional<double> value;
        if (const auto number = numberFieldNamed(request_.field)) {
            if (const std::int64_t n = row[*number]; n != kAbsent) value = static_cast<double>(n);
        } else {
            for (const auto& [name, text] : row.extra)
                if (name == request_.field) value = numberIn(text);
        }
        if (value) put(at, *value, groupOfSource(row.source));
    }

    FieldSeries series() {
        FieldSeries series{request_.window.from, request_.bucket, {}, false};
        std::vector<Group*> order;
        for (Group& group : groups_)
            order.push_back(&group);
        // What is not told apart is no group, however much it is.
        const auto rank = [this](const Group* group) {
            return overflow_ && group == &groups_[*overflow_] ? 0 : group->all + 1;
        };
        std::ranges::stable_sort(order, std::greater{}, rank);
        const std::size_t own =
            std::min(order.size() - (overflow_ ? 1 : 0), std::max<std::size_t>(1, request_.most));
        for (std::size_t i = 0; i < own; ++i)
            series.lines.push_back(lineOf(*order[i]));
        if (own == order.size()) return series;
        Group rest = make({}, {});
        for (std::size_t i = own; i < order.size(); ++i)
            for (std::size_t b = 0; b < buckets_; ++b) {
                rest.counts[b] += order[i]->counts[b];
                if (!rest.values.empty()) rest.values[b].merge(order[i]->values[b]);
            }
        series.lines.push_back(lineOf(rest));
        series.lines.back().others = true;
        return series;
    }

private:
    [[nodiscard]] std::optional<double> valueAt(const FieldColumn& column, std::size_t row) const {
        if (row < column.numbers.size())
            return column.numbers[row] == kAbsent
                       ? std::nullopt
                       : std::optional(static_cast<double>(column.numbers[row]));
        const std::uint32_t code = column.texts.code(row);
        return code == 0 ? std::nullopt : numberIn(column.texts.text(code));
    }

    void put(Instant at, double value, std::size_t group) {
        if (value < 0 || at < request_.window.from || at >= request_.window.to) return;
        const auto bucket = static_cast<std::size_t>((at - request_.window.from) / request_.bucket);
        if (bucket >= buckets_) return;
        Group& into = groups_[group];
        ++into.all;
        ++into.counts[bucket];
        ++found_;
        if (into.values.empty()) return;
        const double scaled = duration_ ? value : value * kScale;
        into.values[bucket].add(std::llround(std::min(scaled, 9e18)));
    }

    Group make(std::string name, ServerKey key) const {
        Group group{std::move(name), std::move(key), 0, {}, {}};
        group.counts.resize(buckets_);
        if (!request_.field.empty()) group.values.resize(buckets_);
        return group;
    }

    std::size_t groupNamed(const std::string& name, const ServerKey& key = {}) {
        const auto known = byName_.find(name);
        if (known != byName_.end()) return known->second;
        if (groups_.size() >= mostGroups_) return overflow();
        byName_.emplace(name, groups_.size());
        groups_.push_back(make(name, key));
        return groups_.size() - 1;
    }

    /// What is not told apart any more.
    std::size_t overflow() {
        if (!overflow_) {
            overflow_ = groups_.size();
            groups_.push_back(make({}, {}));
        }
        return *overflow_;
    }

    std::size_t groupOfSource(SourceId id) {
        const auto it = sources_.find(static_cast<std::uint32_t>(id));
        if (it == sources_.end() || request_.group == FieldGroup::None) return groupNamed({});
        return groupNamed(request_.group == FieldGroup::Host ? it->second.host : it->second.path);
    }

    std::size_t groupAt(const RequestChunk& chunk, std::size_t row) {
        switch (request_.group) {
        case FieldGroup::None:
            return groupNamed({});
        case FieldGroup::Host:
        case FieldGroup::Source:
            return byCode(0, [&] { return groupOfSource(chunk.source); });
        case FieldGroup::Status: {
            const std::int64_t status = row < chunk.status.size() ? chunk.status[row] : kAbsent;
            return byCode(static_cast<std::uint64_t>(status), [&] {
                return groupNamed(status == kAbsent ? std::string("–") : std::to_string(status));
            });
        }
        case FieldGroup::Path:
            return byCode(chunk.path.code(row), [&] {
                return groupNamed(pathOf(chunk.path.text(chunk.path.code(row))));
            });
        case FieldGroup::Network:
            return byCode(chunk.clientText.code(row), [&] {
                return groupNamed(networkOf(chunk.clientText.text(chunk.clientText.code(row))));
            });
        default:
            return groupOfServer(chunk, row);
        }
    }

    std::size_t groupOfServer(const RequestChunk& chunk, std::size_t row) {
        const bool servers = request_.group == FieldGroup::Server;
        const std::uint32_t server = servers && row < chunk.server.size() ? chunk.server[row] : 0;
        const std::uint32_t backend = row < chunk.backend.size() ? chunk.backend[row] : 0;
        return byCode(static_cast<std::uint64_t>(backend) << 32 | server, [&] {
            const ServerKey key{query_.name(TextField::Backend, backend),
                                query_.name(TextField::Server, server)};
            const std::string name = servers ? key.server : key.backend;
            return groupNamed(name.empty() ? std::string("–") : name, key);
        });
    }

    static std::string pathOf(std::string_view path) {
        return std::string(path.substr(0, path.find_first_of("?#;")));
    }

    template <class Find>
    std::size_t byCode(std::uint64_t code, Find find) {
        const auto known = groupOfCode_.find(code);
        if (known != groupOfCode_.end()) return known->second;
        const std::size_t group = find();
        groupOfCode_.emplace(code, group);
        return group;
    }

    [[nodiscard]] FieldLine lineOf(const Group& group) const {
        FieldLine line{group.name, group.key, false, group.counts, {}, {}, {}};
        const double scale = duration_ ? 1e-9 : 1 / kScale;
        for (const Sketch& sketch : group.values) {
            const auto at = [&](double q) {
                const auto value = sketch.quantile(q);
                return value ? static_cast<double>(*value) * scale : std::nan("");
            };
            line.p50.push_back(at(0.5));
            line.p95.push_back(at(0.95));
            line.p99.push_back(at(0.99));
        }
        return line;
    }

    const Query& query_;
    const FieldSeriesRequest& request_;
    std::size_t buckets_, mostGroups_;
    bool duration_ = false;
    std::size_t found_ = 0;
    std::optional<std::size_t> overflow_;
    std::vector<Group> groups_;
    std::unordered_map<std::string, std::size_t> byName_;
    std::unordered_map<std::uint64_t, std::size_t> groupOfCode_; ///< of one chunk
    std::unordered_map<std::uint32_t, SourceInfo> sources_;
};

std::uint32_t columnsFor(FieldGroup group) {
    switch (group) {
    case FieldGroup::Server:
    case FieldGroup::Backend:
        return kServerColumns;
    case FieldGroup::Status:
        return kStatusColumn;
    case FieldGroup::Path:
        return kPathColumn;
    case FieldGroup::Network:
        return kClientTextColumn;
    default:
        return 0;
    }
}

/// Fields of programs' messages are read record by record.
Result<bool> readOthers(const Query& query, const FieldSeriesRequest& request, Collector& into,
                        const std::stop_token& stop) {
    RecordsRequest wanted;
    wanted.window = request.window;
    wanted.filter = request.filter;
    wanted.clock = request.clock;
    wanted.kinds = ~(1U << static_cast<unsigned>(RecordKind::Request));
    wanted.limit = kMostRecords + 1;
    const auto list = query.select(wanted, stop);
    if (!list) return std::unexpected(list.error());
    const std::size_t count = std::min(list->size(), kMostRecords);
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 1024 == 0 && stop.stop_requested())
            return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
        const auto row = query.record(list->id(i));
        if (!row) return std::unexpected(row.error());
        into.take(*row, list->time(i));
    }
    return list->size() > kMostRecords;
}

} // namespace

Result<FieldSeries> fieldSeries(const Query& query, const FieldSeriesRequest& request,
                                std::stop_token stop) {
    if (request.window.empty() || request.bucket <= Duration::zero()) return FieldSeries{};
    Collector collector(query, request);
    FieldScan scan;
    scan.requests.window = request.window;
    scan.requests.clock = request.clock;
    scan.requests.columns = columnsFor(request.group);
    if (!request.field.empty()) scan.fields = {request.field};
    scan.mark = request.filter;
    const auto done =
        query.scanFields(scan, [&](const FieldChunk& chunk) { collector.take(chunk); }, stop);
    if (!done) return std::unexpected(done.error());
    if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
    bool cut = false;
    if (collector.found() == 0 && !request.field.empty()) {
        const auto more = readOthers(query, request, collector, stop);
        if (!more) return std::unexpected(more.error());
        cut = *more;
    }
    FieldSeries series = collector.series();
    series.cut = cut;
    return series;
}

} // namespace postlude
