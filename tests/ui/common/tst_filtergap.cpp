// SPDX-License-Identifier: GPL-3.0-or-later
// What may come next where somebody types in a filter.
#include "ui/common/filtergap.h"

#include <QTest>

using namespace postlude;

class TstFilterGap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsWhatComesNext_data();
    void knowsWhatComesNext();
    void looksOnlyAtWhatIsBeforeTheCursor();
};

void TstFilterGap::knowsWhatComesNext_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("field");
    using What = FilterGap::What;
    const auto row = [](const char* text, What what, const char* typed, const char* field) {
        QTest::newRow(text) << QString::fromUtf8(text) << int(what) << QString::fromUtf8(typed)
                            << QString::fromUtf8(field);
    };
    row("", What::Field, "", "");
    row("sta", What::Field, "sta", "");
    row("status ", What::Comparison, "", "status");
    row("status >", What::Value, "", "status");
    row("status >= 5", What::Value, "5", "status");
    row("status >= 500 ", What::Joint, "", "status");
    row("status >= 500 an", What::Joint, "an", "status");
    row("status >= 500 and ser", What::Field, "ser", "status");
    row("server=", What::Value, "", "server");
    row("server = \"app", What::Value, "app", "server");
    row("server = \"app1\"", What::Joint, "", "server");
    row("server = \"a \\\" b", What::Value, "a \" b", "server");
    row("not (ser", What::Field, "ser", "");
    row("status in (", What::Value, "", "status");
    row("status in (502, 5", What::Value, "5", "status");
    row("status in (502, 503) ", What::Joint, "", "status");
    row("path cont", What::Comparison, "cont", "path");
    row("path contains /a", What::Value, "/a", "path");
    row("\"connection reset", What::Nothing, "connection reset", "");
    row("\"connection reset\" ", What::Joint, "", "connection reset"); // or a field called so
    row("\"user name\" = ", What::Value, "", "user name");
    row("\"user name\" = bob and \"x y\" contains b", What::Value, "b", "x y");
    row("\"user name\" in (bob, a", What::Value, "a", "user name");
}

void TstFilterGap::knowsWhatComesNext() {
    QFETCH(QString, text);
    QFETCH(int, what);
    QFETCH(QString, typed);
    const FilterGap gap = filterGapAt(text, text.size());
    QCOMPARE(int(gap.what), what);
    QCOMPARE(gap.typed, typed);
    QTEST(gap.field, "field");
    QCOMPARE(gap.to, text.size());
}

void TstFilterGap::looksOnlyAtWhatIsBeforeTheCursor() {
    const FilterGap gap = filterGapAt(QStringLiteral("ser = 1"), 3);
    QCOMPARE(int(gap.what), int(FilterGap::What::Field));
    QCOMPARE(gap.from, 0);
    QCOMPARE(gap.to, 3);
}

QTEST_GUILESS_MAIN(TstFilterGap)
#include "tst_filtergap.moc"
