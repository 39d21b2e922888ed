// SPDX-License-Identifier: GPL-3.0-or-later
// The pure methods: change points, splits, offsets, JSON.
#include "core/analysis/changewords.h"
#include "core/analysis/detail/changepoints.h"
#include "core/analysis/detail/configs.h"
#include "core/analysis/detail/depth.h"
#include "core/analysis/detail/events.h"
#include "core/analysis/detail/offset.h"
#include "core/analysis/detail/pairs.h"
#include "core/analysis/detail/saved.h"
#include "core/analysis/detail/troubles.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <random>

using namespace postlude;
using namespace postlude::detail;

namespace {

constexpr std::int64_t kMs = 1'000'000;

/// Small, the same on every machine.
class Dice {
public:
    explicit Dice(std::uint32_t seed)
        : state_(seed) {}
    double operator()() { return double(state_()) / 4294967296.0; }
    std::uint32_t some(double mean) { // Poisson, by multiplication
        std::uint32_t k = 0;
        for (double p = (*this)(), limit = std::exp(-mean); p > limit; p *= (*this)())
            ++k;
        return k;
    }

private:
    std::mt19937 state_;
};

Analysis sample() {
    Analysis a;
    a.span = {instant(1'000'000'000), instant(9'223'372'036'854'775'000)};
    a.hosts = {{"app1", "a1:80", Duration{-37'200'000'001}, Duration{5}, 77},
               {"db", "", {}, {}, 0}};
    ServerReport s;
    s.key = {"be", "a\"1"};
    s.during = {10, 3, 0.25, 1.5, {}, 9.75};
    s.weightBefore = 10;
    a.servers = {s};
    Incident i;
    i.impactStart = instant(1'705'312'757'434'123'456);
    i.resolved = i.impactStart + std::chrono::seconds(10);
    i.impact = {3, 2, 1, 2, 1, 1.5, {{"api", 3, 0.5}}};
    Cause c;
    c.kind = CauseKind::LbWeights;
    c.culprit = "be/a1";
    c.scores = {{"precedence", 0.5}};
    c.evidence = {{"lb/x.log", 3, 4, "", {}}, {"", 0, 0, "errors", a.span}};
    i.causes = {c};
    i.ruledOut = {{CauseKind::Database, "unchanged", {}}};
    i.story = {{i.impactStart, EntryKind::MisleadingPath, "said \x01", {}}};
    MessageChange m;
    m.kind = MessageChange::Kind::Surged;
    m.text = "slow <*>";
    m.level = Level::Warning;
    m.before = 3;
    m.first = i.impactStart;
    m.evidence = c.evidence;
    i.messages = {m};
    i.differences = {{{{"path", "/x"}}, "path = \"/x\"", 5, 9, 1, 90, 4.5, 3.5, 6, 0.001, "s"}};
    a.incidents = {i};
    a.findings = {{"Onset", "x", i.impactStart, Finding::Tone::Bad, {}}};
    a.notes = {"n"};
    return a;
}

} // namespace

class TstMethods : public QObject {
    Q_OBJECT
private slots:
    /// A crash that a weight brought about is no beginning; one that came before it is.
    void consequencesLoseDepth() {
        const Instant at = instant(1'705'312'757'000'000'000);
        const auto found = [&](CauseKind kind, double fits, std::chrono::seconds after) {
            Candidate c;
            c.cause.kind = kind;
            c.cause.at = at + after;
            setScore(c.cause, {1, fits, fits, 0});
            return c;
        };
        const auto depthOf = [](const Candidate& c) {
            const auto& [name, value] = c.cause.scores.back();
            return name == "depth" ? value : -1;
        };
        using namespace std::chrono_literals;
        std::vector<Candidate> all{found(CauseKind::OverloadCrash, 1, 10s),
                                   found(CauseKind::LbWeights, 0.9, 0s)};
        const double alone = all[0].cause.score;
        judgeDepth(all);
        QCOMPARE(depthOf(all[0]), 1 - 0.9);
        QCOMPARE(depthOf(all[1]), 1.0);
        QVERIFY(all[0].cause.score < alone);

        std::vector<Candidate> late{found(CauseKind::OverloadCrash, 1, 0s),
                                    found(CauseKind::LbWeights, 0.9, 60s)};
        judgeDepth(late);
        QCOMPARE(depthOf(late[0]), 1.0);

        std::vector<Candidate> unfit{found(CauseKind::OverloadCrash, 1, 10s),
                                     found(CauseKind::LbWeights, 0.2, 0s)};
        judgeDepth(unfit);
        QCOMPARE(depthOf(unfit[0]), 1.0);
        QCOMPARE(unfit[0].cause.score, alone);
    }

    void quietSeriesStayWhole() {
        for (std::uint32_t seed = 0; seed < 60; ++seed) {
            Dice dice(seed);
            std::vector<Counts> buckets(400);
            for (auto& b : buckets) {
                b.requests = dice.some(20 + 15 * std::sin(double(seed)));
                const double noise = dice() < 0.05 ? 0.08 : 0.003; // errors come in small bursts
                for (std::uint32_t k = 0; k < b.requests; ++k)
                    b.failed += dice() < noise ? 1 : 0;
            }
            const auto parts = segments(buckets);
            QVERIFY2(parts.size() == 1,
                     qPrintable(QString("seed %1: %2").arg(seed).arg(parts.size())));
        }
    }
    void incidentsAreFound() {
        for (std::uint32_t seed = 0; seed < 60; ++seed) {
            Dice dice(seed);
            std::vector<Counts> buckets(300);
            for (std::size_t i = 0; i < buckets.size(); ++i) {
                Counts& b = buckets[i];
                b.requests = dice.some(40);
                const bool bad = i >= 100 && i < 200;
                for (std::uint32_t k = 0; k < b.requests; ++k)
                    (seed % 2 ? b.failed : b.slow) += dice() < (bad ? 0.2 : 0.002) ? 1 : 0;
            }
            const auto parts = segments(buckets);
            QCOMPARE(parts.size(), 3U);
            QVERIFY(parts[1].from >= 97 && parts[1].from <= 103);
            QVERIFY(parts[1].to >= 197 && parts[1].to <= 203);
        }
    }
    void splitIsExact() {
        std::vector<std::uint8_t> bad(200, 0);
        bad[20] = 1; // noise
        for (std::size_t i = 120; i < 200; i += 2)
            bad[i] = 1;
        const Split split = bestSplit(bad);
        QCOMPARE(split.at, 120U);
        QVERIFY(split.from <= 120 && split.to >= 120 && split.to < 130);
        QVERIFY(bestSplit({}).at == 0);
    }
    void offsetsFromStamps_data() {
        QTest::addColumn<qint64>("offset");     // ms
        QTest::addColumn<qint64>("resolution"); // ms
        QTest::addColumn<double>("wrong");
        QTest::addColumn<qint64>("within"); // ms
        QTest::newRow("ms stamps") << qint64(37200) << qint64(1) << 0.0 << qint64(20);
        QTest::newRow("second stamps") << qint64(-2300) << qint64(1000) << 0.0 << qint64(60);
        QTest::newRow("five hours") << qint64(-5 * 3600000) << qint64(1000) << 0.1 << qint64(100);
        QTest::newRow("third wrong") << qint64(400) << qint64(1) << 0.33 << qint64(20);
    }
    void offsetsFromStamps() {
        QFETCH(qint64, offset);
        QFETCH(qint64, resolution);
        QFETCH(double, wrong);
        QFETCH(qint64, within);
        Dice dice(7);
        std::vector<Bounds> pairs;
        for (int i = 0; i < 400; ++i) {
            const auto start = std::int64_t(i) * 317 * kMs;
            const auto took = std::int64_t((20 + dice() * 300) * double(kMs));
            std::int64_t end = start + took - kMs + offset * kMs; // by the server's clock
            if (dice() < wrong) end += std::int64_t((dice() - 0.5) * 600e9);
            const std::int64_t unit = resolution * kMs;
            std::int64_t stamp = end / unit * unit;
            if (stamp > end) stamp -= unit;
            pairs.push_back({stamp - (start + took), stamp + unit - start});
        }
        const auto found = agreedOffset(pairs);
        QVERIFY(found.has_value());
        QVERIFY2(std::abs(found->middle / kMs - offset) <= within,
                 qPrintable(QString::number(found->middle / kMs)));
        QVERIFY(std::abs(found->middle - offset * kMs) <= found->uncertainty + 30 * kMs);
    }
    void noOffsetFromNoise() {
        Dice dice(3);
        std::vector<Bounds> pairs;
        for (int i = 0; i < 500; ++i) {
            const auto at = std::int64_t((dice() - 0.5) * 2e13);
            pairs.push_back({at, at + 100 * kMs});
        }
        QVERIFY(!agreedOffset(pairs));
        QVERIFY(!agreedOffset(std::vector<Bounds>(19, Bounds{0, kMs})));
        QVERIFY(agreedOffset(std::vector<Bounds>(20, Bounds{0, kMs})));
    }
    void whoTriesAgainIsPairedInOrder() {
        const auto row = [](std::uint64_t key, std::int64_t end) {
            Sighting s;
            s.byPath = key;
            s.start = s.end = end;
            return s;
        };
        const Sightings balancer{{row(1, 900), row(1, 100), row(2, 5), row(3, 1), row(3, 2)}, 1};
        const Sightings server{{row(1, 101), row(1, 901), row(3, 3)}, 1};
        const auto pairs = pairsInOrder(balancer, server, PairKey::Path);
        QCOMPARE(pairs.size(), 2U); // of key 3 one record never got there: which, nobody knows
        for (const Pair& p : pairs)
            QCOMPARE(p.server.end - p.balancer.end, 1);
        BalancerIndex index(balancer);
        QCOMPARE(pairsOf(index, server, PairKey::Path).size(), 6U);
    }
    void whatTheBalancerGaveUpTellsNothingOfClocks() {
        const auto row = [](std::uint64_t id, std::int16_t status, std::int64_t end,
                            bool again = false) {
            Sighting s;
            s.byId = id;
            s.status = status;
            s.end = end;
            s.repeated = again;
            return s;
        };
        const Sightings balancer{
            {row(1, 200, 10), row(2, 504, 4000), row(3, 503, 8000, true), row(4, 0, 70)}, 1};
        const Sightings server{
            {row(1, 200, 9), row(2, 200, 7000), row(3, 503, 9000), row(4, 404, 69)}, 1};
        BalancerIndex index(balancer);
        const auto pairs = pairsOf(index, server, PairKey::Id);
        QCOMPARE(pairs.size(), 2U); // one was answered, of one the balancer wrote no status
        QCOMPARE(pairs[0].server.end, 9);
        QCOMPARE(pairs[1].server.end, 69);
    }
    void troublesAreKnownByTheirWords_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("kind"); // −1: none
        const auto kind = [](CauseKind k) { return int(k); };
        QTest::newRow("disk") << "write failed: no space left on device"
                              << kind(CauseKind::HostResource);
        QTest::newRow("i/o") << "blk_update_request: i/o error, dev sdb, sector 12"
                             << kind(CauseKind::HostResource);
        QTest::newRow("link") << "igb 0000:01:00.0 eno1: igb: eno1 nic link is down"
                              << kind(CauseKind::Network);
        QTest::newRow("expired")
            << "tls: failed to verify certificate: x509: certificate has expired"
            << kind(CauseKind::Network);
        QTest::newRow("well") << "tls handshake completed in 3 ms" << -1;
        QTest::newRow("renewed") << "certificate for www.shop.example renewed" << -1;
    }
    void troublesAreKnownByTheirWords() {
        QFETCH(QString, line);
        QFETCH(int, kind);
        const auto found = troubleIn(line.toStdString());
        QCOMPARE(found ? int(*found) : -1, kind);
    }
    void servicesOutsideAreNamed() {
        QCOMPARE(serviceIn("read timeout from api.pay.example:443 after 3 s"),
                 std::string("api.pay.example:443"));
        QCOMPARE(serviceIn("dial tcp 192.0.2.7:5432: connect: connection refused"),
                 std::string("192.0.2.7:5432"));
        QCOMPARE(serviceIn("host='mail.partner.example', port=25: timed out."),
                 std::string("mail.partner.example"));
        QCOMPARE(serviceIn("api.pay.example answered in 20 ms"), std::string());
        QCOMPARE(serviceIn("request timed out in app.worker after 3.5 s, version 4.12.0"),
                 std::string());
    }
    void changesLoggedAsPairsAreToldInWords_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("reload")
            << QByteArray("svc=haproxy host=lb-01 rev=e90aa41 action=reload by=orbit status=ok "
                          "msg=\"Revert 7c1e0b2\"")
            << QByteArray("Reload of haproxy on lb-01 by orbit (e90aa41): “Revert 7c1e0b2”");
        QTest::newRow("failed")
            << QByteArray("deploy svc=shop by=kim version=4.2 status=failed msg=\"a \\\"b\\\"\"")
            << QByteArray("Deploy of shop by kim (4.2), failed: “a \"b\"”");
        QTest::newRow("record")
            << QByteArray("zone=a.example change=\"TXT record for mail\" by=netcfg-pipeline")
            << QByteArray("Change of a.example by netcfg-pipeline: “TXT record for mail”");
        QTest::newRow("release")
            << QByteArray("svc=shop version=4.11.2 hosts=web-01..web-04 by=ci-bot status=ok")
            << QByteArray("Change of shop on web-01..web-04 by ci-bot (4.11.2)");
        QTest::newRow("prose") << QByteArray("orbit set x=1 on lb-01") << QByteArray();
        QTest::newRow("pairs of something else") << QByteArray("a=1 b=2 c=3") << QByteArray();
        QTest::newRow("unclosed") << QByteArray("svc=a by=b msg=\"c")
                                  << QByteArray("Change of a by b: “c”");
    }
    void changesLoggedAsPairsAreToldInWords() {
        QFETCH(QByteArray, line);
        QTEST(QByteArray::fromStdString(changeInWords(line.toStdString())), "words");
        QVERIFY(isByProgram("zone=a change=b by=netcfg-pipeline"));
        QVERIFY(!isByProgram("svc=haproxy action=reload by=abbott"));
    }

    void savedComesBack() {
        const Analysis a = sample();
        const std::string once = packed(a);
        const auto back = unpacked(once);
        QVERIFY(back.has_value());
        QCOMPARE(packed(*back), once);
        QCOMPARE(back->incidents[0].impactStart, a.incidents[0].impactStart);
        QCOMPARE(back->span.to, a.span.to);
        QVERIFY(!unpacked("{}") && !unpacked("[1") && !unpacked("{\"version\":999}"));
    }
    void jsonIsAsPromised() {
        SourceInfo source;
        source.path = "lb/x.log";
        source.lines = 12;
        const std::string text = toJson(sample(), {source});
        QJsonParseError error;
        const auto o = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error).object();
        QVERIFY2(!o.isEmpty(), qPrintable(error.errorString()));
        QCOMPARE(o["sources"][0]["lines"].toInt(), 12);
        QVERIFY(!o["sources"][0].toObject().contains("first"));
        QVERIFY(!o["hosts"][1].toObject().contains("clock_offset_s"));
        QCOMPARE(o["hosts"][0]["clock_offset_s"].toDouble(), -37.2);
        const auto i = o["incidents"][0];
        QCOMPARE(i["impact_start"].toString(), QString("2024-01-15T09:59:17.434Z"));
        QCOMPARE(i["impact"]["failed_share"].toDouble(), 0.666667);
        QCOMPARE(i["causes"][0]["kind"].toString(), QString("lb-weights"));
        QCOMPARE(i["causes"][0]["evidence"][0]["last_line"].toInt(), 4);
        QCOMPARE(i["ruled_out"][0]["kind"].toString(), QString("database"));
        QCOMPARE(i["timeline"][0]["kind"].toString(), QString("misleading path"));
        QCOMPARE(i["messages"][0]["template"].toString(), QString("slow <*>"));
        QCOMPARE(i["differences"][0]["values"][0]["field"].toString(), QString("path"));
        QVERIFY(!i.toObject().contains("detected"));
        QVERIFY(!o["servers"][0]["during"].toObject().contains("p95_ms"));
    }
    /// What comes all the time leaves room for what comes once.
    void thinnedEventsKeepTheRareOnes() {
        std::vector<Event> events;
        for (int i = 0; i < 5000; ++i) {
            Event e;
            e.host = "web-1";
            e.message = i == 3456 ? "Out of memory: killed process 71"
                                  : "worker " + std::to_string(i) + " exited on signal 9";
            e.time = instant(std::int64_t{i} * 1'000'000'000);
            events.push_back(e);
        }
        const auto kept = thinned(events, 200);
        QCOMPARE(kept.size(), 200U);
        QVERIFY(std::ranges::is_sorted(kept, {}, &Event::time));
        QCOMPARE(std::ranges::count_if(
                     kept, [](const Event& e) { return e.message.starts_with("Out of"); }),
                 1);
        QVERIFY(kept.back().time > instant(std::int64_t{4900} * 1'000'000'000)); // evenly
        QCOMPARE(thinned(events, 5000).size(), 5000U);
    }
    void anIndexFindsTheServersThatASearchFinds() {
        Dice dice(77);
        const auto some = [&](int most) { return std::to_string(int(dice() * most)); };
        for (int round = 0; round < 200; ++round) {
            std::vector<BalancerConfig> configs(2);
            for (BalancerConfig& config : configs) {
                config.dialect = dice() < 0.5 ? ConfigDialect::HAProxy : ConfigDialect::Nginx;
                config.backends.resize(1 + std::size_t(dice() * 3));
                for (ConfigBackend& b : config.backends) {
                    b.name = "b" + some(3);
                    b.servers.resize(std::size_t(dice() * 4));
                    for (ConfigServer& s : b.servers) {
                        s.name = "s" + some(5);
                        s.address = "10.0.0." + some(5) + ":80";
                    }
                }
            }
            const std::vector<const BalancerConfig*> all{&configs[0], &configs[1]};
            const ServerIndex index(all);
            for (int k = 0; k < 20; ++k) {
                const ServerKey key{dice() < 0.3 ? "" : "b" + some(3),
                                    dice() < 0.5 ? "s" + some(6) : "10.0.0." + some(6) + ":80"};
                ServerInConfig wanted = findServer(configs[0], key);
                if (!wanted.server) wanted = findServer(configs[1], key);
                QCOMPARE(index.find(key).server, wanted.server);
                QCOMPARE(index.find(key).backend, wanted.backend);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TstMethods)
#include "tst_methods.moc"
