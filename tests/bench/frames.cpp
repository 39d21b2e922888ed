// SPDX-License-Identifier: GPL-3.0-or-later
// How smoothly the open window moves: milliseconds a frame while one pans, zooms, scrolls, steps,
// and until everything shows another filter.
//
//     bench_frames CASE [FILTER]          QT_QPA_PLATFORM=offscreen, or a display
//     bench_frames LOG                    is read and analysed first
//
// Of what others work on meanwhile (reading, analysing, filtering, searching) it prints the longest
// turn of the GUI thread: for so long the window did not answer.
//
// Prints one line a figure: p50, p95 and the longest of its frames, in milliseconds, by the clock
// on the wall and in processor time of the GUI thread (which a busy machine does not change). A
// frame is all that the GUI thread does for one step of the hand, painting included.
#include "tests/bench/waiting.h"
#include "ui/common/theme.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/page.h"
#include "ui/investigate/stepper.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QStandardPaths>
#include <fmt/format.h>

using namespace postlude;

namespace {

constexpr int kFrames = 240;
constexpr int kPatienceMs = 120'000;

/// What is posted is painted within two turns: a queued replot posts its own update.
void turn() {
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

template <class Step>
void measure(const char* name, Step step, int frames = kFrames) {
    std::vector<double> took, used;
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = processorTime();
        step(i);
        turn();
        took.push_back(since(timer));
        used.push_back(processorTime() - before);
    }
    fmt::print("{:<26} {}   |  processor {}\n", name, figures(took), figures(used));
}

template <class Condition>
bool waitFor(Condition condition, double* longestTurn = nullptr) {
    QElapsedTimer all;
    all.start();
    while (!condition()) {
        if (all.elapsed() > kPatienceMs) return false;
        const double before = processorTime();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        if (longestTurn) *longestTurn = std::max(*longestTurn, processorTime() - before);
    }
    return true;
}

/// Until the lines are there and the charts have asked for nothing any more.
void settle(InvestigatePage& page) {
    QElapsedTimer quiet;
    quiet.start();
    const auto connection =
        QObject::connect(&page.lines(), &LinesView::loaded, [&quiet] { quiet.restart(); });
    waitFor([&quiet] { return quiet.elapsed() > 700; });
    QObject::disconnect(connection);
}

void moves(InvestigatePage& page, Session& session) {
    Selection& selection = session.selection();
    const Window all = selection.bounds();
    const auto glide = [&](double from, double length) {
        const Instant start = all.from + fromSeconds(from * seconds(all.length()));
        selection.glideWindow({start, start + fromSeconds(length * seconds(all.length()))});
    };
    measure("zoom in and out", [&](int i) {
        const double depth = std::abs(i % 120 - 60) / 60.0; // 1 … 0 … 1
        glide(0.3 * (1 - depth), std::pow(0.002, 1 - depth));
    });
    measure("pan, a tenth in view", [&](int i) { glide(0.0035 * i, 0.1); });
    measure("pan, a thousandth in view", [&](int i) { glide(0.4 + 0.00002 * i, 0.001); });
    settle(page);
    selection.setWindow(all);
    settle(page);
    measure("cursor moves", [&](int i) {
        selection.setMoment(all.from + all.length() / kFrames * static_cast<std::int64_t>(i));
    });
}

void scrolls(LinesView& lines) {
    const int rows = lines.lines()->rowCount();
    QScrollBar& bar = *lines.verticalScrollBar();
    measure("scroll by three lines", [&](int i) { bar.setValue(rows / 2 + 3 * i); });
    measure("scroll by pages", [&](int i) { bar.setValue(rows / 3 + 30 * i); });
    lines.lines()->setColourBy(ColourBy::Status);
    measure("as written, and back", [&](int) { lines.toggleWritten(); }, 40);
    lines.setWrittenRows(LinesView::kUsualWrittenRows);
    measure("scroll what was written", [&](int i) { bar.setValue(rows / 2 + 3 * i); });
    measure("jump in what was written", [&](int i) {
        bar.setValue(
            static_cast<int>(static_cast<std::int64_t>(i) * 7'919'003 % std::max(1, rows)));
    });
    lines.setWrittenRows(0);
    measure("jump anywhere", [&](int i) {
        bar.setValue(
            static_cast<int>(static_cast<std::int64_t>(i) * 7'919'003 % std::max(1, rows)));
    });
}

void filters(InvestigatePage& page, Session& session, const QString& filter) {
    for (const QString& text : {filter, QString()}) {
        bool there = false;
        const auto connection =
            QObject::connect(&page.lines(), &LinesView::loaded, [&there] { there = true; });
        double longest = 0;
        QElapsedTimer timer;
        timer.start();
        session.selection().setFilter(text);
        const auto narrowed = [&page, &text] {
            return page.charts().chart(Plot::Requests)->content().filtered != text.isEmpty();
        };
        waitFor([&] { return there && narrowed(); }, &longest);
        turn();
        fmt::print(
            "{:<26} {:7.1f} ms until all is shown, {} lines; longest turn {:.1f} ms of processor\n",
            text.isEmpty() ? "no filter again" : fmt::format("filter {}", text.toStdString()),
            since(timer), page.lines().lines()->rowCount(), longest);
        QObject::disconnect(connection);
        settle(page);
    }
}

void search(InvestigatePage& page, const QString& test) {
    bool found = false;
    std::size_t matches = 0;
    const auto connection =
        QObject::connect(&page.stepper(), &Stepper::matchesFound, [&](const auto& list) {
            found = list && !list->empty();
            matches = list ? list->size() : 0;
        });
    double longest = 0;
    QElapsedTimer timer;
    timer.start();
    page.stepper().find(test);
    waitFor([&found] { return found; }, &longest);
    fmt::print("{:<26} {:7.1f} ms, {} matches; longest turn {:.1f} ms of processor\n",
               fmt::format("search {}", test.toStdString()), since(timer), matches, longest);
    QObject::disconnect(connection);
}

} // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("postlude-bench"));
    if (argc < 2) return 2;
    ThemeWatcher::instance().apply();
    MainWindow window;
    window.resize(1600, 1000);
    window.show();
    turn();
    QElapsedTimer timer;
    timer.start();
    window.openPaths({argv[1]});
    double longest = 0;
    waitFor([&window] { return !window.isOpening(); }, &longest);
    if (!window.session()) return 1;
    Session& session = *window.session();
    auto& page = *window.findChild<InvestigatePage*>();
    waitFor([&page] { return page.charts().chart(Plot::Requests)->content().buckets() > 0; },
            &longest);
    turn();
    fmt::print("{:<26} {:7.1f} ms\n", "opened, charts drawn", since(timer));
    waitFor([&session] { return !session.busy(); }, &longest);
    waitFor([&page] { return page.lines().lines()->rowCount() > 0; }, &longest);
    fmt::print("{:<26} {:7.1f} ms, {} lines; longest turn {:.1f} ms of processor\n",
               "read, analysed, shown", since(timer), page.lines().lines()->rowCount(), longest);
    settle(page);
    moves(page, session);
    settle(page);
    scrolls(page.lines());
    measure("next event", [&page](int) { page.stepper().laneEvent(1); }, 20);
    filters(page, session,
            argc > 2 ? QString::fromLocal8Bit(argv[2]) : QStringLiteral("status >= 500"));
    search(page, QStringLiteral("\"/product/\""));
    search(page, QStringLiteral("text ~ \"item/[0-9]+a\""));
    return 0;
}
