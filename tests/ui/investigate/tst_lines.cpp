// SPDX-License-Identifier: GPL-3.0-or-later
// The lines as one works with them: what is marked is what is taken apart, one source as it was
// written, bookmarks with colours, search with its switches.
#include "tests/support/smallcase.h"
#include "ui/common/theme.h"
#include "ui/findings/linesection.h"
#include "ui/investigate/findbar.h"
#include "ui/investigate/lanes.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"

#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace postlude;

class TstLines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void takesApartWhatIsMarked();
    void aLineThatIsFilteredAwayIsNotMarked();
    void oneSourceInTheOrderOfItsFile();
    void bookmarksHaveColoursAndWindows();
    void notesHaveALane();
    void messagesLeadToTheirLines();
    void lanesSayThatAFilterLeavesThem();
    void searchesByItsSwitches_data();
    void searchesByItsSwitches();
    void saysWhatIsWrongWithAnExpression();
    void leavesRoomForTheText();
    void timesWithTheirDatesFitTheirColumn();

private:
    [[nodiscard]] LinesView& lines() const { return page_->lines(); }
    [[nodiscard]] QString cell(int row, int column) const {
        return lines().lines()->index(row, column).data().toString();
    }
    std::unique_ptr<SmallCase> small_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<InvestigatePage> page_;
};

void TstLines::initTestCase() {
    small_ = std::make_unique<SmallCase>();
    session_ = small_->open();
    QVERIFY(session_ != nullptr);
}

void TstLines::cleanupTestCase() {
    session_.reset();
}

void TstLines::init() {
    page_ = std::make_unique<InvestigatePage>();
    page_->resize(1400, 900);
    page_->setSession(session_.get());
    // Not where the page before was left.
    session_->selection().setBounds(session_->query().span(ClockView::Corrected));
    page_->show();
    QTRY_COMPARE_WITH_TIMEOUT(lines().lines()->rowCount(), SmallCase::kRequests + 80, 8'000);
}

void TstLines::cleanup() {
    page_->setSession(nullptr);
    page_.reset();
}

void TstLines::takesApartWhatIsMarked() {
    auto* details = page_->findChild<GrowingView*>(QStringLiteral("lineDetails"));
    // Nothing was selected yet, but a line is marked: that is the one taken apart.
    QVERIFY(!session_->selection().place().record);
    QTRY_VERIFY(details->isVisibleTo(page_.get()));
    for (int i = 0; i < 2; ++i) {
        const auto selected = lines().selectionModel()->selectedRows();
        QCOMPARE(selected.size(), 1);
        QCOMPARE(lines().lines()->recordAt(selected.front().row()), session_->selection().line());
        const QString text = cell(selected.front().row(), LinesModel::Text);
        const QString path = text.section(QLatin1Char(' '), 1, 1);
        QTRY_VERIFY2(details->toPlainText().contains(path), qPrintable(text));
        QTest::keyClick(&lines(), Qt::Key_Down);
    }
    // The cursor goes elsewhere: so do the mark and what is taken apart.
    session_->selection().setMoment(session_->selection().bounds().from + std::chrono::minutes{2});
    QVERIFY(!session_->selection().place().record);
    QVERIFY(session_->selection().line().has_value());
    const int row = lines().selectionModel()->selectedRows().front().row();
    QCOMPARE(lines().lines()->recordAt(row), session_->selection().line());
}

void TstLines::aLineThatIsFilteredAwayIsNotMarked() {
    QTest::keyClick(&lines(), Qt::Key_Down);
    const auto record = session_->selection().place().record;
    QVERIFY(record.has_value());
    session_->selection().setFilter(QStringLiteral("source contains worker"));
    QTRY_COMPARE(lines().lines()->rowCount(), 60);
    QVERIFY(lines().selectionModel()->selectedRows().isEmpty());
    QCOMPARE(session_->selection().line(), record);
}

void TstLines::oneSourceInTheOrderOfItsFile() {
    session_->selection().setFilter(QStringLiteral("source contains worker"));
    QTRY_COMPARE(lines().lines()->rowCount(), 60);
    QVERIFY(cell(0, LinesModel::Text).contains(QStringLiteral("Job 0 ")));
    QTest::keyClick(&lines(), Qt::Key_Down);
    session_->selection().setFilter({});
    QTRY_VERIFY(lines().lines()->rowCount() > 60);
    const auto record = session_->selection().place().record;
    page_->toggleFileOrder();
    QTRY_COMPARE(lines().lines()->rowCount(), 60);
    const auto* strip = page_->findChild<QWidget*>(QStringLiteral("fileStrip"));
    QVERIFY(strip->isVisible());
    QVERIFY(cell(0, LinesModel::Text).contains(QStringLiteral("Job 59 ")));
    QCOMPARE(cell(0, LinesModel::Number), QStringLiteral("1"));
    // The selected line stays it, and keys go on from there.
    QTRY_COMPARE(lines().selectionModel()->selectedRows().size(), 1);
    const int row = lines().selectionModel()->selectedRows().front().row();
    QCOMPARE(lines().lines()->recordAt(row), record);
    QTest::keyClick(&lines(), Qt::Key_Down);
    QCOMPARE(lines().lines()->recordAt(row + 1), session_->selection().place().record);
    // A narrower window does not hide lines of the file.
    const Window all = session_->selection().bounds();
    session_->selection().setWindow({all.from, all.from + std::chrono::seconds{30}});
    QTest::qWait(300);
    QCOMPARE(lines().lines()->rowCount(), 60);
    QTest::mouseClick(strip->findChild<QPushButton*>(QStringLiteral("leaveFile")), Qt::LeftButton);
    QVERIFY(!strip->isVisible());
    QTRY_VERIFY(lines().lines()->rowCount() != 60);
}

void TstLines::bookmarksHaveColoursAndWindows() {
    QTest::keyClick(&lines(), Qt::Key_Down);
    page_->toggleBookmark();
    QCOMPARE(session_->bookmarks().size(), std::size_t{1});
    const Bookmark mark = session_->bookmarks().front();
    session_->saveBookmark(mark, BookmarkLook{3, {}});
    const int row = lines().currentIndex().row();
    QCOMPARE(lines().lines()->index(row, 0).data(MarkRole).value<QColor>(),
             colourOf(BookmarkLook{3, {}}));
    session_->changes().undo();
    QCOMPARE(session_->lookOf(mark.id), BookmarkLook{});
    session_->changes().redo();
    session_->removeBookmark(mark.id);
    QVERIFY(session_->bookmarks().empty());
    session_->changes().undo();
    QCOMPARE(session_->lookOf(mark.id).colour, 3);
    const Window all = session_->selection().bounds();
    const Window some{all.from + std::chrono::seconds{10}, all.from + std::chrono::seconds{20}};
    session_->selection().setWindow(some);
    page_->bookmarkWindow();
    QCOMPARE(session_->bookmarks().size(), std::size_t{2});
    const Bookmark window = session_->bookmarks().back();
    QCOMPARE(window.at, some.from);
    QCOMPARE(session_->lookOf(window.id).until, std::optional(some.to));
    for (const Bookmark& one : std::vector(session_->bookmarks()))
        session_->removeBookmark(one.id);
}

/// They stand on the time axis, and a click on one leads there.
void TstLines::notesHaveALane() {
    auto* lanes = page_->findChild<Lanes*>();
    const int without = lanes->sizeHint().height();
    const Instant at = session_->selection().bounds().from + std::chrono::seconds{100};
    session_->saveBookmark({0, at, {}, "pool looked <b>full</b>"});
    QVERIFY(lanes->sizeHint().height() > without);
    QRectF place;
    for (const Lanes::Label& label : lanes->labels())
        if (label.text.contains(QStringLiteral("<b>full</b>"))) place = label.place;
    QVERIFY(!place.isEmpty());
    QTest::mouseClick(lanes, Qt::LeftButton, {}, place.center().toPoint());
    QCOMPARE(session_->selection().place().moment, at);
    session_->changes().undo();
    QCOMPARE(lanes->sizeHint().height(), without);
}

/// A click goes to the first line, a double click shows all of them, and what is crowded says how
/// many there are.
void TstLines::messagesLeadToTheirLines() {
    auto* lanes = page_->findChild<Lanes*>();
    QTest::qWait(300); // until those of the logs are there
    const auto event = [&](int row, const char* label, int rank) {
        LaneEvent made{Lane::Messages,
                       *lines().lines()->timeAt(row),
                       {},
                       false,
                       QString::fromLatin1(label),
                       QString::fromLatin1(label),
                       *lines().lines()->recordAt(row)};
        made.rank = rank;
        made.detail += QStringLiteral("\n12 lines in the incident");
        made.filter = QStringLiteral("message ~ job");
        return made;
    };
    const int far = lines().lines()->rowCount() - 100;
    lanes->setEvents({event(40, "new: Job", 1), event(far, "new: pool <i>empty</i>", 1),
                      event(far + 1, "more often: retry", 0)});
    QRectF alone;
    QStringList told;
    for (const Lanes::Label& label : lanes->labels()) {
        told << label.text;
        if (label.text.startsWith(QStringLiteral("new: Job"))) alone = label.place;
    }
    QCOMPARE(told.size(), 2);
    QVERIFY2(told.back().startsWith(QStringLiteral("more often")), qPrintable(told.back()));
    QVERIFY2(told.back().endsWith(QStringLiteral("+1")), qPrintable(told.back()));
    QVERIFY(!alone.isEmpty());
    QTest::mouseClick(lanes, Qt::LeftButton, {}, alone.center().toPoint());
    QCOMPARE(session_->selection().place().record, lines().lines()->recordAt(40));
    const QPoint mark(static_cast<int>(alone.left()) - 10, static_cast<int>(alone.center().y()));
    QHelpEvent hover(QEvent::ToolTip, mark, lanes->mapToGlobal(mark));
    QCoreApplication::sendEvent(lanes, &hover);
    QVERIFY(QToolTip::text().contains(QStringLiteral("12 lines in the incident")));
    QStringList filters;
    connect(page_.get(), &InvestigatePage::filterWanted, this,
            [&](const QString& filter) { filters << filter; });
    QTest::mouseDClick(lanes, Qt::LeftButton, {}, mark);
    QCOMPARE(filters, QStringList{QStringLiteral("message ~ job")});
}

void TstLines::lanesSayThatAFilterLeavesThem() {
    auto* lanes = page_->findChild<Lanes*>();
    const int before = lanes->sizeHint().height();
    QVERIFY(lanes->accessibleDescription().isEmpty());
    session_->selection().setFilter(QStringLiteral("status = 503"));
    QVERIFY(lanes->accessibleDescription().contains(QStringLiteral("filter")));
    QVERIFY(lanes->sizeHint().height() > before); // a line of its own, below
    session_->selection().setFilter({});
    QVERIFY(lanes->accessibleDescription().isEmpty());
    QCOMPARE(lanes->sizeHint().height(), before);
}

void TstLines::searchesByItsSwitches_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("switches");
    QTest::addColumn<QString>("found");
    QTest::newRow("plain") << "job 1" << "" << "of 11";
    QTest::newRow("same case") << "job 1" << "findCase" << "No further matches";
    QTest::newRow("same case, right") << "Job 1" << "findCase" << "of 11";
    QTest::newRow("whole word") << "job 1" << "findWord" << "of 1";
    QTest::newRow("plain signs") << "took J.b" << "" << "No further matches";
    QTest::newRow("expression") << "j.b [12]\\d" << "findExpression" << "of 20";
    QTest::newRow("expression, whole words") << "job \\d" << "findExpression findWord" << "of 10";
}

void TstLines::searchesByItsSwitches() {
    QFETCH(QString, text);
    QFETCH(QString, switches);
    QFETCH(QString, found);
    page_->openFind();
    auto* edit = page_->findChild<QLineEdit*>(QStringLiteral("findText"));
    edit->clear();
    QTest::keyClicks(edit, text);
    for (const QString& name : switches.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        QTest::mouseClick(page_->findChild<QToolButton*>(name), Qt::LeftButton);
    const auto* told = page_->findChild<QLabel*>(QStringLiteral("findTold"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY2(told->text().endsWith(found), qPrintable(told->text()));
    const auto* marks = dynamic_cast<const MarksBar*>(lines().verticalScrollBar());
    QCOMPARE(marks->marks().empty(), found.startsWith(QLatin1String("No")));
    if (found.startsWith(QLatin1String("No"))) return;
    QTest::keyClick(edit, Qt::Key_Return); // the next one
    const bool one = found == QLatin1String("of 1");
    QTRY_VERIFY2(one ? told->text() == QStringLiteral("No further matches")
                     : told->text().startsWith(QStringLiteral("match 2")),
                 qPrintable(told->text()));
}

void TstLines::saysWhatIsWrongWithAnExpression() {
    page_->openFind();
    auto* edit = page_->findChild<QLineEdit*>(QStringLiteral("findText"));
    const auto* told = page_->findChild<QLabel*>(QStringLiteral("findTold"));
    QTest::mouseClick(page_->findChild<QToolButton*>(QStringLiteral("findExpression")),
                      Qt::LeftButton);
    QTest::keyClicks(edit, QStringLiteral("(job"));
    QVERIFY2(told->text().contains(QStringLiteral("bracket")), qPrintable(told->text()));
    QTest::keyClicks(edit, QStringLiteral(")"));
    QCOMPARE(told->text(), QString());
    // One that would cost more than it may is refused before it runs.
    edit->clear();
    QTest::keyClicks(edit, QStringLiteral("((a{1,100}){1,100}){1,100}"));
    QVERIFY2(!told->text().isEmpty(), "taken");
    QCOMPARE(edit->property("valid").toString(), QStringLiteral("no"));
}

void TstLines::leavesRoomForTheText() {
    for (const int width : {900, 1024, 1280, 1920}) {
        page_->resize(width, 700);
        QTest::qWait(50);
        const int text = lines().columnWidth(LinesModel::Text);
        QVERIFY2(text >= 150, qPrintable(QString::number(width)));
        QVERIFY(!lines().isColumnHidden(LinesModel::Status));
    }
    QVERIFY(!lines().isColumnHidden(LinesModel::Server));
}

/// Midnight is among the lines, or not: it depends on the zone.
void TstLines::timesWithTheirDatesFitTheirColumn() {
    const auto fits = [this] {
        const QString last = cell(lines().lines()->rowCount() - 1, LinesModel::Time);
        const int needed = QFontMetrics(Theme::current().mono()).horizontalAdvance(last);
        return needed < lines().columnWidth(LinesModel::Time);
    };
    const int within = lines().columnWidth(LinesModel::Time);
    QVERIFY(fits());
    const auto far = Zone::named("+14:00"); // 23:57 to 00:02
    QVERIFY(far.has_value());
    session_->selection().setZone(*far);
    QTRY_VERIFY(cell(0, LinesModel::Time).startsWith(QStringLiteral("01-15 ")));
    QVERIFY(lines().columnWidth(LinesModel::Time) > within);
    QVERIFY(fits());
    session_->selection().setZone(Zone::utc());
    QTRY_VERIFY(!cell(0, LinesModel::Time).contains(QLatin1Char(' ')));
    QCOMPARE(lines().columnWidth(LinesModel::Time), within);
}

QTEST_MAIN(TstLines)
#include "tst_lines.moc"
