// SPDX-License-Identifier: GPL-3.0-or-later
// Several windows: each has its own case, the same case has one that writes, and none ends with
// another.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/language.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"
#include "ui/shell/lastrun.h"
#include "ui/shell/palette.h"
#include "ui/shell/windows.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

bool readIn(MainWindow& window, const QString& bundle) {
    return openedIn(window, bundle.toStdString()) &&
           QTest::qWaitFor(
               [&window] { return !window.session()->busy() && window.session()->analysis(); },
               kPatience);
}

void press(const MainWindow& window, const char* action) {
    window.findChild<QAction*>(QLatin1String(action))->trigger();
}

QString stateOf(const MainWindow& window) {
    return window.findChild<QLabel*>(QStringLiteral("statusState"))->text();
}

/// Keys go to the window that is in front.
bool toFront(MainWindow& window) {
    window.activateWindow();
    return QTest::qWaitForWindowActive(&window);
}

bool welcomes(const MainWindow& window) {
    return window.findChild<QWidget*>(QStringLiteral("welcomePage"))->isVisible();
}

} // namespace

class TstWindows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { windows_ = std::make_unique<Windows>(ImportOptions{}); }
    void cleanup() { windows_.reset(); }
    void anotherByItsKey();
    void reachedByThePalette();
    void theSameCaseTwice();
    void oneClosesAndTheOtherGoesOn();
    void quittingClosesAll();
    void anotherLanguageTakesAllAlong();
    void theHandbookIsThatOfTheWindow();

private:
    SmallCase files_;
    std::unique_ptr<Windows> windows_;
};

void TstWindows::anotherByItsKey() {
    MainWindow& first = windows_->add();
    QVERIFY(readIn(first, files_.bundle()));
    QVERIFY(toFront(first));
    QTest::keyClick(&first, Qt::Key_N, Qt::ControlModifier);
    const auto all = windows_->all();
    QCOMPARE(all.size(), std::size_t{2});
    QVERIFY(welcomes(*all.back()));
    QVERIFY(!all.back()->session());
    QVERIFY(first.session());
    QVERIFY(all.back()->pos() != first.pos()); // both are seen
}

void TstWindows::reachedByThePalette() {
    MainWindow& first = windows_->add();
    QVERIFY(toFront(first));
    QTimer::singleShot(100, &first, [&first] {
        auto* palette = first.findChild<CommandPalette*>();
        QVERIFY(palette);
        auto* words = palette->findChild<QLineEdit*>();
        QTest::keyClicks(words, QStringLiteral("new window"));
        QTest::keyClick(words, Qt::Key_Return);
    });
    QTest::keyClick(&first, Qt::Key_K, Qt::ControlModifier);
    QTRY_COMPARE(windows_->all().size(), std::size_t{2});
}

void TstWindows::theSameCaseTwice() {
    MainWindow& first = windows_->add();
    QVERIFY(readIn(first, files_.bundle()));
    MainWindow& second = windows_->add();
    QVERIFY(openedIn(second, files_.bundle().toStdString()));
    QCOMPARE(second.session()->caseFile().file(), first.session()->caseFile().file());
    QCOMPARE(first.session()->caseFile().mode(), OpenMode::ReadWrite);
    QCOMPARE(second.session()->caseFile().mode(), OpenMode::ReadOnly);
    QVERIFY2(stateOf(second).contains(QStringLiteral("read only")), qPrintable(stateOf(second)));
    QVERIFY(!stateOf(first).contains(QStringLiteral("read only")));
    LinesView& lines = second.findChild<InvestigatePage*>()->lines();
    QTRY_VERIFY(lines.lines()->rowCount() >= SmallCase::kRequests);
    // What one looks at is its own affair.
    second.session()->selection().setFilter(QStringLiteral("status = 503"));
    QVERIFY(first.session()->selection().place().filter.isEmpty());
    // Once nobody else has it open, it can be written here.
    first.close();
    const std::filesystem::path file = second.session()->caseFile().file();
    press(second, "closeCase");
    QVERIFY(openedIn(second, file));
    QCOMPARE(second.session()->caseFile().mode(), OpenMode::ReadWrite);
}

void TstWindows::oneClosesAndTheOtherGoesOn() {
    QDir(runsFolder()).removeRecursively();
    MainWindow& first = windows_->add();
    QVERIFY(readIn(first, files_.bundle()));
    const QPointer<MainWindow> second = &windows_->add();
    QVERIFY(openedIn(*second, files_.bundle().toStdString()));
    QCOMPARE(QDir(runsFolder()).entryList(QDir::Files).size(), 2);
    QVERIFY(toFront(*second));
    QTest::keyClick(second, Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!second);
    QCOMPARE(windows_->all(), std::vector<MainWindow*>{&first});
    // Should the program end badly now, what is open is known.
    QCOMPARE(QDir(runsFolder()).entryList(QDir::Files).size(), 1);
    QVERIFY(!takeEndedRun());
    QVERIFY(toFront(first));
    QTest::keyClick(&first.findChild<InvestigatePage*>()->lines(), Qt::Key_E);
    QTRY_VERIFY(first.session()->selection().place().record);
}

void TstWindows::quittingClosesAll() {
    MainWindow& first = windows_->add();
    windows_->add();
    windows_->add();
    QVERIFY(toFront(first));
    QTest::keyClick(&first, Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(windows_->all().empty());
}

void TstWindows::anotherLanguageTakesAllAlong() {
    MainWindow& first = windows_->add();
    QVERIFY(readIn(first, files_.bundle()));
    windows_->add();
    const std::filesystem::path file = first.session()->caseFile().file();
    const auto open = windows_->leave();
    QCOMPARE(open.size(), std::size_t{2});
    QCOMPARE(open.front(), Windows::Paths{file});
    QVERIFY(open.back().empty());
}

/// One key for both would be ambiguous, and do nothing.
void TstWindows::theHandbookIsThatOfTheWindow() {
    MainWindow& first = windows_->add();
    MainWindow& second = windows_->add();
    for (MainWindow* window : {&first, &second, &first}) {
        QVERIFY(toFront(*window));
        const auto* other = window == &first ? &second : &first;
        const auto contextIn = [](const MainWindow& of) {
            return of.findChild<QAction*>(QStringLiteral("handbook"))->shortcutContext();
        };
        QTRY_COMPARE(contextIn(*window), Qt::ApplicationShortcut);
        QCOMPARE(contextIn(*other), Qt::WindowShortcut);
        QTest::keyClick(window, Qt::Key_F1);
        auto* handbook = window->findChild<QWidget*>(QStringLiteral("helpWindow"));
        QVERIFY(handbook && handbook->isVisible());
        handbook->close();
    }
}

QTEST_MAIN(TstWindows)
#include "tst_windows.moc"
