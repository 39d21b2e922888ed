// SPDX-License-Identifier: GPL-3.0-or-later
// What one asks of a window and what one makes of it: messages that are new, the lines of one as a
// filter, hypotheses with evidence that are kept and taken back.
#include "ui/common/session.h"
#include "ui/findings/hypothesislist.h"
#include "ui/investigate/insighttable.h"
#include "ui/investigate/messageswindow.h"
#include "ui/investigate/periods.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace postlude;

class TstInsights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void tellsWhichMessagesAreNew();
    void ratesGoByTheTimeThatWasRecorded();
    void filtersTheLinesOfAMessage();
    void windowGivesItsFilter();
    void hypothesesAreKeptAndTakenBack();
    void bookmarksAreTakenBack();

private:
    [[nodiscard]] Instant at(int second) const {
        return *fromRfc3339("2024-01-15T09:57:00Z") + std::chrono::seconds{second};
    }
    QTemporaryDir home_;
    std::unique_ptr<Session> session_;
};

/// "job took" all the time; from second 40 on a pool that is exhausted.
void TstInsights::initTestCase() {
    QVERIFY(home_.isValid());
    qputenv("XDG_DATA_HOME", home_.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
    const std::string folder = home_.filePath(QStringLiteral("bundle")).toStdString();
    std::filesystem::create_directory(folder);
    {
        std::ofstream file(folder + "/app.log");
        for (int i = 10; i < 60; ++i) {
            file << "2024-01-15T09:57:" << i << "Z INFO worker took job " << i << "\n";
            if (i >= 40)
                file << "2024-01-15T09:57:" << i << "Z ERROR pool [" << i << "] exhausted (all)\n";
        }
    }
    auto session = Session::open({folder});
    QVERIFY(session.has_value());
    session_ = std::move(*session);
    QVERIFY(QTest::qWaitFor([&] { return !session_->busy() && session_->analysis(); }, 60'000));
}

void TstInsights::tellsWhichMessagesAreNew() {
    const auto rows = countMessages(session_->query(), {at(35), at(60)}, ClockView::Corrected, {});
    QVERIFY(rows.has_value());
    QCOMPARE(rows->size(), std::size_t{2});
    QVERIFY((*rows)[0].kind == MessageRow::Kind::New);
    QVERIFY((*rows)[0].text.find("exhausted") != std::string::npos);
    QCOMPARE((*rows)[0].within, std::uint64_t{20});
    QVERIFY((*rows)[0].first == at(40));
    QVERIFY((*rows)[0].level == Level::Error);
    const auto sources = session_->query().sources();
    const auto of = std::ranges::find((sources), (*rows)[0].source, &SourceInfo::id);
    QVERIFY(of != sources.end()); // where it was seen first
    QVERIFY((*rows)[1].kind == MessageRow::Kind::Usual);
    QCOMPARE((*rows)[1].within + (*rows)[1].outside, std::uint64_t{50});
}

/// An hour in which nothing was logged makes nothing rarer, neither before the window nor in it.
void TstInsights::ratesGoByTheTimeThatWasRecorded() {
    const auto rates = [&](Window window) {
        const auto rows = countMessages(session_->query(), window, ClockView::Corrected, {});
        std::pair<double, double> found;
        for (const MessageRow& row : *rows)
            if (row.text.find("worker") != std::string::npos)
                found = {row.perMinute, row.perMinuteOutside};
        return found;
    };
    const auto near = [](double a, double b) { return std::abs(a - b) < 2.5; };
    const auto late = rates({at(35), at(4000)});
    QVERIFY(near(late.first, 60) && near(late.second, 60));
    const auto early = rates({at(-4000), at(35)});
    QVERIFY(near(early.first, 60) && near(early.second, 60));

    const Window recorded = session_->selection().bounds();
    session_->selection().reach({at(-4000), at(0)}); // a change long before, which 0 shows
    const auto periods = periodsOf(*session_);
    QVERIFY(periods.back().window == recorded);
    QVERIFY(periodsBeside(*session_, {at(35), at(60)})[1].window.from == recorded.from);
}

void TstInsights::filtersTheLinesOfAMessage() {
    const auto rows = countMessages(session_->query(), {at(35), at(60)}, ClockView::Corrected, {});
    RecordsRequest request;
    const auto filter = Filter::parse(filterOf((*rows)[0].text).toStdString());
    QVERIFY(filter.has_value());
    request.filter = *filter;
    const auto count = session_->query().count(request, {});
    QVERIFY(count.has_value());
    QCOMPARE(count->records, std::uint64_t{20});
    QVERIFY(filterOf("<*> <*>").isEmpty());
}

void TstInsights::windowGivesItsFilter() {
    session_->selection().setWindow({at(35), at(60)});
    MessagesWindow window(*session_, nullptr);
    window.show();
    auto* table = window.findChild<InsightTable*>(QStringLiteral("insights"));
    const QAbstractItemModelTester tester(&table->rows());
    window.lookAtView();
    QTRY_COMPARE(table->rows().rowCount(), 2);
    const QSignalSpy wanted(&window, &InsightWindow::filterWanted);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(wanted.front().front().toString().contains(QStringLiteral("exhausted")));
}

void TstInsights::hypothesesAreKeptAndTakenBack() {
    HypothesisList list;
    list.show(session_.get(), session_->analysis());
    Hypothesis own;
    own.key = newKey(session_->hypotheses());
    own.title = "the pool <b>is</b> too small";
    session_->saveHypothesis(own);
    const auto line = session_->query().recordAtLine(session_->query().sources().front().id, 32);
    QVERIFY(line.has_value());
    session_->selection().select(*line, at(41));
    QTRY_VERIFY(list.findChild<HypothesisRow*>());
    auto* row = list.findChild<HypothesisRow*>();
    const auto buttons = row->findChildren<QPushButton*>();
    for (QPushButton* button : buttons)
        if (button->text().contains(QStringLiteral("speaks for it"))) button->click();
    QCOMPARE(session_->hypotheses().front().exhibits.size(), std::size_t{1});
    QCOMPARE(session_->hypotheses().front().exhibits.front().evidence.source,
             std::string("app.log"));
    own = session_->hypotheses().front();
    own.status = HypothesisStatus::RuledOut;
    own.note = "64 were free";
    session_->saveHypothesis(own);

    // As another session would find it.
    const auto kept = hypothesesFrom(session_->note("hypotheses"));
    QVERIFY(kept == session_->hypotheses());
    QVERIFY(kept.front() == own);
    session_->changes().undo();
    QVERIFY(!session_->hypotheses().front().status);
    session_->changes().undo();
    session_->changes().undo();
    QVERIFY(session_->hypotheses().empty());
    session_->changes().redo();
    QCOMPARE(session_->hypotheses().size(), std::size_t{1});
}

void TstInsights::bookmarksAreTakenBack() {
    session_->saveBookmark({0, at(20), {}, "before"});
    Bookmark renamed = session_->bookmarks().front();
    renamed.note = "after";
    session_->saveBookmark(renamed);
    session_->removeBookmark(renamed.id);
    QVERIFY(session_->bookmarks().empty());
    session_->changes().undo();
    QCOMPARE(session_->bookmarks().front().note, std::string("after"));
    session_->changes().undo();
    QCOMPARE(session_->bookmarks().front().note, std::string("before"));
    session_->changes().undo();
    QVERIFY(session_->bookmarks().empty());
}

QTEST_MAIN(TstInsights)
#include "tst_insights.moc"
