// SPDX-License-Identifier: GPL-3.0-or-later
// Where series change their course: stops where something begins, none where nothing does.
#include "ui/investigate/moves.h"

#include <QTest>

using namespace postlude;

namespace {

/// Requests, failed and p95 (ms) bucket by bucket, of ten seconds each.
SeriesTable tableOf(const std::vector<std::array<std::uint32_t, 3>>& values) {
    SeriesTable table;
    table.origin = *fromRfc3339("2024-01-15T10:00:00Z");
    table.bucket = std::chrono::seconds{10};
    for (const auto& [requests, failed, p95] : values) {
        Bucket bucket;
        bucket.requests = requests;
        bucket.failed = failed;
        if (requests > 0) bucket.p95 = std::int64_t{p95} * 1'000'000;
        table.total.buckets.push_back(bucket);
    }
    return table;
}

std::vector<std::array<std::uint32_t, 3>> times(std::size_t n,
                                                const std::array<std::uint32_t, 3>& value) {
    return std::vector(n, value);
}

template <class T>
std::vector<T> operator+(std::vector<T> a, const std::vector<T>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} // namespace

class TstMoves : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stopsWhereItBeginsAndEnds();
    void staysQuietAboutNoise();
    void gapsAreNoChance();
    void beforeAndBehindAllLogsThereIsNone();
    void saysWhatDiffers();
};

void TstMoves::stopsWhereItBeginsAndEnds() {
    const auto table = tableOf(times(20, {1000, 2, 100}) + times(20, {1000, 300, 110}) +
                               times(20, {1000, 2, 100}));
    const std::vector<Move> moves = movesIn(table);
    QCOMPARE(moves.size(), std::size_t{2});
    QVERIFY(moves[0].at == table.origin + table.bucket * 20);
    QVERIFY2(moves[0].text.contains(QStringLiteral("0.2 % → 30 %")), qPrintable(moves[0].text));
    QVERIFY(moves[1].at == table.origin + table.bucket * 40);
}

void TstMoves::staysQuietAboutNoise() {
    std::vector<std::array<std::uint32_t, 3>> values;
    for (std::uint32_t i = 0; i < 200; ++i)
        values.push_back({100 + i * 37 % 23, i % 7 == 0 ? 1U : 0U, 80 + i * 13 % 19});
    QVERIFY(movesIn(tableOf(values)).empty());
    QVERIFY(gapsIn(tableOf(values)).empty());
}

void TstMoves::gapsAreNoChance() {
    const auto table = tableOf(times(10, {30, 0, 5}) + times(3, {0, 0, 0}) + times(10, {30, 0, 5}) +
                               times(2, {0, 0, 0}));
    const std::vector<Window> gaps = gapsIn(table);
    QCOMPARE(gaps.size(), std::size_t{1}); // the end of the log is none
    QVERIFY(gaps[0].from == table.origin + table.bucket * 10);
    QVERIFY(gaps[0].to == table.origin + table.bucket * 13);
    const auto sparse = tableOf(times(10, {1, 0, 5}) + times(3, {0, 0, 0}) + times(10, {1, 0, 5}));
    QVERIFY(gapsIn(sparse).empty());
}

void TstMoves::beforeAndBehindAllLogsThereIsNone() {
    const auto table =
        tableOf(times(3, {0, 0, 0}) + times(10, {1000, 0, 100}) + times(5, {0, 0, 0}) +
                times(10, {1000, 0, 100}) + times(2, {0, 0, 0}));
    const std::vector<Window> silences = silencesIn(table);
    const auto silent = [&](int from, int to) {
        return isSilent(silences,
                        {table.origin + table.bucket * from, table.origin + table.bucket * to});
    };
    QVERIFY(silent(-100, 0) && silent(0, 3));
    QVERIFY(!silent(2, 4) && !silent(3, 13));
    QVERIFY(silent(13, 14) && silent(13, 18) && !silent(13, 19));
    QVERIFY(silent(28, 30) && silent(30, 300));
    QVERIFY(silencesIn(tableOf(times(5, {0, 0, 0}))).empty()); // where there is nothing at all
}

void TstMoves::saysWhatDiffers() {
    const Duration ten = std::chrono::seconds{10};
    const QStringList said =
        differences(tableOf({{1000, 0, 100}}), tableOf({{3000, 0, 100}}), ten, 4);
    QCOMPARE(said.size(), 1);
    QVERIFY2(said[0].contains(QStringLiteral("100/s → 300/s")), qPrintable(said[0]));
    QVERIFY(differences(tableOf({{1000, 5, 100}}), tableOf({{1010, 6, 102}}), ten, 4).isEmpty());
    // Requests that reach no server any more are not all requests, and one that has gone is told.
    SeriesTable before = tableOf({{1000, 0, 100}}), after = tableOf({{1000, 0, 100}});
    before.series = {{"app%1", {"pool", "app%1"}, before.total.buckets}};
    after.series = {{"no server", {}, after.total.buckets}};
    const QStringList moved = differences(before, after, ten, 4);
    QCOMPARE(moved.size(), 2);
    QVERIFY2(moved[0].contains(QStringLiteral("no server: requests 0/s → 100/s")) ||
                 moved[1].contains(QStringLiteral("no server: requests 0/s → 100/s")),
             qPrintable(moved.join(u'|')));
    QVERIFY2(moved.join(u'|').contains(QStringLiteral("requests 100/s → 0/s")),
             qPrintable(moved.join(u'|')));
}

QTEST_MAIN(TstMoves)
#include "tst_moves.moc"
