// SPDX-License-Identifier: GPL-3.0-or-later
// Requests in little space, clients by number, quantiles of many values.
#include "core/analysis/detail/fold.h"
#include "core/analysis/detail/quantiles.h"

#include <QtTest>

#include <map>
#include <random>
#include <set>

using namespace postlude;
using namespace postlude::detail;

namespace {

using Dice = std::mt19937_64;

bool same(const Request& a, const Request& b) {
    return a.start == b.start && a.end == b.end && a.client == b.client && a.server == b.server &&
           a.service == b.service && a.connectUs == b.connectUs && a.failed == b.failed &&
           a.died == b.died && a.timed == b.timed;
}

/// By start; units of time, kinds and outliers change on the way.
std::vector<Request> some(std::size_t count, Dice& dice) {
    std::vector<Request> out;
    std::int64_t at = -5'000'000'000; // before 1970, too
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t unit = i % 5000 < 2000 ? 1'000'000 : i % 5000 < 4000 ? 1'000 : 1;
        Request r;
        r.start = at += std::int64_t(dice() % 50) * unit;
        r.timed = dice() % 7 != 0;
        r.end = r.timed ? r.start + std::int64_t(dice() % (i % 100 ? 1000 : 1'000'000'000)) * unit
                        : r.start;
        r.client = std::uint32_t(dice() % (i % 3 ? 40 : 0xFFFF'FFFFU));
        r.server = std::uint16_t(dice() % 60'000);
        r.service = std::uint16_t(dice() % 300);
        r.connectUs = dice() % 3 ? -1 : std::int32_t(dice() % 2'000'000'001);
        r.failed = dice() % 10 == 0;
        r.died = r.failed ? char("QCHDL"[dice() % 5]) : '\0';
        out.push_back(r);
    }
    return out;
}

struct Sum {
    std::uint64_t requests = 0, failed = 0;
    void merge(const Sum& other) { requests += other.requests, failed += other.failed; }
};

class TstTraffic : public QObject {
    Q_OBJECT
private slots:
    void packedRequestsAreWhatTheyWere() {
        Dice dice(7);
        for (const std::size_t count : {1U, 2U, 1023U, 1024U, 1025U, 20'000U}) {
            const auto rows = some(count, dice);
            PackedRequests packed;
            for (const Request& r : rows)
                packed.push_back(r);
            packed.finish();
            QCOMPARE(packed.size(), count);
            std::size_t i = 0;
            for (const Request& r : packed)
                QVERIFY(same(r, rows[i++]));
            QCOMPARE(i, count);
            PackedRequests::Access access(packed);
            for (int k = 0; k < 200; ++k) {
                const std::size_t j = dice() % count;
                QVERIFY(same(access[j], rows[j]) && same(packed[j], rows[j]));
                const std::int64_t t = rows[j].start + std::int64_t(dice() % 3) - 1;
                const auto first = std::ranges::lower_bound(rows, t, {}, &Request::start);
                QCOMPARE(packed.from(t), std::size_t(first - rows.begin()));
            }
        }
    }

    void aPassBySeveralThreadsCountsEachOnce() {
        Dice dice(8);
        Traffic traffic;
        std::uint64_t failed = 0;
        for (const Request& r : some(700'000, dice)) {
            traffic.requests.push_back(r);
            failed += r.failed ? 1 : 0;
        }
        traffic.requests.finish();
        const Sum sum = folded(traffic, traffic.span(), Sum{}, [](Sum& to, const Request& r) {
            ++to.requests;
            to.failed += r.failed ? 1 : 0;
        });
        QCOMPARE(sum.requests, 700'000U);
        QCOMPARE(sum.failed, failed);
        QVERIFY2(traffic.requests.bytes() < 700'000U * 20, "as small as its columns are");
    }

    void aPassEndsWhenStopped() {
        Dice dice(9);
        PackedRequests packed;
        for (const Request& r : some(20'000, dice))
            packed.push_back(r);
        packed.finish();
        std::stop_source stop;
        packed.endsWith(stop.get_token());
        std::size_t seen = 0;
        for ([[maybe_unused]] const Request& r : packed)
            if (++seen == 3000) stop.request_stop();
        QVERIFY(seen < 3000 + PackedRequests::kBlock);
    }

    void clientsKeepTheirNumberAndName() {
        Dice dice(10);
        Clients clients;
        std::map<std::string, std::uint32_t> known;
        for (int round = 0; round < 50; ++round) {
            TextList texts;
            for (int i = 0; i < 500; ++i) {
                const auto n = dice() % 3000;
                const std::string last = std::to_string(n % 250);
                texts.push_back(n % 3 == 0   ? "10." + std::to_string(n / 250) + ".7." + last
                                : n % 3 == 1 ? "2001:db8:" + std::to_string(n % 9) + "::" + last
                                             : "user-" + std::to_string(n));
            }
            texts.push_back("-");
            const auto codes = clients.codesOf(texts, Clients::keysOf(texts));
            QCOMPARE(codes.back(), 0U);
            for (std::size_t i = 0; i + 1 < codes.size(); ++i) {
                const std::string text(texts[i]);
                QCOMPARE(known.try_emplace(text, codes[i]).first->second, codes[i]);
                QCOMPARE(clients.name(codes[i]), text);
            }
        }
        std::set<std::uint32_t> codes;
        for (const auto& [text, code] : known)
            codes.insert(code);
        QCOMPARE(codes.size(), known.size());
        QCOMPARE(clients.size(), known.size());
    }

    void networksOfClients() {
        Clients clients;
        TextList texts;
        for (const char* one : {"192.0.2.1", "192.0.2.200", "198.51.100.1", "2001:db8:1:2::3",
                                "2001:db8:1:9::1", "2001:db8:2::1", "somebody", "0.0.0.0"})
            texts.push_back(one);
        const auto c = clients.codesOf(texts, Clients::keysOf(texts));
        QCOMPARE(clients.network(c[0]), "192.0.2.0/24");
        QCOMPARE(clients.network(c[3]), "2001:db8:1::/48");
        QCOMPARE(clients.network(c[6]), "somebody");
        const auto key = [&](std::size_t i) { return clients.networkKey(c[i]); };
        QVERIFY(key(0) == key(1) && key(3) == key(4));
        QCOMPARE((std::set{key(0), key(2), key(3), key(5), key(6), key(7)}).size(), 6U);
        QVERIFY(!ipv4("1.2.3") && !ipv4("1.2.3.256") && !ipv4("1.2.3.4.") && !ipv4("01.2.3.4"));
        QCOMPARE(ipv4("255.255.255.255"), std::optional(0xFFFF'FFFFU));
    }

    void quantilesOfFewAreExactAndOfManyNear() {
        Dice dice(11);
        std::vector<std::int64_t> values;
        Quantiles all, half, other;
        for (int i = 0; i < 300'000; ++i) {
            const auto v = std::int64_t(std::exp(double(dice() % 100'000) / 6000.0)) * 1'000'000;
            values.push_back(v);
            all.add(v);
            (i % 2 ? half : other).add(v);
            if (i + 1 == 10'000) {
                auto few = values;
                std::ranges::sort(few);
                QCOMPARE(*all.at(0.5), few[4999]);
            }
        }
        std::ranges::sort(values);
        half.merge(other);
        for (const double share : {0.0, 0.01, 0.5, 0.9, 0.99, 1.0}) {
            const auto rank = std::size_t(std::ceil(share * double(values.size())));
            const std::int64_t exact = values[rank ? rank - 1 : 0];
            QVERIFY(std::abs(double(*all.at(share) - exact)) <= 0.0011 * double(exact) + 500'000);
            QCOMPARE(*all.at(share) % 1'000'000, 0);
            QCOMPARE(*half.at(share), *all.at(share));
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(TstTraffic)
#include "tst_traffic.moc"
