// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/store.h"
#include "core/query/query.h"
#include "core/series/series.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <mutex>
#include <random>
#include <set>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kStart =
    1'705'312'660'000'000'000; // 2024-01-15T09:57:40Z, a multiple of 10 s

struct Row {
    double at = 0; ///< seconds after kStart; below −1000: undated
    int status = 0;
    double ms = -1;
    std::string server = {}, client = "10.0.0.1", path = "/", agent = "Mozilla/5.0",
                termination = {}, message = {};
    RecordKind kind = RecordKind::Request;
    Level level = Level::None;
};

struct Fixture {
    QTemporaryDir dir;
    std::unique_ptr<Case> one;
    std::unique_ptr<Query> query;

    Fixture() {
        one = std::move(*Case::create(dir.filePath("x.postlude").toStdString()));
        query = std::move(*openQuery(*one));
    }

    SourceId source(const std::string& path, SourceRole role, const std::string& host) const {
        SourceInfo info;
        info.path = path;
        info.role = role;
        info.host = host;
        return *one->store().addSource(info);
    }

    void fill(SourceId id, const std::vector<Row>& rows, std::size_t perSegment = 1'000) const {
        SegmentBuilder builder;
        std::string text;
        std::uint64_t line = 0;
        for (const Row& row : rows) {
            const std::string raw = row.path + " " + row.message;
            std::optional<Instant> time;
            if (row.at > -1000) time = instant(kStart) + fromSeconds(row.at);
            builder.add(recordOf(row), time,
                        {++line, 1, text.size(), static_cast<std::uint32_t>(raw.size())});
            text += raw + "\n";
            if (builder.rows() == perSegment) save(id, builder);
        }
        if (!builder.empty()) save(id, builder);
        QVERIFY(one->store().appendText(id, text).has_value());
        QVERIFY(query->refresh().has_value());
    }

    static Record recordOf(const Row& row) {
        Record record;
        record.kind = row.kind;
        record.level = row.level;
        if (!row.message.empty()) record[TextField::Message] = row.message;
        if (row.kind != RecordKind::Request) return record;
        record[TextField::Backend] = "web";
        if (!row.server.empty()) record[TextField::Server] = row.server;
        if (!row.client.empty()) record[TextField::ClientIp] = row.client;
        if (!row.agent.empty()) record[TextField::UserAgent] = row.agent;
        if (!row.termination.empty()) record[TextField::Termination] = row.termination;
        record[TextField::Path] = row.path;
        if (row.status != 0) record[NumberField::Status] = row.status;
        if (row.ms >= 0) record[NumberField::Duration] = static_cast<std::int64_t>(row.ms * 1e6);
        record[NumberField::BytesSent] = 100;
        if (row.status != 0)
            record.extra = {{"sq", row.status >= 500 ? "500" : row.status == 404 ? "404" : "200"}};
        return record;
    }

    void save(SourceId id, SegmentBuilder& builder) const {
        const Segment segment = builder.take();
        QVERIFY(one->store().appendSegment(id, segment, {}, seriesOf(segment)).has_value());
    }

    std::vector<std::uint64_t> lines(const RecordsRequest& request) const {
        std::vector<std::uint64_t> found;
        const RecordList list = *query->select(request, {});
        for (const RecordId id : list.ids())
            found.push_back(query->record(id)->line);
        return found;
    }
};

Window seconds(double from, double to) {
    return {instant(kStart) + fromSeconds(from), instant(kStart) + fromSeconds(to)};
}

std::vector<Row> randomRows(std::size_t count) {
    std::mt19937_64 random(11);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
        Row row;
        row.at = static_cast<double>(random() % 100'000) / 1000.0;
        row.status = std::array{200, 200, 200, 404, 502, 503, 0}[random() % 7];
        row.ms = static_cast<double>(random() % 3'000);
        row.server = std::array<const char*, 4>{"app1", "app2", "app10", ""}[random() % 4];
        row.termination = std::array<const char*, 3>{"sH--", "CD--", "----"}[random() % 3];
        rows.push_back(row);
    }
    return rows;
}

void same(const Series& a, const Series& b) {
    QCOMPARE(a.name, b.name);
    QCOMPARE(a.buckets.size(), b.buckets.size());
    for (std::size_t i = 0; i < a.buckets.size(); ++i) {
        const Bucket &one = a.buckets[i], &other = b.buckets[i];
        QCOMPARE(one.requests, other.requests);
        QCOMPARE(one.failed, other.failed);
        QCOMPARE(one.slow, other.slow);
        QCOMPARE(one.bytes, other.bytes);
        for (const auto quantile : {&Bucket::p50, &Bucket::p95, &Bucket::p99}) {
            const auto x = static_cast<double>(one.*quantile),
                       y = static_cast<double>(other.*quantile);
            QVERIFY2(std::abs(x - y) <= 0.0101 * std::abs(y),
                     qPrintable(QString("%1 %2").arg(x).arg(y)));
        }
    }
}

/// All records, so many at a time.
std::vector<RecordId> pages(const Query& query, bool fileOrder, std::size_t size) {
    std::vector<RecordId> ids;
    RecordsRequest request{.fileOrder = fileOrder, .limit = size};
    while (true) {
        const auto page = *query.select(request, {});
        std::ranges::copy(page.ids(), std::back_inserter(ids));
        if (page.size() < size) return ids;
        request.after = {page.times().back(), page.ids().back()};
    }
}

} // namespace

class TstQuery : public QObject {
    Q_OBJECT
private slots:
    void filters_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("lines");
        QTest::newRow("all") << "" << "1 2 3 4 5 6";
        QTest::newRow("equal") << "server = app1" << "1 3";
        QTest::newRow("and") << "server = app1 and status >= 500" << "3";
        QTest::newRow("or binds weaker")
            << "status = 404 or server = app1 and status = 200" << "1 2";
        QTest::newRow("brackets") << "(status = 404 or server = app1) and not status = 200"
                                  << "2 3";
        QTest::newRow("class") << "status = 5xx" << "3 4";
        QTest::newRow("in") << "status in (404, 503)" << "2 3 4";
        QTest::newRow("not equal takes absent") << "status != 200" << "2 3 4 5 6";
        QTest::newRow("no server") << "kind = request and server = \"\"" << "4";
        QTest::newRow("unit") << "duration_ms > 1.5s" << "3";
        QTest::newRow("no unit") << "duration_ms ≤ 20" << "1 2";
        QTest::newRow("network") << "client_ip = 10.0.0.0/24" << "1 2";
        QTest::newRow("in a network") << "client_ip in 10.0.0.0/24" << "1 2";
        QTest::newRow("not in network") << "kind = request and client_ip != 10.0.0.0/24" << "3 4";
        QTest::newRow("contains") << "path contains CART" << "3 4";
        QTest::newRow("regex") << "path ~ \"^/c.*\\?\"" << "4";
        QTest::newRow("lone word") << "\"pool is EXHAUSTED\"" << "5";
        QTest::newRow("level order") << "level >= warning" << "5";
        QTest::newRow("extra") << "sq > 403" << "2 3 4";
        QTest::newRow("source") << "source contains lb/ and line < 3" << "1 2";
        QTest::newRow("host of the source") << "host = lb-01 and kind = message" << "5 6";
        QTest::newRow("time") << "time >= 2024-01-15T09:57:43Z" << "4 5 6";
        QTest::newRow("quotes inside") << "message contains \"\\\"quoted\\\"\"" << "6";
        QTest::newRow("nothing") << "server = nobody" << "";
    }
    void filters() {
        QFETCH(const QString, filter);
        QFETCH(const QString, lines);
        Fixture f;
        f.fill(f.source("lb/haproxy.log", SourceRole::Balancer, "lb-01"),
               {{.at = 0, .status = 200, .ms = 10, .server = "app1"},
                {.at = 1, .status = 404, .ms = 20, .server = "app2"},
                {.at = 2,
                 .status = 503,
                 .ms = 2000,
                 .server = "app1",
                 .client = "10.1.0.1",
                 .path = "/cart"},
                {.at = 3,
                 .status = 503,
                 .ms = 30,
                 .server = "<NOSRV>",
                 .client = "::1",
                 .path = "/cart?a=1"},
                {.at = 4,
                 .message = "the pool is exhausted",
                 .kind = RecordKind::Message,
                 .level = Level::Error},
                {.at = 5,
                 .message = "a \"quoted\" word",
                 .kind = RecordKind::Message,
                 .level = Level::Info}});
        const auto parsed = Filter::parse(filter.toStdString());
        QVERIFY2(parsed.has_value(), parsed ? "" : describe(parsed.error()).c_str());
        QStringList found;
        for (const auto line : f.lines({.window = {}, .filter = *parsed}))
            found << QString::number(line);
        QCOMPARE(found.join(' '), lines);
    }

    void faultyFilters_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("at");
        QTest::newRow("no comparison") << "status" << 6;
        QTest::newRow("no value") << "status = " << 9;
        QTest::newRow("not a number") << "a = 1 and status = high" << 19;
        QTest::newRow("not closed") << "a = 1 and (b = 2" << 10;
        QTest::newRow("closed twice") << "a = 1) " << 5;
        QTest::newRow("open quote") << "path = \"abc" << 7;
        QTest::newRow("two tests without and") << "a = 1 b = 2" << 6;
        QTest::newRow("bad regex") << "path ~ \"(\"" << 8;
        QTest::newRow("bad network") << "client_ip = 10.0.0.0/64" << 12;
        QTest::newRow("order of texts") << "path < \"a\"" << 5;
        QTest::newRow("contains in a number") << "status contains 5" << 7;
        QTest::newRow("list without brackets") << "status in 5" << 10;
        QTest::newRow("list not closed") << "status in (5, 6" << 15;
        QTest::newRow("nothing after and") << "a = 1 and" << 9;
        QTest::newRow("no such level") << "level = loud" << 8;
        QTest::newRow("endless brackets") << QString(5000, '(') << 100;
    }
    void faultyFilters() {
        QFETCH(const QString, filter);
        QFETCH(const int, at);
        const auto parsed = Filter::parse(filter.toStdString());
        QVERIFY(!parsed.has_value());
        QCOMPARE(parsed.error().kind, ErrorKind::NotUnderstood);
        QCOMPARE(static_cast<int>(parsed.error().place.offset), at);
        QVERIFY(!parsed.error().remedy.empty());
    }

    void failures_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("termination");
        QTest::addColumn<bool>("failed");
        QTest::newRow("fine") << 200 << "----" << false;
        QTest::newRow("not found") << 404 << "----" << false;
        QTest::newRow("503") << 503 << "SC--" << true;
        QTest::newRow("answered, then the client left") << 200 << "CD--" << false;
        QTest::newRow("client left before") << -1 << "CH--" << false;
        QTest::newRow("server timed out") << -1 << "sH--" << true;
        QTest::newRow("nothing known") << 0 << "" << false;
        QTest::newRow("normal end without status") << -1 << "----" << false;
    }
    void failures() {
        QFETCH(const int, status);
        QFETCH(const QString, termination);
        QFETCH(const bool, failed);
        QCOMPARE(isFailure(status, termination.toStdString()), failed);
    }

    void seriesAreARecount() {
        Fixture f;
        const auto rows = randomRows(5'000);
        f.fill(f.source("lb", SourceRole::Balancer, "lb"), rows, 700);
        SeriesRequest request;
        request.window = seconds(12.3, 81.7);
        request.bucket = 2s;
        const auto table = *f.query->series(request, {});
        QStringList names;
        for (const Series& series : table.series)
            names << QString::fromStdString(series.name);
        QCOMPARE(names, (QStringList{"app1", "app2", "app10", "no server"}));
        for (const Series& series : table.series) {
            std::vector<Bucket> naive(series.buckets.size());
            for (const Row& row : rows) {
                const Instant at = instant(kStart) + fromSeconds(row.at);
                if (!request.window.contains(at) || row.server != series.key.server) continue;
                Bucket& bucket =
                    naive.at(static_cast<std::size_t>((at - table.origin) / table.bucket));
                ++bucket.requests;
                if (row.status >= 500 || (row.status == 0 && row.termination == "sH--"))
                    ++bucket.failed;
                else if (row.status != 0 && row.ms > 1000)
                    ++bucket.slow;
                bucket.bytes += 100;
            }
            for (std::size_t i = 0; i < naive.size(); ++i) {
                QCOMPARE(series.buckets[i].requests, naive[i].requests);
                QCOMPARE(series.buckets[i].failed, naive[i].failed);
                QCOMPARE(series.buckets[i].slow, naive[i].slow);
                QCOMPARE(series.buckets[i].bytes, naive[i].bytes);
            }
        }
        std::uint64_t total = 0, sum = 0;
        for (const Bucket& bucket : table.total.buckets)
            total += bucket.requests;
        for (const Row& row : rows)
            sum += row.at >= 12.3 && row.at < 81.7 ? 1 : 0;
        QCOMPARE(total, sum);
    }

    void quantilesWithinOnePercent() {
        Fixture f;
        std::vector<Row> rows;
        for (int i = 1; i <= 1000; ++i)
            rows.push_back({.at = 1, .status = 200, .ms = static_cast<double>(i), .server = "a"});
        f.fill(f.source("lb", SourceRole::Balancer, "lb"), rows);
        SeriesRequest request;
        request.window = seconds(0, 10);
        request.group = GroupBy::None;
        const auto table = *f.query->series(request, {});
        QVERIFY(table.series.empty());
        const Bucket bucket = table.total.buckets.at(0);
        QVERIFY(std::abs(static_cast<double>(bucket.p50) / 500e6 - 1) < 0.011);
        QVERIFY(std::abs(static_cast<double>(bucket.p99) / 990e6 - 1) < 0.011);
    }

    void seriesHasBounds() {
        Fixture f;
        SeriesRequest request;
        QVERIFY(f.query->series(request, {})->total.buckets.empty());
        request.window = seconds(0, 1e6);
        request.bucket = 1us;
        QCOMPARE(f.query->series(request, {}).error().kind, ErrorKind::Usage);
        request.bucket = 1ms;
        QCOMPARE(f.query->series(request, {}).error().kind, ErrorKind::TooLarge);
    }

    /// Doubles of our century are 256 ns apart: a record's own stamp must find it all the same.
    void timesAreComparedExactly() {
        Fixture f;
        const auto lb = f.source("lb", SourceRole::Balancer, "lb");
        std::vector<Row> rows;
        for (int i = 0; i < 30; ++i)
            rows.push_back({.at = i * 0.0171, .status = 200, .server = "a"});
        f.fill(lb, rows, 2);
        const auto all = *f.query->select({}, {});
        QCOMPARE(all.size(), 30U);
        const auto count = [&](const char* sign, Instant t) {
            RecordsRequest request;
            request.filter = *Filter::parse("time " + std::string(sign) + " " + toRfc3339(t, 9));
            return f.query->select(request, {})->size();
        };
        for (std::size_t i = 0; i < 30; ++i) {
            QCOMPARE(count("=", all.time(i)), 1U);
            QCOMPARE(count("<", all.time(i)), i);
            QCOMPARE(count("<=", all.time(i)), i + 1);
            QCOMPARE(count(">=", all.time(i)), 30 - i);
            QCOMPARE(count(">", all.time(i)), 29 - i);
        }
    }

    void probesAreLeftOut() {
        Fixture f;
        const auto lb = f.source("lb", SourceRole::Balancer, "lb");
        f.fill(lb,
               {{.at = 1, .status = 200, .server = "a", .agent = "Blackbox Exporter/0.24.0"},
                {.at = 2,
                 .status = 200,
                 .server = "a",
                 .client = "10.0.0.6",
                 .path = "/healthz",
                 .agent = ""},
                {.at = 3,
                 .status = 200,
                 .server = "a",
                 .client = "10.0.0.6",
                 .path = "/metrics?x=1",
                 .agent = ""},
                {.at = 3.5,
                 .status = 200,
                 .server = "a",
                 .client = "10.0.0.6",
                 .path = "/healthz",
                 .agent = ""},
                {.at = 4, .status = 200, .server = "a", .client = "10.0.0.7", .path = "/status"},
                {.at = 5, .status = 200, .server = "a", .client = "10.0.0.7", .path = "/cart"},
                {.at = 6,
                 .status = 404,
                 .server = "a",
                 .client = "10.0.0.8", // once: a person who looked
                 .path = "/health/ready"},
                {.at = 7, .status = 200, .server = "a", .client = "10.0.0.9", .path = "/live/a/1"},
                {.at = 8, .status = 200, .server = "a", .client = "10.0.0.9", .path = "/live/a/2"},
                {.at = 9, .status = 200, .server = "a", .client = "10.0.0.9", .path = "/live/a/3"}},
               2);
        std::vector<std::int64_t> starts;
        RequestScan scan;
        QVERIFY(f.query
                    ->scanRequests(scan,
                                   [&](const RequestChunk& chunk) {
                                       for (const auto start : chunk.start)
                                           starts.push_back((start - kStart) / 1'000'000'000);
                                   },
                                   {})
                    .has_value());
        QCOMPARE(starts, (std::vector<std::int64_t>{4, 5, 6, 7, 8, 9}));
        scan.probes = true;
        std::size_t all = 0, probes = 0;
        QVERIFY(f.query
                    ->scanRequests(scan,
                                   [&](const RequestChunk& chunk) {
                                       all += chunk.ids.size();
                                       for (const auto probe : chunk.probe)
                                           probes += probe;
                                   },
                                   {})
                    .has_value());
        QCOMPARE(all, 10U);
        QCOMPARE(probes, 4U);
    }

    void scansByAllProcessorsSeeTheSame() {
        Fixture f;
        for (int source = 0; source < 6; ++source) {
            std::vector<Row> rows;
            for (int i = 0; i < 40; ++i)
                rows.push_back({.at = double((source * 7 + i * 3) % 50),
                                .status = 200,
                                .server = "s" + std::to_string(i % 3),
                                .client = "10.0.0." + std::to_string(i)});
            f.fill(f.source("lb" + std::to_string(source), SourceRole::Balancer, "lb"), rows, 10);
        }
        std::multiset<std::pair<std::int64_t, std::string>> one, all;
        const auto add = [](auto& to, const RequestChunk& c) {
            for (std::size_t i = 0; i < c.ids.size(); ++i)
                to.emplace(c.start[i], c.clientText.text(c.clientText.code(i)));
        };
        RequestScan scan;
        scan.columns = kClientTextColumn;
        QVERIFY(f.query->scanRequests(scan, [&](const auto& c) { add(one, c); }, {}).has_value());
        std::mutex mutex;
        std::map<std::size_t, std::pair<std::int64_t, std::int64_t>> places; // first, later
        const auto visit = [&](const RequestChunk& c, const ChunkPlace& place) {
            const std::lock_guard hold(mutex);
            add(all, c);
            QVERIFY(c.status.empty() && c.duration.empty() && !c.path.texts);
            const bool isNew =
                places.try_emplace(place.number, std::ranges::min(c.start), place.later).second;
            QVERIFY(isNew);
        };
        QVERIFY(f.query->scanConcurrently(scan, visit, {}).has_value());
        QCOMPARE(one.size(), 240U);
        QVERIFY(one == all);
        for (const auto& [number, place] : places)
            for (auto it = places.upper_bound(number); it != places.end(); ++it)
                QVERIFY(it->second.first >= place.second);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(f.query->scanConcurrently(scan, visit, stop.get_token()).error().kind,
                 ErrorKind::Cancelled);
    }

    /// Ahead by 2 s and drifting by a tenth until it was set back to 5 s behind.
    void clocksThatGoWithTime() {
        Fixture f;
        f.fill(f.source("lb", SourceRole::Balancer, "lb"), {{.at = 10, .status = 200}});
        f.fill(f.source("web/log", SourceRole::Server, "web-1"),
               {{.at = 12, .status = 200, .message = "first"},
                {.at = 22, .status = 200, .message = "drifted"},
                {.at = 40, .status = 200, .message = "set"}});
        const auto at = [](int s) { return instant(kStart) + std::chrono::seconds{s}; };
        const ClockCourse course{{{at(12), at(22), 2s, 0.1, 1ms}, {at(30), at(50), -5s, 0, 1ms}}};
        QVERIFY(f.one->setClock("web-1", 2s, 1ms, 20, course).has_value());
        QVERIFY(f.query->refresh().has_value());
        QCOMPARE(f.query->sources()[1].clockCourse, course);
        const auto list = *f.query->select({}, {});
        QCOMPARE(list.times(), (std::vector<Instant>{at(10), at(10), at(19), at(45)}));
        QCOMPARE(*f.query->record(list.id(2))->time, at(19));
        QCOMPARE(f.query->select({.window = seconds(18, 20)}, {})->size(), 1U);
        QCOMPARE(f.query->select({.window = seconds(44, 46)}, {})->size(), 1U);
        QCOMPARE(f.query->span(ClockView::Corrected).to, at(45) + 1ns);
    }

    void clocks() {
        Fixture f;
        f.fill(
            f.source("lb", SourceRole::Balancer, "lb"),
            {{.at = 10, .status = 200, .server = "a"}, {.at = 14, .status = 200, .server = "a"}});
        f.fill(f.source("web/log", SourceRole::Server, "web-1"),
               {{.at = 15, .status = 200, .message = "fast clock"}});
        QVERIFY(f.one->setClock("web-1", 4s, 1ms, 20).has_value());
        QVERIFY(f.query->refresh().has_value());
        const auto corrected = *f.query->select({.window = seconds(10.5, 11.5)}, {});
        QCOMPARE(corrected.size(), 1U);
        const auto row = *f.query->record(corrected.id(0));
        QCOMPARE(row[TextField::Message], "fast clock");
        QCOMPARE(*row.timeRaw - *row.time, Duration{4s});
        QCOMPARE(corrected.time(0), *row.time);
        QCOMPARE(
            f.query->select({.window = seconds(10.5, 11.5), .clock = ClockView::Raw}, {})->size(),
            0U);
        QCOMPARE(f.lines({}), (std::vector<std::uint64_t>{1, 1, 2}));
        QCOMPARE(f.lines({.clock = ClockView::Raw}), (std::vector<std::uint64_t>{1, 2, 1}));
        QCOMPARE(f.query->span(ClockView::Raw).to, instant(kStart) + 15s + 1ns);
        QCOMPARE(f.query->span(ClockView::Corrected).to, instant(kStart) + 14s + 1ns);
    }

    void scopes() {
        Fixture f;
        f.fill(f.source("web/log", SourceRole::Server, "web-1"), {{.at = 1, .status = 200}});
        f.fill(f.source("web2/log", SourceRole::Server, "web-2"), {{.at = 2, .status = 200}});
        // Without a balancer every request counts, and the host is the server.
        QCOMPARE(f.query->servers(), (std::vector<ServerKey>{{"web", "web-1"}, {"web", "web-2"}}));
        f.fill(f.source("lb", SourceRole::Balancer, "lb"),
               {{.at = 1, .status = 200, .server = "s1"}, {.at = 1, .status = 503}});
        QCOMPARE(f.query->servers(), (std::vector<ServerKey>{{"web", "s1"}}));
        for (const auto& [scope, count] :
             {std::pair(RequestScope::Balancer, 2U), std::pair(RequestScope::Servers, 2U),
              std::pair(RequestScope::All, 4U)}) {
            std::size_t seen = 0;
            RequestScan scan;
            scan.scope = scope;
            QVERIFY(
                f.query
                    ->scanRequests(scan, [&](const RequestChunk& c) { seen += c.ids.size(); }, {})
                    .has_value());
            QCOMPARE(seen, count);
        }
    }

    void pagesAndPlaces() {
        Fixture f;
        const auto id = f.source("app.log", SourceRole::Server, "h");
        f.fill(id,
               {{.at = 5, .message = "a", .kind = RecordKind::Message},
                {.at = -9999, .message = "undated", .kind = RecordKind::Message},
                {.at = 3, .message = "c", .kind = RecordKind::Message},
                {.at = 7, .message = "d", .kind = RecordKind::Message}},
               3);
        const auto list = *f.query->select({}, {});
        QVERIFY(std::ranges::is_sorted(list.times()));
        QCOMPARE(f.lines({}), (std::vector<std::uint64_t>{3, 1, 2, 4}));
        QCOMPARE(f.lines({.fileOrder = true}), (std::vector<std::uint64_t>{1, 2, 3, 4}));
        QCOMPARE(list.rowAt(instant(kStart) + 4s), 1U);
        QCOMPARE(list.rowAt(instant(kStart) + 8s), 4U);
        QVERIFY(!f.query->record(list.id(2))->time);
        const auto third = *f.query->recordAtLine(id, 3);
        QCOMPARE(third, list.id(0));
        QCOMPARE(*f.query->rawText(third), "/ c");
        QCOMPARE(f.query->recordAtLine(id, 9).error().kind, ErrorKind::NotFound);
        QCOMPARE(f.query->record(recordId(77, 0)).error().kind, ErrorKind::NotFound);
        QCOMPARE(f.query->record(recordId(1, 60'000)).error().kind, ErrorKind::NotFound);
        QCOMPARE(f.query->values(TextField::Message, 2).size(), 2U);
        QCOMPARE(*f.query->document(id), "/ a\n/ undated\n/ c\n/ d\n");
    }

    /// Indexes decide alone where a segment has one row, and hardly ever where it has them all.
    void segmentsAreLeftOutRightly_data() {
        QTest::addColumn<QString>("filter");
        for (const char* filter : {"status >= 500 and server = app1",
                                   "status != 200",
                                   "not status = 5xx",
                                   "server = \"\"",
                                   "server in (app1, app10) or status = 404",
                                   "not (server = app2)",
                                   "duration_ms > 2900",
                                   "duration_ms <= 0 or duration_ms = 1500",
                                   "duration_ms != 7",
                                   "time < 2024-01-15T09:58:00Z",
                                   "not time >= 2024-01-15T09:58:00Z",
                                   "line <= 40",
                                   "kind = message",
                                   "kind != message and level = error",
                                   "level < warning",
                                   "level != error",
                                   "sq = 500",
                                   "sq != 500",
                                   "sq > 300",
                                   "retries = 1",
                                   "retries != 1",
                                   "host = lb",
                                   "host != lb",
                                   "source = log",
                                   "text = app2",
                                   "path contains A/1",
                                   "path ~ \"^/a/[12]$\" and not termination = CD--",
                                   "client_ip = 10.0.0.0/30"})
            QTest::newRow(filter) << filter;
    }
    void segmentsAreLeftOutRightly() {
        QFETCH(const QString, filter);
        std::mt19937_64 random(21);
        auto rows = randomRows(150);
        std::ranges::sort(rows, {}, &Row::at);
        for (Row& row : rows) {
            row.path = "/a/" + std::to_string(random() % 50);
            row.client = "10.0.0." + std::to_string(random() % 8);
            if (random() % 10 == 0) row.at = -9999;
            if (random() % 5 != 0) continue;
            row.kind = RecordKind::Message;
            row.level = std::array{Level::None, Level::Info, Level::Error}[random() % 3];
        }
        std::vector<std::vector<std::uint64_t>> found;
        for (const std::size_t perSegment : {1, 7, 150}) {
            const Fixture f;
            f.fill(f.source("log", SourceRole::Balancer, "lb"), rows, perSegment);
            QVERIFY(f.query->refresh().has_value());
            const RecordsRequest request{.filter = *Filter::parse(filter.toStdString()),
                                         .fileOrder = true};
            found.push_back(f.lines(request));
            QCOMPARE(f.query->count(request, {})->records, found.back().size());
        }
        QCOMPARE(found[0], found[2]);
        QCOMPARE(found[1], found[2]);
    }

    void storedSeriesAreTheColumns_data() {
        QTest::addColumn<int>("group");
        QTest::addColumn<int>("offset");
        for (const GroupBy group :
             {GroupBy::None, GroupBy::Server, GroupBy::Backend, GroupBy::Source, GroupBy::Host})
            for (const int offset : {0, 3, 20})
                QTest::addRow("%d, %d s", static_cast<int>(group), offset)
                    << static_cast<int>(group) << offset;
    }
    void storedSeriesAreTheColumns() {
        QFETCH(const int, group);
        QFETCH(const int, offset);
        Fixture f;
        auto rows = randomRows(2'000);
        f.fill(f.source("lb", SourceRole::Balancer, "lb"), rows, 300);
        f.fill(f.source("web", SourceRole::Server, "web-1"), rows, 300);
        rows[7].path = "/healthz";
        rows[8].at = -9999;
        f.fill(f.source("web2", SourceRole::Server, "web-2"), rows, 300);
        QVERIFY(f.one->setClock("web-1", std::chrono::seconds{offset}, 1ms, 20).has_value());
        QVERIFY(f.query->refresh().has_value());
        SeriesRequest request;
        request.window = seconds(14, 77);
        request.group = static_cast<GroupBy>(group);
        request.scope = RequestScope::All;
        SeriesRequest byRows = request;
        byRows.filter = *Filter::parse("line > 0");
        for (const auto& [from, to] : {std::pair(-30, 110), std::pair(14, 77)}) {
            request.window = byRows.window = seconds(from, to);
            const auto stored = *f.query->series(request, {}),
                       counted = *f.query->series(byRows, {});
            QCOMPARE(stored.series.size(), counted.series.size());
            same(stored.total, counted.total);
            for (std::size_t i = 0; i < stored.series.size(); ++i)
                same(stored.series[i], counted.series[i]);
        }
    }

    /// However sources overlap and jump back: by time, and among equals as the files have them.
    void recordsAreMergedByTime() {
        std::mt19937_64 random(31);
        for (int round = 0; round < 15; ++round) {
            Fixture f;
            std::vector<std::pair<std::int64_t, std::size_t>> expected; // time, number of source
            const std::size_t sources = 1 + random() % 4;
            for (std::size_t s = 0; s < sources; ++s) {
                std::vector<Row> rows(random() % 120);
                for (Row& row : rows) {
                    row.at = static_cast<double>(random() % 40);
                    row.kind = RecordKind::Message;
                    expected.emplace_back(static_cast<std::int64_t>(row.at), s);
                }
                f.fill(f.source(std::to_string(s), SourceRole::Server, ""), rows,
                       1 + random() % 30);
            }
            QVERIFY(f.query->refresh().has_value());
            const auto whole = *f.query->select({}, {});
            std::ranges::sort(expected);
            std::vector<std::pair<std::int64_t, std::size_t>> found;
            std::map<std::pair<std::int64_t, SourceId>, std::uint64_t> lines;
            for (std::size_t i = 0; i < whole.size(); ++i) {
                const auto row = *f.query->record(whole.id(i));
                const auto at = (whole.time(i) - instant(kStart)).count() / 1'000'000'000;
                found.emplace_back(at, static_cast<std::size_t>(row.source) - 1);
                std::uint64_t& line = lines[{at, row.source}];
                QVERIFY(row.line > line);
                line = row.line;
            }
            QVERIFY(std::ranges::is_sorted(whole.times()));
            std::ranges::sort(found);
            QCOMPARE(found, expected);
            for (const bool fileOrder : {false, true})
                QCOMPARE(pages(*f.query, fileOrder, 1 + random() % 50),
                         f.query->select({.fileOrder = fileOrder}, {})->ids());
        }
    }

    void growsWhileBeingAsked() {
        Fixture f;
        const auto id = f.source("lb", SourceRole::Balancer, "lb");
        f.fill(id, {{.at = 1, .status = 200, .server = "a"}});
        const auto before = *f.query->select({}, {});
        f.fill(id, {{.at = 2, .status = 200, .server = "b"}});
        QCOMPARE(before.size(), 1U);
        QCOMPARE(f.query->record(before.id(0))->texts[static_cast<std::size_t>(TextField::Server)],
                 "a");
        QCOMPARE(f.query->select({}, {})->size(), 2U);
        QCOMPARE(f.query->servers().size(), 2U);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(f.query->select({}, stop.get_token()).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TstQuery)
#include "tst_query.moc"
