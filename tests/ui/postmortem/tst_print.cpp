// SPDX-License-Identifier: GPL-3.0-or-later
// The pages before they are printed, by keys alone.
#include "tests/support/smallcase.h"
#include "ui/postmortem/page.h"
#include "ui/postmortem/pageview.h"
#include "ui/postmortem/printpreview.h"

#include <QApplication>
#include <QPrinter>
#include <QSpinBox>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

PrintPreview* preview() {
    return qobject_cast<PrintPreview*>(QApplication::activeModalWidget());
}

} // namespace

class TstPrint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagesAreTurnedByKeys() {
        const auto session = files_.open();
        QVERIFY(session);
        PostmortemPage page;
        page.show();
        page.setSession(session.get());
        QTRY_VERIFY_WITH_TIMEOUT(page.head()->isVisibleTo(&page), kPatience);
        struct Seen {
            int pages = 0, most = 0, second = 0, first = 0;
            bool focused = false;
        };
        std::optional<Seen> seen;
        QTimer look; // the dialog holds up who opens it
        connect(&look, &QTimer::timeout, &page, [&] {
            PrintPreview* dialog = preview();
            auto* number =
                dialog ? dialog->findChild<QSpinBox*>(QStringLiteral("printPage")) : nullptr;
            if (!number || number->maximum() < 2 || !dialog->isActiveWindow()) return;
            const auto* shown = dialog->findChild<PageView*>();
            if (!shown->isPainted(1)) return;
            look.stop();
            seen = Seen{shown->pageCount(), number->maximum(), 0, 0, number->hasFocus()};
            QTest::keyClick(dialog, Qt::Key_PageDown);
            seen->second = shown->currentPage();
            QTest::keyClick(dialog, Qt::Key_PageUp);
            seen->first = shown->currentPage();
            QTest::keyClick(dialog, Qt::Key_Escape);
        });
        look.start(50);
        page.print(true);
        QTRY_VERIFY_WITH_TIMEOUT(seen.has_value(), kPatience);
        QTRY_VERIFY(preview() == nullptr);
        QVERIFY(seen->focused);
        QCOMPARE(seen->most, seen->pages);
        QCOMPARE(seen->second, 2);
        QCOMPARE(seen->first, 1);
        page.setSession(nullptr);
    }

    void onlyThePagesAskedFor() {
        const auto session = files_.open();
        QVERIFY(session);
        Postmortem document =
            draftPostmortem(*session->analysis(), session->query().sources(), "P");
        const auto report = printableReport(document, &session->query(), session->analysis().get());
        QVERIFY(report.has_value());
        const auto sizeOf = [&](bool some) {
            const auto printer = usualPrinter("P");
            const QString file = files_.home.filePath(QStringLiteral("p.pdf"));
            printer->setOutputFormat(QPrinter::PdfFormat);
            printer->setOutputFileName(file);
            if (some) printer->setPrintRange(QPrinter::PageRange);
            printer->setFromTo(1, 1);
            const bool done = printPages(**report, *printer, {});
            return done ? QFileInfo(file).size() : 0;
        };
        const qint64 one = sizeOf(true);
        QVERIFY(one > 0);
        QVERIFY(sizeOf(false) > one);
    }

private:
    SmallCase files_;
};

QTEST_MAIN(TstPrint)
#include "tst_print.moc"
