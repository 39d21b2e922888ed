// SPDX-License-Identifier: GPL-3.0-or-later
// First steps: the tour past the controls, and the command that gathers logs.
#include "core/analysis/analysis.h"
#include "tests/support/openedin.h"
#include "ui/common/theme.h"
#include "ui/shell/collect.h"
#include "ui/shell/samples.h"
#include "ui/shell/tour.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

namespace {

constexpr int kPatience = 120'000;

Tour* tourIn(const MainWindow& window) {
    return window.findChild<Tour*>();
}

} // namespace

class TestTour : public QObject {
    Q_OBJECT
    QTemporaryDir home_;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(home_.isValid());
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
        QCoreApplication::setApplicationName(QStringLiteral("postlude"));
        QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
        ThemeWatcher::instance().apply();
    }
    void cleanup() { QSettings().clear(); }

    void theHelpMenuLeadsPastFiveControlsOfASample() {
        MainWindow window;
        window.resize(1280, 800);
        window.show();
        window.findChild<QAction*>(QStringLiteral("tour"))->trigger();
        QTRY_VERIFY(window.session() != nullptr);
        QVERIFY(QTest::qWaitFor([&] { return tourIn(window) != nullptr; }, kPatience));
        Tour* tour = tourIn(window);
        QSet<QByteArray> places;
        for (int step = 0; step < 5; ++step) {
            QCOMPARE(tour->step(), step);
            auto* next = tour->findChild<QPushButton*>(QStringLiteral("tourNext"));
            QCOMPARE(QApplication::focusWidget(), next);
            QVERIFY(!next->accessibleDescription().isEmpty());
            const QRect bubble(next->parentWidget()->geometry());
            QVERIFY2(tour->rect().contains(bubble), qPrintable(QString::number(step)));
            const QImage seen = tour->grab().toImage();
            places << QByteArray(reinterpret_cast<const char*>(seen.constBits()),
                                 seen.sizeInBytes());
            if (step < 4) QTest::keyClick(next, step % 2 ? Qt::Key_Return : Qt::Key_Right);
        }
        QCOMPARE(places.size(), 5);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
        QCOMPARE(tour->step(), 3);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_0); // a command of the window
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(tour->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return tourIn(window) == nullptr; }));
        QVERIFY(window.session() != nullptr);
    }
    void isOfferedOnceEver() {
        const auto samples = samplesIn(samplesFolder());
        QCOMPARE(samples.size(), std::size_t(3));
        for (const bool first : {true, false}) {
            MainWindow window;
            window.offerTourOnce();
            window.show();
            QVERIFY(openedIn(window, samples.front().path.toStdString()));
            const auto stands = [&] { return window.session()->analysis() != nullptr; };
            QVERIFY(QTest::qWaitFor(stands, kPatience));
            const bool offered =
                QTest::qWaitFor([&] { return tourIn(window) != nullptr; }, first ? 5000 : 1000);
            QCOMPARE(offered, first);
        }
    }
    void theCommandIsOneForAnyShell() {
        CollectBox box;
        box.show();
        box.findChild<QPushButton*>(QStringLiteral("copyCommand"))->click();
        const QString command = QGuiApplication::clipboard()->text();
        QCOMPARE(command, CollectBox::command());
        QVERIFY(command.count(QStringLiteral("END_OF_COLLECT")) == 2);
        QProcess shell;
        shell.start(QStringLiteral("sh"), {QStringLiteral("-n"), QStringLiteral("-c"), command});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.exitCode(), 0);
    }
    void samplesAreCalledInTheirReadersLanguage() {
        const auto english = samplesIn(samplesFolder());
        const auto german = samplesIn(samplesFolder(), QStringLiteral("de"));
        QCOMPARE(german.size(), english.size());
        for (std::size_t i = 0; i < english.size(); ++i) {
            QVERIFY(german[i].title != english[i].title);
            QVERIFY(!german[i].description.isEmpty());
            QCOMPARE(german[i].path, english[i].path);
        }
    }
};

QTEST_MAIN(TestTour)
#include "tst_tour.moc"
