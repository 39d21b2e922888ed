// SPDX-License-Identifier: GPL-3.0-or-later
// From a bundle to a report, as a user goes it: open a sample, step to the first error, mark it,
// write the summary, export, read the file.
#include "core/analysis/analysis.h"
#include "tests/support/openedin.h"
#include "ui/common/casefolder.h"
#include "ui/common/theme.h"
#include "ui/investigate/lanes.h"
#include "ui/investigate/linesview.h"
#include "ui/postmortem/entryview.h"
#include "ui/postmortem/page.h"
#include "ui/shell/filterbar.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

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
    void takesBackWhatWasDoneLast();
    void evidenceLeadsToItsLineAndBack();
    void fitsTheScreen();
    void labelsNeverOverlap();
    void showsWhyNothingOpens();
    void anArchiveThatWasCutShortIsToldOf();
    void whatCouldNotBeReadIsNoCase();
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

    QVERIFY(found<QPushButton>(window, "timeZone")->isEnabled());
    QTest::mouseClick(found<QPushButton>(window, "modePostmortem"), Qt::LeftButton);
    auto* page = window.findChild<PostmortemPage*>();
    QVERIFY(page->isVisible());
    // What the document's times are in is told by the document.
    const auto* zone = found<QPushButton>(window, "timeZone");
    QVERIFY(!zone->isEnabled() && zone->toolTip().contains(QStringLiteral("issue summary")));
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

/// Bookmark, entry, filter: each step back takes the last of them, whichever it was.
void TstWholeWay::takesBackWhatWasDoneLast() {
    MainWindow window;
    window.resize(1600, 1000);
    window.show();
    QVERIFY(opened(window, kSample));
    Session& session = *window.session();
    auto* lines = found<LinesView>(window, "linesView");
    QTRY_VERIFY_WITH_TIMEOUT(lines->lines()->rowCount() > 100, kPatience);
    auto* page = window.findChild<PostmortemPage*>();
    trigger(window, "showPostmortem");
    auto* cause = window.findChild<QWidget*>(QStringLiteral("summaryRootCause"));
    QTRY_VERIFY_WITH_TIMEOUT(cause && cause->isVisible(), kPatience);
    const auto* entries = window.findChild<EntryView*>(QStringLiteral("timelineTable"));
    QVERIFY(entries != nullptr);
    trigger(window, "showInvestigate");
    const auto marks = session.bookmarks().size();
    const int written = entries->model()->rowCount();
    lines->setCurrentIndex(lines->model()->index(50, 0));
    trigger(window, "bookmark");
    trigger(window, "offer");
    auto* filter = found<FilterBar>(window, "filterBar");
    filter->use(QStringLiteral("status >= 500"));
    QCOMPARE(entries->model()->rowCount(), written + 1);
    trigger(window, "undo");
    QCOMPARE(session.selection().place().filter, QString());
    QCOMPARE(filter->text(), QString());
    QCOMPARE(entries->model()->rowCount(), written + 1);
    trigger(window, "undo");
    QCOMPARE(entries->model()->rowCount(), written);
    QCOMPARE(session.bookmarks().size(), marks + 1);
    trigger(window, "redo");
    QCOMPARE(entries->model()->rowCount(), written + 1);
    trigger(window, "undo");
    trigger(window, "undo");
    QCOMPARE(session.bookmarks().size(), marks);
    QVERIFY(page->saveNow());
}

void TstWholeWay::evidenceLeadsToItsLineAndBack() {
    MainWindow window;
    window.resize(1600, 1000);
    window.show();
    QVERIFY(opened(window, kSample));
    Session& session = *window.session();
    auto* lines = found<LinesView>(window, "linesView");
    QTRY_VERIFY_WITH_TIMEOUT(lines->lines()->rowCount() > 100, kPatience);
    // The first line of all logs, if it came before the requests.
    const auto first = lines->lines()->recordAt(0);
    const auto row = session.query().record(*first);
    QVERIFY(row && row->time);
    Evidence evidence;
    for (const SourceInfo& source : session.query().sources())
        if (source.id == row->source) evidence.source = source.path;
    evidence.firstLine = evidence.lastLine = row->line;
    trigger(window, "showPostmortem");
    Q_EMIT session.evidenceRequested(evidence);
    QVERIFY(lines->isVisible());
    QVERIFY(session.selection().place().window.contains(*row->time));
    const auto isMarked = [&] {
        const QModelIndexList rows = lines->selectionModel()->selectedRows();
        return rows.size() == 1 && lines->lines()->recordAt(rows.front().row()) == first;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isMarked(), kPatience);
    trigger(window, "back");
    QVERIFY(!lines->isVisible());
}

/// All of it can be reached by hand when it starts for the first time.
void TstWholeWay::fitsTheScreen() {
    QSettings().remove(QStringLiteral("window/geometry"));
    const MainWindow window;
    const QSize room = window.screen()->availableSize();
    QVERIFY(window.height() < room.height());
    QVERIFY(window.width() <= std::max(room.width(), window.minimumWidth()));
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

void TstWholeWay::anArchiveThatWasCutShortIsToldOf() {
    QFile whole(kSample);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("cut.tar.gz"));
    QFile cut(path);
    QVERIFY(cut.open(QIODevice::WriteOnly));
    cut.write(whole.read(whole.size() * 7 / 10));
    cut.close();
    MainWindow window;
    window.show();
    QVERIFY(opened(window, path));
    const auto* counts = window.findChild<QLabel*>(QStringLiteral("statusCounts"));
    QTRY_VERIFY_WITH_TIMEOUT(counts->text().contains(QStringLiteral("not whole")), kPatience);
    const auto* issues = window.findChild<QPushButton*>(QStringLiteral("unreadIssues"));
    QTRY_VERIFY_WITH_TIMEOUT(
        issues->isVisible() && issues->text().contains(QStringLiteral("not whole")), kPatience);
}

/// The files are named with what is wrong with them, and no case is left behind.
void TstWholeWay::whatCouldNotBeReadIsNoCase() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("odd.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, '\x07'));
    file.close();
    const QStringList before = QDir(casesFolder()).entryList(QDir::Files);
    MainWindow window;
    window.show();
    window.openPaths({folder.path().toStdString()});
    auto* page = window.findChild<QWidget*>(QStringLiteral("errorPage"));
    QTRY_VERIFY_WITH_TIMEOUT(page->isVisible(), kPatience);
    const auto* list = page->findChild<QTreeWidget*>(QStringLiteral("unreadFiles"));
    QVERIFY(list->isVisible());
    QVERIFY(list->topLevelItemCount() > 0);
    QVERIFY(list->topLevelItem(0)->text(0).contains(QStringLiteral("odd.bin")));
    QVERIFY(!list->topLevelItem(0)->text(1).isEmpty());
    QVERIFY(page->findChild<QPushButton*>(QStringLiteral("errorFormats"))->isVisible());
    QCOMPARE(QDir(casesFolder()).entryList(QDir::Files), before);
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
