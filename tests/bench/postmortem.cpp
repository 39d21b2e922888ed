// SPDX-License-Identifier: GPL-3.0-or-later
// How long one waits for a postmortem: for its draft, for a key that is typed, for the preview of
// it, and for each form of its export.
//
//     bench_postmortem CASE [ENTRIES]          QT_QPA_PLATFORM=offscreen, or a display
//
// ENTRIES: of the timeline that is written in (200). The case itself is not written to: a copy is.
#include "core/export/export.h"
#include "tests/bench/waiting.h"
#include "ui/common/session.h"
#include "ui/postmortem/page.h"
#include "ui/postmortem/previewpane.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <fmt/format.h>

using namespace postlude;

namespace {

constexpr int kKeys = 100;
constexpr int kPatienceMs = 120'000;

void print(const char* what, const std::vector<double>& took) {
    fmt::print("{:28} {} ms\n", what, figures(took));
}

QByteArray written(int entries) {
    QByteArray text = "# Bench\n\n## Issue summary\n\n- **Impact:** some\n\n## Timeline\n\n";
    for (int i = 0; i < entries; ++i)
        text +=
            QStringLiteral("- 2024-01-15 %1:%2:%3 UTC - Action: step %4 was taken and looked at\n")
                .arg(i / 3600 % 24, 2, 10, QLatin1Char('0'))
                .arg(i / 60 % 60, 2, 10, QLatin1Char('0'))
                .arg(i % 60, 2, 10, QLatin1Char('0'))
                .arg(i)
                .toUtf8();
    return text;
}

void drafts(const Session& session) {
    std::vector<double> took;
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        timer.start();
        const Postmortem drafted =
            draftPostmortem(*session.analysis(), session.query().sources(), "bench");
        took.push_back(since(timer));
    }
    print("draft after the analysis", took);
}

/// Each key until all it brings about in this thread is painted.
void types(PostmortemPage& page) {
    auto* impact = page.findChild<QPlainTextEdit*>(QStringLiteral("summaryImpact"));
    auto* preview = page.findChild<PreviewPane*>();
    impact->setFocus();
    std::vector<double> keys, used, shown;
    for (int i = 0; i < kKeys; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = processorTime();
        QTest::keyClick(impact, Qt::Key_A + i % 26);
        QCoreApplication::processEvents();
        keys.push_back(since(timer));
        used.push_back(processorTime() - before);
        QTest::qWait(15); // as fast as one types
    }
    for (int i = 0; i < 20; ++i) {
        const QString word = QStringLiteral("word%1").arg(i);
        QElapsedTimer timer;
        timer.start();
        impact->insertPlainText(word);
        while (!preview->toPlainText().contains(word) && timer.elapsed() < kPatienceMs)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        shown.push_back(since(timer));
    }
    print("a key, until it is painted", keys);
    print("… in processor time", used);
    print("until the preview shows it", shown);
}

void exports(const Session& session, const QString& folder) {
    const Postmortem drafted =
        draftPostmortem(*session.analysis(), session.query().sources(), "bench");
    double all = 0;
    for (const char* ending : {"md", "html", "pdf", "odt", "json", "csv"}) {
        const std::string file =
            (folder + QStringLiteral("/bench.") + QLatin1String(ending)).toStdString();
        QElapsedTimer timer;
        timer.start();
        const auto done =
            exportPostmortem(drafted, &session.query(), session.analysis().get(), file);
        all += since(timer);
        fmt::print("{:28} {:11.1f} ms{}\n", std::string("export as ") + ending, since(timer),
                   done ? "" : "  FAILED");
    }
    fmt::print("{:28} {:11.1f} ms\n", "all of them", all);
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("postlude"));
    if (argc < 2) {
        fmt::print(stderr, "usage: bench_postmortem CASE [ENTRIES]\n");
        return 2;
    }
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    const QString copy = home.filePath(QStringLiteral("copy.postlude"));
    QFile::copy(QString::fromLocal8Bit(argv[1]), copy);
    auto session = Session::open({copy.toStdString()});
    if (!session) {
        fmt::print(stderr, "{}\n", describe(session.error()));
        return 3;
    }
    if (!QTest::qWaitFor([&] { return !(*session)->busy() && (*session)->analysis(); },
                         kPatienceMs))
        return 3;
    drafts(**session);
    {
        PostmortemPage page;
        page.resize(1280, 800);
        page.show();
        page.setSession(session->get());
        const QString file = home.filePath(QStringLiteral("bench.md"));
        QFile content(file);
        const int entries = argc > 2 ? std::max(QByteArray(argv[2]).toInt(), 1) : 200;
        if (!content.open(QIODevice::WriteOnly)) return 4;
        content.write(written(entries));
        content.close();
        QTest::qWait(500);
        page.takeOverFrom(file);
        const auto taken = [&] {
            const auto tables = page.findChildren<QTableView*>();
            return std::ranges::any_of(
                tables, [&](const QTableView* t) { return t->model()->rowCount() == entries; });
        };
        if (!QTest::qWaitFor(taken, kPatienceMs)) return 4;
        QTest::qWait(1500);
        types(page);
        page.setSession(nullptr);
    }
    exports(**session, home.path());
    return 0;
}
