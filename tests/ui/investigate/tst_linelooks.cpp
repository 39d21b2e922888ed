// SPDX-License-Identifier: GPL-3.0-or-later
// How lines look: as they were written over several rows of text, and coloured by what they are.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <cmath>

using namespace postlude;

namespace {

/// As WCAG counts it; what is read needs 4.5.
double contrast(const QColor& a, const QColor& b) {
    const auto light = [](const QColor& colour) {
        const auto part = [](double c) {
            return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) +
               0.0722 * part(colour.blueF());
    };
    const double one = light(a) + 0.05, other = light(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

} // namespace

class TstLineLooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void asWritten();
    void severalLinesOfOneRecord();
    void coloured();
    void neverByColourAlone();
    void readableInBothThemes();
    void remembered();

private:
    [[nodiscard]] LinesView& lines() const {
        return window_->findChild<InvestigatePage*>()->lines();
    }
    void press(const char* action) const {
        window_->findChild<QAction*>(QLatin1String(action))->trigger();
    }
    [[nodiscard]] QString written(int row) const {
        return lines()
            .lines()
            ->index(row, LinesModel::Text)
            .data(LinesModel::WrittenRole)
            .toString();
    }
    /// The colour that is seen at the left edge of a row, and behind it.
    [[nodiscard]] std::pair<QColor, QColor> seen(int row) const {
        lines().setCurrentIndex(lines().lines()->index(row == 0 ? 1 : 0, 0));
        lines().scrollTo(lines().lines()->index(row, 0), QTableView::PositionAtCenter);
        QColor edge, fill;
        const auto look = [&] {
            const QRect place = lines().visualRect(lines().lines()->index(row, 0));
            const QImage picture = lines().viewport()->grab().toImage();
            edge = picture.pixelColor(place.left() + 1, place.center().y());
            fill = picture.pixelColor(place.right() - 1, place.top() + 3);
            return !lines().lines()->takeWanted().rows.empty();
        };
        while (look())
            QTest::qWait(20);
        return {edge, fill};
    }
    [[nodiscard]] int rowWith(const QString& status) const {
        for (int row = 0; row < lines().lines()->rowCount(); ++row)
            if (lines().lines()->index(row, LinesModel::Status).data() == status) return row;
        return -1;
    }

    SmallCase files_;
    std::unique_ptr<MainWindow> window_;
};

void TstLineLooks::init() {
    ThemeWatcher::instance().apply();
    window_ = std::make_unique<MainWindow>();
    window_->resize(1400, 900);
    window_->show();
    QVERIFY(openedIn(*window_, files_.bundle().toStdString()));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->session()->busy() && window_->session()->analysis(), 60'000);
    QTRY_VERIFY(lines().lines()->rowCount() >= SmallCase::kRequests);
    lines().setFocus();
}

void TstLineLooks::cleanup() {
    window_->session()->saveNote("investigate", {}); // the next one begins as usual
    lines().setWrittenRows(0);
    lines().lines()->setColourBy(ColourBy::Nothing);
    window_->close();
    window_.reset();
}

void TstLineLooks::asWritten() {
    const int before = lines().rowHeight(0);
    QVERIFY(written(0).isEmpty());
    QTest::keyClick(&lines(), Qt::Key_W);
    QVERIFY(lines().rowHeight(0) > 2 * before);
    const Query& query = window_->session()->query();
    for (const int row : {0, 7, 100}) {
        const auto raw = query.rawText(*lines().lines()->recordAt(row));
        QVERIFY(raw.has_value());
        QCOMPARE(written(row), QString::fromStdString(*raw).trimmed());
    }
    // What is added to a timeline stays the same words.
    QVERIFY(!lines().lines()->index(0, LinesModel::Text).data().toString().contains(u"haproxy["));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(lines().rowHeight(0), before);
    QVERIFY(written(0).isEmpty());
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(lines().rowHeight(0) > 2 * before);
    QTest::keyClick(&lines(), Qt::Key_W);
    QCOMPARE(lines().rowHeight(0), before);
}

void TstLineLooks::severalLinesOfOneRecord() {
    lines().chooseWrittenRows(5);
    const int five = lines().rowHeight(0);
    lines().chooseWrittenRows(2);
    QVERIFY(lines().rowHeight(0) < five);
    QTest::keyClick(&lines(), Qt::Key_W);
    QTest::keyClick(&lines(), Qt::Key_W);
    QCOMPARE(lines().writtenRows(), 2); // as it was chosen
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(lines().writtenRows(), 0);
}

void TstLineLooks::coloured() {
    const int bad = rowWith(QStringLiteral("503")), good = rowWith(QStringLiteral("200"));
    QVERIFY(bad > 0 && good >= 0);
    const QColor surface = Theme::current().surface;
    QCOMPARE(seen(bad).first, surface);
    press("colourByStatus");
    QVERIFY(seen(bad).first != surface);
    QVERIFY(seen(good).first != surface);
    QVERIFY(seen(bad).first != seen(good).first);
    QVERIFY(seen(bad).second != surface); // stands out
    QCOMPARE(seen(good).second, surface);
    press("colourByServer");
    QCOMPARE(seen(bad).first,
             lines().lines()->index(bad, LinesModel::Source).data(ColourRole).value<QColor>());
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(lines().lines()->colourBy(), ColourBy::Status);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(seen(bad).first, surface);
}

/// Where no column says it, the text does.
void TstLineLooks::neverByColourAlone() {
    const int info = rowWith(QStringLiteral("INFO"));
    QVERIFY(info >= 0);
    const QModelIndex text = lines().lines()->index(info, LinesModel::Text);
    QCOMPARE(text.data(LinesModel::ColouredByRole).toString(), QString());
    press("colourByLevel");
    QCOMPARE(text.data(LinesModel::ColouredByRole).toString(), QStringLiteral("INFO"));
    const auto picture = [&] {
        lines().scrollTo(text, QTableView::PositionAtCenter);
        QCoreApplication::processEvents();
        const QImage all = lines().viewport()->grab().toImage();
        return all.copy(lines().visualRect(text).adjusted(60, 2, 0, -2));
    };
    lines().setColumnWidth(LinesModel::Status, 200);
    lines().showColumn(LinesModel::Status, false);
    const QImage hidden = picture();
    press("colourByNothing");
    QVERIFY(picture() != hidden); // the word stood there
}

void TstLineLooks::readableInBothThemes() {
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        ThemeWatcher::instance().choose(choice);
        const Theme& theme = Theme::current();
        for (std::size_t i = 0; i < 8; ++i)
            for (const QColor& text :
                 {theme.text, toneOnFill(theme.bad), toneOnFill(theme.warning)}) {
                const double is = contrast(text, rowFill(theme.server(i)));
                const QString what = QStringLiteral("%1: %2 on %3 has %4")
                                         .arg(theme.dark)
                                         .arg(text.name(), rowFill(theme.server(i)).name())
                                         .arg(is);
                QVERIFY2(is >= 4.5, qPrintable(what));
            }
    }
    ThemeWatcher::instance().choose(ThemeChoice::System);
}

void TstLineLooks::remembered() {
    press("colourByLevel");
    QTest::keyClick(&lines(), Qt::Key_W);
    press("closeCase");
    QVERIFY(!window_->session());
    QVERIFY(openedIn(*window_, files_.bundle().toStdString()));
    QCOMPARE(lines().lines()->colourBy(), ColourBy::Level);
    QCOMPARE(lines().writtenRows(), LinesView::kUsualWrittenRows);
}

QTEST_MAIN(TstLineLooks)
#include "tst_linelooks.moc"
