// SPDX-License-Identifier: GPL-3.0-or-later
// The handbook says nothing that the program does not do.
#include "core/query/filter.h"
#include "ui/shell/helpwindow.h"
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QTest>
#include <QTextBrowser>

using namespace postlude;

namespace {

/// Keys that a part of the window takes itself; the tests of those parts press them.
const QStringList kOwnKeys{QStringLiteral("Insert"), QStringLiteral("Delete"),
                           QStringLiteral("Tab"), QStringLiteral("Enter"),
                           // of the filter's field
                           QStringLiteral("Up"), QStringLiteral("Down"),
                           QStringLiteral("Ctrl+Space"), QStringLiteral("Alt+Down")};

QString pageText(const QString& id) {
    QFile file(QStringLiteral(":/postlude/help/en/%1.md").arg(id));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList found(const QString& text, const QString& pattern) {
    QStringList all;
    auto matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext())
        all << matches.next().captured(1);
    return all;
}

} // namespace

class TestHelp : public QObject {
    Q_OBJECT

    void pages_data() {
        QTest::addColumn<QString>("id");
        for (const HandbookPage& page : handbookPages())
            QTest::newRow(qPrintable(page.id)) << page.id;
    }

private Q_SLOTS:
    void everyKeyDoesSomething_data() { pages_data(); }
    void everyKeyDoesSomething() {
        QFETCH(QString, id);
        MainWindow window;
        QStringList keys = kOwnKeys;
        for (const QAction* action : window.findChildren<QAction*>())
            for (const QKeySequence& key : action->shortcuts())
                keys << key.toString(QKeySequence::PortableText);
        for (const QString& key : found(pageText(id), QStringLiteral("<kbd>(.+?)</kbd>")))
            QVERIFY2(keys.contains(key), qPrintable(key));
    }
    void everyFilterIsOne_data() { pages_data(); }
    void everyFilterIsOne() {
        QFETCH(QString, id);
        for (const QString& filter :
             found(pageText(id), QStringLiteral("```filter\\n(.+)\\n```"))) {
            const auto parsed = Filter::parse(filter.toStdString());
            QVERIFY2(parsed.has_value(), qPrintable(filter));
        }
    }
    void everyLinkLeadsToAPage_data() { pages_data(); }
    void everyLinkLeadsToAPage() {
        QFETCH(QString, id);
        for (const QString& link : found(pageText(id), QStringLiteral("\\]\\(([^)]*)\\)")))
            QVERIFY2(QFile::exists(QStringLiteral(":/postlude/help/en/") + link), qPrintable(link));
    }
    /// "View → Theme": menus and commands are called as the window calls them.
    void everyMenuIsThere_data() { pages_data(); }
    void everyMenuIsThere() {
        QFETCH(QString, id);
        MainWindow window;
        QStringList names;
        for (const QAction* action : window.findChildren<QAction*>())
            names << action->text().remove(u'&');
        for (const QString& way : found(pageText(id), QStringLiteral("\\*([A-Z][^*]* → [^*]+)\\*")))
            for (const QString& name : way.split(QStringLiteral(" → ")))
                QVERIFY2(names.contains(name), qPrintable(name));
    }
    void searchFindsPagesWithAllWords() {
        const auto pages = handbookPages();
        const auto titles = [&](const QString& words) {
            QStringList all;
            for (const std::size_t i : pagesWith(pages, words))
                all << pages[i].id;
            return all;
        };
        QCOMPARE(titles(QString()).size(), qsizetype(pages.size()));
        QCOMPARE(titles(QStringLiteral("filter LANGUAGE")).first(), QStringLiteral("05-filter"));
        QVERIFY(
            titles(QStringLiteral("equivalence margin")).contains(QStringLiteral("11-methods")));
        QVERIFY(titles(QStringLiteral("equivalence zzz")).isEmpty());
    }
    void theKeyOpensThePageOfWhatHasTheFocus() {
        MainWindow window;
        QCOMPARE(handbookPageFor(window.findChild<QWidget*>(QStringLiteral("filterBar"))),
                 QStringLiteral("05-filter"));
        QCOMPARE(handbookPageFor(window.findChild<QWidget*>(QStringLiteral("timelineTable"))),
                 QStringLiteral("08-postmortem"));
        QCOMPARE(handbookPageFor(nullptr), QStringLiteral("01-start"));
    }
    void theWindowTurnsPagesAndFollowsLinks() {
        MainWindow main;
        HelpWindow window(main.findChildren<QAction*>(), &main);
        window.show();
        auto* text = window.findChild<QTextBrowser*>();
        window.showPage(QStringLiteral("06-clocks"));
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("Clocks and zones")));
        Q_EMIT text->anchorClicked(QUrl(QStringLiteral("05-filter.md")));
        QCOMPARE(window.page(), QStringLiteral("05-filter"));
        auto* words = window.findChild<QLineEdit*>();
        QTest::keyClicks(words, QStringLiteral("marzullo"));
        QCOMPARE(window.findChild<QListWidget*>()->count(), 0);
        QVERIFY(text->toPlainText().contains(QStringLiteral("No page")));
        words->clear();
        QCOMPARE(window.findChild<QListWidget*>()->count(), int(handbookPages().size()) + 1);
        window.showPage(QStringLiteral("shortcuts"));
        QVERIFY(text->toPlainText().contains(QStringLiteral("F1")));
    }
};

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
