// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/stepper.h"

#include "ui/common/shown.h"
#include "ui/common/titles.h"
#include "ui/investigate/timescale.h"

namespace postlude {

namespace {

constexpr int kCourseBuckets = 2000; ///< in which changes of rate are looked for

/// The place in an ascending range of instants to go to from `now`; −1 if there is none.
template <class Range, class Time>
std::ptrdiff_t neighbour(const Range& range, Instant now, int by, Time time) {
    if (by > 0) {
        const auto it = std::ranges::upper_bound(range, now, {}, time);
        return it == range.end() ? -1 : it - range.begin();
    }
    const auto it = std::ranges::lower_bound(range, now, {}, time);
    return it == range.begin() ? -1 : it - range.begin() - 1;
}

} // namespace

Stepper::Stepper(QObject* parent)
    : QObject(parent) {
    errors_.slot = QStringLiteral("step.errors");
    errors_.filter =
        QStringLiteral("status >= 500 or level in (error, critical, alert, emergency)");
    errors_.none = tr("No further errors");
    errors_.one = errors_.oneOfMore = tr("error %1 of %2"); // a search for errors is never cut
    matches_.slot = QStringLiteral("step.matches");
    matches_.none = tr("No further matches");
    matches_.one = tr("match %1 of %2");
    matches_.oneOfMore = tr("match %1 of %2 or more");
}

void Stepper::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    events_.clear();
    forget();
    if (!session_) return;
    connect(session_, &Session::dataChanged, this, &Stepper::forget);
    connect(&session_->selection(), &Selection::displayChanged, this, &Stepper::forget);
    connect(&session_->selection(), &Selection::filterChanged, this,
            [this] { matches_.known = false; });
}

void Stepper::forget() {
    course_.reset();
    errors_.heard.reset(), matches_.heard.reset();
    errors_.known = matches_.known = false;
}

void Stepper::setEvents(std::vector<LaneEvent> events) {
    events_ = std::move(events);
}

void Stepper::laneEvent(int by) {
    if (!session_) return;
    Selection& selection = session_->selection();
    const auto at = neighbour(events_, selection.place().moment, by, &LaneEvent::from);
    if (at < 0) return void(Q_EMIT told(tr("No further events")));
    const LaneEvent& found = events_[static_cast<std::size_t>(at)];
    selection.select(found.record, found.from);
    Q_EMIT told(found.label);
}

void Stepper::bookmark(int by) {
    if (!session_) return;
    const auto& all = session_->bookmarks();
    const auto at = neighbour(all, session_->selection().place().moment, by, &Bookmark::at);
    if (at < 0) return void(Q_EMIT told(tr("No further bookmarks")));
    const Bookmark& found = all[static_cast<std::size_t>(at)];
    if (found.record)
        session_->selection().select(*found.record, found.at);
    else
        visit(found.at);
    Q_EMIT told(shown(found.note));
}

void Stepper::finding(int by) {
    if (!session_ || !session_->analysis()) return;
    std::vector<std::pair<Instant, const Finding*>> all;
    for (const Finding& finding : session_->analysis()->findings)
        if (finding.at) all.emplace_back(*finding.at, &finding);
    std::ranges::stable_sort(all, {}, &std::pair<Instant, const Finding*>::first);
    const auto at = neighbour(all, session_->selection().place().moment, by,
                              &std::pair<Instant, const Finding*>::first);
    if (at < 0) return void(Q_EMIT told(tr("No further findings")));
    const auto& [time, found] = all[static_cast<std::size_t>(at)];
    visit(time);
    selectProof(*found);
    Q_EMIT findingReached(static_cast<std::size_t>(found - session_->analysis()->findings.data()));
    Q_EMIT told(findingTitle(found->title));
}

/// Of a finding that is about one line of that moment the line is the one to see.
void Stepper::selectProof(const Finding& finding) {
    const Query& query = session_->query();
    const bool raw = session_->selection().clock() == ClockView::Raw;
    for (const Evidence& evidence : finding.evidence) {
        if (evidence.source.empty()) continue;
        for (const SourceInfo& source : query.sources()) {
            if (source.path != evidence.source) continue;
            const auto id = query.recordAtLine(source.id, evidence.firstLine);
            if (!id) continue; // a line that belongs to no record
            const auto row = query.record(*id);
            if (!row) return tellFault(row.error());
            const auto at = raw ? row->timeRaw : row->time;
            constexpr Duration kNear = std::chrono::seconds{1};
            if (!at || *at > *finding.at + kNear || *at < *finding.at - kNear) continue;
            return session_->selection().select(row->id, *at);
        }
    }
}

/// The window follows if it must.
void Stepper::visit(Instant at) {
    Selection& selection = session_->selection();
    const Window seen = selection.place().window;
    if (!seen.contains(at) && selection.bounds().contains(at)) {
        const Duration half = seen.length() / 2;
        selection.setWindow({at - half, at + half});
    }
    selection.setMoment(at);
}

void Stepper::withCourse(std::function<void()> then) {
    if (!session_ || session_->selection().bounds().empty()) return;
    if (course_) return then();
    SeriesRequest request;
    request.clock = session_->selection().clock();
    request.window = session_->selection().bounds();
    request.bucket = bucketFor(request.window.length(), kCourseBuckets, 1);
    session_->run(
        QStringLiteral("step.course"), this,
        [query = session_->sharedQuery(), request,
         analysis = session_->analysis()](std::stop_token stop) -> Result<Course> {
            const auto table = query->series(request, stop);
            if (!table) return std::unexpected(table.error());
            const ServerIndex names(query->servers(), {}, analysis.get());
            return Course{movesIn(*table, names), gapsIn(*table)};
        },
        [this, then = std::move(then)](Result<Course> course) {
            if (!course) return tellFault(course.error());
            course_ = std::move(*course);
            then();
        });
}

void Stepper::move(int by) {
    withCourse([this, by] {
        const auto at =
            neighbour(course_->moves, session_->selection().place().moment, by, &Move::at);
        if (at < 0) return void(Q_EMIT told(tr("No further change of rate")));
        const Move& found = course_->moves[static_cast<std::size_t>(at)];
        visit(found.at);
        Q_EMIT told(found.text);
    });
}

void Stepper::gap(int by) {
    withCourse([this, by] {
        const auto at =
            neighbour(course_->gaps, session_->selection().place().moment, by, &Window::from);
        if (at < 0) return void(Q_EMIT told(tr("No further gap")));
        const Window found = course_->gaps[static_cast<std::size_t>(at)];
        visit(found.from);
        Q_EMIT told(tr("No request for %1").arg(QString::fromStdString(spoken(found.length()))));
    });
}

void Stepper::error(int by) {
    run(errors_, by);
}

void Stepper::find(const QString& test) {
    searched_ = test;
    matches_.known = false;
    if (!test.isEmpty()) return match(1);
    if (session_) session_->drop(matches_.slot);
    matches_.heard.reset();
    Q_EMIT matchesFound(nullptr);
}

void Stepper::stopFinding() {
    if (!session_ || !matches_.heard) return;
    session_->drop(matches_.slot);
    Found found = *std::exchange(matches_.heard, std::nullopt);
    matches_.cut = true;
    take(matches_, std::move(found.first), 1);
    Q_EMIT told(tr("Stopped after %1 of %2 lines; the first %3 of %4 found in them are marked",
                   nullptr, counted(found.all))
                    .arg(shortCount(found.looked), shortCount(found.all),
                         wholeCount(matches_.list->size()), wholeCount(found.matches)));
}

void Stepper::match(int by) {
    if (!session_ || searched_.isEmpty()) return;
    const QString filter = session_->selection().place().filter;
    matches_.filter =
        filter.isEmpty() ? searched_ : QStringLiteral("(%1) and %2").arg(filter, searched_);
    run(matches_, by);
}

void Stepper::tellFault(const Error& fault) {
    if (fault.kind != ErrorKind::Cancelled) Q_EMIT told(shown(describe(fault)));
}

void Stepper::take(Search& search, RecordList list, int by) {
    search.list = std::make_shared<const RecordList>(std::move(list));
    search.known = true;
    if (&search == &matches_) Q_EMIT matchesFound(search.list);
    go(search, by);
}

void Stepper::run(Search& search, int by) {
    if (!session_) return;
    if (search.known) return go(search, by);
    const auto filter = Filter::parse(search.filter.toStdString());
    if (!filter) return tellFault(filter.error());
    RecordsRequest request;
    request.filter = *filter;
    request.clock = session_->selection().clock();
    search.heard.reset();
    search.cut = false;
    session_->runTelling<Found>(
        search.slot, this,
        [query = session_->sharedQuery(), request](std::stop_token stop, const FoundSink& tell) {
            return query->select(request, stop, tell);
        },
        [this, &search](const Found& found) {
            search.heard = found;
            if (&search == &matches_) Q_EMIT searching(found);
        },
        [this, &search, by](Result<RecordList> list) {
            search.heard.reset();
            if (!list) return tellFault(list.error());
            take(search, std::move(*list), by);
        });
}

/// From the selected record on, if it is in the list, so that records of the same instant are
/// all visited; else from the cursor.
void Stepper::go(const Search& search, int by) {
    Selection& selection = session_->selection();
    const Visit place = selection.place();
    const RecordList& list = *search.list;
    const auto size = static_cast<std::ptrdiff_t>(list.size());
    auto at = static_cast<std::ptrdiff_t>(list.rowAt(place.moment));
    std::ptrdiff_t same = at;
    while (same < size && list.time(static_cast<std::size_t>(same)) == place.moment &&
           list.id(static_cast<std::size_t>(same)) != place.record)
        ++same;
    const bool onIt = same < size && list.time(static_cast<std::size_t>(same)) == place.moment;
    if (onIt)
        at = same + by;
    else if (by < 0)
        --at;
    if (at < 0 || at >= size) return void(Q_EMIT told(search.none));
    const auto row = static_cast<std::size_t>(at);
    selection.select(list.id(row), list.time(row));
    Q_EMIT told((search.cut ? search.oneOfMore : search.one)
                    .arg(wholeCount(static_cast<std::uint64_t>(at) + 1),
                         wholeCount(static_cast<std::uint64_t>(size))));
}

} // namespace postlude
