// SPDX-License-Identifier: GPL-3.0-or-later
// What was opened last: two of one name are told apart by their folders, on the first page and in
// the menu.
#include "ui/shell/mainwindow.h"
#include "ui/shell/recent.h"

#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

class TstRecent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesItsFolder();
};

void TstRecent::namesItsFolder() {
    const QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    QCoreApplication::setApplicationName(QStringLiteral("postlude"));
    QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
    for (const char* day : {"monday", "tuesday"}) {
        const QString folder = home.filePath(QLatin1String(day)) + QStringLiteral("/logs");
        QVERIFY(QDir().mkpath(folder));
        rememberRecent(folder);
    }
    MainWindow window;
    window.resize(1280, 800);
    window.show();
    QStringList names, folders;
    for (const auto* link : window.findChildren<QPushButton*>(QStringLiteral("recentCase")))
        names << link->text() << link->accessibleDescription();
    QCOMPARE(names.count(QStringLiteral("logs")), 2);
    QCOMPARE(names.filter(QStringLiteral("tuesday")).size(), 1);
    for (const auto* label : window.findChildren<QLabel*>(QStringLiteral("recentFolder")))
        folders << label->text();
    QCOMPARE(folders.size(), 2);
    QCOMPARE(folders.removeDuplicates(), 0);

    QStringList entries;
    for (QMenu* menu : window.findChildren<QMenu*>()) {
        Q_EMIT menu->aboutToShow();
        for (const QAction* action : menu->actions())
            if (action->text().startsWith(QStringLiteral("logs"))) entries << action->text();
    }
    QCOMPARE(entries.size(), 2);
    QVERIFY2(entries.filter(QStringLiteral("monday")).size() == 1, qPrintable(entries.join(u' ')));
}

QTEST_MAIN(TstRecent)
#include "tst_recent.moc"
