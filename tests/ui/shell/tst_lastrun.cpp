// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/lastrun.h"
#include "ui/shell/welcome.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

namespace {

void write(const QString& file, const QByteArray& text) {
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
}

} // namespace

class TestLastRun : public QObject {
    Q_OBJECT

    QTemporaryDir home_;

private Q_SLOTS:
    void init() {
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        QDir(runsFolder()).removeRecursively();
        QDir().mkpath(runsFolder());
    }
    void whatEndsWellLeavesNothing() {
        markOpenCase(QStringLiteral("/cases/a.postlude"), QStringLiteral("A shop"));
        unmarkOpenCase();
        QVERIFY(!takeEndedRun());
        QVERIFY(QDir(runsFolder()).isEmpty());
    }
    void whoIsAliveHasNotEnded() {
        markOpenCase(QStringLiteral("/cases/a.postlude"), QStringLiteral("A shop"));
        QVERIFY(!takeEndedRun());
        QVERIFY(!QDir(runsFolder()).isEmpty());
        unmarkOpenCase();
    }
    void aRunThatIsGoneIsToldOnce() {
        write(runsFolder() + QStringLiteral("/77.case"), "A booking\n/cases/b.postlude");
        write(crashReportFile(77), "ended by SIGSEGV\n");
        const auto run = takeEndedRun();
        QVERIFY(run);
        QCOMPARE(run->casePath, QStringLiteral("/cases/b.postlude"));
        QCOMPARE(run->title, QStringLiteral("A booking"));
        QVERIFY(crashDetails(*run).contains(QLatin1String("SIGSEGV")));
        QVERIFY2(!crashDetails(*run).contains(QLatin1String("cases")), "no path in what is sent");
        QVERIFY(!takeEndedRun());
    }
    void thePageOffersToOpenItAgain() {
        WelcomePage page;
        page.tellEnded({QStringLiteral("/cases/b.postlude"), QStringLiteral("A booking"),
                        QStringLiteral("ended by SIGABRT\n")});
        QSignalSpy opened(&page, &WelcomePage::openRequested);
        page.findChild<QPushButton*>(QStringLiteral("copyDetails"))->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("SIGABRT")));
        page.findChild<QPushButton*>(QStringLiteral("reopen"))->click();
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().toStringList(),
                 QStringList{QStringLiteral("/cases/b.postlude")});
        QVERIFY(page.findChild<QWidget*>(QStringLiteral("endedRun"))->isHidden());
    }
};

QTEST_MAIN(TestLastRun)
#include "tst_lastrun.moc"
