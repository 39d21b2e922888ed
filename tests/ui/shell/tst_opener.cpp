// SPDX-License-Identifier: GPL-3.0-or-later
// What is opened behind the window: the newest wish counts, and one that is taken back does
// nothing.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/casefolder.h"
#include "ui/shell/opener.h"

#include <QSignalSpy>

using namespace postlude;

class TstOpener : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNewestWishCounts() {
        Opener opener;
        const QSignalSpy failed(&opener, &Opener::failed);
        std::vector<std::filesystem::path> arrived;
        connect(&opener, &Opener::opened, this,
                [&](const std::shared_ptr<OpenedCase>& opened) { arrived = opened->bundle; });
        opener.open({"/nowhere/at/all"}, {});
        opener.open({files_.bundle().toStdString()}, {});
        QVERIFY(opener.isBusy());
        QTRY_COMPARE(arrived.size(), std::size_t{1});
        QCOMPARE(arrived.front(), std::filesystem::path(files_.bundle().toStdString()));
        QVERIFY(!opener.isBusy());
        QCOMPARE(failed.size(), 0);
    }

    void whatIsTakenBackDoesNothing() {
        Opener opener;
        const QSignalSpy opened(&opener, &Opener::opened), failed(&opener, &Opener::failed);
        opener.open({files_.bundle().toStdString()}, {});
        opener.cancel();
        QVERIFY(!opener.isBusy());
        QTest::qWait(300);
        QCOMPARE(opened.size() + failed.size(), 0);
    }

    void walkingThroughAFolderIsStopped() {
        std::stop_source stop;
        stop.request_stop();
        const auto opened = openFromDisk({files_.bundle().toStdString()}, {}, stop.get_token());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
    }

    /// Until it stands, what was open before is there and can be worked with.
    void theCaseBeforeStaysUntilThen() {
        MainWindow window;
        QVERIFY(openedIn(window, files_.bundle().toStdString()));
        const Session* before = window.session();
        window.openPaths({"/nowhere/at/all"});
        QCOMPARE(window.session(), before);
        QTRY_VERIFY(!window.isOpening());
        QCOMPARE(window.session(), before);
    }

private:
    SmallCase files_;
};

QTEST_MAIN(TstOpener)
#include "tst_opener.moc"
