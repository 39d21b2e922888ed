// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/lanes.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/paint.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace postlude {

namespace {

constexpr double kBar = 12;     // height of a bar
constexpr double kRadius = 6;   // of a diamond
constexpr double kGap = 9;      // from a mark to its label
constexpr double kCrowded = 44; // marks nearer than that share one label
constexpr double kLeast = 26;   // narrower labels say nothing

QString laneName(int lane) {
    switch (static_cast<Lane>(lane)) {
    case Lane::Alerts:
        return Lanes::tr("Alerts");
    case Lane::Changes:
        return Lanes::tr("Changes");
    case Lane::Servers:
        return Lanes::tr("Servers");
    case Lane::Messages:
        return Lanes::tr("Messages");
    case Lane::Notes:
        return Lanes::tr("Notes");
    default:
        return Lanes::tr("People");
    }
}

QColor colourOf(const LaneEvent& event) {
    const Theme& theme = Theme::current();
    switch (event.lane) {
    case Lane::Notes:
        return event.colour;
    case Lane::Alerts:
        return theme.bad;
    case Lane::Changes:
        return theme.accent;
    case Lane::Servers:
        return theme.warning;
    case Lane::Messages:
        return theme.neutral;
    default:
        return theme.good;
    }
}

QString untouchedText() {
    return Lanes::tr("The filter leaves these lanes as they are");
}

bool isBar(const LaneEvent& event) {
    return event.to.has_value() || event.open;
}

} // namespace

Lanes::Lanes(TimeNavigator& navigator, QWidget* parent)
    : QWidget(parent)
    , navigator_(navigator) {
    setObjectName(QStringLiteral("lanes"));
    setAccessibleName(tr("Alerts, changes, server states, messages, people and notes"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    navigator_.watch(this);
    connect(&navigator_, &TimeNavigator::hoverChanged, this, qOverload<>(&QWidget::update));
    connect(&navigator_, &TimeNavigator::bandChanged, this, qOverload<>(&QWidget::update));
    connect(&navigator_, &TimeNavigator::clicked, this,
            [this](QWidget* where, Instant, const QPoint& at) {
                if (where == this) clickedAt(at);
            });
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Lanes::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    events_.clear();
    if (session_) {
        const auto redraw = qOverload<>(&QWidget::update);
        connect(&session_->selection(), &Selection::windowChanged, this, redraw);
        connect(&session_->selection(), &Selection::momentChanged, this, redraw);
        connect(session_, &Session::analysisChanged, this, redraw);
        connect(session_, &Session::bookmarksChanged, this, &Lanes::gatherNotes);
        connect(&session_->selection(), &Selection::filterChanged, this, &Lanes::settleFilter);
    }
    settleFilter();
    gatherNotes();
}

void Lanes::settleFilter() {
    const bool filtered = session_ && !session_->selection().place().filter.isEmpty();
    if (std::exchange(filtered_, filtered) == filtered) return;
    setAccessibleDescription(filtered ? untouchedText() : QString());
    updateGeometry();
    update();
}

void Lanes::setEvents(std::vector<LaneEvent> events) {
    events_ = std::move(events);
    gatherNotes();
}

/// Bookmarks, behind what the logs tell.
void Lanes::gatherNotes() {
    std::erase_if(events_, [](const LaneEvent& event) { return event.lane == Lane::Notes; });
    const std::size_t told = events_.size();
    for (const Bookmark& bookmark : session_ ? session_->bookmarks() : std::vector<Bookmark>{}) {
        const BookmarkLook look = session_->lookOf(bookmark.id);
        LaneEvent note{Lane::Notes,
                       bookmark.at,
                       look.until,
                       false,
                       shown(bookmark.note),
                       shown(bookmark.note),
                       bookmark.record.value_or(RecordId{})};
        note.bookmark = bookmark.id;
        note.colour = postlude::colourOf(look);
        events_.push_back(std::move(note));
    }
    const int rows = events_.size() > told ? kLanes : kLanes - 1;
    if (std::exchange(rows_, rows) != rows) updateGeometry();
    update();
}

double Lanes::rowHeight() const {
    return std::max(21.0, std::ceil(QFontMetricsF(Theme::current().small()).height()) + 5);
}

double Lanes::noteHeight() const {
    return filtered_ ? std::ceil(QFontMetricsF(Theme::current().small()).height()) + 1 : 0;
}

QSize Lanes::sizeHint() const {
    return {400, static_cast<int>(rowHeight() * rows_ + noteHeight())};
}

TimeScale Lanes::scale() const {
    return TimeScale::across(width(), session_ ? session_->selection().place().window : Window{});
}

QRectF Lanes::barOf(const LaneEvent& event) const {
    const TimeScale time = scale();
    const double middle = (static_cast<int>(event.lane) + 0.5) * rowHeight();
    if (!isBar(event)) {
        const double x = time.x(event.from);
        return {x - kRadius, middle - kRadius, 2 * kRadius, 2 * kRadius};
    }
    const double from = std::max(time.left - 4, time.x(event.from));
    const double to = event.to ? std::min(time.right + 4, time.x(*event.to)) : time.right + 4;
    return {from, middle - kBar / 2, std::max(4.0, to - from), kBar};
}

std::vector<Lanes::Label> Lanes::labels() const {
    std::vector<Label> all;
    for (int lane = 0; lane < rows_; ++lane)
        layOut(static_cast<Lane>(lane), all);
    return all;
}

void Lanes::layOut(Lane lane, std::vector<Label>& out) const {
    const TimeScale time = scale();
    const QFontMetricsF metrics(Theme::current().small());
    struct Mark {
        double x, labelX;
        const LaneEvent* event;
    };
    std::vector<Mark> marks;
    for (const LaneEvent& event : events_) {
        const QRectF place = barOf(event);
        if (event.lane != lane || place.right() < time.left || place.left() > time.right) continue;
        const double x = std::max(time.left, place.left());
        marks.push_back({x, x + (isBar(event) ? 8 : kRadius + kGap), &event});
    }
    for (std::size_t i = 0; i < marks.size();) {
        std::size_t next = i + 1;
        while (next < marks.size() && marks[next].x - marks[next - 1].x < kCrowded)
            ++next;
        // Of a crowd what lasted is told: a server that was down rather than a reload; of messages
        // what tells most.
        const LaneEvent* told = marks[i].event;
        for (std::size_t k = i; k < next && !isBar(*told); ++k)
            if (isBar(*marks[k].event) || marks[k].event->rank < told->rank) told = marks[k].event;
        const double from = marks[next - 1].labelX;
        const double to = next < marks.size() ? marks[next].x - 4 : time.right;
        const QString more = next - i > 1 ? QStringLiteral(" +%1").arg(next - i - 1) : QString{};
        const double room = to - from - metrics.horizontalAdvance(more);
        const double top = static_cast<int>(lane) * rowHeight();
        if (room >= kLeast) {
            const QString text = metrics.elidedText(told->label, Qt::ElideRight, room) + more;
            out.push_back({{from, top, metrics.horizontalAdvance(text), rowHeight()}, text});
        } else if (!more.isEmpty() && to - from >= metrics.horizontalAdvance(more)) {
            const QString text = more.trimmed();
            out.push_back({{from, top, metrics.horizontalAdvance(text), rowHeight()}, text});
        }
        i = next;
    }
}

void Lanes::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::current();
    const TimeScale time = scale();
    painter.setFont(theme.small());
    painter.setPen(theme.muted);
    for (int lane = 0; lane < rows_; ++lane)
        painter.drawText(QRectF(0, lane * rowHeight(), plotLeft() - 11, rowHeight()),
                         Qt::AlignRight | Qt::AlignVCenter, laneName(lane));
    if (!session_ || time.window.empty()) return;
    const QRectF area(time.left, 0, time.right - time.left, rowHeight() * rows_);
    if (filtered_)
        painter.drawText(
            QRectF(time.left, area.bottom(), area.width(), noteHeight()),
            Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(theme.small()).elidedText(untouchedText(), Qt::ElideRight, area.width()));
    paintIncidents(painter, area, time, session_->analysis().get());
    painter.setClipRect(area.adjusted(-7, 0, 7, 0));
    paintMarks(painter);
    const QFontMetricsF metrics(painter.font());
    const double rise = (rowHeight() + metrics.ascent() - metrics.descent()) / 2;
    for (const Label& label : labels())
        paintHaloed(painter, {label.place.left(), label.place.top() + rise}, label.text, theme.text,
                    theme.surface);
    paintCursor(painter, area, time, session_->selection().place().moment, navigator_);
}

void Lanes::paintMarks(QPainter& painter) const {
    const QRectF visible = rect();
    for (const LaneEvent& event : events_) {
        const QRectF place = barOf(event);
        if (!place.intersects(visible)) continue;
        const QColor colour = colourOf(event);
        if (!isBar(event)) {
            paintDiamond(painter, place.center(), kRadius, colour);
            continue;
        }
        QColor fill = colour;
        fill.setAlphaF(event.lane == Lane::Alerts ? 0.35F : 0.25F);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour, 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

std::vector<const LaneEvent*> Lanes::eventsAt(QPointF position) const {
    std::vector<const LaneEvent*> found;
    for (const LaneEvent& event : events_)
        if (barOf(event).adjusted(-3, -4, 3, 4).contains(position)) found.push_back(&event);
    return found;
}

void Lanes::clickedAt(const QPoint& position) {
    if (!session_) return;
    auto here = eventsAt(position);
    if (here.empty()) {
        for (const Label& label : labels())
            if (label.place.contains(position))
                here =
                    eventsAt({label.place.left() - kGap - kRadius / 2, label.place.center().y()});
    }
    // Of several the one that began last: it is painted on top.
    if (here.empty()) return;
    if (here.back()->bookmark != 0) return void(Q_EMIT bookmarkWanted(here.back()->bookmark));
    session_->selection().select(here.back()->record, here.back()->from);
}

void Lanes::filterFor(const QPoint& position) {
    const auto here = eventsAt(position);
    if (!here.empty() && !here.back()->filter.isEmpty()) Q_EMIT filterWanted(here.back()->filter);
}

bool Lanes::event(QEvent* event) {
    if (event->type() == QEvent::MouseButtonDblClick && session_)
        filterFor(static_cast<QMouseEvent*>(event)->pos());
    if (event->type() != QEvent::ToolTip || !session_) return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    QStringList lines;
    for (const LaneEvent* found : eventsAt(help->pos())) {
        if (lines.size() == 12) break;
        const Zone& zone = session_->selection().zone();
        lines << timeOfDay(zone, found->from) + QStringLiteral("  ") + found->detail;
    }
    QToolTip::showText(help->globalPos(), plainTip(lines.join(QLatin1Char('\n'))), this);
    return true;
}

} // namespace postlude
