// SPDX-License-Identifier: GPL-3.0-or-later
// Messages that an incident brought, and none where there is nothing but chance.
#include "core/analysis/detail/messages.h"
#include "core/analysis/detail/statistics.h"

#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::detail;
using postlude::test::Dice;
using postlude::test::Simulated;

namespace {

std::uint32_t some(Dice& dice, double mean) { // Poisson, by multiplication
    std::uint32_t k = 0;
    for (double p = dice(), limit = std::exp(-mean); p > limit; p *= dice())
        ++k;
    return k;
}

/// 120 s, an incident from 60 s to 110 s.
constexpr double kOnset = 60, kEnd = 110;

std::vector<MessageChange> changesOf(const Simulated& logs) {
    Stretch stretch;
    stretch.start = Simulated::at(kOnset);
    stretch.resolved = stretch.lastBad = Simulated::at(kEnd);
    const MessagePhases phases = messagePhases({Simulated::at(0), Simulated::at(120)}, {stretch});
    const auto messages =
        Messages::gather(logs, logs.sources(), Clocks{}, phases, std::stop_token{});
    if (!messages) return {};
    return messages->changesIn(0, logs, Traffic{}).value_or(std::vector<MessageChange>{});
}

/// Lines of ordinary talk, and what is added to it.
struct Logs {
    Simulated query;
    SourceId app = query.addSource("web/app.log", "web", SourceRole::Server);

    void say(double when, const std::string& text, Level level = Level::Info) {
        query.addRecord(app, RecordKind::Message, when, text);
        query.lastRecord().level = level;
    }
    void chatter(std::uint32_t seed) {
        Dice dice(seed);
        for (double t = 0; t < 120; t += 1) {
            for (std::uint32_t k = some(dice, 2); k-- > 0;)
                say(t, "job " + std::to_string(int(dice() * 1000)) + " finished well");
            if (dice() < 0.1) say(t, "cache miss for key a" + std::to_string(int(dice() * 99)));
        }
    }
};

} // namespace

class TstMessages : public QObject {
    Q_OBJECT
private slots:
    void tailsAreExact() {
        QVERIFY(std::abs(binomialTail(5, 5, 0.5) - 1.0 / 32) < 1e-12);
        QVERIFY(std::abs(binomialTail(3, 10, 0.2) - 0.3222004736) < 1e-9);
        QCOMPARE(binomialTail(0, 10, 0.2), 1.0);
        QVERIFY(std::abs(chiSquaredTail(3.841458820694124) - 0.05) < 1e-9);
        const auto q = falseShares({0.01, 0.5, 0.02}, 4);
        QVERIFY(std::abs(q[0] - 0.04) < 1e-12 && std::abs(q[2] - 0.04) < 1e-12);
        QVERIFY(q[1] <= 1);
    }
    void whatIsNewIsFound() {
        Logs logs;
        logs.chatter(1);
        for (int i = 0; i < 40; ++i)
            logs.say(61 + i, "worker queue full, " + std::to_string(i) + " waiting", Level::Error);
        logs.say(58, "config reloaded, 0 errors", Level::Info);
        const auto found = changesOf(logs.query);
        QCOMPARE(found.size(), 1U);
        QVERIFY(found[0].kind == MessageChange::Kind::New);
        QCOMPARE(found[0].text, std::string("worker queue full, <*> waiting"));
        QCOMPARE(found[0].before, 0U);
        QCOMPARE(found[0].during, 40U);
        QCOMPARE(found[0].first, Simulated::at(61));
        QCOMPARE(found[0].evidence.size(), 2U);
        QCOMPARE(found[0].evidence[0].source, std::string("web/app.log"));
        const QString told = QString::fromStdString(found[0].statement);
        QVERIFY2(
            told.startsWith("web: “worker queue full, <*> waiting” 40 times, first 1.0 s after "
                            "the onset; not once in the 45 s before"),
            qPrintable(told));
    }
    void whatComesMoreOftenIsFound() {
        Logs logs;
        logs.chatter(2);
        for (int i = 0; i < 6; ++i)
            logs.say(5 + 7 * i, "timeout after 30 ms", Level::Warning);
        for (int i = 0; i < 60; ++i)
            logs.say(60 + 0.8 * i, "timeout after 31 ms", Level::Warning);
        const auto found = changesOf(logs.query);
        QCOMPARE(found.size(), 1U);
        QVERIFY(found[0].kind == MessageChange::Kind::Surged);
        QCOMPARE(found[0].text, std::string("timeout after <*> ms"));
    }
    void oneFatalLineIsFound() {
        Logs logs;
        logs.chatter(3);
        logs.say(20, "kernel: Out of memory: killed process 77 (app)");
        logs.say(70, "kernel: Out of memory: killed process 4711 (app)");
        const auto found = changesOf(logs.query);
        QCOMPARE(found.size(), 1U);
        QVERIFY(found[0].kind == MessageChange::Kind::Fatal);
        QCOMPARE(found[0].evidence.size(), 1U);
    }
    void oneNewErrorIsTold() {
        Logs logs;
        logs.chatter(4);
        logs.say(59, "certificate has expired", Level::Error);
        const auto found = changesOf(logs.query);
        QCOMPARE(found.size(), 1U);
        QVERIFY(found[0].q > 0.01); // too few to prove anything, and said to be so few
        Incident incident;
        incident.impactStart = Simulated::at(kOnset);
        incident.messages = found;
        addMessages(incident);
        QCOMPARE(incident.story.size(), 1U);
        QVERIFY(incident.story[0].kind == EntryKind::LeadUp);
    }
    void chanceIsNothingNew() {
        for (std::uint32_t seed = 0; seed < 200; ++seed) {
            Logs logs;
            logs.chatter(100 + seed);
            const auto found = changesOf(logs.query);
            QVERIFY2(found.empty(),
                     qPrintable(QString("seed %1: %2")
                                    .arg(seed)
                                    .arg(found.empty() ? "" : found[0].statement.c_str())));
        }
    }
    void burstsAreNoSurge() { // lines that come ten at a time, at random
        int alarms = 0;
        for (std::uint32_t seed = 0; seed < 200; ++seed) {
            Dice dice(seed);
            std::vector<MessageCount> counts;
            for (int kind = 0; kind < 20; ++kind) {
                std::vector<std::uint32_t> slices(48);
                MessageCount c;
                for (auto& s : slices)
                    c.before += s = 10 * some(dice, 0.15);
                c.during = 10 * some(dice, 0.15 * 48);
                c.dispersion = dispersionOf(slices, 5);
                counts.push_back(c);
            }
            const auto q = risen(counts, std::chrono::seconds(480), std::chrono::seconds(480), 1);
            alarms += std::ranges::any_of(q, [](double one) { return one <= 0.01; }) ? 1 : 0;
        }
        QVERIFY2(alarms <= 4, qPrintable(QString::number(alarms))); // 1 % of 200, and chance
    }
    void moreTrafficIsNoSurge() {
        MessageCount c;
        c.before = 100;
        c.during = 1000;
        const auto seconds = std::chrono::seconds(100);
        QVERIFY(risen({c}, seconds, seconds, 1)[0] < 1e-9);
        QVERIFY(risen({c}, seconds, seconds, 10)[0] > 0.1);
    }
    void withoutQuietTimeTheTimeAfterStandsIn() {
        Stretch s;
        s.start = Simulated::at(0);
        s.resolved = Simulated::at(100);
        const auto phases = messagePhases({Simulated::at(0), Simulated::at(1000)}, {s});
        QVERIFY(phases.quietIsAfter);
        QCOMPARE(phases.quiet[0].from, Simulated::at(220));
        s.resolved = {};
        QVERIFY(messagePhases({Simulated::at(0), Simulated::at(1000)}, {s}).quiet.empty());
    }
};

QTEST_GUILESS_MAIN(TstMessages)
#include "tst_messages.moc"
