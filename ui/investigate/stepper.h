// SPDX-License-Identifier: GPL-3.0-or-later
// Going from one thing worth seeing to the next: events, errors, matches, bookmarks, findings.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/events.h"
#include "ui/investigate/moves.h"

namespace postlude {

class Stepper : public QObject {
    Q_OBJECT
public:
    explicit Stepper(QObject* parent = nullptr);
    void setSession(Session* session);
    void setEvents(std::vector<LaneEvent> events);

    /// `by`: +1 the next, −1 the one before.
    void laneEvent(int by);
    void error(int by); ///< failed requests and lines of level error or worse
    void bookmark(int by);
    void finding(int by);
    void move(int by);  ///< where a rate, the failed share or the p95 changes
    void gap(int by);   ///< stretches without a request
    void match(int by); ///< of the text last searched
    /// Looks for what passes a test of the filter language, within the filter in force; goes to the
    /// first match from the cursor. Empty: nothing is looked for any more.
    void find(const QString& test);
    /// What the search has found so far stays.
    void stopFinding();
    [[nodiscard]] QString searched() const { return searched_; }

Q_SIGNALS:
    /// Where what is searched for is, by time.
    /// Null where nothing is searched for any more.
    void matchesFound(const std::shared_ptr<const postlude::RecordList>& list);
    void searching(const postlude::Found& found); ///< how far a search has come
    /// One of the analysis' findings, by its place among them.
    void findingReached(std::size_t index);
    /// Said where nothing moves, and how far one has come: "match 3 of 41".
    void told(const QString& text);

private:
    /// A list of records that a filter gives, made when first asked for.
    struct Search {
        QString slot, filter, none;
        QString one, oneOfMore; ///< "match %1 of %2", "match %1 of %2 or more"
        /// Never copied: there may be millions.
        std::shared_ptr<const RecordList> list = std::make_shared<const RecordList>();
        bool known = false;
        std::optional<Found> heard = {}; ///< while it runs
        bool cut = false;                ///< stopped: there may be more
    };
    void run(Search& search, int by);
    void take(Search& search, RecordList list, int by);
    void go(const Search& search, int by);
    void forget();
    void tellFault(const Error& fault);
    void withCourse(std::function<void()> then);
    void visit(Instant at);
    void selectProof(const Finding& finding);

    Session* session_ = nullptr;
    std::vector<LaneEvent> events_;
    QString searched_;
    Search errors_, matches_;
    /// The course of all series, read when it is first asked for.
    struct Course {
        std::vector<Move> moves;
        std::vector<Window> gaps;
    };
    std::optional<Course> course_;
};

} // namespace postlude
