// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/investigate/fakequery.h"
#include "ui/investigate/events.h"

#include <QTest>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

const Instant kStart = *fromRfc3339("2024-01-15T10:00:00Z");

void addAlert(FakeQuery& query, Duration after, const char* name, const char* state) {
    RecordRow& row = query.add(RecordKind::Alert, kStart + after);
    FakeQuery::set(row, TextField::Subject, name);
    FakeQuery::set(row, TextField::State, state);
}

void addState(FakeQuery& query, Duration after, const char* server, const char* state,
              std::int64_t pid = 100) {
    RecordRow& row = query.add(RecordKind::ServerState, kStart + after);
    FakeQuery::set(row, TextField::Server, server);
    FakeQuery::set(row, TextField::State, state);
    FakeQuery::set(row, NumberField::Pid, pid);
}

} // namespace

class TstLanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pairsAlertsAndOutages();
    void callsServersByTheirNames();
    void messagesThatAreNewOrSurged();
    void changesAreToldInWords();
};

/// A line of pairs is read in a lane; the line as it was written is in the tool tip.
void TstLanes::changesAreToldInWords() {
    FakeQuery query;
    query.raw = "10:00:00 svc=haproxy action=reload host=lb-01 by=orbit rev=e90aa41";
    query.add(RecordKind::Change, kStart);
    FakeQuery::set(query.rows.back(), TextField::Message,
                   "svc=haproxy action=reload host=lb-01 by=orbit rev=e90aa41");
    query.add(RecordKind::Change, kStart + 10s);
    FakeQuery::set(query.rows.back(), TextField::Message, "Raise the limit");
    FakeQuery::set(query.rows.back(), TextField::Process, "ops");
    query.add(RecordKind::Change, kStart + 20s);
    FakeQuery::set(query.rows.back(), TextField::Message, "gw1: Caddyfile updated");
    FakeQuery::set(query.rows.back(), TextField::Process, "gw1");
    const auto events = readEvents(query, nullptr, ClockView::Corrected, {});
    QVERIFY(events.has_value());
    QCOMPARE(events->at(2).label, QStringLiteral("gw1: Caddyfile updated"));
    QCOMPARE(events->at(0).label, QStringLiteral("Reload of haproxy on lb-01 by orbit (e90aa41)"));
    QCOMPARE(events->at(0).detail.section(u'\n', 1), QString::fromStdString(query.raw));
    QCOMPARE(events->at(1).label, QStringLiteral("ops: Raise the limit"));
}

/// By host where the analysis knows it; a program is none, and services of two hosts are two.
void TstLanes::callsServersByTheirNames() {
    FakeQuery query;
    query.backends = {{"web", "192.0.2.7:8080"}};
    addState(query, 0s, "192.0.2.7:8080", "down");
    for (const char* host : {"app1", "app2"}) {
        addState(query, 10s, "", "down");
        RecordRow& row = query.rows.back();
        FakeQuery::set(row, TextField::Process, "systemd");
        FakeQuery::set(row, TextField::Host, host);
        FakeQuery::set(row, TextField::Message, std::string(host) + ".service: exited");
    }
    addState(query, 20s, "", "up");
    FakeQuery::set(query.rows.back(), TextField::Process, "systemd");
    FakeQuery::set(query.rows.back(), TextField::Host, "app2");
    addState(query, 30s, "", "no-server");
    FakeQuery::set(query.rows.back(), TextField::Backend, "web");
    Analysis analysis;
    analysis.servers.resize(1);
    analysis.servers.front().key = {"web", "192.0.2.7:8080"};
    analysis.servers.front().host = "edge-1";
    const auto events = readEvents(query, &analysis, ClockView::Corrected, {});
    QVERIFY(events.has_value());
    QCOMPARE(events->size(), std::size_t{4});
    QCOMPARE(events->at(0).label, QStringLiteral("edge-1 DOWN"));
    QVERIFY(events->at(0).detail.contains(QStringLiteral("192.0.2.7:8080")));
    QCOMPARE(events->at(1).label, QStringLiteral("DOWN: app1.service: exited"));
    QVERIFY(events->at(1).open);
    QCOMPARE(events->at(2).to, std::optional(kStart + 20s));
    QCOMPARE(events->at(3).label, QStringLiteral("web NO-SERVER"));
}

void TstLanes::messagesThatAreNewOrSurged() {
    FakeQuery query;
    SourceInfo source;
    source.id = SourceId{1};
    source.path = "app/worker.log";
    query.known = {source};
    for (int i = 0; i < 4; ++i)
        FakeQuery::set(query.add(RecordKind::Message, kStart + std::chrono::seconds{i}),
                       TextField::Message, "queue full");
    Analysis analysis;
    analysis.incidents.resize(1);
    const auto add = [&](MessageChange::Kind kind, const char* text, std::uint64_t line) {
        MessageChange m;
        m.kind = kind;
        m.text = text;
        m.level = Level::Error;
        m.during = 158;
        m.before = 2;
        m.length = 90s;
        m.quiet = 600s;
        m.host = "app1";
        m.evidence.resize(1);
        m.evidence.front().source = "app/worker.log";
        m.evidence.front().firstLine = line;
        analysis.incidents.front().messages.push_back(m);
    };
    add(MessageChange::Kind::Surged, "queue <*> full", 3);
    add(MessageChange::Kind::New, "<b>gave</b> up", 2);
    add(MessageChange::Kind::New, "its line is gone", 99);
    const auto events = readEvents(query, &analysis, ClockView::Corrected, {});
    QVERIFY(events.has_value());
    QCOMPARE(events->size(), std::size_t{2}); // by time
    const LaneEvent& fresh = events->at(0);
    const LaneEvent& surged = events->at(1);
    QCOMPARE(surged.lane, Lane::Messages);
    QCOMPARE(surged.label, QString::fromUtf8("more often: queue … full"));
    QVERIFY(surged.detail.contains(QStringLiteral("158")));
    QVERIFY(surged.detail.contains(QStringLiteral("app1")));
    QCOMPARE(surged.record, RecordId{2});
    QVERIFY(surged.rank < fresh.rank); // the analysis told it first
    QCOMPARE(fresh.label, QStringLiteral("new: <b>gave</b> up"));
    QCOMPARE(fresh.from, kStart + 1s);
}

void TstLanes::pairsAlertsAndOutages() {
    FakeQuery query;
    addAlert(query, 0s, "HighErrors", "firing");
    addAlert(query, 5s, "HighErrors", "firing"); // told again
    addState(query, 10s, "app1", "down");
    addState(query, 12s, "app2", "down");
    addState(query, 20s, "app1", "up");
    addAlert(query, 30s, "HighErrors", "resolved");
    // Another process ends, which says nothing of app2; then the one that had told.
    addState(query, 33s, "", "stop", 99);
    addState(query, 35s, "", "stop", 100);
    RecordRow& change = query.add(RecordKind::Change, kStart + 40s);
    FakeQuery::set(change, TextField::Process, "haproxy");
    FakeQuery::set(change, TextField::Message, "balance leastconn → uri");
    const auto events = readEvents(query, nullptr, ClockView::Corrected, {});
    QVERIFY(events.has_value());
    QStringList told;
    for (const LaneEvent& event : *events) {
        QString line = event.label;
        if (event.to) line += QStringLiteral(" for %1 s").arg(seconds(*event.to - event.from));
        if (event.open) line += QStringLiteral(" and on");
        told << line;
    }
    const QStringList expected{QStringLiteral("HighErrors for 30 s"),
                               QStringLiteral("app1 DOWN for 10 s"),
                               QStringLiteral("app2 DOWN for 23 s"),
                               QStringLiteral("STOP"),
                               QStringLiteral("STOP"),
                               QString::fromUtf8("haproxy: balance leastconn → uri")};
    QCOMPARE(told, expected);
}

QTEST_GUILESS_MAIN(TstLanes)
#include "tst_lanes.moc"
