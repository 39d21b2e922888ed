// SPDX-License-Identifier: GPL-3.0-or-later
// The merged lines table: shows the selection's window and filter, and follows its cursor.
#pragma once

#include "ui/common/arrangement.h"
#include "ui/common/session.h"
#include "ui/investigate/linesmodel.h"
#include "ui/investigate/marksbar.h"
#include "ui/investigate/rowsview.h"

#include <QRegularExpression>

class QLabel;
class QMenu;

namespace postlude {

class LinesView : public RowsView {
    Q_OBJECT
public:
    static constexpr int kUsualWrittenRows = 3;
    static constexpr int kMostWrittenRows = 9;
    explicit LinesView(QWidget* parent = nullptr);
    void setSession(Session* session);
    void setServers(const ServerIndex& servers);
    [[nodiscard]] LinesModel* lines() const { return model_; }
    /// Selects the line at or after the moment, as a click on a chart does.
    void landOn(Instant moment);
    void step(int by);
    /// Which columns there are, in which order and how wide; for layouts that are kept.
    [[nodiscard]] QByteArray columnsState() const;
    void restoreColumns(const QByteArray& state); ///< empty: the usual ones
    void showColumn(int column, bool on);         ///< as the user wants it from now on
    void setTimes(LinesModel::Times times);
    /// How many rows of text a line has, as it was written; 0: in columns, on one.
    void setWrittenRows(int rows);
    [[nodiscard]] int writtenRows() const { return writtenRows_; }
    /// As the user wants it from now on; can be taken back.
    void chooseWrittenRows(int rows);
    void toggleWritten();
    void chooseColourBy(ColourBy by);
    /// Nothing of it is anybody's change so far.
    void settleColumns();
    /// What a search has found, by time; shown beside the scroll bar.
    void setMatches(const std::shared_ptr<const RecordList>& list); ///< null: none
    /// What was searched is marked wherever it is seen; invalid: nothing is.
    void setSearched(const QRegularExpression& pattern);
    [[nodiscard]] const QRegularExpression& searched() const { return searched_; }
    /// One source, all of it that passes the filter, line by line as it was written; none: all
    /// sources by time.
    void setFile(std::optional<SourceId> source);
    [[nodiscard]] std::optional<SourceId> file() const { return file_; }
    /// What is found so far stays.
    void stopSearch();

Q_SIGNALS:
    void filterWanted(const QString& filter);
    void bookmarkWanted(); ///< of the selected line
    void offerWanted();    ///< of the selected line to the postmortem
    /// A line was activated (Enter or double click).
    void opened();
    void fileChanged();
    void loaded(); ///< lines()->list() is what was asked for
    /// A search has come so far; what it found first is shown already.
    void searching(const postlude::Found& found);
    void stopped(const postlude::Found& found);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void startDrag(Qt::DropActions actions) override;

private:
    void style();
    void load();
    void hear(const std::shared_ptr<Query>& query, const Found& found);
    void take(std::pair<std::shared_ptr<Query>, Result<RecordList>> found);
    void follow();
    bool followWithoutScrolling();
    void readWanted();
    void markBookmarks();
    void copyLine();
    void addFilters(QMenu& menu, const QString& test);
    void addNeighbours(QMenu& menu, int row);
    void headerMenu(const QPoint& position);
    void addColours(QMenu& menu);
    void addWritten(QMenu& menu);
    void settleRowHeight();
    void resetColumns();
    void fitColumns();
    void fitDates();
    void columnsTouched();
    [[nodiscard]] QByteArray arranged() const;
    void arrangeAs(const QByteArray& state);
    void showMarks();
    void markMatches(std::vector<MarksBar::Mark>& marks) const;
    void setFileOf(int row);

    Session* session_ = nullptr;
    LinesModel* model_ = nullptr;
    MarksBar* marks_ = nullptr;
    std::shared_ptr<const RecordList> matches_;
    int fittedDates_ = 0; ///< letters of the date that the columns leave room for
    QRegularExpression searched_{QStringLiteral("(")};
    std::optional<SourceId> file_;
    QLabel* empty_ = nullptr;
    Arrangement* arrangement_ = nullptr;
    QTimer reload_;
    int writtenRows_ = 0, writtenLast_ = kUsualWrittenRows;
    bool reading_ = false;   ///< lines that a painting left out
    bool fitting_ = false;   ///< widths are set by us, not by a hand
    bool chosen_ = false;    ///< the user has said which columns, or how wide
    bool following_ = false; ///< the selection moves us, not we the selection
    Found heard_;            ///< of the search that runs; `all` = 0: none does
    std::optional<Instant> landing_;
};

} // namespace postlude
