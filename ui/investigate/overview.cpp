// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/overview.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/moves.h"
#include "ui/investigate/paint.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace postlude {

namespace {

constexpr double kReach = 5; // pixels to either side of an edge that take hold of it
constexpr int kBarPixels = 5;

std::uint32_t mostRequests(std::span<const Bucket> buckets) {
    std::uint32_t most = 0;
    for (const Bucket& bucket : buckets)
        most = std::max(most, bucket.requests);
    return most;
}

} // namespace

std::uint32_t fullBar(std::span<const Bucket> buckets) {
    std::uint32_t full = std::max(10U, mostRequests(buckets) / 50);
    for (const Bucket& bucket : buckets)
        full = std::max(full, bucket.failed + bucket.slow);
    return full;
}

Overview::Overview(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("overview"));
    setAccessibleName(tr("Overview of the whole span"));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    reload_.setSingleShot(true);
    reload_.setInterval(60);
    connect(&reload_, &QTimer::timeout, this, &Overview::load);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, qOverload<>(&QWidget::update));
}

void Overview::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    table_ = {};
    silences_.clear();
    Q_EMIT silencesFound(silences_);
    if (session_) {
        Selection& selection = session_->selection();
        const auto redraw = qOverload<>(&QWidget::update);
        connect(&selection, &Selection::windowChanged, this, redraw);
        connect(&selection, &Selection::momentChanged, this, redraw);
        connect(&selection, &Selection::filterChanged, this, redraw);
        connect(&selection, &Selection::boundsChanged, &reload_, qOverload<>(&QTimer::start));
        connect(&selection, &Selection::displayChanged, &reload_, qOverload<>(&QTimer::start));
        connect(session_, &Session::dataChanged, &reload_, qOverload<>(&QTimer::start));
        connect(session_, &Session::analysisChanged, this, redraw);
        load();
    }
    update();
}

void Overview::load() {
    if (!session_ || session_->selection().bounds().empty()) return;
    SeriesRequest request;
    request.window = session_->selection().bounds();
    request.clock = session_->selection().clock();
    request.group = GroupBy::None;
    request.bucket =
        bucketFor(request.window.length(), width() - plotLeft() - kPlotRight, kBarPixels);
    session_->run(
        QStringLiteral("overview"), this,
        [query = session_->sharedQuery(), request](std::stop_token stop) {
            return query->series(request, stop);
        },
        [this](Result<SeriesTable> table) {
            if (!table) return;
            table_ = std::move(*table);
            silences_ = silencesIn(table_);
            Q_EMIT silencesFound(silences_);
            update();
        });
}

TimeScale Overview::scale() const {
    return TimeScale::across(width(), session_ ? session_->selection().bounds() : Window{});
}

void Overview::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!session_ || session_->selection().bounds().empty()) return;
    const TimeScale time = scale();
    const QRectF area(time.left, 0, time.right - time.left, height());
    paintIncidents(painter, area, time, session_->analysis().get());
    paintGaps(painter);
    paintBars(painter);
    const double x = std::round(time.x(session_->selection().place().moment)) + 0.5;
    painter.setPen(Theme::current().cursor);
    painter.drawLine(QPointF(x, 2), QPointF(x, height() - 2));
    paintFrame(painter);
    if (session_->selection().place().filter.isEmpty()) return;
    painter.setFont(Theme::current().small());
    const QFontMetrics metrics(painter.font());
    const QString said = tr("all traffic, not filtered");
    const double wide = metrics.horizontalAdvance(said) + 8.0;
    double left = time.right - wide;
    const Window window = session_->selection().place().window;
    for (const double handle : {time.x(window.to), time.x(window.from)}) // not through a handle
        if (handle > left - 4 && handle < left + wide - 4) left = handle - wide - 2;
    paintHaloed(painter, {std::max(time.left + 4, left), 3.0 + metrics.ascent()}, said,
                Theme::current().accent, Theme::current().surface);
}

/// Hatched: nothing is known of it, which is not the same as nothing having happened.
void Overview::paintGaps(QPainter& painter) const {
    const TimeScale time = scale();
    const Window bounds = session_->selection().bounds();
    for (const Window& silence : silences_)
        if (silence.from > bounds.from && silence.to < bounds.to)
            painter.fillRect(
                QRectF(QPointF(time.x(silence.from), 2), QPointF(time.x(silence.to), height() - 2)),
                QBrush(Theme::current().neutral, Qt::BDiagPattern));
}

void Overview::paintBars(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const TimeScale time = scale();
    const std::uint32_t most = std::max(1U, mostRequests(table_.total.buckets));
    const std::uint32_t full = fullBar(table_.total.buckets);
    const double room = height() - 6;
    const auto bar = [&](std::size_t i, double share, const QColor& colour) {
        const Instant from = table_.origin + table_.bucket * static_cast<std::int64_t>(i);
        const double left = std::max(time.left, time.x(from)) + 0.5;
        const double right = std::min(time.right, time.x(from + table_.bucket)) - 0.5;
        const double tall = room * share;
        if (tall > 0 && right > left)
            painter.fillRect(QRectF(left, height() - 3 - tall, right - left, tall), colour);
    };
    for (std::size_t i = 0; i < table_.total.buckets.size(); ++i) {
        const Bucket& bucket = table_.total.buckets[i];
        bar(i, 0.85 * bucket.requests / most, theme.border);
        const std::uint32_t bad = bucket.failed + bucket.slow;
        bar(i, static_cast<double>(bad) / full, theme.bad);
    }
}

void Overview::paintFrame(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const TimeScale time = scale();
    const Window window = session_->selection().place().window;
    const double from = std::max(time.left, time.x(window.from));
    const double to = std::max(from + 3, std::min(time.right, time.x(window.to)));
    QColor veil = theme.surface;
    veil.setAlphaF(0.6F);
    painter.fillRect(QRectF(time.left, 0, from - time.left, height()), veil);
    painter.fillRect(QRectF(to, 0, time.right - to, height()), veil);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(from, 1, to - from, height() - 2), 3, 3);
}

void Overview::resizeEvent(QResizeEvent*) {
    reload_.start();
}

Overview::Grip Overview::gripAt(double x) const {
    const TimeScale time = scale();
    const Window window = session_->selection().place().window;
    if (std::abs(x - time.x(window.from)) <= kReach) return Grip::From;
    if (std::abs(x - time.x(window.to)) <= kReach) return Grip::To;
    const bool inside = x > time.x(window.from) && x < time.x(window.to);
    return inside && !session_->selection().showsAll() ? Grip::Whole : Grip::New;
}

void Overview::mousePressEvent(QMouseEvent* event) {
    if (!session_ || event->button() != Qt::LeftButton) return;
    grip_ = gripAt(event->position().x());
    grabbed_ = scale().at(event->position().x());
    before_ = session_->selection().place().window;
}

void Overview::mouseMoveEvent(QMouseEvent* event) {
    if (!session_) return;
    if (grip_ != Grip::None) return drag(event->position().x());
    switch (gripAt(event->position().x())) {
    case Grip::From:
    case Grip::To:
        setCursor(Qt::SizeHorCursor);
        break;
    case Grip::Whole:
        setCursor(Qt::OpenHandCursor);
        break;
    default:
        setCursor(Qt::CrossCursor);
    }
}

void Overview::drag(double x) {
    const Instant at = scale().at(x);
    Selection& selection = session_->selection();
    switch (grip_) {
    case Grip::From:
        selection.glideWindow({std::min(at, before_.to), before_.to});
        break;
    case Grip::To:
        selection.glideWindow({before_.from, std::max(at, before_.from)});
        break;
    case Grip::Whole:
        selection.glideWindow(moved(before_, at - grabbed_));
        break;
    case Grip::New:
        if (std::abs(scale().x(grabbed_) - x) >= 4)
            selection.glideWindow({std::min(at, grabbed_), std::max(at, grabbed_)});
        break;
    case Grip::None:
        break;
    }
}

void Overview::mouseReleaseEvent(QMouseEvent*) {
    if (!session_ || grip_ == Grip::None) return;
    grip_ = Grip::None;
    Selection& selection = session_->selection();
    if (selection.place().window == before_) selection.setMoment(grabbed_);
    selection.commit();
}

QString Overview::tipAt(double x) const {
    const Instant at = scale().at(x);
    if (table_.bucket <= Duration::zero() || at < table_.origin) return {};
    const auto i = static_cast<std::size_t>((at - table_.origin) / table_.bucket);
    if (i >= table_.total.buckets.size()) return {};
    const Bucket& bucket = table_.total.buckets[i];
    const Zone& zone = session_->selection().zone();
    const Instant from = table_.origin + table_.bucket * std::int64_t(i);
    if (isSilent(silences_, {from, from + table_.bucket}))
        return tr("%1: no log here").arg(QString::fromStdString(zone.format(from, 0)));
    return tr("%1, for %2: %3 requests, %4 failed, %5 slow", nullptr, counted(bucket.requests))
        .arg(QString::fromStdString(zone.format(from, 0)),
             QString::fromStdString(spoken(table_.bucket)), wholeCount(bucket.requests),
             wholeCount(bucket.failed), wholeCount(bucket.slow));
}

bool Overview::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !session_) return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), plainTip(tipAt(help->pos().x())), this);
    return true;
}

} // namespace postlude
