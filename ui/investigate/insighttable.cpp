// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/insighttable.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>

namespace postlude {

namespace {

constexpr int kBarRole = MarkRole + 1;

QColor toneOf(std::string_view name) {
    const Theme& theme = Theme::current();
    if (name == "bad") return theme.bad;
    if (name == "warning") return theme.warning;
    return name == "muted" ? theme.muted : theme.text;
}

class BarDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::current();
        painter->save();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->fillRect(option.rect, selected ? theme.selection : theme.surface);
        if (const QVariant bar = index.data(kBarRole); bar.isValid()) {
            QColor fill = theme.accent;
            fill.setAlphaF(0.28F);
            const QRect room = option.rect.adjusted(3, 4, -3, -4);
            painter->fillRect(
                QRectF(room.left(), room.top(), room.width() * bar.toDouble(), room.height()),
                fill);
        }
        painter->setFont(option.font);
        painter->setPen(index.data(ToneRole).value<QColor>());
        const QRect place = option.rect.adjusted(6, 0, -6, 0);
        const auto side = index.data(Qt::TextAlignmentRole);
        painter->drawText(
            place,
            (side.isValid() ? side.toInt() : Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, place.width()));
        painter->restore();
    }
};

} // namespace

InsightModel::InsightModel(QStringList titles, QObject* parent)
    : RowModel(parent)
    , titles_(std::move(titles)) {}

void InsightModel::show(std::vector<InsightRow> rows) {
    const std::size_t count = rows.size();
    setRows(count, [&] { rows_ = std::move(rows); });
}

void InsightModel::setTitles(const QStringList& titles) {
    titles_ = titles;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columns() - 1);
}

bool InsightModel::isNumeric(int column) const {
    return !rows_.empty() && rows_.front().cells[static_cast<std::size_t>(column)].number;
}

QVariant InsightModel::cell(int row, int column, int role) const {
    const InsightCell& here = at(row).cells[static_cast<std::size_t>(column)];
    switch (role) {
    case Qt::DisplayRole:
        return here.text;
    case Qt::ToolTipRole:
        return plainTip(at(row).tip.isEmpty() ? here.text : at(row).tip);
    case Qt::TextAlignmentRole:
        return static_cast<int>((here.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ToneRole:
        return toneOf(here.tone);
    case kBarRole:
        return here.bar ? QVariant(std::clamp(*here.bar, 0.0, 1.0)) : QVariant{};
    default:
        return {};
    }
}

InsightTable::InsightTable(const QString& name, const QStringList& titles, QWidget* parent)
    : QTableView(parent)
    , model_(new InsightModel(titles, this)) {
    setModel(model_);
    setItemDelegate(new BarDelegate(this));
    setAccessibleName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setAccessibleName(tr("Heads of the columns"));
    connect(this, &QTableView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT chosen(index.row()); });
    connect(this, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT filterWanted(model_->at(index.row()).filter, true);
    });
}

void InsightTable::show(std::vector<InsightRow> rows) {
    constexpr int kMeasuredRows = 100;
    model_->show(std::move(rows));
    horizontalHeader()->setResizeContentsPrecision(kMeasuredRows);
    resizeColumnsToContents();
    const int last = model_->columnCount() - 1;
    for (int i = 0; i <= last; ++i) {
        const bool stretches = horizontalHeader()->sectionResizeMode(i) == QHeaderView::Stretch;
        if (!stretches) setColumnWidth(i, std::min(columnWidth(i) + 14, width() / 3));
    }
}

void InsightTable::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid()) return;
    const QString filter = model_->at(index.row()).filter;
    QMenu menu(this);
    QAction* only = menu.addAction(tr("Only the lines with it"));
    QAction* without = menu.addAction(tr("Only the lines without it"));
    menu.addSeparator();
    QAction* copies = menu.addAction(tr("Copy the filter"));
    for (QAction* action : {only, without, copies})
        action->setEnabled(!filter.isEmpty());
    QAction* text = menu.addAction(tr("Copy the text"));
    const QAction* done = menu.exec(event->globalPos());
    if (done == only || done == without) Q_EMIT filterWanted(filter, done == only);
    if (done == copies) QApplication::clipboard()->setText(filter);
    if (done == text) QApplication::clipboard()->setText(index.data().toString());
}

} // namespace postlude
