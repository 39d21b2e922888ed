// SPDX-License-Identifier: GPL-3.0-or-later
// Cases of a folder in a window: found by words, drawn as dots, opened.
#include "core/case/case.h"
#include "core/postmortem/reading.h"
#include "ui/library/dotchart.h"
#include "ui/library/librarywindow.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

using namespace postlude;

namespace {

Postmortem outage(const char* title, int day, int minutes) {
    Postmortem d;
    d.title = title;
    const Instant start = *fromRfc3339("2024-03-0" + std::to_string(day) + "T10:00:00Z");
    d.summary.start = start;
    d.summary.end = start + std::chrono::minutes{minutes};
    d.summary.impact = std::string(title) + " hurt <b>many</b>";
    d.timeline.push_back(
        {start + std::chrono::minutes{2}, {}, EntryKind::Detection, "alert fired", {}});
    d.tasks.emplace_back();
    d.tasks.back().text = "Prevent " + d.title;
    return d;
}

} // namespace

class TstLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void casesAreListedSearchedAndOpened() {
        const QTemporaryDir folder;
        const auto add = [&](const char* name, const Postmortem& d) {
            const auto made = Case::create(
                (folder.path() + QLatin1Char('/') + QLatin1String(name)).toStdString());
            QVERIFY(made.has_value());
            QVERIFY((*made)->savePostmortem(toJson(d), "typed").has_value());
        };
        add("a.postlude", outage("Checkout", 1, 30));
        add("b.postlude", outage("Login", 3, 90));
        add("c.postlude", outage("Search", 5, 600));
        QFile broken(folder.filePath(QStringLiteral("d.postlude")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no case") > 0);
        broken.close();

        LibraryWindow window;
        window.show();
        window.read(folder.path());
        auto* table = window.findChild<QTableWidget*>(QStringLiteral("libraryTable"));
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 4, 20'000);
        auto* told = window.findChild<QLabel*>(QStringLiteral("libraryTold"));
        QVERIFY(told->text().contains(QStringLiteral("1 could not be read")));
        auto* chart = window.findChild<DotChart*>();
        const auto dots = chart->dots();
        QCOMPARE(dots.size(), 6U); // detected and resolved, each its own dot
        QVERIFY(dots[5].at.x() > dots[1].at.x() && dots[5].at.y() < dots[1].at.y());

        auto* words = window.findChild<QLineEdit*>(QStringLiteral("libraryWords"));
        QTest::keyClicks(words, QStringLiteral("hurt login"));
        QCOMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("Login"));
        auto* tasks = window.findChild<QTreeWidget*>(QStringLiteral("libraryTasks"));
        QCOMPARE(tasks->topLevelItem(0)->child(0)->text(0), QStringLiteral("Prevent Login"));
        QSignalSpy opened(&window, &LibraryWindow::openRequested);
        table->setCurrentCell(0, 1);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QVERIFY(opened.front().front().toString().endsWith(QStringLiteral("b.postlude")));
    }

    /// What somebody wrote elsewhere has its row, is found by its words, and its tasks are open
    /// until they are done.
    void aForeignDocumentIsACaseLikeTheOthers() {
        const auto reading = readPostmortem(
            "Störungsbericht\n\nZusammenfassung\nBeginn: 14.11.2023 08:12 Uhr (MEZ)\n"
            "Ende: 14.11.2023 09:40 Uhr (MEZ)\n\nUrsache\nEs fehlte ein Zwischenzertifikat.\n\n"
            "## Aufgaben\n\n- [x] Nachliefern\n- [ ] Alle Server prüfen\n");
        QVERIFY(reading.has_value());
        const QTemporaryDir folder;
        const auto made =
            Case::create((folder.path() + QStringLiteral("/f.postlude")).toStdString());
        QVERIFY(made.has_value());
        QVERIFY((*made)->savePostmortem(toJson(reading->document), "taken").has_value());
        LibraryWindow window;
        window.show();
        window.read(folder.path());
        auto* table = window.findChild<QTableWidget*>(QStringLiteral("libraryTable"));
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, 20'000);
        QVERIFY(table->item(0, 0)->text().startsWith(QStringLiteral("2023-11-14 07:12:00")));
        QCOMPARE(table->item(0, 6)->text(), QStringLiteral("1 h 28 min"));
        QCOMPARE(table->item(0, 7)->text(), QStringLiteral("1"));
        auto* tasks = window.findChild<QTreeWidget*>(QStringLiteral("libraryTasks"));
        QCOMPARE(tasks->topLevelItem(0)->childCount(), 1);
        QCOMPARE(tasks->topLevelItem(0)->child(0)->text(0), QStringLiteral("Alle Server prüfen"));
        auto* words = window.findChild<QLineEdit*>(QStringLiteral("libraryWords"));
        words->setText(QStringLiteral("ZWISCHENZERTIFIKAT"));
        QCOMPARE(table->rowCount(), 1);
        words->setText(QStringLiteral("zwischenzertifikat weights"));
        QCOMPARE(table->rowCount(), 0);
    }

    /// Names of any length leave the title its room.
    void theTitleHasRoom() {
        const QTemporaryDir folder;
        const auto made =
            Case::create((folder.path() + QStringLiteral("/a.postlude")).toStdString());
        QVERIFY(made.has_value());
        QVERIFY((*made)->savePostmortem(toJson(outage("Checkout", 1, 30)), "typed").has_value());
        LibraryWindow window;
        window.resize(900, 600);
        window.show();
        window.read(folder.path());
        auto* table = window.findChild<QTableWidget*>(QStringLiteral("libraryTable"));
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, 20'000);
        table->item(0, 3)->setText(QString(200, QLatin1Char('c')));
        table->item(0, 4)->setText(QString(200, QLatin1Char('s')));
        window.resize(1000, 600);
        QTRY_VERIFY(table->columnWidth(4) < 200 &&
                    table->columnWidth(1) >= table->viewport()->width() / 5);
    }

    /// Del asks; what is open stays.
    void aCaseIsTakenAway() {
        const QTemporaryDir home, folder;
        qputenv("XDG_DATA_HOME", home.path().toUtf8()); // with the trash
        const QString file = folder.filePath(QStringLiteral("a.postlude"));
        {
            const auto made = Case::create(file.toStdString());
            QVERIFY(made.has_value());
            QVERIFY(
                (*made)->savePostmortem(toJson(outage("Checkout", 1, 30)), "typed").has_value());
        }
        LibraryWindow window;
        window.show();
        window.read(folder.path());
        auto* table = window.findChild<QTableWidget*>(QStringLiteral("libraryTable"));
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, 20'000);
        table->setCurrentCell(0, 1);
        table->setFocus();
        window.setOpenCase([&file] { return file; });
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(QFile::exists(file));
        window.setOpenCase({});
        bool asked = false;
        QTimer::singleShot(200, &window, [&] {
            auto* yes = QApplication::activeModalWidget()->findChild<QPushButton*>(
                QStringLiteral("removeCase"));
            asked = yes != nullptr;
            if (yes) yes->click();
        });
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(asked);
        QCOMPARE(table->rowCount(), 0);
        QVERIFY(!QFile::exists(file));
    }

    void aFolderThatIsNotThereSaysSo() {
        LibraryWindow window;
        window.read(QStringLiteral("/no/such/folder"));
        auto* told = window.findChild<QLabel*>(QStringLiteral("libraryTold"));
        QTRY_VERIFY_WITH_TIMEOUT(told->text().contains(QStringLiteral("no such folder")), 20'000);
    }
};

QTEST_MAIN(TstLibrary)
#include "tst_library.moc"
