// SPDX-License-Identifier: GPL-3.0-or-later
// What a right click on the lines and their header offers: filters from any value, columns, how
// times are written; and the marks beside the scroll bar.
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/marksbar.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>

namespace postlude {

namespace {

/// Both have to hold.
QString both(const QString& a, const QString& b) {
    if (a.isEmpty()) return b;
    return QStringLiteral("(%1) and %2").arg(a, b);
}

QString shortened(QString test) {
    constexpr qsizetype kLongest = 60;
    if (test.size() > kLongest) test = test.left(kLongest) + QChar(0x2026);
    return test.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

void LinesView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!session_ || !index.isValid()) return;
    QMenu menu(this);
    const int column = byKey ? LinesModel::Text : index.column();
    addFilters(menu, model_->testOf(index.row(), column));
    menu.addSeparator();
    addNeighbours(menu, index.row());
    menu.addSeparator();
    connect(menu.addAction(tr("Bookmark")), &QAction::triggered, this,
            [this] { Q_EMIT bookmarkWanted(); });
    connect(menu.addAction(tr("Add to the postmortem's timeline")), &QAction::triggered, this,
            [this] { Q_EMIT offerWanted(); });
    menu.addSeparator();
    connect(menu.addAction(tr("Copy the line as written")), &QAction::triggered, this,
            &LinesView::copyLine);
    connect(menu.addAction(tr("Copy this value")), &QAction::triggered, this,
            [text = index.siblingAtColumn(column).data().toString()] {
                QApplication::clipboard()->setText(text);
            });
    const QPoint at =
        byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    menu.exec(at);
}

void LinesView::addFilters(QMenu& menu, const QString& test) {
    const QString now = session_->selection().place().filter;
    const auto add = [&](const QString& text, const QString& filter) {
        connect(menu.addAction(text), &QAction::triggered, this,
                [this, filter] { Q_EMIT filterWanted(filter); });
    };
    if (test.isEmpty()) {
        menu.addAction(tr("There is no value to filter by"))->setEnabled(false);
    } else {
        const QString named = shortened(test);
        add(tr("Only %1").arg(named), test);
        if (!now.isEmpty()) add(tr("And also %1").arg(named), both(now, test));
        add(tr("Without %1").arg(named), both(now, QStringLiteral("not (%1)").arg(test)));
    }
    if (!now.isEmpty()) add(tr("All lines"), {});
}

void LinesView::addNeighbours(QMenu& menu, int row) {
    const auto add = [&](const QString& text, int column) {
        const QString test = model_->testOf(row, column);
        if (!test.isEmpty())
            connect(menu.addAction(text), &QAction::triggered, this,
                    [this, test] { Q_EMIT filterWanted(test); });
    };
    add(tr("All lines of this request id"), LinesModel::RequestIdent);
    add(tr("All lines of this client"), LinesModel::Client);
    add(tr("All lines of this source"), LinesModel::Source);
}

void LinesView::headerMenu(const QPoint& position) {
    QMenu menu(this);
    for (int column = 0; column < LinesModel::Columns; ++column) {
        QAction* action =
            menu.addAction(model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != LinesModel::Text);
        connect(action, &QAction::triggered, this,
                [this, column](bool on) { showColumn(column, on); });
    }
    menu.addSeparator();
    auto* group = new QActionGroup(&menu);
    const auto add = [&](const QString& text, LinesModel::Times times) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(model_->times() == times);
        connect(action, &QAction::triggered, this, [this, times] { setTimes(times); });
    };
    add(tr("Times of day"), LinesModel::Times::Absolute);
    add(tr("Times since the impact began"), LinesModel::Times::SinceImpact);
    add(tr("Times since the line before"), LinesModel::Times::SincePrevious);
    menu.addSeparator();
    connect(menu.addAction(tr("The usual columns")), &QAction::triggered, this,
            &LinesView::resetColumns);
    menu.exec(horizontalHeader()->mapToGlobal(position));
}

/// A new one stands before the text, which takes what room is left.
void LinesView::showColumn(int column, bool on) {
    QHeaderView* header = horizontalHeader();
    setColumnHidden(column, !on);
    if (on && column > LinesModel::Text)
        header->moveSection(header->visualIndex(column), header->visualIndex(LinesModel::Text));
    header->moveSection(header->visualIndex(LinesModel::Text), LinesModel::Columns - 1);
}

void LinesView::resetColumns() {
    QHeaderView* header = horizontalHeader();
    for (int column = 0; column < LinesModel::Columns; ++column) {
        header->moveSection(header->visualIndex(column), column);
        setColumnHidden(column, column >= LinesModel::kUsualColumns);
    }
    header->moveSection(header->visualIndex(LinesModel::Text), LinesModel::Columns - 1);
    setTimes(LinesModel::Times::Absolute);
    style();
}

void LinesView::setTimes(LinesModel::Times times) {
    std::optional<Instant> impact;
    if (session_ && session_->analysis() && !session_->analysis()->incidents.empty())
        impact = session_->analysis()->incidents.front().impactStart;
    model_->setTimes(times, impact);
}

QByteArray LinesView::columnsState() const {
    return horizontalHeader()->saveState();
}

void LinesView::restoreColumns(const QByteArray& state) {
    if (!state.isEmpty() && horizontalHeader()->restoreState(state))
        return horizontalHeader()->show();
    resetColumns();
    // With large text in a small window the text of a line is worth more than its server's name.
    constexpr int kLetters = 90;
    const QFontMetrics mono(Theme::current().mono());
    if (width() < kLetters * mono.horizontalAdvance(QLatin1Char('0')))
        setColumnHidden(LinesModel::Server, true);
}

void LinesView::setMatches(const std::vector<Instant>& times) {
    matches_ = times;
    showMarks();
}

/// One mark a pixel at most, however many there are.
void LinesView::showMarks() {
    std::vector<MarksBar::Mark> marks;
    const RecordList& list = model_->list();
    const Theme& theme = Theme::current();
    const int pixels = std::max(1, marks_->height());
    const auto rows = static_cast<double>(list.size());
    for (int y = 0; y < pixels && !matches_.empty() && rows > 0; ++y) {
        const auto from = static_cast<std::size_t>(rows * y / pixels);
        const auto to = static_cast<std::size_t>(rows * (y + 1) / pixels);
        if (from >= to) continue;
        const auto it = std::ranges::lower_bound(matches_, list.times[from]);
        if (it != matches_.end() && *it <= list.times[to - 1])
            marks.push_back({static_cast<double>(y) / pixels, theme.warning, false});
    }
    if (session_ && rows > 0)
        for (const Bookmark& bookmark : session_->bookmarks())
            if (bookmark.at >= list.times.front() && bookmark.at <= list.times.back())
                marks.push_back(
                    {static_cast<double>(list.rowAt(bookmark.at)) / rows, theme.accent, true});
    marks_->setMarks(std::move(marks));
}

} // namespace postlude
