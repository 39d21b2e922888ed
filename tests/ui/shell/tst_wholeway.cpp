// SPDX-License-Identifier: GPL-3.0-or-later
// From a bundle to a report, as a user goes it: open a sample, step to the first error, mark it,
// write the summary, export, read the file.
#include "core/analysis/analysis.h"
#include "tests/support/openedin.h"
#include "ui/common/theme.h"
#include "ui/investigate/lanes.h"
#include "ui/investigate/linesview.h"
#include "ui/postmortem/page.h"
#include "ui/shell/filterbar.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

namespace {

const QString kSample = QStringLiteral(POSTLUDE_SOURCE_DIR "/samples/01-tango/tango.tar.gz");
constexpr int kPatience = 120'000;

template <class T>
T* found(const MainWindow& window, const char* name) {
    return window.findChild<T*>(QLatin1String(name));
}

void trigger(const MainWindow& window, const char* action) {
    found<QAction>(window, action)->trigger();
}

bool opened(MainWindow& window, const QString& path) {
    return openedIn(window, path.toStdString()) &&
           QTest::qWaitFor(
               [&window] { return !window.session()->busy() && window.session()->analysis(); },
               kPatience);
}

void type(QWidget* edit, const QString& text) {
    if (auto* line = qobject_cast<QLineEdit*>(edit)) line->selectAll();
    if (auto* plain = qobject_cast<QPlainTextEdit*>(edit)) plain->selectAll();
    QTest::keyClicks(edit, text);
}

} // namespace

class TstWholeWay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void fromLogsToReport();
    void reopensWhatItRead();
    void filtersAndGoesBack();
    void labelsNeverOverlap();
    void showsWhyNothingOpens();
    void closesWhileReading();

private:
    QTemporaryDir home_;
};

void TstWholeWay::initTestCase() {
    QVERIFY(home_.isValid());
    qputenv("XDG_DATA_HOME", home_.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
    QCoreApplication::setApplicationName(QStringLiteral("postlude"));
    QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
    ThemeWatcher::instance().apply();
}

void TstWholeWay::fromLogsToReport() {
    MainWindow window;
    window.resize(1600, 1000);
    window.show();
    QVERIFY(opened(window, kSample));
    Session& session = *window.session();
    QVERIFY(!session.analysis()->incidents.empty());
    auto* lines = found<LinesView>(window, "linesView");
    QTRY_VERIFY_WITH_TIMEOUT(lines->lines()->rowCount() > 10'000, kPatience);

    // The first error of all.
    session.selection().setMoment(session.selection().bounds().from - std::chrono::hours{24});
    trigger(window, "errorNext");
    QTRY_VERIFY_WITH_TIMEOUT(session.selection().place().record.has_value(), kPatience);
    const RecordId first = *session.selection().place().record;
    const auto row = session.query().record(first);
    QVERIFY(row.has_value());
    const bool failed = (*row)[NumberField::Status] >= 500 || row->level >= Level::Error;
    QVERIFY(failed);

    trigger(window, "bookmark");
    QCOMPARE(session.bookmarks().size(), std::size_t{1});
    QVERIFY(session.bookmarks().front().record == first);

    QTest::mouseClick(found<QPushButton>(window, "modePostmortem"), Qt::LeftButton);
    auto* page = window.findChild<PostmortemPage*>();
    QVERIFY(page->isVisible());
    auto* cause = window.findChild<QWidget*>(QStringLiteral("summaryRootCause"));
    QVERIFY(cause != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(cause->isVisible(), kPatience); // once it is drafted
    type(cause, QStringLiteral("One weight was ten times too high"));
    QVERIFY(page->saveNow());

    const QString report = home_.filePath(QStringLiteral("report.md"));
    const QSignalSpy exported(page, &PostmortemPage::exported);
    page->exportTo(report);
    QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, kPatience);
    QVERIFY(exported.front().at(1).toBool());
    QFile file(report);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY2(text.contains(QStringLiteral("One weight was ten times too high")),
             qPrintable(text.left(2000)));
    QVERIFY(text.contains(QStringLiteral("2024")));
}

void TstWholeWay::reopensWhatItRead() {
    MainWindow window;
    QVERIFY(opened(window, kSample));
    // Nothing was read again, and the bookmark of the time before is there.
    QVERIFY(window.session()->importTime() == Duration::zero());
    QCOMPARE(window.session()->bookmarks().size(), std::size_t{1});
}

void TstWholeWay::filtersAndGoesBack() {
    MainWindow window;
    window.resize(1600, 1000);
    window.show();
    QVERIFY(opened(window, kSample));
    auto* lines = found<LinesView>(window, "linesView");
    QTRY_VERIFY_WITH_TIMEOUT(lines->lines()->rowCount() > 10'000, kPatience);
    const int all = lines->lines()->rowCount();
    auto* filter = found<FilterBar>(window, "filterBar");
    filter->setText(QStringLiteral("status >= 500"));
    QCOMPARE(filter->state(), QStringLiteral("yes"));
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(lines->lines()->rowCount() < all, kPatience);
    QVERIFY(lines->lines()->rowCount() > 0);
    QVERIFY(lines->lines()->index(0, LinesModel::Status).data().toInt() >= 500);
    filter->setText(QStringLiteral("status >= "));
    QCOMPARE(filter->state(), QStringLiteral("no"));
    trigger(window, "back");
    QCOMPARE(filter->text(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(lines->lines()->rowCount(), all, kPatience);
}

void TstWholeWay::labelsNeverOverlap() {
    MainWindow window;
    window.show();
    QVERIFY(opened(window, kSample));
    auto* lanes = found<Lanes>(window, "lanes");
    QTRY_VERIFY_WITH_TIMEOUT(!lanes->labels().empty(), kPatience);
    for (const int width : {900, 1280, 1600}) {
        window.resize(width, 800);
        QCoreApplication::processEvents();
        const auto labels = lanes->labels();
        for (std::size_t i = 0; i < labels.size(); ++i) {
            QVERIFY(labels[i].place.right() <= lanes->width());
            for (std::size_t k = i + 1; k < labels.size(); ++k)
                QVERIFY2(!labels[i].place.intersects(labels[k].place),
                         qPrintable(labels[i].text + QStringLiteral(" | ") + labels[k].text));
        }
    }
}

void TstWholeWay::showsWhyNothingOpens() {
    MainWindow window;
    window.show();
    QVERIFY(!openedIn(window, "/nowhere/at/all.tar.gz"));
    auto* page = window.findChild<QWidget*>(QStringLiteral("errorPage"));
    QVERIFY(page->isVisible());
    page->findChild<QPushButton*>(QStringLiteral("copyErrorDetails"))->click();
    const QString details = QGuiApplication::clipboard()->text();
    QVERIFY2(details.contains(QStringLiteral("There is no file or folder")), qPrintable(details));
    QVERIFY2(!details.contains(QStringLiteral("nowhere")), qPrintable(details));
}

void TstWholeWay::closesWhileReading() {
    const QString copy = home_.filePath(QStringLiteral("again.tar.gz"));
    QVERIFY(QFile::copy(kSample, copy));
    {
        MainWindow window;
        window.show();
        QVERIFY(openedIn(window, copy.toStdString()));
        QTRY_VERIFY(window.session()->busy());
        window.close();
    }
    // What was begun goes on the next time, in the same case.
    MainWindow window;
    QVERIFY(opened(window, copy));
    QVERIFY(window.session()->caseFile().importComplete());
}

QTEST_MAIN(TstWholeWay)
#include "tst_wholeway.moc"
