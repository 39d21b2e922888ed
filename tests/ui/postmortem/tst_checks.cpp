// SPDX-License-Identifier: GPL-3.0-or-later
// What is to mend stands beside the text and leads to its place; a status is guarded.
#include "ui/postmortem/checkspane.h"
#include "ui/postmortem/editiondialog.h"
#include "ui/postmortem/forms.h"
#include "ui/postmortem/summaryform.h"

#include <QComboBox>
#include <QLabel>
#include <QTableWidget>
#include <QtTest>

using namespace postlude;

class TstChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void faultsAreListedAndLeadToTheirPlace() {
        Document document;
        ChecksPane pane(document);
        pane.show();
        Postmortem d;
        d.title = "t";
        d.rootCause = {"It was <b>human error</b>."};
        document.load(d);
        auto* tree = pane.findChild<QTreeWidget*>(QStringLiteral("checks"));
        const auto item = [&]() -> QTreeWidgetItem* {
            const auto found = tree->findItems(QStringLiteral("human error"),
                                               Qt::MatchContains | Qt::MatchRecursive);
            return found.isEmpty() ? nullptr : found.front();
        };
        QTRY_VERIFY(item());
        QVERIFY(pane.toMend() > 3);
        QSignalSpy wanted(&pane, &ChecksPane::placeWanted);
        tree->scrollToItem(item());
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                          tree->visualItemRect(item()).center());
        QTRY_VERIFY(wanted.count() >= 1);
        QCOMPARE(wanted.at(0).at(0).toString(), QStringLiteral("root_cause[0]"));
        document.edit("cause", [](Postmortem& p) { p.rootCause = {"A weight.", "A review."}; });
        QTRY_VERIFY(!item());
    }

    /// Ten thousand entries without evidence are told, not listed.
    void manyFaultsAreCountedAndTheFirstShown() {
        Document document;
        ChecksPane pane(document);
        Postmortem d;
        for (int i = 0; i < 10'000; ++i)
            d.timeline.push_back({{}, "10:00", EntryKind::Action, "step " + std::to_string(i), {}});
        document.load(d);
        QTRY_VERIFY_WITH_TIMEOUT(pane.toMend() > 10'000, 20'000);
        auto* tree = pane.findChild<QTreeWidget*>(QStringLiteral("checks"));
        const QTreeWidgetItem* group = tree->topLevelItem(0);
        QVERIFY(group->text(0).contains(QString::number(pane.toMend())));
        QCOMPARE(group->childCount(), 501);
        QCOMPARE(group->child(500)->text(0),
                 QStringLiteral("… and %1 more").arg(pane.toMend() - 500));
    }

    /// What contradicts itself, or cannot be read, says so where it stands.
    void aTimeThatCannotBeSaysSoAtItsField() {
        Document document;
        SummaryForm form(document, SummaryForm::Part::Summary);
        Postmortem d;
        d.summary.zone = "UTC";
        d.summary.start = fromRfc3339("2024-01-15T10:00:00Z");
        d.summary.end = fromRfc3339("2024-01-15T09:50:42Z");
        document.load(d);
        const auto told = [&form] {
            QStringList all;
            for (const QLabel* label : form.findChildren<QLabel*>(QStringLiteral("wrong")))
                all << label->text();
            return all;
        };
        QCOMPARE(told(),
                 (QStringList{QString(), QStringLiteral("The end is not after the start")}));
        document.edit("end", [](Postmortem& p) {
            p.summary.end.reset();
            p.summary.endText = "soon";
        });
        QVERIFY(told().at(1).contains(QStringLiteral("No date and time")));
        document.undo();
        document.edit("end", [](Postmortem& p) {
            p.summary.end = *p.summary.start + std::chrono::minutes{1};
        });
        QCOMPARE(told(), (QStringList{QString(), QString()}));
    }

    void aStatusIsGivenOnceNothingStandsInItsWay() {
        Document document;
        HeadForm form(document);
        document.load({});
        auto* status = form.findChild<QComboBox*>(QStringLiteral("documentStatus"));
        QSignalSpy refused(&document, &Document::refused);
        status->setCurrentIndex(1);
        Q_EMIT status->textActivated(status->itemText(1));
        QCOMPARE(refused.count(), 1);
        QVERIFY(refused.at(0).at(0).toString().contains(QStringLiteral("the timeline is empty")));
        QCOMPARE(status->currentIndex(), 0);
        QCOMPARE(document.now().status, DocumentStatus::Draft);
    }

    void anotherTemplateKeepsTheText() {
        Document document;
        HeadForm form(document);
        Postmortem d;
        d.rootCause = {"A weight."};
        document.load(d);
        auto* combo = form.findChild<QComboBox*>(QStringLiteral("documentTemplate"));
        QCOMPARE(combo->count(), int(formNames(formsFolder()).size()));
        Q_EMIT combo->textActivated(QStringLiteral("Google SRE"));
        QCOMPARE(document.now().form, "google-sre");
        QCOMPARE(document.now().rootCause, d.rootCause);
        QVERIFY(!document.now().introduction.empty());
        document.undo();
        QCOMPARE(document.now(), d);
    }

    void whatIsReplacedIsShownAsItIs() {
        EditionDialog dialog({{SensitiveKind::Host, "<b>web-02</b>", "host-1", 3}});
        auto* table = dialog.findChild<QTableWidget*>(QStringLiteral("replacements"));
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("<b>web-02</b>"));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("host-1"));
    }
};

QTEST_MAIN(TstChecks)
#include "tst_checks.moc"
