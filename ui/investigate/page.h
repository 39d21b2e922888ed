// SPDX-License-Identifier: GPL-3.0-or-later
// The Investigate mode: servers and sources left, the time axis and the lines in the middle,
// findings right. It puts the panels side by side; they meet only in the session's selection.
#pragma once

#include "ui/common/session.h"

#include <QPointer>
#include <QWidget>

class QSplitter;

namespace postlude {

class ChartStack;
class CompareWindow;
class FileStrip;
class FindBar;
class FindingsPanel;
class HereSection;
class Lanes;
class Player;
class LinesStrip;
class LinesView;
class MessagesWindow;
class OutsideStrip;
class Overview;
class SourcesPanel;
class SqlWindow;
class Stepper;
class TimeNavigator;

class InvestigatePage : public QWidget {
    Q_OBJECT
public:
    explicit InvestigatePage(QWidget* parent = nullptr);
    /// Null: nothing is shown. The session must outlive the page or be replaced before it goes.
    void setSession(Session* session);

    [[nodiscard]] Stepper& stepper() const { return *stepper_; }
    [[nodiscard]] Player& player() const { return *player_; }
    [[nodiscard]] TimeNavigator& navigator() const { return *navigator_; }
    [[nodiscard]] LinesView& lines() const { return *lines_; }
    [[nodiscard]] ChartStack& charts() const { return *charts_; }

    void toggleBookmark();  ///< on the selected line, else at the cursor
    void bookmarkWindow();  ///< the whole window in view
    void bookmarkMoment();  ///< where the cursor is, whatever line is there
    void toggleFileOrder(); ///< the selected line's source as it was written, or all by time
    void addHypothesis();   ///< asks for its title
    void openFind();
    void goToLine(); ///< asks for source and line
    void offerToPostmortem();
    void showFormat();   ///< how the selected line's source is read
    void showClock();    ///< how far the clock of its host is off
    void openSql();      ///< the window for questions, or to the front with it
    void openCompare();  ///< what sets bad requests, or those of a window, apart
    void openMessages(); ///< which kinds of messages a window brought
    void showEvidence(const Evidence& evidence);
    void saveLayout() const; ///< for cases that are opened for the first time

Q_SIGNALS:
    void told(const QString& text); ///< for the status bar
    void filterWanted(const QString& filter);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* buildCentre();
    void settleMinimum();
    void wire();
    void wireCharts();
    void wireLines();
    void restoreLayout(const QJsonObject& kept); ///< empty: the usual one
    [[nodiscard]] QByteArray kept() const;       ///< place and layout, as the case keeps them
    void keepSoon();
    void refreshIndex();
    void loadEvents();
    void closeFind();
    void showFile();
    [[nodiscard]] std::string selectedSource(); ///< its path; empty, and told so, without a line
    void visitBookmark(std::int64_t id);
    void visitLine(const QString& source, std::uint64_t line);

    Session* session_ = nullptr;
    TimeNavigator* navigator_ = nullptr;
    Stepper* stepper_ = nullptr;
    Player* player_ = nullptr;
    HereSection* here_ = nullptr;
    QTimer keep_;
    QSplitter* columns_ = nullptr;
    QSplitter* rows_ = nullptr;
    SourcesPanel* sources_ = nullptr;
    OutsideStrip* outside_ = nullptr;
    Overview* overview_ = nullptr;
    Lanes* lanes_ = nullptr;
    ChartStack* charts_ = nullptr;
    FindBar* find_ = nullptr;
    FileStrip* file_ = nullptr;
    LinesStrip* strip_ = nullptr;
    LinesView* lines_ = nullptr;
    FindingsPanel* findings_ = nullptr;
    template <class Window>
    void open(QPointer<Window>& window);
    QPointer<SqlWindow> sql_; ///< these delete themselves when closed
    QPointer<CompareWindow> compare_;
    QPointer<MessagesWindow> messages_;
};

} // namespace postlude
