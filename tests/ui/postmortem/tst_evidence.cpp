// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence behind a sentence: dropped into a text, undone with its mark, deleted as one sign.
#include "core/postmortem/marks.h"
#include "ui/common/evidencedrag.h"
#include "ui/postmortem/entrychooser.h"
#include "ui/postmortem/evidencepiece.h"
#include "ui/postmortem/fields.h"
#include "ui/postmortem/textlinks.h"

#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>
#include <QtTest>

using namespace postlude;

namespace {

const Evidence kLines{"lb/haproxy.log", 3, 9, "", {}};
const Evidence kChart{"", 0, 0, "errors", {instant(1), instant(2)}};

QString textOf(const Document& document) {
    return QString::fromStdString(document.now().rootCause.front());
}

} // namespace

class TstEvidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        Postmortem d;
        d.rootCause = {"The weight was wrong. Nobody saw it"};
        document_ = std::make_unique<Document>();
        document_->load(d);
        window_ = std::make_unique<QWidget>();
        text_ = makeText(
            *document_,
            bindLines("cause",
                      [](Postmortem& of) -> std::vector<std::string>& { return of.rootCause; }),
            window_.get());
        text_->resize(600, 60);
        window_->resize(640, 100);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup() {
        window_.reset();
        document_.reset();
    }

    void whereAMarkComes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("cursor");
        QTest::addColumn<int>("place");
        QTest::newRow("at the end") << "It failed." << 10 << 10;
        QTest::newRow("within a word, behind it and its stop") << "It failed. So" << 5 << 10;
        QTest::newRow("before a word, behind the one before") << "It failed. So" << 11 << 10;
        QTest::newRow("within a mark, behind it") << "Bad[^e1] it" << 5 << 8;
        QTest::newRow("before a mark, still behind the word") << "Bad[^e1] it" << 1 << 8;
        QTest::newRow("an empty text") << "" << 0 << 0;
        QTest::newRow("the start of a line stays there") << "a\nb" << 2 << 2;
        QTest::newRow("beyond the end") << "ab" << 7 << 2;
        QTest::newRow("letters of several bytes") << "häß[^e12] x" << 6 << 9;
    }
    void whereAMarkComes() {
        QFETCH(QString, text);
        QFETCH(int, cursor);
        QFETCH(int, place);
        QCOMPARE(placeForMark(text, cursor), place);
    }

    void whatIsDroppedStandsBehindTheSentence_data() {
        QTest::addColumn<bool>("fromInvestigate");
        QTest::newRow("from the tray") << false;
        QTest::newRow("from Investigate") << true;
    }
    void whatIsDroppedStandsBehindTheSentence() {
        QFETCH(bool, fromInvestigate);
        const std::unique_ptr<QMimeData> data(
            fromInvestigate ? packEvidence(kLines) : packPiece({instant(5), "entry", {kLines}}));
        QTextCursor cursor = text_->textCursor();
        cursor.setPosition(18); // in "wrong."
        const QRect spot = text_->cursorRect(cursor);
        QDropEvent drop(spot.center(), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QDragEnterEvent enter(spot.center(), Qt::CopyAction, data.get(), Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(text_->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QApplication::sendEvent(text_->viewport(), &drop);
        QCOMPARE(textOf(*document_), QStringLiteral("The weight was wrong.[^e1] Nobody saw it"));
        QCOMPARE(text_->toPlainText(), textOf(*document_));
        QVERIFY(evidenceOf(document_->now(), "e1") &&
                *evidenceOf(document_->now(), "e1") == kLines);
        document_->undo();
        QCOMPARE(text_->toPlainText(), QStringLiteral("The weight was wrong. Nobody saw it"));
        QVERIFY(document_->now().evidence.empty());
        QVERIFY(!document_->canUndo());
    }

    void aReadOnlyTextTakesNone() {
        document_->setReadOnly(true);
        const std::unique_ptr<QMimeData> data(packEvidence(kLines));
        QDropEvent drop(QPointF(20, 10), Qt::CopyAction, data.get(), Qt::LeftButton,
                        Qt::NoModifier);
        QApplication::sendEvent(text_->viewport(), &drop);
        QCOMPARE(textOf(*document_), QStringLiteral("The weight was wrong. Nobody saw it"));
    }

    /// Half a mark would be a riddle.
    void aMarkIsDeletedAsOneSign() {
        text_->moveCursor(QTextCursor::End);
        text_->addEvidence({kLines, kChart});
        QCOMPARE(textOf(*document_),
                 QStringLiteral("The weight was wrong. Nobody saw it[^e1][^e2]"));
        QTest::keyClick(text_, Qt::Key_Backspace);
        QCOMPARE(textOf(*document_), QStringLiteral("The weight was wrong. Nobody saw it[^e1]"));
        for (int i = 0; i < 5; ++i)
            text_->moveCursor(QTextCursor::Left);
        QTest::keyClick(text_, Qt::Key_Delete);
        QCOMPARE(textOf(*document_), QStringLiteral("The weight was wrong. Nobody saw it"));
        QTest::keyClick(text_, Qt::Key_Backspace);
        QCOMPARE(textOf(*document_), QStringLiteral("The weight was wrong. Nobody saw i"));
    }

    /// A time in brackets leads to the entry of that time, as long as there is one.
    void anEntryIsLinkedByItsTime() {
        document_->edit("entries", [](Postmortem& d) {
            const Instant at = *fromRfc3339("2024-01-15T10:02:07.116Z");
            d.timeline = {{{}, "", EntryKind::Action, "no time", {}},
                          {at, "", EntryKind::Mitigation, "reverted", {}},
                          {at + std::chrono::milliseconds(7), "", EntryKind::Action, "told", {}}};
        });
        EntryChooser chooser(document_->now(), window_.get());
        auto* list = chooser.findChild<QListWidget*>();
        auto* words = chooser.findChild<QLineEdit*>();
        QCOMPARE(list->count(), 2);
        QTest::keyClicks(words, QStringLiteral("told"));
        QCOMPARE(list->count(), 1);
        QTest::keyClick(words, Qt::Key_Return);
        QCOMPARE(chooser.link(), QStringLiteral("[10:02:07.123]"));

        text_->moveCursor(QTextCursor::End);
        text_->insertPlainText(QStringLiteral(" until [10:02:07]"));
        QSignalSpy asked(document_.get(), &Document::placeAsked);
        QTest::keyClick(text_, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("timeline[1]"));
        document_->edit("entries", [](Postmortem& d) { d.timeline.clear(); });
        QTest::keyClick(text_, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 1);
    }

    void aMarkLooksLikeALinkOrWrong() {
        text_->moveCursor(QTextCursor::End);
        text_->addEvidence({kLines});
        text_->insertPlainText(QStringLiteral(" and [^e7]"));
        const QTextBlock block = text_->document()->firstBlock();
        QMap<int, bool> waves; // by where it begins
        QTRY_COMPARE(block.layout()->formats().size(), 2);
        for (const auto& range : block.layout()->formats())
            waves[range.start] = range.format.underlineStyle() == QTextCharFormat::WaveUnderline;
        QCOMPARE(waves.values(), (QList<bool>{false, true}));
        QVERIFY(block.layout()->formats()[0].format.foreground() !=
                block.layout()->formats()[1].format.foreground());
    }

private:
    std::unique_ptr<Document> document_;
    std::unique_ptr<QWidget> window_;
    GrowingText* text_ = nullptr;
};

QTEST_MAIN(TstEvidence)
#include "tst_evidence.moc"
