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
};

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
    const auto events = readEvents(query, ClockView::Corrected, {});
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
