// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/investigate/fakequery.h"
#include "ui/investigate/linesmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace postlude;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
const Instant kStart = *fromRfc3339("2024-01-15T09:59:16.011Z");

/// A request, a warning, a chat line and a hostile one.
std::shared_ptr<FakeQuery> smallCase() {
    auto query = std::make_shared<FakeQuery>();
    SourceInfo source;
    source.id = SourceId{1};
    source.path = "lb/haproxy.log";
    source.role = SourceRole::Balancer;
    query->known = {source};
    query->backends = {{"web", "app1"}, {"web", "app2"}};
    RecordRow& request = query->add(RecordKind::Request, kStart);
    FakeQuery::set(request, TextField::Server, "app2");
    FakeQuery::set(request, TextField::Backend, "web");
    FakeQuery::set(request, TextField::Method, "GET");
    FakeQuery::set(request, TextField::Path, "/play/1.ts");
    FakeQuery::set(request, TextField::Termination, "sQ--");
    FakeQuery::set(request, NumberField::Status, 503);
    FakeQuery::set(request, NumberField::Duration, 2'013 * 1'000'000LL);
    RecordRow& warning = query->add(RecordKind::Message, kStart + std::chrono::seconds{1});
    warning.level = Level::Warning;
    FakeQuery::set(warning, TextField::Message, "pool exhausted");
    RecordRow& chat = query->add(RecordKind::Chat, kStart + std::chrono::seconds{1});
    FakeQuery::set(chat, TextField::User, "kestrel");
    FakeQuery::set(chat, TextField::Message, "looking");
    RecordRow& hostile = query->add(RecordKind::Message, kStart + std::chrono::seconds{2});
    FakeQuery::set(hostile, TextField::Message, "<b>x</b>\x1b[31m\r\nend");
    return query;
}

QString cell(const LinesModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

} // namespace

class TstLinesModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void describesEachKind();
    void findsRows();
    void writesTimesInTheZone();
    void saysTheDayWhereDaysDiffer();
    void aServerOfTheSourceIsFilteredByTheSource();
    void marksBookmarks();
    void showsHostileTextAsText();
    void saysWhyALineCannotBeRead();
    void aPaintingDoesNotWaitForLines();

private:
    std::unique_ptr<LinesModel> model_;
    std::unique_ptr<QAbstractItemModelTester> tester_;
};

void TstLinesModel::init() {
    tester_.reset();
    model_ = std::make_unique<LinesModel>();
    tester_ = std::make_unique<QAbstractItemModelTester>(
        model_.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto query = smallCase();
    model_->setServers(ServerIndex(query->servers(), query->sources(), nullptr));
    model_->setLines(query, query->list());
}

void TstLinesModel::describesEachKind() {
    QCOMPARE(model_->rowCount(), 4);
    QCOMPARE(cell(*model_, 0, LinesModel::Source), QStringLiteral("haproxy"));
    QCOMPARE(cell(*model_, 0, LinesModel::Server), QStringLiteral("app2"));
    QCOMPARE(cell(*model_, 0, LinesModel::Status), QStringLiteral("503"));
    QCOMPARE(cell(*model_, 0, LinesModel::Took), QStringLiteral("2\u202F013 ms"));
    QCOMPARE(cell(*model_, 0, LinesModel::Text), QStringLiteral("GET /play/1.ts  sQ--"));
    QCOMPARE(cell(*model_, 1, LinesModel::Status), QStringLiteral("WARNING"));
    QCOMPARE(cell(*model_, 1, LinesModel::Took), QString());
    QCOMPARE(cell(*model_, 2, LinesModel::Text), QStringLiteral("kestrel: looking"));
}

void TstLinesModel::findsRows() {
    QCOMPARE(model_->rowOf({}, kStart), 0);
    QCOMPARE(model_->rowOf({}, kStart + std::chrono::milliseconds{1}), 1);
    // Two lines of the same instant are told apart by their record.
    QCOMPARE(model_->rowOf(RecordId{2}, kStart + std::chrono::seconds{1}), 2);
    QCOMPARE(model_->rowOf({}, kStart + Duration{99 * kSecond}), 3);
    model_->clear();
    QCOMPARE(model_->rowOf({}, kStart), -1);
    QVERIFY(!model_->recordAt(0));
}

void TstLinesModel::writesTimesInTheZone() {
    QCOMPARE(cell(*model_, 0, LinesModel::Time), QStringLiteral("09:59:16.011"));
    model_->setDisplay(ClockView::Corrected, Zone::fixed(-5 * 3600));
    QCOMPARE(cell(*model_, 0, LinesModel::Time), QStringLiteral("04:59:16.011"));
}

void TstLinesModel::saysTheDayWhereDaysDiffer() {
    const auto query = smallCase();
    query->add(RecordKind::Message, kStart + std::chrono::hours{24});
    model_->setLines(query, query->list());
    QCOMPARE(cell(*model_, 0, LinesModel::Time), QStringLiteral("01-15 09:59:16.011"));
    QCOMPARE(cell(*model_, 4, LinesModel::Time), QStringLiteral("01-16 09:59:16.011"));
    query->add(RecordKind::Message, kStart + std::chrono::hours{24 * 366});
    model_->setLines(query, query->list());
    QCOMPARE(cell(*model_, 0, LinesModel::Time), QStringLiteral("2024-01-15 09:59:16.011"));
}

/// What the menu of a cell filters by must find the line.
void TstLinesModel::aServerOfTheSourceIsFilteredByTheSource() {
    const auto query = smallCase();
    query->known.front().path = "app2/app.log";
    query->known.front().host = "app2";
    query->known.front().role = SourceRole::Server;
    model_->setServers(ServerIndex(query->backends, query->known, nullptr));
    model_->setLines(query, query->list());
    QCOMPARE(model_->testOf(0, LinesModel::Server), QStringLiteral("server = \"app2\""));
    QCOMPARE(cell(*model_, 1, LinesModel::Server), QStringLiteral("app2"));
    QCOMPARE(model_->testOf(1, LinesModel::Server), QStringLiteral("source = \"app2/app.log\""));
    QVERIFY(model_->index(1, LinesModel::Server).data(ToneRole).isValid());
    QVERIFY(!model_->index(0, LinesModel::Server).data(ToneRole).isValid());
}

void TstLinesModel::marksBookmarks() {
    model_->setMarked({{2, QColor(Qt::red)}});
    QVERIFY(!model_->index(0, 0).data(MarkRole).isValid());
    QVERIFY(model_->index(2, 0).data(MarkRole).isValid());
}

void TstLinesModel::aPaintingDoesNotWaitForLines() {
    LinesModel model; // nobody has looked at it before
    const auto query = smallCase();
    const auto text = [&model](int row) { return cell(model, row, LinesModel::Text); };
    model.setLines(query, query->list());
    model.setPainting(true);
    QCOMPARE(text(2), QString());
    QCOMPARE(cell(model, 2, LinesModel::Time), QStringLiteral("09:59:17.011")); // is known
    const LinesModel::Wanted wanted = model.takeWanted();
    QCOMPARE(wanted.rows, std::vector<int>{2});
    QVERIFY(model.takeWanted().rows.empty());
    const LinesModel::Records records{{query->record(wanted.ids.front())}};
    // What was wanted of a list that is there no more is dropped.
    model.takeRecords(model.listNumber() - 1, wanted, records);
    QCOMPARE(text(2), QString());
    model.takeRecords(model.listNumber(), wanted, records);
    QCOMPARE(text(2), QStringLiteral("kestrel: looking"));
    QCOMPARE(text(1), QStringLiteral("pool exhausted")); // its segment is unpacked now
    // Whoever asks otherwise gets an answer.
    model.setLines(smallCase(), query->list());
    model.setPainting(false);
    QCOMPARE(text(2), QStringLiteral("kestrel: looking"));
}

void TstLinesModel::showsHostileTextAsText() {
    const QString text = cell(*model_, 3, LinesModel::Text);
    QVERIFY(text.contains(QStringLiteral("<b>x</b>")));
    for (const QChar c : text)
        QVERIFY(c.unicode() >= 0x20);
    const QString tip = model_->index(3, LinesModel::Text).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;")));
}

void TstLinesModel::saysWhyALineCannotBeRead() {
    RecordList list;
    list.add(kStart, RecordId{99});
    model_->setLines(smallCase(), list);
    QVERIFY(cell(*model_, 0, LinesModel::Text).contains(QStringLiteral("No such record")));
}

QTEST_MAIN(TstLinesModel)
#include "tst_linesmodel.moc"
