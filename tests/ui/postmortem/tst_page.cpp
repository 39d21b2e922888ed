// SPDX-License-Identifier: GPL-3.0-or-later
// The page over a real case: numbers that differ are found and mended, documents taken over,
// drafts offered anew without touching what people wrote.
#include "ui/postmortem/checkspane.h"
#include "ui/postmortem/editiondialog.h"
#include "ui/postmortem/formpane.h"
#include "ui/postmortem/page.h"
#include "ui/postmortem/previewpane.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

using namespace postlude;

namespace {

const QString kSample = QStringLiteral(POSTLUDE_SOURCE_DIR "/samples/01-tango/tango.tar.gz");
constexpr int kPatience = 120'000;

} // namespace

class TstPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
        auto opened = Session::open({kSample.toStdString()});
        QVERIFY(opened.has_value());
        session_ = std::move(*opened);
        QTRY_VERIFY_WITH_TIMEOUT(!session_->busy() && session_->analysis(), kPatience);
        page_ = std::make_unique<PostmortemPage>();
        page_->resize(1600, 1000);
        page_->show();
        page_->setSession(session_.get());
        checks_ = page_->findChild<ChecksPane*>();
        QTRY_VERIFY_WITH_TIMEOUT(checks_->agreeing() > 100, kPatience);
    }
    void cleanupTestCase() {
        page_.reset();
        session_.reset();
    }

    void aWrongNumberIsMendedByOneClick() {
        QCOMPARE(checks_->differing(), 0);
        auto* failed = page_->findChild<QLineEdit*>(QStringLiteral("summaryFailed"));
        const QString right = failed->text();
        failed->selectAll();
        QTest::keyClicks(failed, QStringLiteral("55 % of requests"));
        QTRY_COMPARE_WITH_TIMEOUT(checks_->differing(), 1, 10'000);
        auto* tree = checks_->findChild<QTreeWidget*>(QStringLiteral("checks"));
        tree->setCurrentItem(tree->topLevelItem(0)->child(0));
        auto* take = checks_->findChild<QPushButton*>(QStringLiteral("takeLogsValue"));
        QVERIFY(!take->isHidden());
        take->click();
        QTRY_COMPARE_WITH_TIMEOUT(checks_->differing(), 0, 10'000);
        QCOMPARE(failed->text(), right);
        page_->undo();
        page_->undo();
    }

    /// A question that is clicked among the checks is written over by what is typed next.
    void anOpenQuestionIsReadyToBeAnswered() {
        auto* tree = checks_->findChild<QTreeWidget*>(QStringLiteral("checks"));
        const auto items = [&] {
            return tree->findItems(QStringLiteral("What would have made it worse"),
                                   Qt::MatchContains | Qt::MatchRecursive);
        };
        QTRY_COMPARE(items().size(), 1);
        Q_EMIT tree->itemClicked(items().front(), 0);
        auto* lucky = page_->findChild<QPlainTextEdit*>(QStringLiteral("gotLucky"));
        QCOMPARE(lucky->textCursor().selectedText(), lucky->toPlainText());
        QTest::keyClicks(lucky, QStringLiteral("It was night."));
        QCOMPARE(lucky->toPlainText(), QStringLiteral("It was night."));
        QTRY_COMPARE(items().size(), 0);
        page_->undo();
        QTRY_COMPARE(items().size(), 1);
    }

    void aTimeThatIsNoneStaysAsItWasTyped() {
        auto* start = page_->findChild<QLineEdit*>(QStringLiteral("summaryStart"));
        auto* title = page_->findChild<QLineEdit*>(QStringLiteral("documentTitle"));
        const QString right = start->text();
        QVERIFY(!right.isEmpty());
        start->selectAll();
        QTest::keyClicks(start, QStringLiteral("around 10 am"));
        QTest::keyClicks(title, QStringLiteral("x"));
        QCOMPARE(start->text(), QStringLiteral("around 10 am"));
        start->selectAll();
        QTest::keyClicks(start, right);
        QTest::keyClick(title, Qt::Key_End);
        QTest::keyClick(title, Qt::Key_Backspace);
    }
    /// Nothing that leaves with the document is hidden from who signs it.
    void notesAndTimesAsTheyWereWrittenHaveFields() {
        auto* notes = page_->findChild<QPlainTextEdit*>(QStringLiteral("summaryNotes"));
        QVERIFY(notes->toPlainText().contains(QStringLiteral("left out")));
        auto* length = page_->findChild<QLineEdit*>(QStringLiteral("durationWritten"));
        auto* start = page_->findChild<QLineEdit*>(QStringLiteral("startWritten"));
        QVERIFY(length->isHidden() && start->isHidden());
        const QString file = home_.filePath(QStringLiteral("written.md"));
        QFile content(file);
        QVERIFY(content.open(QIODevice::WriteOnly));
        content.write("# Down\n\n## Issue summary\n\n- **Duration:** about three minutes\n");
        content.close();
        page_->takeOverFrom(file);
        QTRY_VERIFY_WITH_TIMEOUT(!length->isHidden(), kPatience);
        QCOMPARE(length->text(), QStringLiteral("about three minutes"));
        length->selectAll();
        QTest::keyClicks(length, QStringLiteral("four minutes"));
        page_->undo();
        page_->undo();
        QTRY_VERIFY_WITH_TIMEOUT(length->isHidden(), kPatience);
        auto* zone = page_->findChild<QComboBox*>(QStringLiteral("summaryZone"));
        QCOMPARE(zone->currentText(), QStringLiteral("UTC")); // that document named none
    }

    void aZoneThatNobodyKnowsIsNotTaken() {
        auto* zone = page_->findChild<QComboBox*>(QStringLiteral("summaryZone"));
        const QString right = zone->currentText();
        zone->lineEdit()->selectAll();
        QTest::keyClicks(zone->lineEdit(), QStringLiteral("Berlin time"));
        QTest::keyClick(zone->lineEdit(), Qt::Key_Return);
        QCOMPARE(zone->currentText(), right);
    }

    /// Only where clocks differ: the same zone may have two names.
    void whereTheWindowHasAnotherZoneItIsSaid() {
        const auto* said = page_->findChild<QLabel*>(QStringLiteral("zoneBeside"));
        QVERIFY(said && said->isHidden());
        session_->selection().setZone(*Zone::named("Asia/Tokyo"));
        QVERIFY(!said->isHidden());
        QVERIFY2(said->text().contains(QStringLiteral("Asia/Tokyo")), qPrintable(said->text()));
        session_->selection().setZone(*Zone::named("Africa/Abidjan"));
        QVERIFY(said->isHidden());
        session_->selection().setZone(Zone::utc());
    }

    void noButtonIsCutWhereThereIsLittleRoom() {
        QWidget* head = page_->head();
        const auto* agree = head->findChild<QLabel*>(QStringLiteral("agree"));
        const auto* button = head->findChild<QPushButton*>(QStringLiteral("exportButton"));
        QVERIFY(!agree->isHidden());
        page_->resize(page_->minimumSizeHint().width(), page_->height());
        head->setFixedWidth(head->minimumSizeHint().width());
        QTRY_VERIFY(agree->isHidden());
        QVERIFY(button->width() >= button->sizeHint().width());
        head->setMinimumWidth(0);
        head->setMaximumWidth(QWIDGETSIZE_MAX);
        page_->resize(1600, page_->height());
        QTRY_VERIFY(!agree->isHidden());
    }

    /// What is replaced is looked for behind the window, then shown.
    void anEditionIsShownBeforeItIsWritten() {
        int rows = 0;
        QTimer look;
        connect(&look, &QTimer::timeout, page_.get(), [&] {
            auto* dialog = qobject_cast<EditionDialog*>(QApplication::activeModalWidget());
            if (!dialog) return;
            look.stop();
            rows = dialog->findChild<QTableWidget*>(QStringLiteral("replacements"))->rowCount();
            dialog->reject();
        });
        look.start(20);
        page_->exportEdition();
        QVERIFY(QApplication::activeModalWidget() == nullptr); // the window goes on
        QTRY_VERIFY_WITH_TIMEOUT(rows > 3, kPatience);
    }

    void aDraftAnewTellsNothingNewOfTheSameLogs() {
        auto* message = page_->findChild<QLabel*>(QStringLiteral("pageMessage"));
        page_->redraft();
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("nothing new")), 20'000);
    }

    void aWrittenDocumentIsTakenOver() {
        const QString file = home_.filePath(QStringLiteral("old.md"));
        QFile content(file);
        QVERIFY(content.open(QIODevice::WriteOnly));
        content.write(
            "# Old outage\n\n## Timeline\n\n- 09:59 UTC: it began\n- 10:02 UTC: restored\n\n"
            "## Tasks\n\n- [ ] Review weights\n");
        content.close();
        page_->takeOverFrom(file);
        auto* title = page_->findChild<QLineEdit*>(QStringLiteral("documentTitle"));
        QTRY_COMPARE_WITH_TIMEOUT(title->text(), QStringLiteral("Old outage"), 20'000);
        const auto newest = session_->caseFile().postmortem();
        QCOMPARE((*newest)->why, "taken from old.md");
        page_->undo();
        QVERIFY(title->text() != QStringLiteral("Old outage"));
    }

    void isCopiedAsRichText() {
        page_->copyDocument();
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->hasHtml() && data->html().contains(QStringLiteral("<table")));
        QVERIFY(data->text().contains(QStringLiteral("## Timeline")));
    }

    /// The window goes on meanwhile; one at a time, and closing waits for it.
    void exportsBehindTheWindow() {
        auto* message = page_->findChild<QLabel*>(QStringLiteral("pageMessage"));
        const QSignalSpy exported(page_.get(), &PostmortemPage::exported);
        const QString file = home_.filePath(QStringLiteral("report.pdf"));
        page_->exportTo(file);
        QVERIFY(message->text().contains(QStringLiteral("report.pdf")));
        page_->exportTo(home_.filePath(QStringLiteral("second.md")));
        QVERIFY(message->text().contains(QStringLiteral("still being written")));
        QVERIFY(page_->finishExport());
        QCOMPARE(exported.size(), 1);
        QVERIFY(QFile::exists(file));
        QVERIFY(!QFile::exists(home_.filePath(QStringLiteral("second.md"))));
        page_->exportTo(home_.filePath(QStringLiteral("no/such/folder.md")));
        QVERIFY(!page_->finishExport());
        QVERIFY(message->text().contains(QStringLiteral("Not exported")));
        QVERIFY(page_->finishExport()); // there is none
    }

    void anExportIsStopped() {
        const QSignalSpy exported(page_.get(), &PostmortemPage::exported);
        const QString file = home_.filePath(QStringLiteral("stopped.html"));
        page_->exportTo(file);
        auto* cancel = page_->findChild<QPushButton*>(QStringLiteral("messageTake"));
        QVERIFY(!cancel->isHidden());
        cancel->click();
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, 20'000);
        QCOMPARE(exported.front().at(1).toBool(), QFile::exists(file));
    }

    /// A second one for other readers: neither takes the other's words, and none is lost.
    void severalPostmortemsOfOneCase() {
        auto* title = page_->findChild<QLineEdit*>(QStringLiteral("documentTitle"));
        const QString first = title->text();
        page_->newDocument(QStringLiteral("For customers"), PostmortemPage::Start::Copy);
        QCOMPARE(page_->shownDocument(), DocumentId{2});
        QCOMPARE(title->text(), first);
        title->selectAll();
        QTest::keyClicks(title, QStringLiteral("What happened"));
        page_->showDocument(DocumentId::First);
        QCOMPARE(title->text(), first);
        page_->showDocument(DocumentId{2});
        QCOMPARE(title->text(), QStringLiteral("What happened"));
        page_->undo();
        QCOMPARE(title->text(), first); // its own undo goes on
        page_->redo();
        page_->deleteDocument();
        QCOMPARE(page_->shownDocument(), DocumentId::First);
        page_->findChild<QPushButton*>(QStringLiteral("messageTake"))->click();
        QCOMPARE(page_->shownDocument(), DocumentId{2});
        QCOMPARE(title->text(), QStringLiteral("What happened"));
        const auto revisions = revisionsOf(session_->caseFile(), DocumentId{2});
        QVERIFY(revisions->size() >= 2);
        page_->newDocument(QStringLiteral("Anew"), PostmortemPage::Start::Draft);
        QTRY_VERIFY_WITH_TIMEOUT(
            !title->text().isEmpty() && title->text() != QStringLiteral("What happened"), 20'000);
        page_->showDocument(DocumentId::First);
    }

    void wordsAreFoundAndReplacedInOneStep() {
        auto* title = page_->findChild<QLineEdit*>(QStringLiteral("documentTitle"));
        auto* cause = page_->findChild<QPlainTextEdit*>(QStringLiteral("summaryRootCause"));
        const QString before = cause->toPlainText();
        QVERIFY(before.contains(QStringLiteral("web-02")));
        page_->find(true);
        auto* words = page_->findChild<QLineEdit*>(QStringLiteral("findWords"));
        QTest::keyClicks(words, QStringLiteral("web-02 in web_pool"));
        QCOMPARE(cause->textCursor().selectedText(), QStringLiteral("web-02 in web_pool"));
        QTest::keyClicks(page_->findChild<QLineEdit*>(QStringLiteral("replaceWith")),
                         QStringLiteral("the second server"));
        page_->findChild<QPushButton*>(QStringLiteral("replaceAll"))->click();
        QVERIFY(cause->toPlainText().contains(QStringLiteral("the second server")));
        page_->undo();
        QCOMPARE(cause->toPlainText(), before);
        QVERIFY(title->isVisible());
    }

    /// A letter that is typed while a row of the timeline is found goes on looking.
    void lookingForWordsWritesNothing() {
        auto* table = page_->findChild<TimelineView*>();
        const auto written = [table] {
            QStringList all;
            for (int row = 0; row < table->model()->rowCount(); ++row)
                all << table->model()->index(row, TimelineModel::Text).data().toString();
            return all;
        };
        const QStringList before = written();
        QVERIFY(!before.isEmpty());
        page_->find(false);
        auto* words = page_->findChild<QLineEdit*>(QStringLiteral("findWords"));
        words->clear();
        const QString sought = before.back().left(24);
        for (const QChar letter : sought) {
            QWidget* focus = QApplication::focusWidget();
            QTest::keyClick(focus ? focus : words, letter.toLatin1());
        }
        QCOMPARE(words->text(), sought);
        QCOMPARE(written(), before);
        QVERIFY(table->selectionModel()->hasSelection());
        QTest::keyClicks(words, QStringLiteral("#nowhere"));
        QVERIFY2(!table->selectionModel()->hasSelection(), "what is no longer found is not marked");
    }

    /// By keyboard alone, from the draft's sentence to its lines.
    void aSentenceLeadsToItsEvidence() {
        auto* cause = page_->findChild<QPlainTextEdit*>(QStringLiteral("summaryRootCause"));
        const QString text = cause->toPlainText();
        const qsizetype mark = text.indexOf(QStringLiteral("[^e"));
        QVERIFY2(mark > 0, "the draft says what shows the cause");
        QTextCursor cursor = cause->textCursor();
        cursor.setPosition(int(mark) + 2);
        cause->setTextCursor(cursor);
        QSignalSpy asked(session_.get(), &Session::evidenceRequested);
        QTest::keyClick(cause, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 1);
        QVERIFY(!asked[0][0].value<Evidence>().source.empty());
        cursor.setPosition(1); // in no mark
        cause->setTextCursor(cursor);
        QTest::keyClick(cause, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 1);
    }

    void evidenceIsChosenForTheSentenceThatIsWritten() {
        // Of whichever source has records: the one that has the most of them.
        const std::vector<SourceInfo> sources = session_->query().sources();
        const auto most = std::ranges::max_element(sources, {}, &SourceInfo::records);
        const RecordId line = *session_->query().recordAtLine(most->id, 1);
        session_->selection().visit(line, *session_->query().record(line)->time);
        auto* lessons = page_->findChild<QPlainTextEdit*>(QStringLiteral("wentWell"));
        page_->activateWindow();
        lessons->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), lessons);
        const QString before = lessons->toPlainText();
        lessons->moveCursor(QTextCursor::End);
        const auto chooseFirst = [&] {
            QTimer::singleShot(0, page_.get(), [] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                QVERIFY(menu);
                QTest::keyClick(menu, Qt::Key_Return);
            });
            page_->addEvidence();
        };
        chooseFirst();
        QVERIFY(lessons->toPlainText().startsWith(before + QStringLiteral("[^e")));
        page_->undo();
        QCOMPARE(lessons->toPlainText(), before);
        // On an entry it is that entry's.
        auto* table = page_->findChild<TimelineView*>(QStringLiteral("timelineTable"));
        const auto links = [&] {
            return table->model()->index(0, TimelineModel::Links).data(Qt::ToolTipRole).toString();
        };
        const QString had = links();
        table->setCurrentIndex(table->model()->index(0, TimelineModel::Text));
        QApplication::setActiveWindow(page_.get()); // it is not given back behind a menu offscreen
        table->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), table);
        chooseFirst();
        QVERIFY2(links().size() > had.size(), qPrintable(links()));
        page_->undo();
        QCOMPARE(links(), had);
    }

    /// The preview shows the section that is being written.
    void thePreviewFollows() {
        auto* sections = page_->findChild<QListWidget*>(QStringLiteral("sections"));
        auto* preview = page_->findChild<PreviewPane*>();
        preview->resize(preview->width(), 200);
        sections->setCurrentRow(0);
        QTRY_COMPARE(preview->verticalScrollBar()->value(), 0);
        sections->setCurrentRow(sections->count() - 1);
        QTRY_VERIFY(preview->verticalScrollBar()->value() > 0);
    }

    /// Small window, large text: everything breaks, nothing is cut off.
    void theFormIsNeverWiderThanItsPane() {
        page_->resize(620, 800);
        auto* form = page_->findChild<FormPane*>();
        QFont large = page_->font();
        large.setPointSizeF(large.pointSizeF() * 1.5);
        form->setFont(large);
        const auto widest = [form] {
            int right = 0;
            for (const QWidget* child : form->widget()->findChildren<QWidget*>())
                if (child->isVisible() && !qobject_cast<const QScrollBar*>(child) &&
                    !qobject_cast<QAbstractScrollArea*>(child->parentWidget()))
                    right = std::max(right,
                                     child->mapTo(form->widget(), QPoint(child->width(), 0)).x());
            return right;
        };
        QTRY_VERIFY_WITH_TIMEOUT(widest() <= form->viewport()->width(), 5'000);
        form->setFont({});
        page_->resize(1600, 1000);
    }

private:
    QTemporaryDir home_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<PostmortemPage> page_;
    ChecksPane* checks_ = nullptr;
};

QTEST_MAIN(TstPage)
#include "tst_page.moc"
