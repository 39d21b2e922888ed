// SPDX-License-Identifier: GPL-3.0-or-later
// Spelling with a dictionary of the test's own: what is marked, what is offered, what is added.
#include "ui/postmortem/spelling.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace postlude;

class TstSpelling : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void onlyProseIsChecked();
    void marksWhatIsWrongAndOffersWhatIsLikeIt();
    void addsWordsOfOnesOwn();
    void saysWhenAWordIsNotKept();

private:
    void write(const QString& name, const QByteArray& text) {
        QFile file(room_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QTemporaryDir room_;
};

void TstSpelling::initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
    QCoreApplication::setApplicationName(QStringLiteral("postlude"));
    qputenv("XDG_DATA_HOME", room_.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", room_.path().toUtf8());
    QVERIFY(QDir(room_.path()).mkpath(QStringLiteral("hunspell")));
    write(QStringLiteral("hunspell/xx_TEST.aff"), "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
    write(QStringLiteral("hunspell/xx_TEST.dic"), "4\nthe\nbalancer\nsends\ntraffic\n");
    QVERIFY(Spelling::languages().contains(QStringLiteral("xx_TEST")));
    QSignalSpy changed(&Spelling::instance(), &Spelling::changed);
    Spelling::instance().choose(QStringLiteral("xx_TEST"));
    QTRY_VERIFY(Spelling::instance().isWrong(QStringLiteral("balanser")));
    QVERIFY(!changed.isEmpty());
}

void TstSpelling::onlyProseIsChecked() {
    QStringList words;
    const QString text = QStringLiteral("the web-02 at 10:02 got /cart, a.b and HAProxy’s don't");
    for (const SpelledWord& word : spelledWords(text))
        words << text.mid(word.at, word.size);
    const QStringList expected{QStringLiteral("the"), QStringLiteral("at"), QStringLiteral("got"),
                               QStringLiteral("and"), QStringLiteral("don't")};
    QCOMPARE(words, expected);
}

void TstSpelling::marksWhatIsWrongAndOffersWhatIsLikeIt() {
    QPlainTextEdit edit;
    new SpellingMarks(edit.document());
    edit.setPlainText(QStringLiteral("the balanser sends"));
    QTRY_COMPARE(edit.document()->firstBlock().layout()->formats().size(), 1);
    QCOMPARE(edit.document()->firstBlock().layout()->formats().front().start, 4);
    QMenu menu;
    addSuggestions(menu, edit, 6);
    const auto offered = [&menu]() -> QAction* {
        for (QAction* action : menu.actions())
            if (action->text() == QStringLiteral("balancer")) return action;
        return nullptr;
    };
    QVERIFY(!offered()); // it is looked up elsewhere while the menu is open
    QTRY_VERIFY(offered());
    offered()->trigger();
    QCOMPARE(edit.toPlainText(), QStringLiteral("the balancer sends"));
    edit.undo();
    edit.setPlainText(QStringLiteral("the text has changed meanwhile"));
    offered()->trigger();
    QCOMPARE(edit.toPlainText(), QStringLiteral("the text has changed meanwhile"));
}

void TstSpelling::addsWordsOfOnesOwn() {
    Spelling& spelling = Spelling::instance();
    QVERIFY(spelling.isWrong(QStringLiteral("leastconn")));
    spelling.add(QStringLiteral("leastconn"));
    QVERIFY(!spelling.isWrong(QStringLiteral("leastconn")));
    QFile kept(room_.filePath(QStringLiteral("postlude/words.txt")));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), QByteArray("leastconn\n"));
}

void TstSpelling::saysWhenAWordIsNotKept() {
    QVERIFY(QDir(room_.filePath(QStringLiteral("postlude"))).removeRecursively());
    write(QStringLiteral("postlude"), "a file where the folder was");
    QSignalSpy notKept(&Spelling::instance(), &Spelling::notKept);
    Spelling::instance().add(QStringLiteral("keepalive"));
    QCOMPARE(notKept.size(), 1);
    QVERIFY(!Spelling::instance().isWrong(QStringLiteral("keepalive")));
}

QTEST_MAIN(TstSpelling)
#include "tst_spelling.moc"
