// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/overview.h"

#include <QTest>

using namespace postlude;

namespace {

std::vector<Bucket> bucketsOf(std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> of) {
    std::vector<Bucket> buckets;
    for (const auto& [requests, failed] : of) {
        Bucket& bucket = buckets.emplace_back();
        bucket.requests = requests;
        bucket.failed = failed;
    }
    return buckets;
}

} // namespace

class TstOverview : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOutageFillsItsBar() {
        QCOMPARE(fullBar(bucketsOf({{1'000, 2}, {900, 600}, {1'000, 0}})), 600U);
        std::vector<Bucket> slow = bucketsOf({{1'000, 2}, {900, 100}});
        slow[1].slow = 300;
        QCOMPARE(fullBar(slow), 400U);
    }
    void aFewFailuresAreNoOutage() {
        QCOMPARE(fullBar(bucketsOf({{20, 0}, {20, 3}})), 10U);
        QCOMPARE(fullBar({}), 10U);
    }
    void whatFailsAlwaysIsNoOutage() {
        QCOMPARE(fullBar(bucketsOf({{90'000, 30}, {100'000, 40}})), 2'000U); // one in fifty
    }
};

QTEST_GUILESS_MAIN(TstOverview)
#include "tst_overview.moc"
