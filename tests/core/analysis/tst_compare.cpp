// SPDX-License-Identifier: GPL-3.0-or-later
// What sets bad requests apart: planted differences are found, chance and one heavy client are not.
#include "core/analysis/compare.h"
#include "core/analysis/detail/contrast.h"
#include "core/analysis/detail/values.h"

#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::detail;
using postlude::test::Dice;
using postlude::test::SimRequest;
using postlude::test::Simulated;

namespace {

/// 300 clients in 20 networks ask for 40 paths of 4 servers; 5 % fail, whoever asks for what.
Simulated ordinary(std::uint32_t seed) {
    Simulated out;
    Dice dice(seed);
    for (int i = 0; i < 6000; ++i) {
        SimRequest r;
        r.at = i * 0.02;
        const int client = int(dice() * 300);
        r.client = "10.0." + std::to_string(client % 20) + "." + std::to_string(client / 20);
        const int path = int(dice() * 40);
        r.path = "/" + std::string(path < 20 ? "shop" : "api") + "/" + std::to_string(path) +
                 (path % 2 ? "?q=" + std::to_string(i) : "");
        r.server = 1 + int(dice() * 4);
        if (dice() < 0.05) r.status = 500;
        out.requests.push_back(r);
    }
    return out;
}

Comparison bad(const Simulated& logs, double from = 0, double to = 120) {
    CompareRequest request;
    request.window = {Simulated::at(from), Simulated::at(to)};
    return compare(logs, request, std::stop_token{}, {}).value_or(Comparison{});
}

std::string told(const Comparison& c) {
    std::string out;
    for (const Difference& d : c.differences)
        out += d.statement + " [" + d.filter + "]\n";
    return out;
}

const Difference* differenceIn(const Comparison& c, std::string_view field,
                               std::string_view value) {
    for (const Difference& d : c.differences)
        if (d.values.size() == 1 && d.values[0].first == field && d.values[0].second == value)
            return &d;
    return nullptr;
}

} // namespace

class TstCompare : public QObject {
    Q_OBJECT
private slots:
    void chanceIsNoDifference() {
        int alarms = 0;
        for (std::uint32_t seed = 0; seed < 200; ++seed)
            alarms += bad(ordinary(seed)).differences.empty() ? 0 : 1;
        QVERIFY2(alarms == 0, qPrintable(QString::number(alarms)));
    }
    void aBadPathIsFound() {
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            Simulated logs = ordinary(seed);
            Dice dice(seed);
            for (SimRequest& r : logs.requests)
                if (r.path.starts_with("/shop/7?") && dice() < 0.6) r.status = 502;
            const Comparison c = bad(logs);
            const Difference* d = differenceIn(c, "path", "/shop/7");
            QVERIFY2(d, told(c).c_str());
            QCOMPARE(c.differences.size(), 1U);
            QCOMPARE(d->filter, std::string("path ~ \"^/shop/7([?#;]|$)\""));
            QVERIFY(Filter::parse(d->filter).has_value());
            QVERIFY(d->ratio > 6 && d->low > 3 && d->low < d->ratio && d->high > d->ratio);
            QVERIFY(d->share() > 0.15 && d->otherShare() < 0.03);
            QCOMPARE(c.fields.front(), std::string("path"));
        }
    }
    void aBadNetworkIsFound() {
        Simulated logs = ordinary(3);
        Dice dice(3);
        for (SimRequest& r : logs.requests)
            if (r.client.starts_with("10.0.7.") && dice() < 0.5) r.status = 503;
        const Comparison c = bad(logs);
        QVERIFY2(differenceIn(c, "client_ip", "10.0.7.0/24"), told(c).c_str());
        QCOMPARE(c.differences[0].filter, std::string("client_ip = 10.0.7.0/24"));
    }
    void oneHeavyClientIsNoFinding() {
        for (std::uint32_t seed = 0; seed < 50; ++seed) {
            Simulated logs = ordinary(seed);
            for (int i = 0; i < 400; ++i) {
                SimRequest r;
                r.at = i * 0.3;
                r.client = "10.0.99.9";
                r.path = "/shop/admin";
                r.server = 2;
                r.status = 500;
                logs.requests.push_back(r);
            }
            const Comparison c = bad(logs);
            QVERIFY2(c.differences.empty(), told(c).c_str());
        }
    }
    void twoTogetherAreFound() {
        Simulated logs = ordinary(5);
        Dice dice(5);
        for (SimRequest& r : logs.requests) {
            const bool path = r.path.starts_with("/api/2"),
                       network = r.client.starts_with("10.0.7.");
            if (path && network)
                r.status = 504;
            else if ((path || network) && dice() < 0.25)
                r.status = 502;
        }
        for (SimRequest& r : logs.requests)
            if (r.path.starts_with("/api/2")) r.path = "/api/2";
        const Comparison c = bad(logs);
        const auto pair = std::ranges::find_if(
            c.differences, [](const Difference& d) { return d.values.size() == 2; });
        QVERIFY2(pair != c.differences.end(), told(c).c_str());
        QVERIFY(Filter::parse(pair->filter).has_value());
        QVERIFY(pair->filter.find("client_ip = 10.0.7.0/24") != std::string::npos);
    }
    void anotherWindowIsCompared() {
        Simulated logs = ordinary(6);
        Dice dice(6);
        for (SimRequest& r : logs.requests)
            if (r.at > 60 && dice() < 0.2) r.path = "/new/thing";
        CompareRequest request;
        request.window = {Simulated::at(60), Simulated::at(120)};
        request.other = Window{Simulated::at(0), Simulated::at(60)};
        const auto c = compare(logs, request, std::stop_token{}, {});
        QVERIFY(c.has_value());
        QCOMPARE(c->looked, 3000U);
        QVERIFY2(differenceIn(*c, "path", "/new/thing"), told(*c).c_str());
        QCOMPARE(c->differences.size(), 1U);
    }
    /// Twice as common is less than what is told as a difference, and yet nobody shall read
    /// "alike".
    void whatIsNearestIsNamed() {
        Simulated logs = ordinary(5);
        Dice dice(5);
        for (SimRequest& r : logs.requests)
            if (r.status == 500 && dice() < 0.35) r.server = 2;
        const Comparison c = bad(logs);
        QVERIFY2(c.differences.empty(), told(c).c_str());
        QCOMPARE(c.notes.size(), 1U);
        QVERIFY2(c.notes[0].starts_with("Nearest to a difference is server ") &&
                     c.notes[0].find("of the good; ") != std::string::npos &&
                     c.notes[0].ends_with(" times as likely to be bad"),
                 c.notes[0].c_str());
        QVERIFY2(bad(ordinary(5)).notes.empty(), "what is alike has none");
    }
    void tooFewAreSaidToBe() {
        Simulated logs;
        for (int i = 0; i < 30; ++i)
            logs.requests.push_back({double(i), 0.1, "10.0.0.1", "/x", 1, i < 5 ? 500 : 200});
        const Comparison c = bad(logs);
        QVERIFY(c.differences.empty());
        QCOMPARE(c.notes.size(), 1U);
        CompareRequest none;
        QCOMPARE(compare(logs, none, std::stop_token{}, {}).error().kind, ErrorKind::Usage);
    }
    void theSameTwice() {
        const Simulated logs = ordinary(8);
        QCOMPARE(told(bad(logs)), told(bad(logs)));
    }
    void textsBecomeLiterals() {
        const ComparedField path{ComparedField::Kind::Path, "path", 0};
        const ComparedField agent{ComparedField::Kind::Text, "user_agent", 0};
        for (const std::string value : {"/a.b(c)", "/\"q\"\\x", "/[*]+$"}) {
            QVERIFY(Filter::parse(filterFor(path, value)).has_value());
            QVERIFY(Filter::parse(filterFor(agent, value)).has_value());
        }
        const ComparedField took{ComparedField::Kind::Number, "duration_ms", 0};
        QCOMPARE(filterFor(took, 1'500'000, kAbsent), std::string("duration_ms >= 1.5"));
        QCOMPARE(filterFor(took, kAbsent, 2'000'000), std::string("duration_ms < 2"));
    }
    void divergence() {
        QCOMPARE(divergenceOf({{5, 5}, {10, 10}}), 0.0);
        QVERIFY(std::abs(divergenceOf({{5, 0}, {0, 7}}) - 1) < 1e-12);
        QCOMPARE(divergenceOf({{5, 0}}), 0.0);
    }
};

QTEST_GUILESS_MAIN(TstCompare)
#include "tst_compare.moc"
