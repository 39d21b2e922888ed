// SPDX-License-Identifier: GPL-3.0-or-later
// What a bundle is called once the endings of its archive are off.
#include "core/bundle/archivename.h"

#include <QtTest>

using namespace postlude;

class TestArchiveName : public QObject {
    Q_OBJECT
private slots:
    void endingsGo_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("stem");
        QTest::newRow("two of them") << "in/tango.tar.gz" << "in/tango";
        QTest::newRow("both in one") << "tango.tgz" << "tango";
        QTest::newRow("capitals") << "TANGO.Tar.ZST" << "TANGO";
        QTest::newRow("a packed log") << "haproxy.log.gz" << "haproxy.log";
        QTest::newRow("none") << "haproxy.log" << "haproxy.log";
        QTest::newRow("nothing else") << ".gz" << ".gz";
        QTest::newRow("a case") << "tango.postlude" << "tango.postlude";
    }
    void endingsGo() {
        QFETCH(const QString, name);
        QFETCH(const QString, stem);
        QCOMPARE(QString::fromStdString(archiveStem(name.toStdString())), stem);
    }
    void eachEndingIsOne() {
        for (const std::string_view ending : archiveEndings())
            QCOMPARE(archiveStem("name" + std::string(ending)), "name");
    }
};

QTEST_GUILESS_MAIN(TestArchiveName)
#include "tst_archivename.moc"
