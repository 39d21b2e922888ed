// SPDX-License-Identifier: GPL-3.0-or-later
// A few lines of 1970 and 2099 beside those of one morning: the first view is of the morning, says
// so, and leads to all of it and back. Where nothing was logged the charts say that.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"
#include "ui/investigate/readout.h"
#include "ui/investigate/timechart.h"
#include "ui/investigate/timescale.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

void writeLine(std::ofstream& out, int second, const char* year) {
    const std::string clock =
        fmt::format("{:02}:{:02}:{:02}", 9 + second / 3600, second / 60 % 60, second % 60);
    out << fmt::format("Jan 15 {} lb haproxy[1]: 192.0.2.{}:5000 [15/Jan/{}:{}.100] web pool/app{} "
                       "0/0/1/5/6 200 512 - - ---- 1/1/0/0/0 0/0 \"GET /item/{} HTTP/1.1\"\n",
                       clock, second % 200 + 1, year, clock, second % 2 + 1, second);
}

} // namespace

class TstOutside : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void showsWhereMostOfThemAre();
    void leadsToTheRestAndBack();
    void zeroOnceMoreAndTheWayBack();
    void saysWhereThereIsNoLog();
    void keysGoThroughTheLinesAtOnce();

private:
    [[nodiscard]] Selection& selection() const { return window_->session()->selection(); }
    [[nodiscard]] Instant at(const char* time) const { return *fromRfc3339(time); }
    [[nodiscard]] QPushButton* go() const {
        return window_->findChild<QPushButton*>(QStringLiteral("outsideGo"));
    }
    [[nodiscard]] Window morning() const {
        return {at("2024-01-15T09:00:00Z"), at("2024-01-15T10:00:00Z")};
    }
    QTemporaryDir home_;
    std::unique_ptr<MainWindow> window_;
};

/// From 09:00 to 09:50 but for ten minutes, a request a second.
void TstOutside::initTestCase() {
    qputenv("XDG_DATA_HOME", home_.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
    QCoreApplication::setApplicationName(QStringLiteral("postlude"));
    QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
    const std::string folder = home_.filePath(QStringLiteral("bundle")).toStdString();
    std::filesystem::create_directories(folder);
    {
        std::ofstream out(folder + "/haproxy.log");
        for (int i = 0; i < 3000; ++i)
            if (i < 1200 || i >= 1800)
                writeLine(out, i, i == 700 ? "1970" : i == 702 || i == 900 ? "2099" : "2024");
    }
    window_ = std::make_unique<MainWindow>();
    window_->resize(1280, 800);
    window_->show();
    QVERIFY(openedIn(*window_, folder));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->session()->busy() && window_->session()->analysis(),
                             kPatience);
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TstOutside::showsWhereMostOfThemAre() {
    const Window shown = selection().place().window;
    QVERIFY(shown.from >= morning().from && shown.to <= morning().to);
    QVERIFY(shown.length() > std::chrono::minutes{45});
    const auto* text = window_->findChild<QLabel*>(QStringLiteral("outsideText"));
    QVERIFY(text->isVisible());
    QVERIFY2(text->text().contains(QStringLiteral("3 ")), qPrintable(text->text()));
    QVERIFY(text->text().contains(QStringLiteral("1970-01-15")));
    QVERIFY(text->text().contains(QStringLiteral("2099-01-15")));
}

void TstOutside::leadsToTheRestAndBack() {
    const Window before = selection().place().window;
    QTest::mouseClick(go(), Qt::LeftButton);
    QVERIFY(selection().place().window.contains(at("1970-01-15T09:11:40.1Z")));
    QVERIFY(selection().place().window.contains(at("2099-01-15T09:15:00.1Z")));
    QTest::mouseClick(go(), Qt::LeftButton);
    QVERIFY(selection().place().window == before);
    QVERIFY(selection().bounds() == before);
}

/// Keys: from the rest of the years 0 leads to the morning, Alt+Left to where one was.
void TstOutside::zeroOnceMoreAndTheWayBack() {
    const Window before = selection().place().window;
    QTest::mouseClick(go(), Qt::LeftButton);
    const Window all = selection().place().window;
    QVERIFY(all != before);
    window_->setFocus();
    QTest::keyClick(window_.get(), Qt::Key_0);
    QVERIFY(selection().place().window == before);
    QTest::keyClick(window_.get(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(selection().place().window == all);
    QTest::keyClick(window_.get(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(selection().place().window == before);
    selection().showRecorded();
}

void TstOutside::saysWhereThereIsNoLog() {
    auto* page = window_->findChild<InvestigatePage*>();
    TimeChart* chart = page->charts().chart(Plot::Requests);
    const auto* readout = chart->window()->findChild<Readout*>(QStringLiteral("chartReadout"));
    const auto toldAt = [&](const char* time) {
        const TimeScale scale = TimeScale::across(chart->width(), selection().place().window);
        const QPoint there(int(scale.x(at(time))), chart->height() - 8);
        QTest::mouseMove(chart, there - QPoint(3, 0));
        QTest::mouseMove(chart, there);
        QTest::qWait(20);
        for (const auto* one :
             chart->window()->findChildren<Readout*>(QStringLiteral("chartReadout")))
            if (one->isVisible()) readout = one;
        return readout && !readout->rows().empty() ? readout->rows().front().name : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(toldAt("2024-01-15T09:25:00Z"), QStringLiteral("no log here"),
                              kPatience);
    QVERIFY2(toldAt("2024-01-15T09:10:00Z").contains(QStringLiteral("app")),
             qPrintable(toldAt("2024-01-15T09:10:00Z")));
}

/// As soon as a case is open: nobody has to click into the lines first.
void TstOutside::keysGoThroughTheLinesAtOnce() {
    window_.reset();
    window_ = std::make_unique<MainWindow>();
    window_->show();
    QVERIFY(openedIn(*window_, home_.filePath(QStringLiteral("bundle")).toStdString()));
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    const LinesView& lines = window_->findChild<InvestigatePage*>()->lines();
    QTRY_VERIFY_WITH_TIMEOUT(lines.currentIndex().isValid(), kPatience);
    const int row = lines.currentIndex().row();
    QVERIFY(QApplication::focusWidget() != nullptr);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QCOMPARE(lines.currentIndex().row(), row + 1);
}

QTEST_MAIN(TstOutside)
#include "tst_outside.moc"
