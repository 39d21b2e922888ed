// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/session.h"

#include "core/base/freedmemory.h"
#include "ui/common/casefolder.h"
#include "ui/common/shown.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <thread>

namespace postlude {

Session::Session(OpenedCase opened, const ImportOptions& options)
    : bundle_(std::move(opened.bundle))
    , options_(options)
    , case_(std::move(opened.file))
    , view_(std::move(opened.view))
    , analysis_(std::move(opened.analysis)) {
    pool_.setMaxThreadCount(std::max(4, QThread::idealThreadCount() + 2));
    ticker_.setInterval(500);
    connect(&ticker_, &QTimer::timeout, this, &Session::refresh);
    connect(&selection_, &Selection::displayChanged, this, [this] {
        if (!extent().bulk.empty()) selection_.moveBounds(extent().bulk);
    });
}

Session::~Session() {
    ticker_.stop();
    stop_.request_stop();
    for (const auto& slot : std::as_const(slots_))
        slot->stop.request_stop();
    pool_.waitForDone();
}

Result<std::unique_ptr<Session>> Session::open(const std::vector<std::filesystem::path>& paths,
                                               const ImportOptions& options) {
    auto opened = openFromDisk(paths);
    if (!opened) return std::unexpected(opened.error());
    return begin(std::move(*opened), options);
}

std::unique_ptr<Session> Session::begin(OpenedCase opened, const ImportOptions& options) {
    std::unique_ptr<Session> session(new Session(std::move(opened), options));
    session->start();
    return session;
}

void Session::start() {
    if (bundle_.empty())
        for (const std::string& path : case_->bundlePaths())
            bundle_.emplace_back(path);
    readNotes();
    if (!extent().bulk.empty()) selection_.setBounds(extent().bulk);
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

QString Session::title() const {
    if (!bundle_.empty()) return bundleName(bundle_);
    return QString::fromStdString(case_->file().stem().string());
}

const Extent& Session::extent() const {
    return view_.extents[selection_.clock() == ClockView::Raw ? 1 : 0];
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
    forgetFault();
    const auto wanted = std::exchange(wanted_, {});
    run(
        QStringLiteral("session.correct"), this,
        [this, wanted](std::stop_token) {
            Result<void> all;
            for (const auto& [source, stated] : wanted)
                if (auto done = correct(*case_, source, stated); !done) all = std::move(done);
            return all;
        },
        [this, wanted](const Result<void>& done) {
            importing_ = false;
            readBookmarks();
            Q_EMIT bookmarksChanged();
            if (!done) {
                keepFault(QT_TR_NOOP("Reading again failed: %1"), done.error(), [this, wanted] {
                    wanted_ = wanted;
                    startCorrection();
                });
                Q_EMIT failed(done.error());
            }
            if (!wanted_.empty())
                startCorrection();
            else if (done)
                startImport();
        });
}

void Session::startImport() {
    stop_ = {};
    importing_ = true;
    forgetFault();
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
    if (result.error().kind == ErrorKind::Cancelled) return;
    keepFault(QT_TR_NOOP("Reading failed: %1"), result.error(), [this] { startImport(); });
    Q_EMIT failed(result.error());
}

void Session::startAnalysis() {
    stop_ = {};
    analysing_ = true;
    forgetFault();
    struct Outcome {
        Result<Analysis> result;
        CaseView view;
    };
    run(
        QStringLiteral("session.analysis"), this,
        [this, stop = stop_.get_token(), report = sink()](std::stop_token) {
            auto query = openQuery(*case_);
            if (!query) return Outcome{std::unexpected(query.error()), {}};
            auto result = analyseCase(*case_, **query, {}, stop, report);
            giveBackFreedMemory();
            return Outcome{std::move(result), viewOf(*case_, std::move(*query))};
        },
        [this](const Outcome& outcome) {
            analysing_ = false;
            dropRefresh();
            const bool first = !analysis_;
            if (outcome.result) analysis_ = std::make_shared<const Analysis>(*outcome.result);
            if (outcome.view.query) takeView(outcome.view);
            const bool untouched = !selection_.place().record && !selection_.canGoBack();
            if (first && untouched && analysis_ && !analysis_->incidents.empty())
                selection_.setMoment(analysis_->incidents.front().impactStart);
            Q_EMIT analysisChanged();
            if (!wanted_.empty()) return startCorrection();
            if (outcome.result || outcome.result.error().kind == ErrorKind::Cancelled) return;
            keepFault(QT_TR_NOOP("The analysis failed: %1"), outcome.result.error(),
                      [this] { startAnalysis(); });
            Q_EMIT failed(outcome.result.error());
        });
}

void Session::refresh() {
    if (refreshing_) return;
    refreshing_ = true;
    run(
        QStringLiteral("session.refresh"), this, [this](std::stop_token) { return viewOf(*case_); },
        [this](Result<CaseView> view) {
            refreshing_ = false;
            if (view) return takeView(std::move(*view));
            keepFault(QT_TR_NOOP("What was read last is not shown: %1"), view.error(),
                      [this] { refresh(); });
            staleFault_ = !fault_.isEmpty();
        });
}

void Session::keepFault(const char* what, const Error& error, std::function<void()> again) {
    if (error.kind == ErrorKind::Cancelled) return;
    fault_ = tr(what).arg(shown(describe(error)));
    again_ = std::move(again);
    staleFault_ = false;
    Q_EMIT faultChanged();
}

void Session::forgetFault() {
    if (fault_.isEmpty()) return;
    fault_.clear();
    again_ = {};
    Q_EMIT faultChanged();
}

void Session::tryAgain() {
    const auto again = again_;
    if (!again || busy()) return;
    forgetFault();
    again();
}

void Session::takeView(CaseView view) {
    if (staleFault_) forgetFault();
    view_ = std::move(view);
    if (const Window bulk = extent().bulk; !bulk.empty()) {
        if (selection_.bounds().empty())
            selection_.setBounds(bulk);
        else
            selection_.moveBounds(bulk);
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
