// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/player.h"

namespace postlude {

namespace {

constexpr int kTickMs = 33;

} // namespace

const std::vector<int>& Player::speeds() {
    static const std::vector<int> kSpeeds = {1, 5, 10, 30, 60, 300, 900, 3600};
    return kSpeeds;
}

Player::Player(QObject* parent)
    : QObject(parent) {
    timer_.setInterval(kTickMs);
    connect(&timer_, &QTimer::timeout, this, &Player::tick);
}

void Player::setSession(Session* session) {
    pause();
    session_ = session;
}

int Player::speed() const {
    return speeds()[speed_];
}

void Player::toggle() {
    if (playing()) return pause();
    if (!session_ || session_->selection().bounds().empty()) return;
    Selection& selection = session_->selection();
    const Window bounds = selection.bounds();
    if (selection.place().moment >= bounds.to) selection.setMoment(bounds.from);
    expected_ = selection.place().moment;
    since_.start();
    timer_.start();
    Q_EMIT changed();
}

void Player::pause() {
    if (!playing()) return;
    timer_.stop();
    if (session_) session_->selection().commit();
    Q_EMIT changed();
}

void Player::faster(int by) {
    const auto last = static_cast<int>(speeds().size()) - 1;
    const auto next = static_cast<std::size_t>(std::clamp(static_cast<int>(speed_) + by, 0, last));
    if (std::exchange(speed_, next) != next) Q_EMIT changed();
}

void Player::setSpeed(int speed) {
    const auto it = std::ranges::find(speeds(), speed);
    if (it == speeds().end()) return;
    speed_ = static_cast<std::size_t>(it - speeds().begin());
    Q_EMIT changed();
}

void Player::tick() {
    Selection& selection = session_->selection();
    // Whoever takes the cursor elsewhere goes on from there.
    if (selection.place().moment != expected_) expected_ = selection.place().moment;
    const Window bounds = selection.bounds();
    const double passed = static_cast<double>(since_.restart()) / 1000.0 * speed();
    expected_ = std::min(bounds.to, expected_ + fromSeconds(passed));
    const Window seen = selection.place().window;
    if (!seen.contains(expected_) && bounds.contains(expected_)) {
        // Page by page, as one reads: charts that crawl are hard to compare.
        const Instant from = expected_ - seen.length() / 10;
        selection.glideWindow({from, from + seen.length()});
    }
    selection.setMoment(expected_);
    if (expected_ >= bounds.to) pause();
}

} // namespace postlude
