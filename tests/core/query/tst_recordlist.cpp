// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/recordlist.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>

using namespace postlude;

class TstRecordList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesBackWhatWasAdded_data();
    void givesBackWhatWasAdded();
    void rowsAreFoundByTime();
    void emptyHasNoRows();
};

namespace {

using Entry = std::pair<std::int64_t, std::uint64_t>; ///< ns, record

RecordList listOf(const std::vector<Entry>& entries) {
    RecordList list;
    for (const auto& [time, id] : entries)
        list.add(instant(time), RecordId{id});
    return list;
}

} // namespace

void TstRecordList::givesBackWhatWasAdded_data() {
    QTest::addColumn<qint64>("unit");
    QTest::addColumn<int>("segments");
    QTest::addColumn<bool>("anyTime");
    QTest::newRow("one log, whole seconds") << qint64{1'000'000'000} << 1 << false;
    QTest::newRow("one log, milliseconds") << qint64{1'000'000} << 1 << false;
    QTest::newRow("three logs, microseconds") << qint64{1'000} << 3 << false;
    QTest::newRow("two thousand logs, nanoseconds") << qint64{1} << 2000 << false;
    QTest::newRow("times of any age") << qint64{1} << 70'000 << true;
}

void TstRecordList::givesBackWhatWasAdded() {
    QFETCH(const qint64, unit);
    QFETCH(const int, segments);
    QFETCH(const bool, anyTime);
    std::mt19937_64 random(7);
    using Limits = std::numeric_limits<std::int64_t>;
    for (const std::size_t size : {1U, 1023U, 1024U, 1025U, 5000U}) {
        std::vector<Entry> entries;
        std::int64_t time = 1'705'276'800'000'000'000;
        for (std::size_t i = 0; i < size; ++i) {
            time += unit * static_cast<std::int64_t>(random() % 40);
            const std::uint64_t segment = random() % static_cast<std::uint64_t>(segments);
            entries.emplace_back(anyTime ? static_cast<std::int64_t>(random()) : time,
                                 segment << 16U | random() % 65'536);
        }
        if (anyTime) entries.front().first = Limits::min(), entries.back().first = Limits::max();
        const RecordList list = listOf(entries);
        QCOMPARE(list.size(), size);
        for (std::size_t i = 0; i < size; ++i) {
            QCOMPARE(nanoseconds(list.time(i)), entries[i].first);
            QCOMPARE(static_cast<std::uint64_t>(list.id(i)), entries[i].second);
        }
    }
}

void TstRecordList::rowsAreFoundByTime() {
    std::mt19937_64 random(11);
    std::vector<Entry> entries;
    for (std::uint64_t i = 0; i < 3000; ++i)
        entries.emplace_back(static_cast<std::int64_t>(random() % 2000), i);
    std::ranges::sort(entries);
    const RecordList list = listOf(entries);
    for (std::int64_t t = -1; t <= 2000; ++t) {
        const auto first = std::ranges::lower_bound(entries, t, {}, &Entry::first);
        QCOMPARE(list.rowAt(instant(t)), static_cast<std::size_t>(first - entries.begin()));
    }
    const std::vector<RecordId> some = list.ids(7);
    QCOMPARE(some.size(), std::size_t{429});
    QCOMPARE(some[428], list.id(2996));
    QCOMPARE(list.times().back(), list.time(2999));
}

void TstRecordList::emptyHasNoRows() {
    const RecordList list;
    QVERIFY(list.empty());
    QCOMPARE(list.rowAt(instant(0)), std::size_t{0});
    QVERIFY(list.ids().empty());
}

QTEST_APPLESS_MAIN(TstRecordList)
#include "tst_recordlist.moc"
