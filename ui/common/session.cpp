// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/session.h"

#include "ui/common/casefolder.h"
#include "ui/common/shown.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <thread>

namespace postlude {

namespace {

using Paths = std::vector<std::filesystem::path>;

Result<std::unique_ptr<Case>> openCase(const std::filesystem::path& file) {
    auto opened = Case::open(file);
    if (!opened && opened.error().kind == ErrorKind::Busy)
        return Case::open(file, OpenMode::ReadOnly);
    if (!opened && opened.error().kind == ErrorKind::Permission)
        return Case::open(file, OpenMode::ReadOnly);
    return opened;
}

/// A case of the same files in the same state, whole or (if nobody else writes it) begun.
Result<std::unique_ptr<Case>> caseOf(const Paths& bundle) {
    const QString fingerprint = bundleFingerprint(bundle);
    for (const auto& file : casesFor(fingerprint)) {
        auto opened = openCase(file);
        if (!opened) continue;
        if ((*opened)->importComplete() || (*opened)->mode() == OpenMode::ReadWrite) return opened;
    }
    return Case::create(newCaseFile(bundleName(bundle), fingerprint));
}

Paths absolute(const Paths& paths) {
    Paths all;
    for (const auto& path : paths) {
        std::error_code failure;
        all.push_back(std::filesystem::absolute(path, failure).lexically_normal());
    }
    return all;
}

std::optional<Error> missing(const Paths& bundle) {
    for (const auto& path : bundle) {
        std::error_code failure;
        if (std::filesystem::exists(path, failure)) continue;
        return Error{ErrorKind::NotFound,
                     "There is no file or folder " + path.string(),
                     {},
                     "It may have been moved or deleted; open it from where it is now"};
    }
    return {};
}

} // namespace

Session::Session() {
    pool_.setMaxThreadCount(std::max(4, QThread::idealThreadCount() + 2));
    ticker_.setInterval(500);
    connect(&ticker_, &QTimer::timeout, this, &Session::refresh);
    connect(&selection_, &Selection::displayChanged, this, [this] {
        const Window span = query_ ? query_->span(selection_.clock()) : Window{};
        if (!span.empty()) selection_.moveBounds(span);
    });
}

Session::~Session() {
    ticker_.stop();
    stop_.request_stop();
    for (const auto& slot : std::as_const(slots_))
        slot->stop.request_stop();
    pool_.waitForDone();
}

Result<std::unique_ptr<Session>> Session::open(const Paths& paths, const ImportOptions& options) {
    const Paths bundle = absolute(paths);
    if (bundle.empty())
        return std::unexpected(Error{ErrorKind::Usage, "Nothing was given to open"});
    if (auto gone = missing(bundle)) return std::unexpected(std::move(*gone));
    const bool isCase = bundle.size() == 1 && isCaseFile(bundle.front());
    auto opened = isCase ? openCase(bundle.front()) : caseOf(bundle);
    if (!opened) return std::unexpected(opened.error());

    std::unique_ptr<Session> session(new Session);
    session->case_ = std::move(*opened);
    session->bundle_ = isCase ? Paths{} : bundle;
    session->options_ = options;
    auto query = openQuery(*session->case_);
    if (!query) return std::unexpected(query.error());
    session->query_ = std::move(*query);
    session->start();
    return session;
}

void Session::start() {
    if (bundle_.empty())
        for (const std::string& path : case_->bundlePaths())
            bundle_.emplace_back(path);
    readNotes();
    const Window span = query_->span(selection_.clock());
    if (!span.empty()) selection_.setBounds(span);
    if (auto saved = savedAnalysis(*case_); saved && *saved)
        analysis_ = std::make_shared<const Analysis>(std::move(**saved));
    if (analysis_ && !analysis_->incidents.empty())
        selection_.setMoment(analysis_->incidents.front().impactStart);
    if (case_->mode() == OpenMode::ReadOnly) return;
    // Once the caller has connected its slots.
    if (!case_->importComplete() || !analysis_) QTimer::singleShot(0, this, &Session::resume);
}

void Session::resume() {
    if (busy() || case_->mode() == OpenMode::ReadOnly) return;
    if (case_->importComplete())
        startAnalysis();
    else
        startImport();
}

bool Session::isOf(const Paths& paths) const {
    const Paths bundle = absolute(paths);
    std::error_code failure;
    if (bundle.size() == 1 && isCaseFile(bundle.front()))
        return std::filesystem::equivalent(bundle.front(), case_->file(), failure);
    if (bundle != bundle_) return false;
    const auto cases = casesFor(bundleFingerprint(bundle)); // none if the files have changed
    return std::ranges::find(cases, case_->file()) != cases.end();
}

QString Session::title() const {
    if (!bundle_.empty()) return bundleName(bundle_);
    return QString::fromStdString(case_->file().stem().string());
}

bool Session::busy() const {
    return importing_ || analysing_;
}

void Session::cancel() {
    stop_.request_stop();
}

ProgressSink Session::sink() {
    return [this, last = std::make_shared<QElapsedTimer>()](const Progress& progress) {
        if (last->isValid() && last->elapsed() < 80) return;
        last->start();
        QMetaObject::invokeMethod(
            this,
            [this, progress] {
                progress_ = progress;
                Q_EMIT progressed(progress);
            },
            Qt::QueuedConnection);
    };
}

void Session::readAgain(const std::string& source, const Corrections& stated) {
    if (case_->mode() == OpenMode::ReadOnly) return;
    wanted_[source] = stated;
    if (busy())
        stop_.request_stop();
    else
        startCorrection();
}

/// Deleting the records of a large source takes its time, too.
void Session::startCorrection() {
    importing_ = true;
    const auto wanted = std::exchange(wanted_, {});
    run(
        QStringLiteral("session.correct"), this,
        [this, wanted](std::stop_token) {
            Result<void> all;
            for (const auto& [source, stated] : wanted)
                if (auto done = correct(*case_, source, stated); !done) all = std::move(done);
            return all;
        },
        [this](const Result<void>& done) {
            importing_ = false;
            readBookmarks();
            Q_EMIT bookmarksChanged();
            if (!done) Q_EMIT failed(done.error());
            if (!wanted_.empty())
                startCorrection();
            else if (done)
                startImport();
        });
}

void Session::startImport() {
    stop_ = {};
    importing_ = true;
    ticker_.start();
    struct Outcome {
        Result<ImportSummary> result;
        Duration took;
    };
    run(
        QStringLiteral("session.import"), this,
        [this, bundle = bundle_, options = options_, stop = stop_.get_token(),
         report = sink()](std::stop_token) {
            const auto begin = std::chrono::steady_clock::now();
            Result<ImportSummary> result = importBundle(bundle, *case_, options, stop, report);
            return Outcome{std::move(result), std::chrono::steady_clock::now() - begin};
        },
        [this](const Outcome& outcome) {
            importTime_ = outcome.took;
            finishImport(outcome.result);
        });
}

/// What a refresh still under way will bring is older than what we have.
void Session::dropRefresh() {
    drop(QStringLiteral("session.refresh"));
    refreshing_ = false;
}

void Session::finishImport(const Result<ImportSummary>& result) {
    importing_ = false;
    ticker_.stop();
    dropRefresh();
    refresh();
    Q_EMIT importFinished();
    if (!wanted_.empty()) return startCorrection();
    if (result) return startAnalysis();
    if (result.error().kind != ErrorKind::Cancelled) Q_EMIT failed(result.error());
}

void Session::startAnalysis() {
    stop_ = {};
    analysing_ = true;
    struct Outcome {
        Result<Analysis> result;
        std::shared_ptr<Query> query;
    };
    run(
        QStringLiteral("session.analysis"), this,
        [this, stop = stop_.get_token(), report = sink()](std::stop_token) {
            auto query = openQuery(*case_);
            if (!query) return Outcome{std::unexpected(query.error()), nullptr};
            std::shared_ptr<Query> own = std::move(*query);
            return Outcome{analyseCase(*case_, *own, {}, stop, report), own};
        },
        [this](const Outcome& outcome) {
            analysing_ = false;
            dropRefresh();
            const bool first = !analysis_;
            if (outcome.result) analysis_ = std::make_shared<const Analysis>(*outcome.result);
            if (outcome.query) takeQuery(outcome.query);
            const bool untouched = !selection_.place().record && !selection_.canGoBack();
            if (first && untouched && analysis_ && !analysis_->incidents.empty())
                selection_.setMoment(analysis_->incidents.front().impactStart);
            Q_EMIT analysisChanged();
            if (!wanted_.empty()) return startCorrection();
            if (!outcome.result && outcome.result.error().kind != ErrorKind::Cancelled)
                Q_EMIT failed(outcome.result.error());
        });
}

void Session::refresh() {
    if (refreshing_) return;
    refreshing_ = true;
    run(
        QStringLiteral("session.refresh"), this,
        [this](std::stop_token) { return openQuery(*case_); },
        [this](Result<std::unique_ptr<Query>> query) {
            refreshing_ = false;
            if (query) takeQuery(std::move(*query));
        });
}

void Session::takeQuery(std::shared_ptr<Query> query) {
    query_ = std::move(query);
    const Window span = query_->span(selection_.clock());
    if (!span.empty()) {
        if (selection_.bounds().empty())
            selection_.setBounds(span);
        else
            selection_.moveBounds(span);
    }
    Q_EMIT dataChanged();
}

void Session::tellFault(const Error& fault) {
    if (fault.kind != ErrorKind::Cancelled) Q_EMIT told(shown(describe(fault)));
}

std::stop_token Session::begin(const QString& slot, quint64& ticket) {
    std::shared_ptr<Slot>& entry = slots_[slot];
    if (!entry) entry = std::make_shared<Slot>();
    entry->stop.request_stop();
    entry->stop = {};
    ticket = ++entry->ticket;
    return entry->stop.get_token();
}

void Session::drop(const QString& slot) {
    quint64 ticket = 0;
    begin(slot, ticket);
}

bool Session::isCurrent(const QString& slot, quint64 ticket) const {
    const auto entry = slots_.value(slot);
    return entry && entry->ticket == ticket;
}

} // namespace postlude
