// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of the handbook, taken from the running program (installer/package/pictures calls
// it):
//
//     handbook_pictures FOLDER SAMPLE          QT_QPA_PLATFORM=offscreen
//
// Opens the sample in a window of 1200 x 760 in the light theme and writes FOLDER/<name>.png.
#include "core/analysis/analysis.h"
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>
#include <cstdio>

using namespace postlude;

namespace {

constexpr int kPatience = 120'000;
constexpr int kSettles = 1500; ///< ms until charts and tables have filled in

QString folder;

/// In its 256 most frequent colours, of those that anybody tells apart: the pictures stay small.
QImage withFewColours(const QImage& image) {
    constexpr QRgb kTold = 0xffF8F8F8; // five bits of each channel
    QHash<QRgb, std::pair<int, QRgb>> counts;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QRgb colour = image.pixel(x, y);
            auto& [count, first] = counts[colour & kTold];
            if (count++ == 0) first = colour;
        }
    auto most = counts.values();
    std::ranges::sort(most, std::greater{});
    QList<QRgb> table;
    for (const auto& [count, colour] : most.first(std::min(most.size(), qsizetype(256))))
        table << colour;
    return image.convertToFormat(QImage::Format_Indexed8, table, Qt::ThresholdDither);
}

void take(QWidget& widget, const char* name) {
    QTest::qWait(kSettles);
    const QImage picture = withFewColours(widget.grab().toImage());
    const QString file = folder + u'/' + QLatin1String(name) + QStringLiteral(".png");
    if (!picture.save(file, nullptr, 0))
        std::fprintf(stderr, "Could not write %s\n", qPrintable(file));
}

template <class T = QWidget>
T& named(const MainWindow& window, const char* name) {
    auto* found = window.findChild<T*>(QLatin1String(name));
    if (found == nullptr) qFatal("There is no %s", name);
    return *found;
}

void takeWindow(const MainWindow& window, const char* action, const char* name, const char* file) {
    named<QAction>(window, action).trigger();
    auto& opened = named<QWidget>(window, name);
    opened.resize(900, 420);
    take(opened, file);
    opened.close();
}

void takeAll(MainWindow& window, const QString& sample) {
    window.resize(1200, 760);
    window.statusBar()->setVisible(false); // says how long it took, which is never the same
    window.show();
    take(window, "welcome");
    window.openPaths({sample.toStdString()});
    const auto stands = [&] { return !window.session()->busy() && window.session()->analysis(); };
    const bool opened = QTest::qWaitFor([&window] { return !window.isOpening(); }, kPatience);
    if (!opened || window.session() == nullptr || !QTest::qWaitFor(stands, kPatience))
        qFatal("The sample could not be read");
    named<QAction>(window, "showIncident").trigger();
    take(window, "investigate");
    auto& page = named<InvestigatePage>(window, "investigatePage");
    page.lines().landOn(*window.session()->analysis()->incidents.front().trigger);
    window.resize(1200, 1560); // what changed stands above the line's fields, with room for both
    take(named(window, "findingsPanel"), "findings");
    window.resize(1200, 760);
    named<FilterBar>(window, "filterBar")
        .use(QStringLiteral("status >= 500 and server = \"web-02\""));
    take(window, "filter");
    named<FilterBar>(window, "filterBar").use({});
    takeWindow(window, "compare", "compareWindow", "compare");
    takeWindow(window, "messages", "messagesWindow", "messages");
    named<QAction>(window, "sql").trigger();
    auto& sql = named<QWidget>(window, "sqlWindow");
    sql.resize(900, 520);
    for (auto* button : sql.findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("&Ask")) button->click();
    take(sql, "sql");
    sql.close();
    named<QAction>(window, "showPostmortem").trigger();
    take(window, "postmortem");
}

} // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication app(argc, argv);
    if (argc != 3) {
        std::fprintf(stderr, "handbook_pictures FOLDER SAMPLE\n");
        return 2;
    }
    QApplication::setOrganizationName(QStringLiteral("postlude"));
    QApplication::setApplicationName(QStringLiteral("pictures"));
    folder = QString::fromLocal8Bit(argv[1]);
    QSettings().clear();
    ThemeWatcher::instance().choose(ThemeChoice::Light);
    ThemeWatcher::instance().apply();
    MainWindow window;
    takeAll(window, QString::fromLocal8Bit(argv[2]));
    return 0;
}
