// SPDX-License-Identifier: GPL-3.0-or-later
// A search as somebody sees it: the lines found, and what could not be looked into.
#include "ui/investigate/linesstrip.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace postlude;

class TstSearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void progressCanBeStopped();
    void findsLinesAndNamesWhatIsMissing();

private:
    QTemporaryDir home_;
};

void TstSearch::initTestCase() {
    QVERIFY(home_.isValid());
    qputenv("XDG_DATA_HOME", home_.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
}

void TstSearch::progressCanBeStopped() {
    LinesStrip strip;
    const auto* text = strip.findChild<QLabel*>(QStringLiteral("linesStripText"));
    auto* stop = strip.findChild<QPushButton*>(QStringLiteral("linesStop"));
    QVERIFY(!strip.isVisible());
    Found found;
    found.looked = 250'000, found.all = 1'000'000, found.matches = 42;
    strip.showProgress(found);
    QVERIFY(strip.isVisible() && stop->isVisible());
    QVERIFY2(text->text().contains(QStringLiteral("42")), qPrintable(text->text()));
    const QSignalSpy wanted(&strip, &LinesStrip::stopWanted);
    QTest::mouseClick(stop, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    strip.showStopped(found);
    QVERIFY(strip.isVisible() && !stop->isVisible());
    strip.showMissing({});
    QVERIFY(!strip.isVisible());
}

void TstSearch::findsLinesAndNamesWhatIsMissing() {
    const std::string folder = home_.filePath(QStringLiteral("bundle")).toStdString();
    std::filesystem::create_directory(folder);
    for (const char* name : {"a.log", "b.log"}) {
        std::ofstream file(folder + "/" + name);
        for (int i = 10; i < 60; ++i)
            file << "2024-01-15T09:57:" << i << "Z INFO worker took job " << i << " of " << name
                 << "\n";
    }
    auto session = Session::open({folder});
    QVERIFY(session.has_value());
    InvestigatePage page;
    page.resize(1200, 800);
    page.setSession(session->get());
    page.show();
    QVERIFY(QTest::qWaitFor([&] { return !(*session)->busy() && (*session)->analysis(); }, 60'000));
    auto& selection = (*session)->selection();
    const auto* strip = page.findChild<QWidget*>(QStringLiteral("linesStrip"));
    const LinesModel& model = *page.lines().lines();
    selection.setFilter(QStringLiteral("\"job 17\""));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, 60'000);
    const auto* told = strip->findChild<QLabel*>(QStringLiteral("linesStripText"));
    QTRY_VERIFY(strip->isVisible() && told->text().startsWith(QLatin1Char('2')));
    std::filesystem::remove(folder + "/b.log");
    selection.setFilter(QStringLiteral("\"job 18\""));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 60'000);
    QTRY_VERIFY2(told->text().contains(QStringLiteral("b.log")), qPrintable(told->text()));
    page.setSession(nullptr);
}

QTEST_MAIN(TstSearch)
#include "tst_search.moc"
