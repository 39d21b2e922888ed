// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as one arranges them: added, moved, maximised, parts hidden, taken elsewhere; and a case
// that opens where one left it.
#include "ui/common/shown.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/page.h"
#include "ui/investigate/readout.h"

#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace postlude;

namespace {

const QString kSample = QStringLiteral(POSTLUDE_SOURCE_DIR "/samples/01-tango/tango.tar.gz");

} // namespace

class TstCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void areAddedMovedAndRemoved();
    void oneFillsThePlaceOfAll();
    void legendHidesAndIsolates();
    void logarithmKeepsWhatIsSmall();
    void allOfThemFailingIsSeen();
    void thePointerReadsAllValues();
    void whatAFilterDoesNotNarrowSaysSo();
    void areTakenElsewhere();
    void opensWhereOneLeft();

private:
    [[nodiscard]] TimeChart& chart(Plot plot) const { return *page_->charts().chart(plot); }
    QTemporaryDir home_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<InvestigatePage> page_;
};

void TstCharts::initTestCase() {
    QVERIFY(home_.isValid());
    qputenv("XDG_DATA_HOME", home_.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
    auto session = Session::open({kSample.toStdString()});
    QVERIFY(session.has_value());
    session_ = std::move(*session);
    page_ = std::make_unique<InvestigatePage>();
    page_->resize(1400, 900);
    page_->setSession(session_.get());
    page_->show();
    QVERIFY(QTest::qWaitFor([&] { return !session_->busy() && session_->analysis(); }, 120'000));
    QTRY_VERIFY_WITH_TIMEOUT(chart(Plot::Requests).content().buckets() > 10, 60'000);
}

void TstCharts::cleanupTestCase() {
    if (page_) page_->setSession(nullptr);
    page_.reset();
    session_.reset();
}

void TstCharts::areAddedMovedAndRemoved() {
    ChartStack& charts = page_->charts();
    QVERIFY(charts.plots() == ChartStack::usualPlots());
    charts.add(Plot::Status);
    charts.add(Plot::Status);
    QCOMPARE(charts.plots().size(), std::size_t{5});
    QTRY_VERIFY(!chart(Plot::Status).content().lines.empty());
    charts.move(Plot::Status, -1);
    QVERIFY(charts.plots()[3] == Plot::Status);
    charts.remove(Plot::Share);
    QVERIFY(!charts.chart(Plot::Share));
    charts.reset();
    QVERIFY(charts.plots() == ChartStack::usualPlots());
}

void TstCharts::oneFillsThePlaceOfAll() {
    ChartStack& charts = page_->charts();
    const int before = chart(Plot::Errors).height();
    // A double click on its head.
    QTest::mouseDClick(&chart(Plot::Errors), Qt::LeftButton, {}, {700, 6});
    QVERIFY(!chart(Plot::Requests).isVisible());
    QTRY_VERIFY(chart(Plot::Errors).height() > 2 * before);
    charts.maximise({});
    QVERIFY(chart(Plot::Requests).isVisible());
}

void TstCharts::legendHidesAndIsolates() {
    ChartStack& charts = page_->charts();
    const QString name = chart(Plot::Requests).content().lines.front().name;
    const auto columns = [this] {
        QString head = QString::fromStdString(chart(Plot::Requests).csv()).section(u'\n', 0, 0);
        return head.remove(u'"').split(u',');
    };
    const auto all = columns().size();
    charts.press(name, false);
    QCOMPARE(columns().size(), all - 1);
    QVERIFY(!columns().contains(name));
    charts.press(name, false);
    QCOMPARE(columns().size(), all);
    charts.press(name, true);
    QCOMPARE(columns(), QStringList({QStringLiteral("time"), name}));
    charts.press(name, true);
    QCOMPARE(columns().size(), all);
}

void TstCharts::logarithmKeepsWhatIsSmall() {
    TimeChart& latency = chart(Plot::Latency);
    latency.setLogarithmic(true);
    QVERIFY(latency.yAxis->scaleType() == QCPAxis::stLogarithmic);
    const Window window = session_->selection().place().window;
    QVERIFY(latency.yAxis->range().lower > 0);
    QVERIFY(latency.yAxis->range().lower <= latency.content().least(window) * 1.001);
    latency.setLogarithmic(false);
    QCOMPARE(latency.yAxis->range().lower, 0.0);
}

/// A line at the top of the axis is not on the border of the chart, and has a body.
void TstCharts::allOfThemFailingIsSeen() {
    ChartContent all = chart(Plot::Errors).content();
    for (ChartLine& line : all.lines)
        std::ranges::fill(line.y, 1.0);
    TimeChart& errors = chart(Plot::Errors);
    const ChartContent before = errors.content();
    errors.setContent(all);
    QVERIFY(errors.yAxis->range().upper >= 1.08);
    const auto* graph = errors.graph(0);
    QVERIFY(graph->brush().style() != Qt::NoBrush);
    errors.setContent(before);
}

/// With counts, beside the pointer; the legend stays as it is.
void TstCharts::thePointerReadsAllValues() {
    TimeChart& errors = chart(Plot::Errors);
    const QPoint middle(errors.width() / 2, errors.height() - 10);
    QMouseEvent move(QEvent::MouseMove, middle, errors.mapToGlobal(middle), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&errors, &move);
    const auto shownReadout = [this]() -> const Readout* {
        for (const Readout* one : page_->findChildren<Readout*>())
            if (one->isVisible()) return one;
        return nullptr;
    };
    QTRY_VERIFY(shownReadout() != nullptr);
    const Readout* readout = shownReadout();
    const auto& lines = errors.content().lines;
    QVERIFY(!readout->rows().empty() && readout->rows().size() <= lines.size());
    for (const ReadoutRow& row : readout->rows()) {
        QVERIFY(std::ranges::find(lines, row.name, &ChartLine::name) != lines.end());
        QVERIFY2(row.count.contains(QStringLiteral(" of ")), qPrintable(row.count));
    }
    QTest::keyClick(&errors, Qt::Key_F24); // whoever goes on by keys looks elsewhere
    QVERIFY(!readout->isVisible());
    QMouseEvent again(QEvent::MouseMove, middle + QPoint(9, 0),
                      errors.mapToGlobal(middle + QPoint(9, 0)), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(&errors, &again);
    QTRY_VERIFY(readout->isVisible());
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&errors, &leave);
    QVERIFY(!readout->isVisible());
}

void TstCharts::whatAFilterDoesNotNarrowSaysSo() {
    session_->selection().setFilter(QStringLiteral("status >= 500"));
    QTRY_VERIFY_WITH_TIMEOUT(chart(Plot::Requests).content().filtered, 20'000);
    QVERIFY(chart(Plot::Share).content().whole);
    QVERIFY(chart(Plot::Errors).content().whole);
    QVERIFY(!chart(Plot::Requests).content().whole);
    auto* strip = page_->findChild<QLabel*>(QStringLiteral("linesStripText"));
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible() && strip->text().contains(wholeCount(
                                                       page_->lines().lines()->list().size())),
                             20'000);
    session_->selection().setFilter(QStringLiteral("status = 999"));
    QTRY_VERIFY_WITH_TIMEOUT(!chart(Plot::Requests).content().why.isEmpty(), 20'000);
    QVERIFY(chart(Plot::Errors).content().why.isEmpty());
    session_->selection().setFilter({});
    QTRY_VERIFY_WITH_TIMEOUT(!chart(Plot::Requests).content().filtered, 20'000);
    QTRY_VERIFY(!strip->isVisible());
}

void TstCharts::areTakenElsewhere() {
    const QImage picture = chart(Plot::Share).picture(2);
    QVERIFY(picture.width() >= 2 * chart(Plot::Share).width());
    QSet<QRgb> colours;
    for (int x = 0; x < picture.width(); x += 3)
        colours.insert(picture.pixel(x, picture.height() / 2));
    QVERIFY2(colours.size() > 3, "the picture is empty");

    QXmlStreamReader xml(chart(Plot::Latency).svg());
    int shapes = 0;
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement)
            shapes += xml.name() == u"path" || xml.name() == u"polyline";
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(shapes > 3);

    const QStringList lines = QString::fromStdString(chart(Plot::Latency).csv()).split(u'\n');
    QCOMPARE(lines.front(), QStringLiteral("time,\"p50\",\"p95\",\"p99\""));
    QVERIFY(lines.size() > 10);
    QVERIFY2(lines[5].startsWith(QStringLiteral("2024-")), qPrintable(lines[5]));
}

void TstCharts::opensWhereOneLeft() {
    const Window all = session_->selection().bounds();
    const Window quarter{all.from + all.length() / 4, all.from + all.length() / 2};
    session_->selection().setWindow(quarter);
    session_->selection().setFilter(QStringLiteral("status >= 500"));
    page_->charts().remove(Plot::Share);
    page_->charts().add(Plot::P95);
    chart(Plot::P95).setLogarithmic(true);
    page_->lines().showColumn(LinesModel::Client, true);
    page_->lines().setTimes(LinesModel::Times::SincePrevious);
    cleanupTestCase();

    initTestCase();
    QVERIFY(session_->selection().place().window == quarter);
    QCOMPARE(session_->selection().place().filter, QStringLiteral("status >= 500"));
    QVERIFY(!page_->charts().chart(Plot::Share));
    QVERIFY(chart(Plot::P95).logarithmic());
    QVERIFY(!page_->lines().isColumnHidden(LinesModel::Client));
    QVERIFY(page_->lines().isColumnHidden(LinesModel::Bytes));
    QVERIFY(page_->lines().lines()->times() == LinesModel::Times::SincePrevious);
}

QTEST_MAIN(TstCharts)
#include "tst_charts.moc"
