// SPDX-License-Identifier: GPL-3.0-or-later
// The form's tables: what is written is in the document, undo brings it back, and views are told.
#include "ui/postmortem/entryview.h"
#include "ui/postmortem/taskmodel.h"
#include "ui/postmortem/timelinemodel.h"
#include "ui/postmortem/timelinesection.h"
#include "ui/postmortem/timetext.h"

#include <QAbstractItemModelTester>
#include <QPlainTextEdit>
#include <QtTest>

using namespace postlude;

namespace {

Instant at(const char* text) {
    return *fromRfc3339(text);
}

Postmortem sample() {
    Postmortem d;
    d.title = "Traffic tango";
    d.summary.zone = "UTC";
    for (const char* time :
         {"2024-01-15T09:59:10Z", "2024-01-15T09:59:16Z", "2024-01-15T10:01:00Z"}) {
        TimelineEntry e;
        e.time = at(time);
        e.text = std::string("at ") + time;
        d.timeline.push_back(e);
    }
    d.tasks.resize(2);
    d.tasks[0].text = "Check weights";
    d.tasks[0].owner = "platform";
    d.tasks[1].text = "Alert on shares";
    return d;
}

QString texts(const QAbstractItemModel& model, int column) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all << model.index(row, column).data().toString();
    return all.join(QLatin1Char('|'));
}

} // namespace

class TstModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        document_ = std::make_unique<Document>();
        document_->load(sample());
        timeline_ = std::make_unique<TimelineModel>(*document_);
        tasks_ = std::make_unique<TaskModel>(*document_);
        for (QAbstractItemModel* model : {static_cast<QAbstractItemModel*>(timeline_.get()),
                                          static_cast<QAbstractItemModel*>(tasks_.get())})
            new QAbstractItemModelTester(
                model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
    }
    void cleanup() { timeline_.reset(), tasks_.reset(), document_.reset(); }

    void times_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("expected");
        QTest::newRow("minutes") << "10:05" << "2024-01-15T10:05:00.000Z";
        QTest::newRow("seconds") << "9:59:20" << "2024-01-15T09:59:20.000Z";
        QTest::newRow("fraction") << "09:59:20,25" << "2024-01-15T09:59:20.250Z";
        QTest::newRow("date") << "2024-01-16 00:01" << "2024-01-16T00:01:00.000Z";
        QTest::newRow("its zone") << "09:59:20 UTC" << "2024-01-15T09:59:20.000Z";
        QTest::newRow("another zone") << "2024-01-15T10:59:20 +01:00" << "2024-01-15T09:59:20.000Z";
        QTest::newRow("no time") << "after lunch" << "";
        QTest::newRow("no such time") << "25:61" << "";
        QTest::newRow("empty") << "" << "";
    }
    void times() {
        QFETCH(QString, typed);
        QFETCH(QString, expected);
        const QModelIndex cell = timeline_->index(1, TimelineModel::Time);
        QVERIFY(timeline_->setData(cell, typed));
        const TimelineEntry& entry = document_->now().timeline[1];
        QCOMPARE(entry.time ? QString::fromStdString(toRfc3339(*entry.time)) : QString(), expected);
        // What is no time is kept as the person wrote it.
        QCOMPARE(QString::fromStdString(entry.timeText), expected.isEmpty() ? typed : QString());
    }

    void timesAreInTheDocumentsZone() {
        document_->edit("zone", [](Postmortem& d) { d.summary.zone = "Europe/Berlin"; });
        QCOMPARE(timeline_->index(0, TimelineModel::Time).data().toString(),
                 QStringLiteral("10:59:10"));
        QVERIFY(
            timeline_->setData(timeline_->index(0, TimelineModel::Time), QStringLiteral("11:00")));
        QCOMPARE(*document_->now().timeline[0].time, at("2024-01-15T10:00:00Z"));
    }

    void editUndoRedo() {
        const QModelIndex cell = timeline_->index(1, TimelineModel::Text);
        QVERIFY(timeline_->setData(cell, QStringLiteral("Errors rose.")));
        QCOMPARE(cell.data().toString(), QStringLiteral("Errors rose."));
        document_->undo();
        QCOMPARE(cell.data().toString(), QStringLiteral("at 2024-01-15T09:59:16Z"));
        document_->redo();
        QCOMPARE(cell.data().toString(), QStringLiteral("Errors rose."));
        QVERIFY(!document_->canRedo());
    }

    void kindsAreOnlyThoseThereAre() {
        const QModelIndex cell = timeline_->index(0, TimelineModel::Kind);
        QVERIFY(timeline_->setData(cell, QStringLiteral("Misleading path")));
        QCOMPARE(document_->now().timeline[0].kind, EntryKind::MisleadingPath);
        QVERIFY(!timeline_->setData(cell, QStringLiteral("Sabotage")));
        QCOMPARE(document_->now().timeline[0].kind, EntryKind::MisleadingPath);
    }

    void addRemoveMoveAndSort() {
        QCOMPARE(timeline_->addAfter(0), 1);
        QCOMPARE(timeline_->rowCount(), 4);
        QCOMPARE(timeline_->index(1, TimelineModel::Time).data().toString(),
                 QStringLiteral("09:59:10"));
        document_->undo();
        QCOMPARE(timeline_->rowCount(), 3);
        QCOMPARE(timeline_->moveBy(0, 1), 1);
        QCOMPARE(timeline_->moveBy(1, 1), 2);
        QCOMPARE(timeline_->moveBy(2, 1), 2); // there is nothing below
        QCOMPARE(texts(*timeline_, TimelineModel::Time),
                 QStringLiteral("09:59:16|10:01:00|09:59:10"));
        timeline_->sortByTime();
        QCOMPARE(texts(*timeline_, TimelineModel::Time),
                 QStringLiteral("09:59:10|09:59:16|10:01:00"));
        timeline_->removeAt({0, 2});
        QCOMPARE(texts(*timeline_, TimelineModel::Time), QStringLiteral("09:59:16"));
        document_->undo();
        QCOMPARE(timeline_->rowCount(), 3);
        QCOMPARE(document_->now().timeline.size(), std::size_t(3));
    }

    void anEntryGoesWhereItsTimeBelongs() {
        Evidence lines;
        lines.source = "lb/haproxy.log";
        lines.firstLine = 12;
        QCOMPARE(timeline_->addAt(at("2024-01-15T10:00:00Z"), QStringLiteral("Paged"), {lines}), 2);
        QCOMPARE(timeline_->index(2, TimelineModel::Links).data().toString(),
                 QStringLiteral("haproxy.log:12"));
        timeline_->attach(2, lines); // twice the same is once
        QCOMPARE(document_->now().timeline[2].evidence.size(), std::size_t(1));
        timeline_->detach(2, 0);
        QVERIFY(document_->now().timeline[2].evidence.empty());
    }

    void tasks() {
        QCOMPARE(tasks_->index(1, TaskModel::Status).data().toString(), QStringLiteral("no owner"));
        QVERIFY(tasks_->setData(tasks_->index(1, TaskModel::Owner), QStringLiteral("monitoring")));
        QCOMPARE(tasks_->index(1, TaskModel::Status).data().toString(), QStringLiteral("open"));
        for (const int column : {TaskModel::DoneWhen, TaskModel::Tracker}) {
            QVERIFY(tasks_->setData(tasks_->index(1, column), QStringLiteral("OPS-7 is closed")));
            QCOMPARE(tasks_->index(1, column).data().toString(), QStringLiteral("OPS-7 is closed"));
        }
        QCOMPARE(tasks_->addAfter(1), 2);
        QCOMPARE(tasks_->moveBy(2, -1), 1);
        tasks_->removeAt({0});
        QCOMPARE(texts(*tasks_, TaskModel::Text), QStringLiteral("|Alert on shares"));
        while (document_->canUndo())
            document_->undo();
        QCOMPARE(document_->now(), sample());
    }

    void aReadOnlyDocumentStaysAsItIs() {
        document_->setReadOnly(true);
        QVERIFY(!timeline_->setData(timeline_->index(0, TimelineModel::Text), QStringLiteral("x")));
        QVERIFY(!(timeline_->flags(timeline_->index(0, TimelineModel::Text)) & Qt::ItemIsEditable));
        QCOMPARE(timeline_->addAfter(0), -1);
        timeline_->removeAt({0});
        QCOMPARE(timeline_->moveBy(0, 1), 0);
        QCOMPARE(document_->now(), sample());
    }

    void theTableWorksByKeyboard() {
        EntryView view(*timeline_, TimelineModel::Text);
        view.resize(700, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.reveal(0);
        QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(texts(*timeline_, TimelineModel::Time),
                 QStringLiteral("09:59:16|09:59:10|10:01:00"));
        QCOMPARE(view.currentIndex().row(), 1);
        QTest::keyClick(&view, Qt::Key_Delete);
        QCOMPARE(timeline_->rowCount(), 2);
        QTest::keyClick(&view, Qt::Key_Insert);
        QCOMPARE(timeline_->rowCount(), 3);
        auto* editor = view.findChild<QPlainTextEdit*>();
        QVERIFY2(editor, "a new entry is open for writing");
        QTest::keyClicks(editor, QStringLiteral("Paged the team"));
        const auto row = std::size_t(view.currentIndex().row());
        // With each letter, so that the preview keeps up.
        QCOMPARE(document_->now().timeline[row].text, std::string("Paged the team"));
        // A long text is seen whole while it is written: it breaks, and the row grows with it.
        const int before = view.rowHeight(int(row));
        QTest::keyClicks(editor,
                         QString(u' ').append(QStringLiteral("of the second shift ").repeated(12)));
        QTRY_VERIFY(view.rowHeight(int(row)) > before);
        QTRY_VERIFY(editor->height() >=
                    editor->document()->documentLayout()->documentSize().height());
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(!view.findChild<QPlainTextEdit*>());
        QVERIFY(!QString::fromStdString(document_->now().timeline[row].text).contains(u'\n'));
    }

    void entriesAreMergedSplitAndShownByKind() {
        TimelineView view(*timeline_);
        view.resize(700, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        document_->edit("kind", [](Postmortem& d) { d.timeline[1].kind = EntryKind::Detection; });
        const Postmortem before = document_->now();
        const int rows = timeline_->rowCount();
        view.selectRow(0);
        QTest::keyClick(&view, Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(timeline_->rowCount(), rows - 1);
        QCOMPARE(timeline_->entry(0).text,
                 before.timeline[0].text + "; " + before.timeline[1].text);
        QTest::keyClick(&view, Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(timeline_->rowCount(), rows);
        QCOMPARE(timeline_->entry(1).text, before.timeline[1].text);
        document_->undo();
        document_->undo();
        QCOMPARE(document_->now(), before);
        view.showKind(before.timeline[1].kind);
        for (int row = 0; row < rows; ++row)
            QCOMPARE(view.isRowHidden(row),
                     before.timeline[std::size_t(row)].kind != before.timeline[1].kind);
        const int height = view.height();
        view.showKind({});
        QVERIFY(view.height() > height);
        QCOMPARE(document_->now(), before);
    }

private:
    std::unique_ptr<Document> document_;
    std::unique_ptr<TimelineModel> timeline_;
    std::unique_ptr<TaskModel> tasks_;
};

QTEST_MAIN(TstModels)
#include "tst_models.moc"
