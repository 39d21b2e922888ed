// SPDX-License-Identifier: GPL-3.0-or-later
// An open case with everything the windows share: query, analysis, selection, and the work that
// runs behind them. The only place where threads cross: results of background work are taken
// over on the GUI thread, and dropped there if a newer request has overtaken them.
#pragma once

#include "core/analysis/analysis.h"
#include "core/ingest/corrections.h"
#include "ui/common/bookmarklook.h"
#include "ui/common/hypotheses.h"
#include "ui/common/opening.h"
#include "ui/common/selection.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <QUndoStack>
#include <map>

namespace postlude {

class Session : public QObject {
    Q_OBJECT
public:
    /// Over what was opened, which must have a file; starts reading it if that is still to be done.
    /// `options`: how it is read, if it is.
    static std::unique_ptr<Session> begin(OpenedCase opened, const ImportOptions& options = {});
    /// openFromDisk() and begin() in one, in the thread that asks.
    static Result<std::unique_ptr<Session>> open(const std::vector<std::filesystem::path>& paths,
                                                 const ImportOptions& options = {});
    ~Session() override; ///< stops background work and waits for it

    [[nodiscard]] Case& caseFile() const { return *case_; }
    [[nodiscard]] Query& query() const { return *view_.query; }
    [[nodiscard]] std::shared_ptr<Query> sharedQuery() const { return view_.query; }
    [[nodiscard]] Selection& selection() { return selection_; }
    /// Where the records lie, in the clock that is shown; the selection's bounds are its bulk.
    [[nodiscard]] const Extent& extent() const;
    /// What the bundle ought to have held and could not give: missingEvidence().
    [[nodiscard]] const std::vector<std::string>& missing() const { return view_.missing; }
    /// Null until the first analysis is there.
    [[nodiscard]] std::shared_ptr<const Analysis> analysis() const { return analysis_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool busy() const;
    void cancel(); ///< stops import or analysis; what is read stays
    /// Goes on with a cancelled import, or analyses anew.
    void resume();
    /// What came to nothing and may be tried again, in words; empty: nothing.
    [[nodiscard]] const QString& fault() const { return fault_; }
    void tryAgain();
    /// How the case is read, but for what it has kept of corrections.
    [[nodiscard]] const ImportOptions& reading() const { return options_; }
    /// Keeps what the user has stated, forgets what was read of `source` and reads it again; what
    /// is under way is stopped first.
    void readAgain(const std::string& source, const Corrections& stated);
    /// The newest progress, and how long the last import took (zero: it was not read just now).
    [[nodiscard]] const Progress& progress() const { return progress_; }
    [[nodiscard]] Duration importTime() const { return importTime_; }

    /// All changes to bookmarks go through here, so that every panel hears of them and changes()
    /// can take them back.
    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return bookmarks_; }
    [[nodiscard]] BookmarkLook lookOf(std::int64_t bookmark) const {
        return looks_.value(bookmark);
    }
    /// Without a look: it stays as it is.
    void saveBookmark(const Bookmark& bookmark, std::optional<BookmarkLook> look = {});
    void removeBookmark(std::int64_t id);
    /// What the user thinks of the causes; the same holds for it.
    [[nodiscard]] const std::vector<Hypothesis>& hypotheses() const { return hypotheses_; }
    void saveHypothesis(const Hypothesis& hypothesis);
    void removeHypothesis(const std::string& key);
    /// The filter as the user wants it now; the same holds for it. Only valid ones are set.
    void changeFilter(const QString& filter);
    /// Does `redo` now; undo() of changes() calls `undo`.
    void change(const QString& what, std::function<void()> redo, std::function<void()> undo);
    /// To undo and redo what was changed in Investigate.
    [[nodiscard]] QUndoStack& changes() { return changes_; }

    /// Small settings of the case, such as the place one was at; empty if there is none.
    [[nodiscard]] QByteArray note(const std::string& name) const;
    void saveNote(const std::string& name, const QByteArray& value);

    /// A question that a window asked came to nothing; of one that was stopped nothing is said.
    void tellFault(const Error& fault);

    /// Runs `work(stop)` on a worker and `done(result)` on the GUI thread, unless a newer call
    /// with the same `slot` name (or the session's end) has overtaken it.
    template <class Work, class Done>
    void run(const QString& slot, QObject* receiver, Work work, Done done);
    /// The same for work that tells what it has found so far: `work(stop, tell)`. What its thread
    /// gives to tell(const News&) comes to `heard(news)` on the GUI thread.
    template <class News, class Work, class Heard, class Done>
    void runTelling(const QString& slot, QObject* receiver, Work work, Heard heard, Done done);
    /// Stops what runs in that slot; nothing more comes from it.
    void drop(const QString& slot);

Q_SIGNALS:
    void progressed(const postlude::Progress& progress);
    void dataChanged();    ///< more records have been read
    void importFinished(); ///< or was cancelled: see caseFile().importComplete()
    void analysisChanged();
    void bookmarksChanged();
    void hypothesesChanged();
    /// A passing word for the status bar.
    void told(const QString& text);
    void failed(const postlude::Error& error);
    void faultChanged();
    /// A page asks the shell for another page: evidence to be shown, a line to be added.
    void evidenceRequested(const postlude::Evidence& evidence);
    void timelineEntryOffered(postlude::Instant time, const QString& text,
                              const postlude::Evidence& evidence);

private:
    Session(OpenedCase opened, const ImportOptions& options);
    template <class Work, class Done>
    void runAs(const QString& slot, quint64 ticket, QObject* receiver, Work work, Done done);
    void start();
    void startImport();
    void finishImport(const Result<ImportSummary>& result);
    void startAnalysis();
    void startCorrection();
    void refresh();
    void dropRefresh();
    void takeView(CaseView view);
    void keepFault(const char* what, const Error& error, std::function<void()> again);
    void forgetFault();
    void readNotes();
    void readBookmarks();
    std::int64_t putBookmark(const Bookmark& bookmark, const BookmarkLook& look);
    void dropBookmark(std::int64_t id);
    void putHypotheses(const std::vector<Hypothesis>& hypotheses);
    [[nodiscard]] ProgressSink sink();
    std::stop_token begin(const QString& slot, quint64& ticket);
    [[nodiscard]] bool isCurrent(const QString& slot, quint64 ticket) const;

    std::vector<std::filesystem::path> bundle_;
    ImportOptions options_;
    std::unique_ptr<Case> case_;
    CaseView view_; ///< its query is never refreshed: replaced, so that workers may go on
    std::shared_ptr<const Analysis> analysis_;
    Selection selection_;
    std::vector<Bookmark> bookmarks_;
    BookmarkLooks looks_;
    std::vector<Hypothesis> hypotheses_;
    QUndoStack changes_;
    Progress progress_;
    Duration importTime_{};
    std::stop_source stop_;
    bool importing_ = false, analysing_ = false, refreshing_ = false;
    std::map<std::string, Corrections> wanted_; ///< sources to be read again once nothing else runs
    QString fault_;
    std::function<void()> again_; ///< what is to be done once more where there is a fault
    bool staleFault_ = false;     ///< the fault is gone as soon as a refresh does
    QTimer ticker_;               ///< looks for newly read records while importing
    struct Slot {
        quint64 ticket = 0;
        std::stop_source stop;
    };
    QHash<QString, std::shared_ptr<Slot>> slots_;
    QThreadPool pool_;
};

template <class Work, class Done>
void Session::run(const QString& slot, QObject* receiver, Work work, Done done) {
    quint64 ticket = 0;
    const std::stop_token stop = begin(slot, ticket);
    runAs(slot, ticket, receiver, [work, stop] { return work(stop); }, done);
}

template <class News, class Work, class Heard, class Done>
void Session::runTelling(const QString& slot, QObject* receiver, Work work, Heard heard,
                         Done done) {
    quint64 ticket = 0;
    const std::stop_token stop = begin(slot, ticket);
    const auto hear = [this, slot, ticket, heard,
                       guard = QPointer<QObject>(receiver)](const News& news) {
        if (guard && isCurrent(slot, ticket)) heard(news);
    };
    const auto tell = [this, hear](const News& news) {
        QMetaObject::invokeMethod(
            this, [hear, news = std::make_shared<const News>(news)] { hear(*news); },
            Qt::QueuedConnection);
    };
    runAs(slot, ticket, receiver, [work, stop, tell] { return work(stop, tell); }, done);
}

template <class Work, class Done>
void Session::runAs(const QString& slot, quint64 ticket, QObject* receiver, Work work, Done done) {
    using Outcome = decltype(work());
    auto finish = [this, slot, ticket, done,
                   guard = QPointer<QObject>(receiver)](Outcome& outcome) {
        if (guard && isCurrent(slot, ticket)) done(std::move(outcome));
    };
    // ~Session waits for the pool, so `this` outlives the work; a call still queued dies with it.
    pool_.start([this, work, finish] {
        auto outcome = std::make_shared<Outcome>(work());
        QMetaObject::invokeMethod(
            this, [finish, outcome] { finish(*outcome); }, Qt::QueuedConnection);
    });
}

} // namespace postlude
