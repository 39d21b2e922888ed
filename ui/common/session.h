// SPDX-License-Identifier: GPL-3.0-or-later
// An open case with everything the windows share: query, analysis, selection, and the work that
// runs behind them. The only place where threads cross: results of background work are taken
// over on the GUI thread, and dropped there if a newer request has overtaken them.
#pragma once

#include "core/analysis/analysis.h"
#include "core/ingest/import.h"
#include "ui/common/selection.h"

#include <QFuture>
#include <QObject>
#include <QtConcurrent>

namespace postlude {

class Session : public QObject {
    Q_OBJECT
public:
    /// Opens a case, or makes one for a bundle (in the user's data folder) and starts reading it.
    static Result<std::unique_ptr<Session>> open(const std::vector<std::filesystem::path>& paths);
    ~Session() override; ///< stops background work and waits for it

    [[nodiscard]] Case& caseFile() const { return *case_; }
    [[nodiscard]] Query& query() const { return *query_; }
    [[nodiscard]] std::shared_ptr<Query> sharedQuery() const { return query_; }
    [[nodiscard]] Selection& selection() { return selection_; }
    /// Null until the first analysis is there.
    [[nodiscard]] std::shared_ptr<const Analysis> analysis() const { return analysis_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool busy() const;
    void cancel(); ///< stops import or analysis; what is read stays

    /// Runs `work(stop)` on a worker and `done(result)` on the GUI thread, unless a newer call
    /// with the same `slot` name (or the session's end) has overtaken it.
    template <class Work, class Done>
    void run(const QString& slot, QObject* receiver, Work work, Done done);

Q_SIGNALS:
    void progressed(const postlude::Progress& progress);
    void dataChanged();     ///< more records have been read
    void importFinished();  ///< or was cancelled: see caseFile().importComplete()
    void analysisChanged();
    void bookmarksChanged();
    void failed(const postlude::Error& error);
    /// A page asks the shell for another page: evidence to be shown, a line to be added.
    void evidenceRequested(const postlude::Evidence& evidence);
    void timelineEntryOffered(postlude::Instant time, const QString& text,
                              const postlude::Evidence& evidence);

private:
    Session();
    void startImport(std::vector<std::filesystem::path> bundle);
    void startAnalysis();
    std::stop_token begin(const QString& slot, quint64& ticket);
    [[nodiscard]] bool isCurrent(const QString& slot, quint64 ticket) const;

    std::unique_ptr<Case> case_;
    std::shared_ptr<Query> query_;
    std::shared_ptr<const Analysis> analysis_;
    Selection selection_;
    std::stop_source stop_;
    struct Slot { quint64 ticket = 0; std::stop_source stop; };
    QHash<QString, std::shared_ptr<Slot>> slots_;
    QThreadPool pool_;
    QFuture<void> import_;
};

template <class Work, class Done>
void Session::run(const QString& slot, QObject* receiver, Work work, Done done) {
    quint64 ticket = 0;
    const std::stop_token stop = begin(slot, ticket);
    QtConcurrent::run(&pool_, [work, stop] { return work(stop); })
        .then(receiver, [this, slot, ticket, done](auto result) {
            if (isCurrent(slot, ticket)) done(std::move(result));
        });
}

} // namespace postlude
