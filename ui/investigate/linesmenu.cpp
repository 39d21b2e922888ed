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
    return menuText(test);
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
    if (file_)
        connect(menu.addAction(tr("All sources by time")), &QAction::triggered, this,
                [this] { setFile({}); });
    else
        connect(menu.addAction(tr("This source as it was written")), &QAction::triggered, this,
                [this, row] { setFileOf(row); });
}

void LinesView::setFileOf(int row) {
    const auto id = model_->recordAt(row);
    const auto record =
        id ? session_->query().record(*id) : Result<RecordRow>(std::unexpected(Error{}));
    if (record) setFile(record->source);
}

void LinesView::addColours(QMenu& menu) {
    QMenu* colours = menu.addMenu(tr("Colour rows by"));
    auto* group = new QActionGroup(colours);
    const auto add = [&](const QString& text, ColourBy by) {
        QAction* action = colours->addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(model_->colourBy() == by);
        connect(action, &QAction::triggered, this, [this, by] { chooseColourBy(by); });
    };
    add(tr("Nothing"), ColourBy::Nothing);
    add(tr("Source"), ColourBy::Source);
    add(tr("Server"), ColourBy::Server);
    add(tr("Level"), ColourBy::Level);
    add(tr("Status"), ColourBy::Status);
}

void LinesView::addWritten(QMenu& menu) {
    QMenu* rows = menu.addMenu(tr("Text of a line"));
    auto* group = new QActionGroup(rows);
    const auto add = [&](const QString& text, int count) {
        QAction* action = rows->addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(writtenRows_ == count);
        connect(action, &QAction::triggered, this, [this, count] { chooseWrittenRows(count); });
    };
    add(tr("In columns"), 0);
    for (const int count : {1, 2, kUsualWrittenRows, 5, kMostWrittenRows})
        add(tr("As written, %n rows high", nullptr, count), count);
}

void LinesView::headerMenu(const QPoint& position) {
    QMenu menu(this);
    for (int column = 0; column < LinesModel::Columns; ++column) {
        QAction* action =
            menu.addAction(model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != LinesModel::Text);
        connect(action, &QAction::triggered, this, [this, column](bool on) {
            arrangement_->change(tr("Choose columns"), [&] { showColumn(column, on); });
        });
    }
    menu.addSeparator();
    auto* group = new QActionGroup(&menu);
    const auto add = [&](const QString& text, LinesModel::Times times) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(model_->times() == times);
        connect(action, &QAction::triggered, this, [this, times] {
            arrangement_->change(tr("Write times otherwise"), [&] { setTimes(times); });
        });
    };
    add(tr("Times of day"), LinesModel::Times::Absolute);
    add(tr("Times since the impact began"), LinesModel::Times::SinceImpact);
    add(tr("Times since the line before"), LinesModel::Times::SincePrevious);
    menu.addSeparator();
    addColours(menu);
    addWritten(menu);
    menu.addSeparator();
    connect(menu.addAction(tr("The usual columns")), &QAction::triggered, this,
            [this] { arrangement_->change(tr("The usual columns"), [this] { resetColumns(); }); });
    menu.exec(horizontalHeader()->mapToGlobal(position));
}

void LinesView::setTimes(LinesModel::Times times) {
    std::optional<Instant> impact;
    if (session_ && session_->analysis() && !session_->analysis()->incidents.empty())
        impact = session_->analysis()->incidents.front().impactStart;
    model_->setTimes(times, impact);
}

void LinesView::setMatches(const std::shared_ptr<const RecordList>& list) {
    matches_ = list;
    showMarks();
}

/// One mark a pixel at most, however many there are.
void LinesView::markMatches(std::vector<MarksBar::Mark>& marks) const {
    if (!matches_) return;
    const int pixels = std::max(1, marks_->height());
    const RecordList& list = model_->list();
    const auto rows = static_cast<double>(list.size());
    const QColor colour = Theme::current().warning;
    if (model_->byFile()) {
        int last = -1;
        for (const int row : model_->rowsOf(*matches_)) {
            const int y = static_cast<int>(row / rows * pixels);
            if (std::exchange(last, y) != y)
                marks.push_back({static_cast<double>(y) / pixels, colour, false});
        }
        return;
    }
    for (int y = 0; y < pixels && !matches_->empty(); ++y) {
        const auto from = static_cast<std::size_t>(rows * y / pixels);
        const auto to = static_cast<std::size_t>(rows * (y + 1) / pixels);
        if (from >= to) continue;
        const std::size_t match = matches_->rowAt(list.time(from));
        if (match < matches_->size() && matches_->time(match) <= list.time(to - 1))
            marks.push_back({static_cast<double>(y) / pixels, colour, false});
    }
}

void LinesView::showMarks() {
    std::vector<MarksBar::Mark> marks;
    const RecordList& list = model_->list();
    const auto rows = static_cast<double>(list.size());
    if (rows > 0) markMatches(marks);
    if (session_ && rows > 0)
        for (const Bookmark& bookmark : session_->bookmarks()) {
            const int row = model_->rowOf(bookmark.record, bookmark.at);
            const bool outside = model_->byFile() ? model_->recordAt(row) != bookmark.record
                                                  : bookmark.at < list.time(0) ||
                                                        bookmark.at > list.time(list.size() - 1);
            if (!outside)
                marks.push_back({row / rows, colourOf(session_->lookOf(bookmark.id)), true});
        }
    marks_->setMarks(std::move(marks));
}

} // namespace postlude
