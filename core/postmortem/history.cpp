// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/history.h"

namespace postlude {

namespace {
constexpr Duration kOnePhrase = std::chrono::seconds{2};
} // namespace

History::History(Postmortem start) {
    steps_.push_back({std::move(start), {}, {}});
}

const Postmortem& History::current() const {
    return steps_[at_].document;
}

void History::change(Postmortem next, const std::string& what, Instant now) {
    if (next == current()) return;
    steps_.resize(at_ + 1);
    Step& last = steps_.back();
    const Duration since = now - last.at;
    const bool samePhrase =
        growing_ && last.what == what && since >= Duration::zero() && since <= kOnePhrase;
    if (samePhrase) {
        last.document = std::move(next);
        last.at = now;
        return;
    }
    steps_.push_back({std::move(next), what, now});
    ++at_;
    growing_ = true;
}

bool History::undo() {
    if (!canUndo()) return false;
    --at_;
    growing_ = false;
    return true;
}

bool History::redo() {
    if (!canRedo()) return false;
    ++at_;
    growing_ = false;
    return true;
}

bool History::canUndo() const {
    return at_ > 0;
}

bool History::canRedo() const {
    return at_ + 1 < steps_.size();
}

std::string History::undoName() const {
    return canUndo() ? steps_[at_].what : std::string();
}

std::string History::redoName() const {
    return canRedo() ? steps_[at_ + 1].what : std::string();
}

} // namespace postlude
