// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include <QApplication>
#include <QPalette>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace postlude;

namespace {

double luminance(const QColor& c) {
    const auto linear = [](double v) {
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TstTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(folder_.isValid());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.path());
    }

    void textIsReadableInBothThemes_data() {
        QTest::addColumn<int>("choice");
        QTest::newRow("light") << int(ThemeChoice::Light);
        QTest::newRow("dark") << int(ThemeChoice::Dark);
    }
    void textIsReadableInBothThemes() { // WCAG 2.2 AA: 4.5 to 1 for text
        QFETCH(int, choice);
        ThemeWatcher::instance().choose(ThemeChoice(choice));
        const Theme& t = Theme::current();
        QCOMPARE(t.dark, ThemeChoice(choice) == ThemeChoice::Dark);
        for (const QColor& ground : {t.window, t.surface, t.selection})
            QVERIFY2(contrast(t.text, ground) >= 7, "text");
        for (const QColor& ground : {t.window, t.surface})
            for (const QColor& ink : {t.muted, t.bad, t.good, t.warning, t.accent})
                QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(ink.name() + ground.name()));
        QVERIFY(contrast(t.accentText, t.accent) >= 4.5);
        QVERIFY(contrast(t.chipText, t.chip) >= 4.5);
        QVERIFY(qApp->styleSheet().contains(t.border.name()));
        QVERIFY2(!qApp->styleSheet().contains(QLatin1Char('@')), "every colour is filled in");
    }

    void theTextSizeScales() {
        ThemeWatcher::instance().setTextScale(1);
        const double normal = QApplication::font().pointSizeF();
        ThemeWatcher::instance().setTextScale(1.5);
        QCOMPARE(QApplication::font().pointSizeF(), normal * 1.5);
        QVERIFY(Theme::current().mono().pointSizeF() > normal * 1.4);
        ThemeWatcher::instance().setTextScale(1);
    }

private:
    QTemporaryDir folder_;
};

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
