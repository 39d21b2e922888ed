// SPDX-License-Identifier: GPL-3.0-or-later
// A line taken apart: every field with its unit, codes in words, hostile text as it is.
#include "ui/findings/cards.h"
#include "ui/findings/evidencetext.h"
#include "ui/findings/recorddetail.h"
#include "ui/findings/textlabel.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace postlude;

namespace {

const char* const kHostile =
    "<img src=http://evil/x onerror=alert(1)><b>bold</b> & [x](javascript:1)";

RecordRow failedRequest() {
    RecordRow row;
    row.numbers.fill(kAbsent);
    row.line = 2'118'404;
    row.kind = RecordKind::Request;
    row.time = *fromRfc3339("2024-01-15T16:12:04.118Z");
    row.timeRaw = *row.time + std::chrono::milliseconds{37'200};
    row.numbers[std::size_t(NumberField::Status)] = 503;
    row.numbers[std::size_t(NumberField::Queue)] = 2'000'000'000;
    row.texts[std::size_t(TextField::Termination)] = "sQ--";
    row.texts[std::size_t(TextField::Path)] = kHostile;
    row.extra.emplace_back("srv_queue", "61");
    return row;
}

QString valueOf(const std::vector<DetailLine>& lines, const QString& name) {
    for (const DetailLine& line : lines)
        if (line.name == name) return line.value + QLatin1Char('|') + line.note;
    return QStringLiteral("(none)");
}

} // namespace

class TstDetail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A path may be as long as a line: the window must not have to lay all of it out.
    void aLongValueIsCut() {
        RecordRow row = failedRequest();
        row.texts[std::size_t(TextField::Path)] = std::string(std::size_t{1} << 20U, 'x');
        row.extra.emplace_back(std::string(100'000, 'n'), std::string(100'000, 'y'));
        qsizetype all = 0;
        for (const DetailLine& line : detailsOf(row, Zone::utc()))
            all += line.name.size() + line.value.size();
        QVERIFY2(all < 25'000, qPrintable(QString::number(all)));
        const QString path = valueOf(detailsOf(row, Zone::utc()), QStringLiteral("path"));
        QVERIFY(path.startsWith(QStringLiteral("xxx")));
        QVERIFY2(path.contains(QStringLiteral("040\u202F384 more bytes")),
                 qPrintable(path.right(60)));
    }
    void fieldsWithUnitsAndWords() {
        const auto lines = detailsOf(failedRequest(), Zone::utc());
        QCOMPARE(valueOf(lines, QStringLiteral("status")),
                 QStringLiteral("503|no server available"));
        QCOMPARE(valueOf(lines, QStringLiteral("queue")),
                 QStringLiteral("2\u202F000 ms|waited for a free place"));
        QCOMPARE(valueOf(lines, QStringLiteral("termination")),
                 QStringLiteral(
                     "sQ--|the server side took too long, in the queue, before a server was free"));
        QCOMPARE(valueOf(lines, QStringLiteral("host's clock")),
                 QStringLiteral("2024-01-15 16:12:41.318\u00a0UTC|37.200 s ahead, corrected"));
        QCOMPARE(valueOf(lines, QStringLiteral("srv_queue")), QStringLiteral("61|"));
        QCOMPARE(valueOf(lines, QStringLiteral("path")),
                 QString::fromUtf8(kHostile) + QLatin1Char('|'));
        QCOMPARE(valueOf(lines, QStringLiteral("connect")),
                 QStringLiteral("(none)")); // unknown is not 0
    }

    void terminationCodes_data() {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("normal") << QByteArray("----") << "ended normally";
        QTest::newRow("client left")
            << QByteArray("CD--") << "aborted by the client, while data was sent";
        QTest::newRow("two letters")
            << QByteArray("SC")
            << "aborted or refused by the server, while connecting to the server";
        QTest::newRow("not a code") << QByteArray("OK!!") << "";
        QTest::newRow("empty") << QByteArray("") << "";
    }
    void terminationCodes() {
        QFETCH(QByteArray, code);
        QFETCH(QString, words);
        QCOMPARE(terminationInWords(code.toStdString()), words);
    }

    void aFindingShowsHostileTextVerbatim() {
        Finding finding;
        finding.title = "Onset";
        finding.statement = std::string(kHostile) + " \u202Eevil";
        Evidence lines;
        lines.source = "lb/<b>&haproxy.log";
        lines.firstLine = 7;
        lines.lastLine = 9;
        finding.evidence = {lines};
        FindingCard card(finding, QStringLiteral("14:30:06"));
        bool found = false;
        for (const QLabel* label : card.findChildren<QLabel*>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            found |= label->text().contains(QString::fromUtf8(kHostile));
            QVERIFY2(!label->text().contains(QChar(0x202E)),
                     "direction overrides are made visible");
        }
        QVERIFY(found);
        QSignalSpy shown(&card, &FindingCard::evidenceActivated);
        auto* link = card.findChild<QPushButton*>();
        QVERIFY(link);
        QCOMPARE(link->text(), QStringLiteral("<b>&&haproxy.log:7–9"));
        link->click();
        QCOMPARE(shown.count(), 1);
    }

    void aLongWordDoesNotWidenThePanel() {
        TextLabel label(QString(5000, QLatin1Char('x')));
        QVERIFY(label.minimumSizeHint().width() < 100);
        QVERIFY(label.heightForWidth(300) > label.heightForWidth(3000));
    }
};

QTEST_MAIN(TstDetail)
#include "tst_detail.moc"
