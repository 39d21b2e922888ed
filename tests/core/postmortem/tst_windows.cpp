// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers over a window and a filter that stand in the text, beside what the case says.
#include "core/case/store.h"
#include "core/export/export.h"
#include "core/postmortem/claims.h"
#include "core/postmortem/detail/windows.h"
#include "core/series/series.h"

#include <QTemporaryDir>
#include <QTest>
#include <fmt/format.h>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

const Instant kStart = *fromRfc3339("2024-01-15T09:57:00Z");
const Window kAll{kStart, kStart + 300s};

} // namespace

class TstWindows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        case_ = std::move(*Case::create(dir_.filePath("x.postlude").toStdString()));
        fill();
        query_ = std::move(*openQuery(*case_));
    }

    /// app1 answers 200 of 300, and fails each fifteenth of all; 30 clients take turns.
    void figuresAreThoseOfTheRequests() {
        const auto all = figuresOf({kAll}, *query_, {});
        QVERIFY(all.has_value());
        QCOMPARE(all->requests, 300U);
        QCOMPARE(all->failed, 20U);
        QCOMPARE(all->clients, 30U);
        QCOMPARE(all->clientsFailed, 2U);
        QVERIFY(std::abs(*all->p95 - 0.285) < 0.0011);
        const auto one = figuresOf({kAll, "server = \"app1\""}, *query_, {});
        QCOMPARE(one->all, 300U);
        QCOMPARE(one->requests, 200U);
        QCOMPARE(figuresOf({{kStart, kStart + 10s}}, *query_, {})->requests, 10U);
        QVERIFY(!figuresOf({kAll, "server ="}, *query_, {}));
    }

    void whatIsInsertedAgrees_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("zone");
        for (const char* filter : {"", "server = \"app1\"", "path contains \")\" or status >= 500",
                                   "(status = 5xx) and not server in (\"app2\", \"a, b (x\")"})
            for (const char* zone : {"UTC", "Europe/Berlin"})
                QTest::addRow("%s %s", filter, zone) << filter << zone;
    }
    void whatIsInsertedAgrees() {
        QFETCH(QString, filter);
        QFETCH(QString, zone);
        const ChosenWindow chosen{{kStart + 30s, kStart + 200s + 123456789ns},
                                  filter.toStdString()};
        Postmortem d = documentWith({}, zone.toStdString());
        for (const std::string& sentence :
             figureSentences(chosen, *figuresOf(chosen, *query_, {}), *Zone::named(d.summary.zone)))
            d.rootCause.push_back("Before: 7 things. " + sentence + " And more.");
        QVERIFY(d.rootCause.size() >= 5);
        for (const std::string& text : d.rootCause) {
            const auto windows = claims::windowsIn(text);
            QCOMPARE(windows.size(), 1U);
            QVERIFY(windows[0].chosen == chosen);
        }
        const auto claims = *claimsOf(d, {}, query_.get(), {});
        int agree = 0;
        for (const Claim& c : claims) {
            QVERIFY2(c.state != Claim::State::Differs, (c.what + c.by).c_str());
            agree += c.state == Claim::State::Agrees;
        }
        QVERIFY(agree >= 8);
        QCOMPARE(claims.size(), agree + d.rootCause.size()); // "7 things" of each
        // All forms keep it, and what is read back is checked as it was.
        MarkdownOptions exact;
        exact.exact = true;
        const auto read = readPostmortem(toMarkdown(d, query_.get(), exact));
        QVERIFY(read.has_value());
        QCOMPARE(read->document.rootCause, d.rootCause);
        QCOMPARE(postmortemFromJson(toJson(d))->rootCause, d.rootCause);
    }

    void whatPeopleWrite_data() {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("stated");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("logs");
        const auto row = [](const char* sentence, const char* stated, const char* state,
                            const char* logs) {
            QTest::newRow(sentence) << sentence << stated << state << logs;
        };
        const char* all = "(2024-01-15 09:57:00 – 10:02:00 UTC)";
        const auto with = [all](const char* text) { return std::string(text) + " " + all; };
        static std::vector<std::string> kept;
        const auto say = [&](const char* text, const char* stated, const char* state,
                             const char* logs) {
            kept.push_back(with(text));
            row(kept.back().c_str(), stated, state, logs);
        };
        say("20 requests failed", "20", "agrees", "20");
        say("Some 25 requests failed", "25", "differs", "20");
        say("6.7 % of requests failed", "6.7 %", "agrees", "6.7 %");
        say("16,7 % der Anfragen scheiterten", "16,7 %", "differs", "6.7 %");
        say("Of our 30 customers 2 saw errors", "2", "agrees", "2");
        say("3 of 30 customers saw errors", "3", "differs", "2");
        say("p95 was 285 ms", "285 ms", "agrees", "285 ms");
        say("The 95th percentile went to 4 s", "4 s", "differs", "285 ms");
        say("[Which users saw it?] 6.7 % of requests failed", "6.7 %", "agrees", "6.7 %");
        say("[Which users saw it?] Requests failed, 9.7 %", "9.7 %", "differs", "6.7 %");
        say("The 17 dwarves slept", "17", "no data", "");
        row("20 requests failed (2023-01-15 09:57:00 – 10:02:00 UTC)", "20", "no data", "");
        row("14 requests failed (2024-01-15 09:57:00 – 10:02:00 UTC, server = app1)", "14",
            "differs", "20");
        row("150 of all 300 requests (2024-01-15 09:57:00 – 10:02:00 UTC, server = app2)", "150",
            "differs", "100");
        // What is no window or no filter binds nothing.
        row("9 requests failed (2024-01-15 09:57:00 – 10:02:00 UTC, server =)", "9", "no data", "");
        row("9 requests failed (2024-01-15 09:57:00)", "9", "no data", "");
    }
    void whatPeopleWrite() {
        QFETCH(QString, sentence);
        QFETCH(QString, stated);
        QFETCH(QString, state);
        QFETCH(QString, logs);
        Postmortem d = documentWith(sentence.toStdString());
        const auto claims = *claimsOf(d, {}, query_.get(), {});
        const auto claim = std::ranges::find(claims, stated.toStdString(), &Claim::stated);
        QVERIFY(claim != claims.end());
        QCOMPARE(QString::fromUtf8(nameOf(claim->state)), state);
        QCOMPARE(QString::fromStdString(claim->logs), logs);
        if (claim->state != Claim::State::Differs) return;
        QVERIFY(takeLogsValue(d, *claim));
        const auto after = *claimsOf(d, {}, query_.get(), {});
        QVERIFY(std::ranges::none_of(
            after, [](const Claim& c) { return c.state == Claim::State::Differs; }));
    }

    void hostileTextTakesLinearTime() {
        std::string text;
        for (int i = 0; i < 200'000; ++i)
            text += "(2024-01-15 09:57:00 – 10:02:00 UTC, (((\"";
        QVERIFY(claims::windowsIn(text).empty());
    }

    void shortTimesAreNotNothing() {
        QCOMPARE(responseTimeText(0.00012), std::string("0.12 ms"));
        QCOMPARE(responseTimeText(0.0412), std::string("41 ms"));
        QCOMPARE(responseTimeText(2.649), std::string("2.65 s"));
    }

    void windowsAreRoundedToWhatIsWritten() {
        const Window odd{kStart + 1ns, kStart + 90s + 1ns};
        QVERIFY((roundedWindow(odd) == Window{kStart, kStart + 91s}));
        QVERIFY((roundedWindow({kStart + 1ns, kStart + 2ms}) == Window{kStart, kStart + 2ms}));
    }

private:
    static Postmortem documentWith(const std::string& text, const std::string& zone = "UTC") {
        Postmortem d;
        d.title = "t";
        d.summary.zone = zone;
        if (!text.empty()) d.rootCause = {text};
        return d;
    }

    void fill() const {
        SourceInfo info;
        info.path = "haproxy.log";
        info.role = SourceRole::Balancer;
        info.host = "lb";
        const SourceId id = *case_->store().addSource(info);
        SegmentBuilder builder;
        for (int i = 0; i < 300; ++i) {
            Record record;
            record.kind = RecordKind::Request;
            const std::string client = fmt::format("10.0.0.{}", i % 30);
            record[TextField::Backend] = "web";
            record[TextField::Server] = i % 3 == 2 ? "app2" : "app1";
            record[TextField::ClientIp] = client;
            record[TextField::Path] = "/";
            record[NumberField::Status] = i % 15 == 0 ? 503 : 200;
            record[NumberField::Duration] = (i + 1) * 1'000'000LL;
            const auto line = static_cast<std::uint64_t>(i) + 1;
            builder.add(record, kStart + std::chrono::seconds{i}, {line, 1, line, 1});
        }
        const Segment segment = builder.take();
        QVERIFY(case_->store().appendSegment(id, segment, {}, seriesOf(segment)).has_value());
    }

    QTemporaryDir dir_;
    std::unique_ptr<Case> case_;
    std::unique_ptr<Query> query_;
};

QTEST_GUILESS_MAIN(TstWindows)
#include "tst_windows.moc"
