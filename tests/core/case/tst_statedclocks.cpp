// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/statedclocks.h"
#include "core/case/store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace postlude;
using namespace std::chrono_literals;

class TstStatedClocks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void holdUntilTheyAreTakenBack();
    void survivesClosing();
    void saysWhatCannotBe();

private:
    [[nodiscard]] std::filesystem::path file(const char* name) const {
        return home_.filePath(QLatin1String(name)).toStdString();
    }
    QTemporaryDir home_;
};

void TstStatedClocks::holdUntilTheyAreTakenBack() {
    const auto of = Case::create(file("a.postlude"));
    QVERIFY(of.has_value());
    SourceInfo info;
    info.path = "app/log";
    info.host = "app1 \"x\"";
    info.zone = "UTC";
    QVERIFY((*of)->store().addSource(info).has_value());
    QVERIFY(statedClocks(**of).empty());
    const Duration ahead = -184s - 499'351us + 7ns; // to the nanosecond
    QVERIFY(stateClock(**of, info.host, ahead).has_value());
    QVERIFY(stateClock(**of, "other", 2s).has_value());
    const std::map<std::string, StatedClock> expected{{info.host, {ahead}}, {"other", {2s}}};
    QCOMPARE(statedClocks(**of), expected);
    const auto offset = [&] { return (*of)->sources()->front().clockOffset; };
    QCOMPARE(offset(), std::optional(ahead));
    QVERIFY(stateClock(**of, info.host, {}).has_value());
    QCOMPARE(statedClocks(**of).size(), std::size_t{1});
    QCOMPARE(offset(), std::optional(Duration{0}));
    // What was measured holds again, however often it was stated meanwhile.
    QVERIFY((*of)->setClock(info.host, 37'200ms, 1ms, 11'904).has_value());
    QVERIFY(stateClock(**of, info.host, 1s).has_value());
    QVERIFY(stateClock(**of, info.host, 2s).has_value());
    QCOMPARE(statedClocks(**of).at(info.host).measured, std::optional<Duration>(37'200ms));
    QVERIFY(stateClock(**of, info.host, {}).has_value());
    QCOMPARE(offset(), std::optional<Duration>(37'200ms));
    QCOMPARE((*of)->sources()->front().clockPairs, 11'904U);
}

void TstStatedClocks::survivesClosing() {
    {
        const auto of = Case::create(file("b.postlude"));
        QVERIFY(stateClock(**of, "app1", 40s).has_value());
    }
    const auto again = Case::open(file("b.postlude"));
    QVERIFY(again.has_value());
    QCOMPARE(statedClocks(**again).at("app1").ahead, Duration{40s});
    QVERIFY((*again)->setNote("stated-clocks", "{nonsense").has_value());
    QVERIFY(statedClocks(**again).empty());
}

void TstStatedClocks::saysWhatCannotBe() {
    const auto of = Case::create(file("c.postlude"));
    QCOMPARE(stateClock(**of, "", 1s).error().kind, ErrorKind::Usage);
}

QTEST_GUILESS_MAIN(TstStatedClocks)
#include "tst_statedclocks.moc"
