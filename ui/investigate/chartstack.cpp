// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/chartstack.h"

#include "ui/common/theme.h"
#include "ui/investigate/timeaxis.h"
#include "ui/investigate/timescale.h"

#include <QJsonDocument>
#include <QSplitter>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kBucketPixels = 5;

struct Tables {
    Result<SeriesTable> all;
    std::optional<Result<SeriesTable>> filtered, status;
};

/// A bucket that lies mostly outside of what was recorded would show a fall that never was.
void dropPartial(SeriesTable& table, Window recorded) {
    std::vector<Series*> all{&table.total};
    for (Series& series : table.series)
        all.push_back(&series);
    const auto count = static_cast<std::int64_t>(table.total.buckets.size());
    if (count < 3) return;
    if (table.origin + table.bucket * count > recorded.to + table.bucket / 2)
        for (Series* series : all)
            series->buckets.pop_back();
    if (table.origin + table.bucket / 2 >= recorded.from) return;
    table.origin += table.bucket;
    for (Series* series : all)
        series->buckets.erase(series->buckets.begin());
}

Tables readTables(const Query& query, SeriesRequest request, const std::string& filter,
                  bool withStatus, std::stop_token stop) {
    Tables tables{query.series(request, stop), {}, {}};
    auto parsed = Filter::parse(filter);
    if (!filter.empty() && parsed) {
        request.filter = *parsed;
        tables.filtered = query.series(request, stop);
    }
    if (withStatus) {
        request.group = GroupBy::StatusClass;
        tables.status = query.series(request, stop);
    }
    return tables;
}

} // namespace

namespace {

/// Clocks and measured values have nothing to do with a filter of lines.
bool countsRequests(Plot::Kind kind) {
    return kind != Plot::Clocks && kind != Plot::Metric;
}

} // namespace

ChartStack::ChartStack(TimeNavigator& navigator, QWidget* parent)
    : QWidget(parent)
    , navigator_(navigator) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    rows_ = new QSplitter(Qt::Vertical, this);
    rows_->setChildrenCollapsible(false);
    rows_->setHandleWidth(3);
    rows_->setProperty("role", QByteArray("charts"));
    column->addWidget(rows_, 1);
    for (const Plot& plot : usualPlots())
        rows_->addWidget(make(plot));
    axis_ = new TimeAxis(navigator, this);
    column->addWidget(axis_);
    fields_ = new FieldValues(this);
    measured_ = new Measured(this);
    connect(measured_, &Measured::changed, this, [this] { loadOwn(request()); });
    arrangement_ = new Arrangement(
        [this] { return QJsonDocument(layoutState()).toJson(QJsonDocument::Compact); },
        [this](const QByteArray& state) { restoreLayout(QJsonDocument::fromJson(state).object()); },
        this);
    connect(rows_, &QSplitter::splitterMoved, this,
            [this] { arrangement_->touched(tr("Resize charts")); });
    reload_.setSingleShot(true);
    reload_.setInterval(30);
    connect(&reload_, &QTimer::timeout, this, &ChartStack::load);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &ChartStack::show);
}

void ChartStack::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    arrangement_->setSession(session);
    all_ = filtered_ = status_ = {};
    own_.clear();
    measured_->setSession(session);
    fields_->setSession(session);
    loaded_ = {};
    loading_ = again_ = false;
    for (const Plot& plot : plots())
        chart(plot)->setSession(session);
    axis_->setSession(session);
    if (!session_) return;
    const auto soon = qOverload<>(&QTimer::start);
    Selection& selection = session_->selection();
    connect(&selection, &Selection::windowChanged, this, &ChartStack::windowMoved);
    connect(&selection, &Selection::filterChanged, &reload_, soon);
    connect(&selection, &Selection::displayChanged, &reload_, soon);
    connect(session_, &Session::dataChanged, &reload_, soon);
    connect(session_, &Session::analysisChanged, this, &ChartStack::show);
    load();
}

void ChartStack::setServers(const ServerIndex& servers) {
    servers_ = servers;
    show();
}

void ChartStack::setSilences(const std::vector<Window>& silences) {
    silences_ = silences;
    for (const Plot& plot : plots())
        chart(plot)->setSilences(silences_);
}

void ChartStack::windowMoved() {
    for (const Plot& plot : plots())
        chart(plot)->showWindow();
    const SeriesRequest next = request();
    const Window window = session_->selection().place().window;
    const bool covered = window.from >= loaded_.from && window.to <= loaded_.to;
    if (covered && next.bucket == all_.bucket) return;
    // A hand that keeps moving is followed: it neither puts off the reading nor cuts it short.
    if (loading_)
        again_ = true;
    else if (!reload_.isActive())
        reload_.start();
}

SeriesRequest ChartStack::request() const {
    const Selection& selection = session_->selection();
    const Window window = selection.place().window;
    SeriesRequest wanted;
    wanted.clock = selection.clock();
    wanted.group = GroupBy::Server;
    wanted.bucket = bucketFor(window.length(), width() - plotLeft() - kPlotRight, kBucketPixels);
    // Half a screen to either side, so that panning shows data at once.
    const Duration margin = window.length() / 2 + wanted.bucket;
    const Window bounds = selection.bounds();
    wanted.window = {std::max(bounds.from, window.from - margin),
                     std::min(bounds.to, window.to + margin)};
    return wanted;
}

void ChartStack::load() {
    if (!session_ || session_->selection().bounds().empty()) return;
    const SeriesRequest wanted = request();
    loading_ = true;
    again_ = false;
    loadOwn(wanted);
    session_->run(
        QStringLiteral("charts"), this,
        [query = session_->sharedQuery(), wanted,
         filter = session_->selection().place().filter.toStdString(),
         withStatus = chart(Plot::Status) != nullptr](std::stop_token stop) {
            return readTables(*query, wanted, filter, withStatus, stop);
        },
        [this, wanted](Tables tables) {
            loading_ = false;
            if (std::exchange(again_, false)) reload_.start();
            if (!tables.all) return session_->tellFault(tables.all.error());
            all_ = std::move(*tables.all);
            filtered_ =
                tables.filtered && *tables.filtered ? std::move(**tables.filtered) : SeriesTable{};
            status_ = tables.status && *tables.status ? std::move(**tables.status) : SeriesTable{};
            const Window recorded = session_->selection().bounds();
            dropPartial(all_, recorded);
            if (filtered_.bucket > Duration::zero()) dropPartial(filtered_, recorded);
            if (status_.bucket > Duration::zero()) dropPartial(status_, recorded);
            loaded_ = wanted.window;
            show();
        });
}

void ChartStack::show() {
    if (!session_ || all_.bucket <= Duration::zero()) return;
    for (const Plot& plot : plots())
        showChart(*chart(plot));
}

/// An empty chart could be taken for one that is not read yet.
QString ChartStack::whyEmpty(const SeriesTable& table, bool narrowed) const {
    for (const Bucket& bucket : table.total.buckets)
        if (bucket.requests > 0) return {};
    if (narrowed) return tr("No request here passes the filter");
    const bool none = session_->query().servers().empty() && session_->selection().showsAll();
    return none ? tr("These logs hold no requests, only messages: there is nothing to count")
                : tr("No requests in this window");
}

/// The filter narrows what is counted; shares and error rates stay those of all traffic, since
/// of `status >= 500` every server would have 100 %.
void ChartStack::showChart(TimeChart& chart) {
    const bool narrowed = filtered_.bucket > Duration::zero();
    const SeriesTable& counted = narrowed ? filtered_ : all_;
    const Plot::Kind kind = chart.plot().kind;
    const bool whole = kind == Plot::Share || kind == Plot::Errors || kind == Plot::Slow;
    const QString why =
        countsRequests(kind) ? whyEmpty(whole ? all_ : counted, !whole && narrowed) : QString();
    const auto put = [&chart, narrowed, why](ChartContent content, bool filtered) {
        content.kind = chart.plot().kind; // also of one that is not read yet
        content.filtered = filtered;
        content.why = why;
        content.whole = narrowed && !filtered && countsRequests(content.kind);
        chart.setContent(std::move(content));
    };
    switch (chart.plot().kind) {
    case Plot::Requests:
        return put(requestsContent(counted, servers_), narrowed);
    case Plot::Share:
        return put(shareContent(all_, servers_, session_->analysis().get()), false);
    case Plot::Errors:
        return put(errorsContent(all_, servers_), false);
    case Plot::Latency:
        return put(latencyContent(counted), narrowed);
    case Plot::Status:
        return put(statusContent(status_), narrowed);
    case Plot::Slow:
        return put(slowContent(all_, servers_), false);
    case Plot::P95:
        return put(p95Content(counted, servers_), narrowed);
    case Plot::Bytes:
        return put(bytesContent(counted, servers_), narrowed);
    case Plot::Clocks: {
        const Window window{all_.origin,
                            all_.origin + all_.bucket * std::int64_t(all_.total.buckets.size())};
        return put(clocksContent(window, all_.bucket, servers_.sources()), false);
    }
    case Plot::Field:
        return put(own_.value(idOf(chart.plot())), narrowed);
    case Plot::Metric:
        return put(own_.value(idOf(chart.plot())), false);
    }
}

void ChartStack::settle() {
    arrangement_->settle();
}

void ChartStack::resizeEvent(QResizeEvent*) {
    settle();
    reload_.start();
}

} // namespace postlude
