// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of a window and a filter that somebody chose come into the document, and are checked.
#include "core/postmortem/claims.h"
#include "tests/support/smallcase.h"
#include "ui/postmortem/document.h"
#include "ui/postmortem/figuresdialog.h"
#include "ui/postmortem/page.h"

#include <QApplication>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

} // namespace

class TstFigures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aChosenWindowIsInsertedCheckedAndTakenBack() {
        const auto session = files_.open();
        QVERIFY(session);
        PostmortemPage page;
        page.show();
        page.setSession(session.get());
        QTRY_VERIFY_WITH_TIMEOUT(page.head()->isVisibleTo(&page), kPatience);
        const auto* impact = page.findChild<QPlainTextEdit*>(QStringLiteral("summaryImpact"));
        QVERIFY(impact);
        const QString before = impact->toPlainText();
        const Instant from = *fromRfc3339("2024-01-15T09:58:00Z");
        session->selection().setWindow({from, from + std::chrono::seconds{100}});
        session->selection().setFilter(QStringLiteral("server = \"app1\""));
        QStringList offered;
        QTimer look; // the dialog holds up who opens it
        connect(&look, &QTimer::timeout, &page, [&] {
            auto* dialog = qobject_cast<FiguresDialog*>(QApplication::activeModalWidget());
            auto* list = dialog ? dialog->findChild<QListWidget*>() : nullptr;
            if (!list || list->count() == 0) return;
            look.stop();
            for (int row = 0; row < list->count(); ++row)
                offered << list->item(row)->text();
            QTest::keyClick(list, Qt::Key_Down);
            QTest::keyClick(list, Qt::Key_Space);
            dialog->findChild<QPushButton*>(QStringLiteral("addFigures"))->click();
        });
        look.start(20);
        page.insertFigures(true);
        // A hundred requests, each third of app2 and each tenth failed.
        QVERIFY2(offered.size() >= 5, qPrintable(offered.join(u'\n')));
        QVERIFY2(offered[0].contains(QStringLiteral("of 67 requests failed")) ||
                     offered[0].contains(QStringLiteral("of 66 requests failed")),
                 qPrintable(offered[0]));
        const QString bracket =
            QStringLiteral("(2024-01-15 09:58:00 – 09:59:40 UTC, server = \"app1\")");
        QVERIFY2(offered[0].contains(bracket), qPrintable(offered[0]));
        QTRY_VERIFY(impact->toPlainText().endsWith(offered[0] + u' ' + offered[1]));
        QVERIFY(impact->toPlainText().startsWith(before));

        Postmortem d;
        d.summary.impact = impact->toPlainText().mid(before.size()).toStdString();
        const auto claims = *claimsOf(d, *session->analysis(), &session->query(), {});
        QCOMPARE(claims.size(), 5U);
        for (const Claim& claim : claims)
            QVERIFY2(claim.state == Claim::State::Agrees, claim.what.c_str());

        session->changes().undo();
        QTRY_COMPARE(impact->toPlainText(), before);
        session->changes().redo();
        QTRY_VERIFY(impact->toPlainText().endsWith(offered[1]));
        page.setSession(nullptr);
    }

private:
    SmallCase files_;
};

QTEST_MAIN(TstFigures)
#include "tst_figures.moc"
