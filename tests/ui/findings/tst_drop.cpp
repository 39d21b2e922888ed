// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence dragged from lines and charts onto a hypothesis.
#include "tests/support/smallcase.h"
#include "ui/common/evidencedrag.h"
#include "ui/findings/dropsides.h"
#include "ui/findings/hypothesislist.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPushButton>
#include <QTest>

using namespace postlude;

class TstDrop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesOutAsItWentIn();
    void leftSpeaksForItRightAgainst();
    void otherThingsAreNotTaken();

private:
    static Evidence line(std::uint64_t number) {
        return {"lb/haproxy.log", number, number, {}, {}};
    }
    /// As the window system tells of it: over the row, at `x` of its width.
    static bool drop(HypothesisRow& row, QMimeData& data, double x) {
        const QPoint at(static_cast<int>(x * row.width()), 5);
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QApplication::sendEvent(&row, &enter);
        if (!enter.isAccepted()) return false;
        QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&row, &move);
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&row, &event);
        return event.isAccepted();
    }
};

void TstDrop::comesOutAsItWentIn() {
    const std::unique_ptr<QMimeData> lines(packEvidence(line(4711)));
    QCOMPARE(evidenceIn(lines.get()), std::optional(line(4711)));
    Evidence chart;
    chart.chart = "errors";
    chart.window = {*fromRfc3339("2024-01-15T10:00:00Z"), *fromRfc3339("2024-01-15T10:05:00Z")};
    const std::unique_ptr<QMimeData> charts(packEvidence(chart));
    QCOMPARE(evidenceIn(charts.get()), std::optional(chart));
}

void TstDrop::leftSpeaksForItRightAgainst() {
    SmallCase small;
    const auto session = small.open();
    QVERIFY(session != nullptr);
    Hypothesis own;
    own.key = newKey({});
    own.title = "the pool is too small";
    session->saveHypothesis(own);
    HypothesisList list;
    list.resize(360, 400);
    list.show(session.get(), session->analysis());
    list.setVisible(true);
    const auto row = [&]() -> HypothesisRow* {
        QTest::qWait(50); // the list is made anew after each change
        for (HypothesisRow* one : list.findChildren<HypothesisRow*>())
            if (one->isVisible()) return one;
        qFatal("there is no row");
    };
    const auto exhibits = [&] { return hypothesisOf(session->hypotheses(), own.key)->exhibits; };
    const std::unique_ptr<QMimeData> first(packEvidence(line(10))), second(packEvidence(line(20)));
    QVERIFY(drop(*row(), *first, 0.2));
    QTRY_COMPARE(exhibits().size(), std::size_t{1});
    QVERIFY(!exhibits()[0].against);
    QCoreApplication::processEvents();
    QVERIFY(drop(*row(), *second, 0.8));
    QTRY_COMPARE(exhibits().size(), std::size_t{2});
    QVERIFY(exhibits()[1].against);
    QCOMPARE(exhibits()[1].evidence, line(20));
    QCoreApplication::processEvents();
    QVERIFY(row()->isOpen()); // so that one sees what was dropped
    // The other way round: it is the same line still.
    QVERIFY(drop(*row(), *first, 0.9));
    QTRY_VERIFY(exhibits().size() == 2 && exhibits()[1].evidence == line(10));
    QVERIFY(exhibits()[1].against);
    session->changes().undo();
    QVERIFY(!exhibits()[0].against);
    list.show(nullptr, nullptr);
}

void TstDrop::otherThingsAreNotTaken() {
    HypothesisRow::Content content;
    content.title = QStringLiteral("x");
    HypothesisRow row(content);
    row.resize(300, 40);
    QMimeData text;
    text.setText(QStringLiteral("line"));
    QVERIFY(!drop(row, text, 0.2));
    QVERIFY(!evidenceIn(nullptr));
}

QTEST_MAIN(TstDrop)
#include "tst_drop.moc"
