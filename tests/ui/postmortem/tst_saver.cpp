// SPDX-License-Identifier: GPL-3.0-or-later
// No sentence is lost: it is in the case two seconds after it was written.
#include "ui/postmortem/fields.h"
#include "ui/postmortem/saver.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

using namespace postlude;

namespace {
std::string& titleOfDocument(Postmortem& d) {
    return d.title;
}
std::vector<std::string>& lessons(Postmortem& d) {
    return d.wentWell;
}
} // namespace

class TstSaver : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        auto made = Case::create(file());
        QVERIFY2(made, made ? "" : made.error().what.c_str());
        case_ = std::move(*made);
    }

    void savedWithinTwoSecondsEvenWhileTyping() {
        Document document;
        DocumentSaver saver(document);
        saver.setCase(case_.get());
        document.load({});
        std::unique_ptr<QLineEdit> title(
            makeLine(document, bindText("title", titleOfDocument), nullptr));
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 1900) {
            QTest::keyClicks(title.get(), QStringLiteral("x"));
            QTest::qWait(100);
        }
        const auto saved = case_->postmortem();
        QVERIFY(saved && *saved);
        QVERIFY(postmortemFromJson((*saved)->json)->title.size() > 3);
        QTRY_VERIFY_WITH_TIMEOUT(!saver.isUnsaved(), 2000);
        QVERIFY(saver.status().contains(QStringLiteral("revision")));
    }

    void survivesReopening() {
        {
            Document document;
            DocumentSaver saver(document);
            saver.setCase(case_.get());
            document.load({});
            document.edit("title", [](Postmortem& d) { d.title = "Kept"; });
            QVERIFY(saver.save());
        }
        case_.reset();
        const auto again = Case::open(file());
        QVERIFY(again);
        const auto newest = (*again)->postmortem();
        QVERIFY(newest && *newest);
        QCOMPARE(postmortemFromJson((*newest)->json)->title, std::string("Kept"));
    }

    void typedAndUndoneIsNoRevision() {
        Document document;
        DocumentSaver saver(document);
        saver.setCase(case_.get());
        document.load({});
        QVERIFY(saver.saveAs("draft"));
        document.edit("title", [](Postmortem& d) { d.title = "a"; });
        document.undo();
        QVERIFY(saver.save());
        QCOMPARE(case_->postmortemHistory()->size(), std::size_t(1));
    }

    void aReadOnlyCaseIsNotWritten() {
        case_.reset();
        const auto opened = Case::open(file(), OpenMode::ReadOnly);
        QVERIFY(opened);
        Document document;
        DocumentSaver saver(document);
        saver.setCase(opened->get());
        document.load({});
        QVERIFY(!saver.saveAs("draft"));
        QCOMPARE(saver.status(), QStringLiteral("read-only"));
    }

    void undoInATextFieldIsTheDocuments() {
        Document document;
        document.load({});
        std::unique_ptr<GrowingText> text(
            makeText(document, bindLines("lessons", lessons), nullptr));
        text->show();
        QTest::keyClicks(text.get(), QStringLiteral("First"));
        QTest::keyClick(text.get(), Qt::Key_Return);
        QCOMPARE(text->toPlainText(), QStringLiteral("First\n")); // a new line may be begun
        QTest::keyClicks(text.get(), QStringLiteral("Second"));
        QCOMPARE(document.now().wentWell, (std::vector<std::string>{"First", "Second"}));
        QTest::keyClick(text.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(document.now().wentWell.empty());
        QCOMPARE(text->toPlainText(), QString());
        QTest::keyClick(text.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(text->toPlainText(), QStringLiteral("First\nSecond"));
    }

private:
    [[nodiscard]] std::filesystem::path file() const {
        return folder_->filePath(QStringLiteral("one.postlude")).toStdString();
    }
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Case> case_;
};

QTEST_MAIN(TstSaver)
#include "tst_saver.moc"
