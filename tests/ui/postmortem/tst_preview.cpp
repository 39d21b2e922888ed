// SPDX-License-Identifier: GPL-3.0-or-later
// The preview shows what is written, soon, and nothing in it is alive.
#include "ui/postmortem/previewpane.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QtTest>

using namespace postlude;

class TstPreview : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatIsWrittenWithinATenthOfASecond() {
        Document document;
        PreviewPane preview(document);
        preview.resize(500, 600);
        preview.show();
        document.load({});
        QTest::qWait(200); // fonts and first layout
        QElapsedTimer clock;
        clock.start();
        document.edit("impact",
                      [](Postmortem& d) { d.summary.impact = "Playback stopped for many"; });
        while (!preview.toPlainText().contains(QStringLiteral("Playback stopped")) &&
               clock.elapsed() < 2000)
            QTest::qWait(2);
        QVERIFY2(clock.elapsed() <= 100, qPrintable(QString::number(clock.elapsed())));
        document.undo();
        QTRY_VERIFY(!preview.toPlainText().contains(QStringLiteral("Playback stopped")));
    }

    /// Read row by row into a view, each would lay out all before it: minutes for these.
    void aLongTimelineIsShown() {
        Document document;
        PreviewPane preview(document);
        preview.resize(500, 600);
        preview.show();
        Postmortem longOne;
        for (int i = 0; i < 2000; ++i) {
            TimelineEntry entry;
            entry.time = instant(std::int64_t{i} * 60'000'000'000);
            entry.text = "Entry " + std::to_string(i);
            longOne.timeline.push_back(entry);
        }
        document.load(longOne);
        QTRY_VERIFY(preview.toPlainText().contains(QStringLiteral("Entry 1999")));
    }

    void hostileTextIsInert_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("html") << "<script>alert(1)</script><b>x</b>";
        QTest::newRow("remote picture") << "![x](http://evil.example/x.png)";
        QTest::newRow("file picture") << "![x](file:///etc/passwd)";
        QTest::newRow("link") << "[click](javascript:alert(1))";
        QTest::newRow("heading") << "# not a heading";
        QTest::newRow("footnote") << "[^1]: not a note";
        QTest::newRow("table") << "a | b | c";
    }
    void hostileTextIsInert() {
        QFETCH(QString, text);
        Document document;
        PreviewPane preview(document);
        preview.resize(500, 600);
        Postmortem hostile;
        hostile.title = "Safe title";
        hostile.summary.impact = text.toStdString();
        hostile.timeline.push_back({});
        hostile.timeline[0].text = text.toStdString();
        document.load(hostile);
        QTRY_VERIFY(preview.toPlainText().contains(QStringLiteral("Safe title")));
        QVERIFY2(preview.toPlainText().count(text) >= 1, qPrintable(preview.toPlainText()));
        for (QTextBlock block = preview.document()->begin(); block.isValid(); block = block.next())
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextCharFormat format = it.fragment().charFormat();
                QVERIFY2(!format.isImageFormat(), "no picture arises from text");
                QVERIFY2(!format.isAnchor() || format.anchorHref().startsWith(QLatin1Char('#')),
                         qPrintable(format.anchorHref()));
            }
    }

    void nothingIsLoadedFromOutside() {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("share.png")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        file.close();
        Document document;
        PreviewPane preview(document);
        for (const QUrl& url : {QUrl::fromLocalFile(file.fileName()),
                                QUrl(QStringLiteral("http://evil.example/share.png")),
                                QUrl(QStringLiteral("../charts/share.png")),
                                QUrl(QStringLiteral("charts/share.png"))})
            QVERIFY2(!preview.loadResource(QTextDocument::ImageResource, url).isValid(),
                     qPrintable(url.toString()));
    }

    void footnotesAreReadable() {
        QCOMPARE(
            withoutFootnotes(QStringLiteral("Rose.[^2] not \\[^3\\]\n\n[^2]: lb/x.log, line 4")),
            QStringLiteral("Rose. \\[2\\] not \\[^3\\]\n\n- \\[2\\] lb/x.log, line 4"));
    }
};

QTEST_MAIN(TstPreview)
#include "tst_preview.moc"
