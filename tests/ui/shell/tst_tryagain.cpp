// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a source again that comes to nothing: what happened stands in the window until it is
// tried again and goes.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"

#include <QLabel>
#include <QPushButton>
#include <sqlite3.h>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

/// By somebody else's hand, while the case is open.
bool alter(const std::filesystem::path& file, const char* statement) {
    sqlite3* database = nullptr;
    const bool done = sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
                      sqlite3_busy_timeout(database, 10'000) == SQLITE_OK &&
                      sqlite3_exec(database, statement, nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(database);
    return done;
}

} // namespace

class TstTryAgain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFailedIsTriedAgain();
};

void TstTryAgain::whatFailedIsTriedAgain() {
    const SmallCase files;
    MainWindow window;
    window.resize(1280, 800);
    window.show();
    QVERIFY(openedIn(window, files.bundle().toStdString()));
    Session& session = *window.session();
    QTRY_VERIFY_WITH_TIMEOUT(!session.busy() && session.analysis(), kPatience);
    const auto* strip = window.findChild<QWidget*>(QStringLiteral("progressStrip"));
    auto* again = window.findChild<QPushButton*>(QStringLiteral("progressResume"));
    QVERIFY(!strip->isVisible());

    const std::filesystem::path file = session.caseFile().file();
    QVERIFY(alter(file, "ALTER TABLE segment RENAME TO mislaid"));
    std::string worker;
    for (const SourceInfo& source : session.query().sources())
        if (source.path.find("worker") != std::string::npos) worker = source.path;
    session.readAgain(worker, {});
    QTRY_VERIFY_WITH_TIMEOUT(!session.fault().isEmpty() && !session.busy(), kPatience);
    QTRY_VERIFY(strip->isVisible());
    const auto* text = strip->findChild<QLabel*>();
    QVERIFY2(text->text().contains(QStringLiteral("failed")), qPrintable(text->text()));
    QVERIFY(again->isVisible());
    QCOMPARE(again->text(), QStringLiteral("Try again"));

    QTest::mouseClick(again, Qt::LeftButton); // still mislaid
    QTRY_VERIFY_WITH_TIMEOUT(!session.fault().isEmpty() && !session.busy(), kPatience);
    QVERIFY(window.session() != nullptr);

    QVERIFY(alter(file, "ALTER TABLE mislaid RENAME TO segment"));
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(session.fault().isEmpty() && !session.busy(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), kPatience);
    std::uint64_t records = 0;
    for (const SourceInfo& source : session.query().sources())
        if (source.path == worker) records = source.records;
    QCOMPARE(records, std::uint64_t{60});
}

QTEST_MAIN(TstTryAgain)
#include "tst_tryagain.moc"
