// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/document.h"

namespace postlude {

const Postmortem& Document::now() const {
    static const Postmortem none;
    return history_ ? history_->current() : none;
}

void Document::load(Postmortem document) {
    history_ = std::make_unique<History>(std::move(document));
    Q_EMIT changed();
}

void Document::close() {
    history_.reset();
    Q_EMIT changed();
}

std::unique_ptr<History> Document::putAside() {
    auto history = std::move(history_);
    close();
    return history;
}

void Document::goOn(std::unique_ptr<History> history) {
    history_ = std::move(history);
    Q_EMIT changed();
}

void Document::edit(const std::string& what, const std::function<void(Postmortem&)>& change) {
    if (!history_ || readOnly_) return;
    Postmortem next = history_->current();
    change(next);
    if (next == history_->current()) return;
    history_->change(std::move(next), what,
                     std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()));
    Q_EMIT changed();
    Q_EMIT edited();
}

void Document::undo() {
    if (!history_ || readOnly_ || !history_->undo()) return;
    Q_EMIT changed();
    Q_EMIT edited();
}

void Document::redo() {
    if (!history_ || readOnly_ || !history_->redo()) return;
    Q_EMIT changed();
    Q_EMIT edited();
}

bool Document::canUndo() const {
    return history_ && !readOnly_ && history_->canUndo();
}
bool Document::canRedo() const {
    return history_ && !readOnly_ && history_->canRedo();
}
QString Document::undoName() const {
    return history_ ? QString::fromStdString(history_->undoName()) : QString{};
}

void Document::setReadOnly(bool on) {
    if (readOnly_ == on) return;
    readOnly_ = on;
    Q_EMIT accessChanged();
}

void Document::setAnalysis(std::shared_ptr<const Analysis> analysis) {
    analysis_ = std::move(analysis);
    Q_EMIT analysisChanged();
}

} // namespace postlude
