// SPDX-License-Identifier: GPL-3.0-or-later
// The handbook says nothing that the program does not do.
#include "core/query/filter.h"
#include "ui/common/language.h"
#include "ui/shell/helpwindow.h"
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTextBrowser>

using namespace postlude;

namespace {

/// Keys that a part of the window takes itself; the tests of those parts press them.
const QStringList kOwnKeys{QStringLiteral("Insert"), QStringLiteral("Delete"),
                           QStringLiteral("Tab"), QStringLiteral("Enter"),
                           // of the filter's field
                           QStringLiteral("Up"), QStringLiteral("Down"),
                           QStringLiteral("Ctrl+Space"), QStringLiteral("Alt+Down"),
                           // of the document's texts
                           QStringLiteral("Ctrl+Return")};

/// `id`: "en/11-filter".
QString pageText(const QString& id) {
    QFile file(QStringLiteral(":/postlude/help/%1.md").arg(id));
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
        for (const QString& language : languages())
            for (const QString& name : QDir(QStringLiteral(":/postlude/help/") + language)
                                           .entryList({QStringLiteral("*.md")})) {
                const QString id = language + u'/' + name.chopped(3);
                QTest::newRow(qPrintable(id)) << id;
            }
    }
    static void use(const QString& language) {
        chooseLanguage(language);
        useLanguage();
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_help"));
        use(QStringLiteral("en"));
    }
    void cleanup() { use(QStringLiteral("en")); }
    void cleanupTestCase() { QSettings().clear(); }
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
        use(id.section(u'/', 0, 0));
        MainWindow window;
        QStringList names;
        for (const QAction* action : window.findChildren<QAction*>())
            names << action->text().remove(u'&');
        for (const QString& way : found(pageText(id), QStringLiteral("\\*([A-Z][^*]* → [^*]+)\\*")))
            for (const QString& name : way.split(QStringLiteral(" → ")))
                QVERIFY2(names.contains(name), qPrintable(name));
    }
    /// A page is shown in the language of the interface, and in English where it is not translated.
    void everyPageIsThereInEachLanguage() {
        const auto titles = [](const QString& language) {
            use(language);
            QStringList all;
            for (const HandbookPage& page : handbookPages())
                all << page.title;
            return all;
        };
        const QStringList english = titles(QStringLiteral("en")),
                          german = titles(QStringLiteral("de"));
        QCOMPARE(german.size(), english.size());
        for (qsizetype i = 0; i < english.size(); ++i)
            QVERIFY2(german[i] != english[i], qPrintable(english[i]));
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
        QCOMPARE(titles(QStringLiteral("filter LANGUAGE")).first(), QStringLiteral("11-filter"));
        QVERIFY(
            titles(QStringLiteral("equivalence margin")).contains(QStringLiteral("16-methods")));
        QVERIFY(titles(QStringLiteral("equivalence zzz")).isEmpty());
    }
    void theKeyOpensThePageOfWhatHasTheFocus() {
        MainWindow window;
        QCOMPARE(handbookPageFor(window.findChild<QWidget*>(QStringLiteral("filterBar"))),
                 QStringLiteral("11-filter"));
        QCOMPARE(handbookPageFor(window.findChild<QWidget*>(QStringLiteral("timelineTable"))),
                 QStringLiteral("07-postmortem"));
        QCOMPARE(handbookPageFor(nullptr), QStringLiteral("01-start"));
    }
    void theWindowTurnsPagesAndFollowsLinks() {
        MainWindow main;
        HelpWindow window(main.findChildren<QAction*>(), &main);
        window.show();
        auto* text = window.findChild<QTextBrowser*>();
        window.showPage(QStringLiteral("12-clocks"));
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("Clocks and zones")));
        Q_EMIT text->anchorClicked(QUrl(QStringLiteral("11-filter.md")));
        QCOMPARE(window.page(), QStringLiteral("11-filter"));
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
