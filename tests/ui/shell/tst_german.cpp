// SPDX-License-Identifier: GPL-3.0-or-later
// The window in each language: nothing cut off, no two commands of a menu on one letter, and every
// text it asks for is one that translators are given.
#include "core/analysis/analysis.h"
#include "core/analysis/findingkinds.h"
#include "tests/support/openedin.h"
#include "ui/common/language.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/shell/samples.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

namespace {

constexpr int kPatience = 120'000;

void checkMnemonics(const QList<QAction*>& actions, const QString& where) {
    QMap<QChar, QString> taken;
    for (const QAction* action : actions) {
        const QKeySequence key = QKeySequence::mnemonic(action->text());
        if (key.isEmpty()) continue;
        const QChar letter = key.toString().back();
        const QString clash = where + QStringLiteral(": ") + taken.value(letter) +
                              QStringLiteral(" / ") + action->text();
        QVERIFY2(!taken.contains(letter), qPrintable(clash));
        taken.insert(letter, action->text());
    }
}

/// What stands on the screen and is narrower than its words.
QStringList cutOff(const QWidget& window) {
    QStringList cut;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&window) || widget->width() >= widget->sizeHint().width())
            continue;
        QString text;
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            if (!label->wordWrap()) text = label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            text = button->text();
        // What is elided says the rest in its tip.
        if (text.isEmpty() || text.contains(QChar(0x2026)) || !widget->toolTip().isEmpty())
            continue;
        cut << QStringLiteral("%1 “%2”: %3 of %4")
                   .arg(widget->objectName(), text)
                   .arg(widget->width())
                   .arg(widget->sizeHint().width());
    }
    return cut;
}

} // namespace

class TestGerman : public QObject {
    Q_OBJECT
    QTemporaryDir home_;

    static void eachLanguage() {
        QTest::addColumn<QString>("language");
        for (const QString& language : languages())
            QTest::newRow(qPrintable(language)) << language;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(home_.isValid());
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
        QCoreApplication::setApplicationName(QStringLiteral("postlude"));
        QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
        ThemeWatcher::instance().apply();
    }
    void cleanup() {
        chooseLanguage({});
        useLanguage();
    }

    void theChoiceIsKeptAndUsed() {
        QCOMPARE(languageInUse(), QStringLiteral("en")); // of the system, which has none of ours
        chooseLanguage(QStringLiteral("de"));
        useLanguage();
        QCOMPARE(languageInUse(), QStringLiteral("de"));
        QCOMPARE(MainWindow().findChild<QAction*>(QStringLiteral("quit"))->text(),
                 QStringLiteral("Bee&nden"));
        chooseLanguage(QStringLiteral("xx"));
        useLanguage();
        QCOMPARE(MainWindow().findChild<QAction*>(QStringLiteral("quit"))->text(),
                 QStringLiteral("&Quit"));
    }
    /// One that is not in the table of names would stay English.
    void findingsHaveGermanNames() {
        chooseLanguage(QStringLiteral("de"));
        useLanguage();
        for (int i = 0; i <= int(FindingKind::Clock); ++i) {
            const std::string title = titleOf(FindingKind(i));
            QVERIFY2(findingTitle(title) != QString::fromStdString(title), title.c_str());
        }
    }
    void noTwoCommandsOfAMenuOnOneLetter_data() { eachLanguage(); }
    void noTwoCommandsOfAMenuOnOneLetter() {
        QFETCH(QString, language);
        chooseLanguage(language);
        useLanguage();
        MainWindow window;
        checkMnemonics(window.menuBar()->actions(), QStringLiteral("menu bar"));
        for (const QMenu* menu : window.findChildren<QMenu*>())
            checkMnemonics(menu->actions(), menu->title());
    }
    void nothingIsCutOffIn1280x800_data() { eachLanguage(); }
    void nothingIsCutOffIn1280x800() {
        QFETCH(QString, language);
        chooseLanguage(language);
        useLanguage();
        MainWindow window;
        window.resize(1280, 800);
        window.show();
        QTest::qWait(100);
        QCOMPARE(cutOff(window).join(u'\n'), QString());
        QVERIFY(openedIn(window, samplesIn(samplesFolder()).front().path.toStdString()));
        QVERIFY(QTest::qWaitFor(
            [&] { return !window.session()->busy() && window.session()->analysis(); }, kPatience));
        for (const char* mode : {"showInvestigate", "showPostmortem"}) {
            window.findChild<QAction*>(QLatin1String(mode))->trigger();
            QTest::qWait(500); // charts, preview and checks fill in
            QTRY_COMPARE(cutOff(window).join(u'\n'), QString());
        }
    }
};

QTEST_MAIN(TestGerman)
#include "tst_german.moc"
