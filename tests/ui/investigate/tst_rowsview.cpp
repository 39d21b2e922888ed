// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of one height, 45 million of them: where they stand, what keys and the wheel do, and that
// higher ones are where they belong although all of them have more pixels than an int counts.
#include "ui/investigate/rowsview.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QScrollBar>
#include <QTest>

using namespace postlude;

namespace {

constexpr int kRows = 45'000'000;

class Numbers : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : rows_;
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : 3;
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        return role == Qt::DisplayRole ? QVariant(index.row()) : QVariant();
    }
    void setRows(int rows) {
        beginResetModel();
        rows_ = rows;
        endResetModel();
    }

private:
    int rows_ = kRows;
};

} // namespace

class TstRowsView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theLastRowsAreWhereTheyBelong();
    void higherRowsToo();
    void keysGoThroughThem();
    void aClickSelectsTheRowUnderIt();
    void fewerRowsMoveTheBar();
    void columnsStandWhereTheirHeadsAre();

private:
    [[nodiscard]] int first() const { return view_->verticalScrollBar()->value(); }
    [[nodiscard]] bool isWhole(int row) const {
        return view_->viewport()->rect().contains(view_->visualRect(model_->index(row, 0)));
    }
    std::unique_ptr<Numbers> model_;
    std::unique_ptr<RowsView> view_;
};

void TstRowsView::init() {
    view_.reset();
    model_ = std::make_unique<Numbers>();
    view_ = std::make_unique<RowsView>();
    view_->setModel(model_.get());
    view_->setRowHeight(24);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->resize(600, 400);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    view_->setFocus();
}

void TstRowsView::theLastRowsAreWhereTheyBelong() {
    view_->scrollTo(model_->index(kRows - 1, 0));
    QVERIFY(isWhole(kRows - 1));
    QVERIFY(!isWhole(0));
    QCOMPARE(view_->rowAt(0), first());
    QCOMPARE(view_->indexAt(view_->visualRect(model_->index(kRows - 2, 1)).center()),
             model_->index(kRows - 2, 1));
    view_->scrollTo(model_->index(0, 0));
    QCOMPARE(first(), 0);
    view_->scrollTo(model_->index(30'000'000, 0), QAbstractItemView::PositionAtCenter);
    const int middle = view_->visualRect(model_->index(30'000'000, 0)).center().y();
    QVERIFY(std::abs(middle - view_->viewport()->height() / 2) <= 24);
}

void TstRowsView::higherRowsToo() {
    view_->scrollTo(model_->index(kRows - 1, 0));
    view_->setRowHeight(90); // 4 050 000 000 pixels
    QCOMPARE(view_->rowHeight(5), 90);
    view_->scrollTo(model_->index(kRows - 1, 0));
    QVERIFY(isWhole(kRows - 1));
    QCOMPARE(view_->visualRect(model_->index(kRows - 1, 0)).height(), 90);
    const QRect above = view_->visualRect(model_->index(kRows - 2, 0));
    QCOMPARE(above.bottom() + 1, view_->visualRect(model_->index(kRows - 1, 0)).top());
    QVERIFY(view_->visualRect(model_->index(0, 0)).bottom() < 0);
}

void TstRowsView::keysGoThroughThem() {
    view_->setCurrentIndex(model_->index(0, 0));
    QTest::keyClick(view_.get(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(view_->currentIndex().row(), kRows - 1);
    QVERIFY(isWhole(kRows - 1));
    QTest::keyClick(view_.get(), Qt::Key_PageUp);
    const int page = kRows - 1 - view_->currentIndex().row();
    QCOMPARE(page, view_->viewport()->height() / 24);
    QTest::keyClick(view_.get(), Qt::Key_Down);
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QCOMPARE(view_->currentIndex().row(), kRows - 1 - page);
    QTest::keyClick(view_.get(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(view_->currentIndex().row(), 0);
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QCOMPARE(view_->currentIndex().row(), 0);
    QVERIFY(isWhole(0));
}

void TstRowsView::aClickSelectsTheRowUnderIt() {
    view_->scrollTo(model_->index(20'000'000, 0), QAbstractItemView::PositionAtTop);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, QPoint(40, 2 * 24 + 3));
    QCOMPARE(view_->currentIndex().row(), 20'000'002);
    QVERIFY(view_->selectionModel()->isRowSelected(20'000'002, {}));
}

void TstRowsView::fewerRowsMoveTheBar() {
    view_->scrollTo(model_->index(kRows - 1, 0));
    model_->setRows(100);
    QVERIFY(first() < 100 && isWhole(99));
    model_->setRows(3);
    QCOMPARE(first(), 0);
    QCOMPARE(view_->rowAt(3 * 24 + 1), -1);
    QVERIFY(!view_->indexAt(QPoint(10, 3 * 24 + 1)).isValid());
    model_->setRows(0);
    QTest::keyClick(view_.get(), Qt::Key_Down);
    QVERIFY(!view_->currentIndex().isValid());
    QVERIFY(!view_->grab().isNull());
}

void TstRowsView::columnsStandWhereTheirHeadsAre() {
    view_->horizontalHeader()->setSectionsMovable(true);
    view_->horizontalHeader()->moveSection(0, 2);
    view_->setColumnHidden(1, true);
    const QRect place = view_->visualRect(model_->index(0, 0));
    QCOMPARE(place.left(), view_->horizontalHeader()->sectionViewportPosition(0));
    QCOMPARE(view_->indexAt(place.center()), model_->index(0, 0));
    QVERIFY(view_->visualRect(model_->index(0, 1)).isEmpty());
}

QTEST_MAIN(TstRowsView)
#include "tst_rowsview.moc"
