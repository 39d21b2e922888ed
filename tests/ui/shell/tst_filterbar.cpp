// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/filterbar.h"

#include <QTest>

using namespace postlude;

class TstFilterBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsValidFromInvalid_data();
    void tellsValidFromInvalid();
};

void TstFilterBar::tellsValidFromInvalid_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("state");
    QTest::newRow("empty") << "" << "";
    QTest::newRow("blank") << "   " << "";
    QTest::newRow("test") << "status >= 500" << "yes";
    QTest::newRow("pretty operators")
        << QString::fromUtf8("status ≥ 500 and server = \"app1\"") << "yes";
    QTest::newRow("unfinished") << "status >=" << "no";
    QTest::newRow("open bracket") << "(status = 1" << "no";
}

void TstFilterBar::tellsValidFromInvalid() {
    QFETCH(QString, text);
    QFETCH(QString, state);
    FilterBar bar;
    bar.setText(text);
    QCOMPARE(bar.state(), state);
    QCOMPARE(bar.message().isEmpty(), state != QLatin1String("no"));
    if (state == QLatin1String("no"))
        QVERIFY2(bar.message().contains(QStringLiteral("column")), qPrintable(bar.message()));
}

QTEST_MAIN(TstFilterBar)
#include "tst_filterbar.moc"
