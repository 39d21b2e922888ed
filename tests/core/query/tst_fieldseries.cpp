// SPDX-License-Identifier: GPL-3.0-or-later
// What charts of any field say, of a case whose numbers are known.
#include "core/case/store.h"
#include "core/query/field_series.h"
#include "core/series/series.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fmt/format.h>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

/// 2024-01-15T09:57:40Z, a multiple of 10 s.
constexpr std::int64_t kStart = 1'705'312'660'000'000'000;
constexpr int kClients = 3'000;

Window firstSeconds(int count) {
    return {instant(kStart), instant(kStart) + std::chrono::seconds(count)};
}

} // namespace

class TstFieldSeries : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        one_ = std::move(*Case::create(dir_.filePath("x.postlude").toStdString()));
        fillRequests();
        fillMessages();
        query_ = std::move(*openQuery(*one_));
    }

    /// app1 answers two of three requests.
    void countsByServerAreThoseOfTheRecords() {
        const FieldSeries series = ask({}, FieldGroup::Server, 8);
        QCOMPARE(series.lines.size(), 2U);
        QCOMPARE(QString::fromStdString(series.lines[0].name), QStringLiteral("app1"));
        QCOMPARE(sum(series.lines[0]), 2'000U);
        QCOMPARE(sum(series.lines[1]), 1'000U);
        QCOMPARE(series.lines[0].counts.size(), 300U);
        QVERIFY(!series.lines[1].others);
    }

    void valuesKeepTheirUnitAndNegativeOnesAreLeftOut() {
        const FieldSeries bytes = ask("bytes_sent", FieldGroup::None, 8, 10s);
        QCOMPARE(bytes.lines.size(), 1U);
        QVERIFY(std::abs(bytes.lines[0].p50[0] - 100) <= 1);
        const FieldSeries time = ask("duration_ms", FieldGroup::None, 8, 10s);
        QVERIFY(std::abs(time.lines[0].p50[0] - 0.02) <= 0.0003); // in seconds
        const FieldSeries balance = ask("balance", FieldGroup::None, 8, 10s);
        QCOMPARE(sum(balance.lines[0]), 1'500U); // the other half is −1
        QVERIFY(std::abs(balance.lines[0].p99[0] - 2.5) <= 0.03);
    }

    /// Each client is a network of its own: more than are told apart, and none is lost.
    void moreGroupsThanAreToldApartComeTogether() {
        for (const auto bucket : {Duration{1s}, Duration{300s}}) {
            const FieldSeries series = ask("bytes_sent", FieldGroup::Network, 5, bucket);
            QCOMPARE(series.lines.size(), 6U);
            std::uint64_t all = 0;
            for (const FieldLine& line : series.lines)
                all += sum(line);
            QCOMPARE(all, 3'000U);
            QVERIFY(series.lines.back().others);
        }
    }

    void fieldsOfMessagesAreFoundWhereRequestsHaveNone() {
        const FieldSeries series = ask("depth", FieldGroup::Source, 8, 10s);
        QCOMPARE(series.lines.size(), 1U);
        QCOMPARE(QString::fromStdString(series.lines[0].name), QStringLiteral("worker.log"));
        QCOMPARE(sum(series.lines[0]), 60U);
        QVERIFY(std::abs(series.lines[0].p95[5] - 7) <= 0.08);
        QVERIFY(std::isnan(series.lines[0].p95[6])); // nothing was written then
    }

    void aFilterIsObeyedAndAnEmptyWindowIsNothing() {
        FieldSeriesRequest request{firstSeconds(300)};
        request.filter = *Filter::parse("server = \"app2\"");
        const auto series = fieldSeries(*query_, request, {});
        QVERIFY(series.has_value());
        QCOMPARE(sum(series->lines.front()), 1'000U);
        request.window.to = request.window.from;
        QVERIFY(fieldSeries(*query_, request, {})->lines.empty());
    }

    void aStopIsObeyed() {
        std::stop_source stop;
        stop.request_stop();
        const auto series = fieldSeries(*query_, {firstSeconds(300)}, stop.get_token());
        QVERIFY(!series.has_value());
        QCOMPARE(series.error().kind, ErrorKind::Cancelled);
    }

private:
    static std::uint64_t sum(const FieldLine& line) {
        std::uint64_t all = 0;
        for (const std::uint32_t count : line.counts)
            all += count;
        return all;
    }

    FieldSeries ask(const std::string& field, FieldGroup group, std::size_t most,
                    Duration bucket = 1s) const {
        FieldSeriesRequest request{firstSeconds(300), bucket, field, group};
        request.most = most;
        auto series = fieldSeries(*query_, request, {});
        return series ? std::move(*series) : FieldSeries{};
    }

    SourceId addSource(const std::string& path, SourceRole role) const {
        SourceInfo info;
        info.path = path;
        info.role = role;
        info.host = "host";
        return *one_->store().addSource(info);
    }

    /// Ten a second for five minutes.
    void fillRequests() const {
        SegmentBuilder builder;
        for (int i = 0; i < kClients; ++i) {
            Record record;
            record.kind = RecordKind::Request;
            const std::string client = fmt::format("10.{}.{}.1", i / 250, i % 250);
            const std::string balance = i % 2 == 0 ? "-1" : "2.5";
            record[TextField::Backend] = "web";
            record[TextField::Server] = i % 3 == 2 ? "app2" : "app1";
            record[TextField::ClientIp] = client;
            record[TextField::Path] = "/";
            record[NumberField::Status] = 200;
            record[NumberField::BytesSent] = 100;
            record[NumberField::Duration] = 20'000'000;
            record.extra = {{"balance", balance}};
            const auto line = static_cast<std::uint64_t>(i) + 1;
            builder.add(record, instant(kStart + i * 100'000'000LL), {line, 1, line, 1});
        }
        save(addSource("haproxy.log", SourceRole::Balancer), builder);
    }

    /// One a second for a minute.
    void fillMessages() const {
        SegmentBuilder builder;
        for (int i = 0; i < 60; ++i) {
            Record record;
            record[TextField::Message] = "queue";
            record.extra = {{"depth", "7"}};
            const auto line = static_cast<std::uint64_t>(i) + 1;
            builder.add(record, instant(kStart + i * 1'000'000'000LL), {line, 1, line, 1});
        }
        save(addSource("worker.log", SourceRole::Other), builder);
    }

    void save(SourceId id, SegmentBuilder& builder) const {
        const Segment segment = builder.take();
        QVERIFY(one_->store().appendSegment(id, segment, {}, seriesOf(segment)).has_value());
    }

    QTemporaryDir dir_;
    std::unique_ptr<Case> one_;
    std::unique_ptr<Query> query_;
};

QTEST_GUILESS_MAIN(TstFieldSeries)
#include "tst_fieldseries.moc"
