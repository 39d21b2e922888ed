// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/selection.h"

namespace postlude {

namespace {

constexpr Duration kShortest = std::chrono::milliseconds{1};
constexpr std::size_t kMostVisits = 500;

Window both(const Window& a, const Window& b) {
    if (a.empty() || b.empty()) return a.empty() ? b : a;
    return {std::min(a.from, b.from), std::max(a.to, b.to)};
}

} // namespace

Selection::Selection(QObject* parent)
    : QObject(parent) {
    remember();
}

void Selection::setBounds(Window whole) {
    const auto line = this->line();
    bounds_ = recorded_ = whole;
    reached_ = around_ = ever_ = {};
    resting_.reset();
    nearest_.reset();
    place_ = {};
    place_.window = whole;
    place_.moment = whole.from;
    history_.clear();
    at_ = 0;
    remember();
    Q_EMIT windowChanged();
    Q_EMIT momentChanged();
    Q_EMIT filterChanged();
    Q_EMIT recordChanged();
    tellLine(line);
    Q_EMIT historyChanged();
}

void Selection::tellLine(std::optional<RecordId> before) {
    if (line() != before) Q_EMIT lineChanged();
}

void Selection::setNearest(std::optional<RecordId> record) {
    const auto before = line();
    nearest_ = record;
    tellLine(before);
}

void Selection::moveBounds(Window whole) {
    recorded_ = whole;
    whole = both(whole, reached_);
    if (whole == bounds_) return;
    const bool all = showsAll();
    bounds_ = whole;
    if (changeWindow(all ? whole : place_.window) && at_ < history_.size())
        history_[at_].window = place_.window;
}

Window Selection::clamped(Window window) const {
    if (window.length() < kShortest) window.to = window.from + kShortest;
    if (bounds_.empty()) return window;
    if (window.length() >= bounds_.length()) return bounds_;
    if (window.from < bounds_.from) return {bounds_.from, bounds_.from + window.length()};
    if (window.to > bounds_.to) return {bounds_.to - window.length(), bounds_.to};
    return window;
}

bool Selection::changeWindow(Window window) {
    window = clamped(window);
    if (window == place_.window) return false;
    place_.window = window;
    Q_EMIT windowChanged();
    return true;
}

void Selection::setMoment(Instant moment) {
    resting_.reset();
    if (moment != place_.moment) moveTo(moment, {});
}

void Selection::moveTo(Instant moment, std::optional<RecordId> record) {
    const auto before = line();
    const bool other = place_.record != record;
    const bool moved = place_.moment != moment;
    place_.record = record;
    place_.moment = moment;
    if (moved) nearest_.reset();
    if (moved) Q_EMIT momentChanged();
    if (other) Q_EMIT recordChanged();
    tellLine(before);
}

void Selection::peek(Instant moment) {
    if (moment == place_.moment) return;
    if (place_.record && !resting_) resting_ = std::pair(*place_.record, place_.moment);
    moveTo(moment, {});
}

void Selection::endPeek() {
    if (const auto back = std::exchange(resting_, std::nullopt)) moveTo(back->second, back->first);
}

void Selection::setWindow(Window window) {
    if (changeWindow(window)) remember();
}

void Selection::glideWindow(Window window) {
    changeWindow(window);
}

void Selection::commit() {
    if (at_ < history_.size() && history_[at_].window != place_.window) remember();
}

void Selection::setFilter(const QString& text) {
    if (text == place_.filter) return;
    if (!text.isEmpty() && !Filter::parse(text.toStdString())) return;
    place_.filter = text;
    remember();
    Q_EMIT filterChanged();
}

void Selection::select(RecordId record, Instant moment) {
    const bool other = place_.record != record;
    const auto before = line();
    const bool moved = moment != place_.moment;
    resting_.reset();
    place_.record = record;
    place_.moment = moment;
    if (moved) Q_EMIT momentChanged();
    if (!place_.window.contains(moment) && bounds_.contains(moment)) {
        const Duration half = place_.window.length() / 2;
        changeWindow({moment - half, moment + half});
    }
    tellLine(before);
    if (!other) return;
    remember();
    Q_EMIT recordChanged();
}

void Selection::reach(Window window) {
    if (bounds_.empty() || window.empty() || both(bounds_, window) == bounds_) return;
    reached_ = both(reached_, window);
    bounds_ = both(bounds_, window);
    ever_ = both(ever_, bounds_);
    Q_EMIT boundsChanged();
}

void Selection::visit(RecordId record, Instant moment) {
    // With some room beside it: a line at the very edge is hard to see.
    const Duration room = std::max<Duration>(place_.window.length() / 20, kShortest);
    if (!bounds_.contains(moment)) reach({moment - room, moment + room});
    select(record, moment);
}

void Selection::showAll() {
    const Window all = both(bounds_, around_);
    if (place_.window == all && all != recorded_) return showRecorded();
    reach(around_);
    setWindow(bounds_);
}

void Selection::showRecorded() {
    reached_ = {};
    if (bounds_ != recorded_) {
        bounds_ = recorded_;
        Q_EMIT boundsChanged();
    }
    setWindow(recorded_);
}

void Selection::setClock(ClockView clock) {
    if (clock == clock_) return;
    clock_ = clock;
    Q_EMIT displayChanged();
}

void Selection::setZone(const Zone& zone) {
    if (zone == zone_) return;
    zone_ = zone;
    Q_EMIT displayChanged();
}

void Selection::remember() {
    if (at_ < history_.size() && history_[at_] == place_) return;
    if (!history_.empty()) history_.resize(at_ + 1);
    history_.push_back(place_);
    if (history_.size() > kMostVisits) history_.erase(history_.begin());
    at_ = history_.size() - 1;
    Q_EMIT historyChanged();
}

void Selection::go(std::size_t to) {
    const Visit was = place_;
    const auto line = this->line();
    at_ = to;
    resting_.reset();
    place_ = history_[to];
    if (both(ever_, place_.window) == ever_) reach(place_.window);
    place_.window = clamped(place_.window);
    if (was.window != place_.window) Q_EMIT windowChanged();
    if (was.filter != place_.filter) Q_EMIT filterChanged();
    if (was.moment != place_.moment) Q_EMIT momentChanged();
    if (was.record != place_.record) Q_EMIT recordChanged();
    tellLine(line);
    Q_EMIT historyChanged();
}

void Selection::back() {
    commit();
    if (canGoBack()) go(at_ - 1);
}

void Selection::forward() {
    if (canGoForward()) go(at_ + 1);
}

bool Selection::canGoBack() const {
    return at_ > 0;
}

bool Selection::canGoForward() const {
    return at_ + 1 < history_.size();
}

} // namespace postlude
