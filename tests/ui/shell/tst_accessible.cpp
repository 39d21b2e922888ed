// SPDX-License-Identifier: GPL-3.0-or-later
// Everything one can work with says to a screen reader what it is and what it is called; charts
// say what is in them.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/theme.h"
#include "ui/investigate/anotherchart.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollArea>
#include <QTabWidget>
#include <QTest>

using namespace postlude;

namespace {

/// What a user acts on: with keys, or by a click.
bool isControl(const QWidget& widget) {
    if (!widget.isVisible() || widget.visibleRegion().isEmpty()) return false;
    if (qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
        qobject_cast<const QLineEdit*>(&widget) ||
        qobject_cast<const QAbstractItemView*>(&widget) ||
        qobject_cast<const QCustomPlot*>(&widget))
        return true;
    return (widget.focusPolicy() & Qt::TabFocus) != 0;
}

/// Parts of one control, which has the name: the field in a combo box, a table's corner.
bool isPart(const QWidget& widget) {
    const QWidget* parent = widget.parentWidget();
    return qobject_cast<const QComboBox*>(parent) || widget.objectName().startsWith(u"qt_") ||
           widget.inherits("QTableCornerButton") || widget.inherits("QComboBoxPrivateContainer");
}

bool isFrame(const QWidget& widget) {
    return qobject_cast<const QScrollArea*>(&widget) || qobject_cast<const QHeaderView*>(&widget) ||
           qobject_cast<const QTabWidget*>(&widget);
}

QString placeOf(const QWidget& widget) {
    QStringList names;
    for (const QWidget* w = &widget; w && names.size() < 3; w = w->parentWidget())
        names << QString::fromLatin1(w->metaObject()->className()) + QLatin1Char(' ') +
                     w->objectName();
    return names.join(QStringLiteral(" in "));
}

QStringList nameless(const QWidget& of) {
    QStringList missing;
    for (QWidget* widget : of.findChildren<QWidget*>()) {
        if (!isControl(*widget) || isPart(*widget)) continue;
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        const QString where = placeOf(*widget);
        if (!face)
            missing << where + QStringLiteral(": not there at all");
        else if (face->text(QAccessible::Name).trimmed().isEmpty())
            missing << where + QStringLiteral(": no name");
        // Qt gives frames that scroll or hold tabs, and heads of columns, no role of their own.
        else if (!isFrame(*widget) &&
                 (face->role() == QAccessible::NoRole || face->role() == QAccessible::Client))
            missing << where + QStringLiteral(": no role");
    }
    return missing;
}

} // namespace

class TstAccessible : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void beforeAnythingIsOpen();
    void bothModes();
    void chartsSayWhatIsInThem();
    void keysReachEveryControl_data();
    void keysReachEveryControl();
    void windowsBesideIt();

private:
    void trigger(const char* action) {
        window_->findChild<QAction*>(QLatin1String(action))->trigger();
    }
    std::unique_ptr<SmallCase> small_;
    std::unique_ptr<MainWindow> window_;
};

void TstAccessible::initTestCase() {
    small_ = std::make_unique<SmallCase>();
    ThemeWatcher::instance().apply();
    window_ = std::make_unique<MainWindow>();
    window_->resize(1600, 1000);
    window_->show();
}

void TstAccessible::beforeAnythingIsOpen() {
    const QStringList missing = nameless(*window_);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void TstAccessible::bothModes() {
    QVERIFY(openedIn(*window_, small_->bundle().toStdString()));
    QVERIFY(QTest::qWaitFor(
        [&] { return !window_->session()->busy() && window_->session()->analysis(); }, 60'000));
    trigger("find");
    trigger("bookmark");
    QTest::qWait(300);
    QStringList missing = nameless(*window_);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    trigger("showPostmortem");
    QTest::qWait(500);
    missing = nameless(*window_);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    trigger("showInvestigate");
}

void TstAccessible::windowsBesideIt() {
    for (const char* action : {"compare", "messages", "sql"}) {
        trigger(action);
        QTest::qWait(200);
    }
    QStringList missing;
    for (const QWidget* top : QApplication::topLevelWidgets())
        if (top != window_.get() && top->isVisible()) missing << nameless(*top);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    for (QWidget* top : QApplication::topLevelWidgets())
        if (top != window_.get()) top->close();
    FieldValues fields;
    fields.setSession(window_->session());
    Measured measured;
    measured.setSession(window_->session());
    AnotherChartDialog dialog(measured, fields);
    dialog.show();
    missing = nameless(dialog);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void TstAccessible::chartsSayWhatIsInThem() {
    auto* page = window_->findChild<InvestigatePage*>();
    for (const Plot plot : {Plot::Requests, Plot::Latency}) {
        TimeChart* chart = page->charts().chart(plot);
        QTRY_VERIFY(chart->content().buckets() > 0);
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(chart);
        QCOMPARE(face->role(), QAccessible::Chart);
        const QString said = face->text(QAccessible::Description);
        for (const ChartLine& line : chart->content().lines)
            QVERIFY2(said.contains(line.name), qPrintable(said));
    }
}

/// Tab alone goes through all of it and comes back, in both modes.
void TstAccessible::keysReachEveryControl_data() {
    QTest::addColumn<QString>("mode");
    QTest::newRow("investigate") << QStringLiteral("showInvestigate");
    QTest::newRow("postmortem") << QStringLiteral("showPostmortem");
}

void TstAccessible::keysReachEveryControl() {
    QFETCH(const QString, mode);
    trigger(qPrintable(mode));
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QTest::qWait(300);
    QList<QWidget*> way;
    window_->setFocus();
    while (way.size() < 400) {
        QWidget* before = QApplication::focusWidget();
        QTest::keyClick(before ? before : window_.get(), Qt::Key_Tab);
        QWidget* at = QApplication::focusWidget();
        QVERIFY2(at, "the focus went nowhere");
        if (way.contains(at)) break;
        way << at;
    }
    QStringList missed;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
        const bool byTab = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (!byTab || !widget->isVisible() || !widget->isEnabled() || isPart(*widget)) continue;
        const bool reached = std::ranges::any_of(way, [widget](const QWidget* at) {
            return at == widget || at->focusProxy() == widget || widget->focusProxy() == at;
        });
        if (!reached) missed << placeOf(*widget);
    }
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
    trigger("showInvestigate");
}

QTEST_MAIN(TstAccessible)
#include "tst_accessible.moc"
