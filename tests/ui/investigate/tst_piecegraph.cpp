// SPDX-License-Identifier: GPL-3.0-or-later
// A curve cut into pieces is the same curve, and looks the same.
#include "ui/investigate/piecegraph.h"

#include <QTest>
#include <cmath>

using namespace postlude;

namespace {

QVector<QPointF> jagged() {
    QVector<QPointF> curve;
    for (int i = 0; i <= 400; ++i)
        curve << QPointF(i * 1.3 + 0.2, 100 + 60 * std::sin(i * 1.7) - i % 7);
    return curve;
}

/// As a chart paints it, the curve in pieces or whole.
template <class Graph>
QImage painted(bool filled) {
    QCustomPlot plot;
    plot.resize(520, 220);
    auto* graph = new Graph(plot.xAxis, plot.yAxis);
    for (const QPointF& point : jagged())
        graph->addData(point.x(), point.y());
    graph->setPen(filled ? QPen(Qt::NoPen) : QPen(Qt::blue, 1.6));
    if (filled) graph->setBrush(Qt::darkGreen);
    plot.xAxis->setRange(20, 480);
    plot.yAxis->setRange(0, 180);
    return plot.toPixmap(520, 220).toImage();
}

/// The greatest difference of a pixel's colours, and how many differ by more than a shade.
std::pair<int, int> differences(const QImage& a, const QImage& b) {
    int most = 0, many = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QColor one = a.pixelColor(x, y), other = b.pixelColor(x, y);
            const int by =
                std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                          std::abs(one.blue() - other.blue())});
            most = std::max(most, by);
            many += by > 8;
        }
    return {most, many};
}

} // namespace

class TstPieceGraph : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void piecesJoinAndLieOnTheCurve() {
        const auto pieces = cutAcross(jagged(), 32, 50, 300);
        QVERIFY(pieces.size() > 5);
        QVector<QPointF> whole;
        for (qsizetype i = 0; i < pieces.size(); ++i) {
            if (i > 0) {
                QCOMPARE(pieces[i].front(), pieces[i - 1].back());
                QCOMPARE(std::fmod(pieces[i].front().x(), 32), 0.0);
                QVERIFY(pieces[i].front().x() >= 50 && pieces[i].front().x() <= 300);
            }
            for (const QPointF& point : pieces[i])
                if (jagged().contains(point)) whole << point;
        }
        QCOMPARE(whole, jagged());
    }

    void fewPiecesOfWhatReachesFarOut() {
        const QVector<QPointF> curve{{-1e9, 1}, {10, 5}, {1e9, 1}};
        QVERIFY(cutAcross(curve, 32, 0, 320).size() < 15);
    }

    void nothingAndOnePointAreNoTrouble() {
        QVERIFY(cutAcross({}, 32, 0, 100).isEmpty());
        QCOMPARE(cutAcross({{5, 5}}, 32, 0, 100).size(), 1);
    }

    /// A value alone between gaps is seen, as a dot or as an area as wide as it holds.
    void whatStandsAloneIsSeen_data() {
        QTest::addColumn<bool>("filled");
        QTest::newRow("line") << false;
        QTest::newRow("area") << true;
    }

    void whatStandsAloneIsSeen() {
        QFETCH(bool, filled);
        QCustomPlot plot;
        auto* graph = new PieceGraph(plot.xAxis, plot.yAxis);
        graph->setBucket(10);
        const double none = std::nan("");
        graph->setData({0, 10, 20, 30, 40}, {none, none, 60, none, none}, true);
        graph->setPen(filled ? QPen(Qt::NoPen) : QPen(Qt::red, 1.6));
        if (filled) graph->setBrush(Qt::red);
        plot.xAxis->setRange(0, 40);
        plot.yAxis->setRange(0, 100);
        const QImage seen = plot.toPixmap(520, 220).toImage();
        int red = 0;
        for (int y = 0; y < seen.height(); ++y)
            for (int x = 0; x < seen.width(); ++x)
                red += seen.pixelColor(x, y) == QColor(Qt::red);
        const QRect area = plot.axisRect()->rect();
        const int least = filled ? area.width() / 4 * (area.height() / 2) : 9;
        QVERIFY2(red >= least, qPrintable(QString::number(red)));
    }

    void gapsPart() {
        const double none = std::nan("");
        QCOMPARE(unbroken({{0, none}, {1, 1}, {2, 2}, {3, none}, {4, 4}}).size(), 2);
        QVERIFY(unbroken({{0, none}}).isEmpty());
    }

    void areasHaveNoSeams() {
        const auto [most, many] = differences(painted<QCPGraph>(true), painted<PieceGraph>(true));
        QVERIFY2(most <= 8, qPrintable(QString::number(most)));
        QCOMPARE(many, 0);
    }

    void linesLookTheSame() {
        const auto [most, many] = differences(painted<QCPGraph>(false), painted<PieceGraph>(false));
        QVERIFY2(many < 520, qPrintable(QString::number(many))); // where two pieces meet
    }
};

QTEST_MAIN(TstPieceGraph)
#include "tst_piecegraph.moc"
