// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/bundle.h"

#include <QtTest>

using namespace postlude;

class TstRotation : public QObject {
    Q_OBJECT

private slots:
    void liveName_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("live");
        QTest::addColumn<bool>("isLive");
        const auto row = [](const char* path, const char* live, bool isLive) {
            QTest::newRow(path) << QString(path) << QString(live) << isLive;
        };
        row("lb/access.log", "lb/access.log", true);
        row("lb/access.log.gz", "lb/access.log", true);
        row("lb/access.log.1", "lb/access.log", false);
        row("lb/haproxy.log.2.gz", "lb/haproxy.log", false);
        row("haproxy.log-20240115", "haproxy.log", false);
        row("haproxy.log-20240115.zst", "haproxy.log", false);
        row("haproxy.log.20240115", "haproxy.log", false);
        row("haproxy.log-20240115-1305.xz", "haproxy.log", false);
        row("haproxy.log-1705312776", "haproxy.log", false);
        row("app.log.2024-01-15", "app.log", false);
        row("app.log.2024-01-15.2", "app.log", false);
        row("app-2024-01-15.log", "app.log", false);
        row("app.1.log", "app.log", false);
        row("syslog.1", "syslog", false);
        row("messages.old", "messages", false);
        // configuration snapshots stand each for itself
        row("lb/haproxy.cfg.before", "lb/haproxy.cfg.before", true);
        row("lb/haproxy.cfg.20240122T1942Z", "lb/haproxy.cfg.20240122T1942Z", true);
        row("lb/nginx.conf.2023-11-10.1", "lb/nginx.conf.2023-11-10.1", true);
        row("lb/nginx.conf.1", "lb/nginx.conf.1", true);
        row("lb/Caddyfile.orig", "lb/Caddyfile.orig", true);
        row("site.yaml.2", "site.yaml.2", true);
        // neither a date nor a count
        row("web-01/app.log", "web-01/app.log", true);
        row("node-20249999.log", "node-20249999.log", true);
        row("1", "1", true);
        row("", "", true);
    }
    void liveName() {
        QFETCH(QString, path);
        const Rotation rotation = rotationOf(path.toStdString());
        QTEST(QString::fromStdString(rotation.live), "live");
        QTEST(rotation.age == 0, "isLive");
    }

    void olderIsLarger_data() {
        QTest::addColumn<QString>("older");
        QTest::addColumn<QString>("younger");
        const auto row = [](const char* older, const char* younger) {
            QTest::addRow("%s before %s", older, younger) << QString(older) << QString(younger);
        };
        row("a.log.1", "a.log");
        row("a.log.10.gz", "a.log.9.gz");
        row("a.log-20231231", "a.log-20240101");
        row("a.log-20240101", "a.log");
        row("a.log.2024-01-15", "a.log.2024-01-15.1");
        row("a.log.2024-01-15.1", "a.log.2024-01-15.2");
        row("a.log-20240115-0900", "a.log-20240115-1000");
    }
    void olderIsLarger() {
        QFETCH(QString, older);
        QFETCH(QString, younger);
        QVERIFY(rotationOf(older.toStdString()).age > rotationOf(younger.toStdString()).age);
        QCOMPARE(rotationOf(older.toStdString()).live, rotationOf(younger.toStdString()).live);
    }
};

QTEST_GUILESS_MAIN(TstRotation)
#include "tst_rotation.moc"
