// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/arrangement.h"

namespace postlude {

namespace {

constexpr int kRestMs = 500;

/// What was done already when it is kept.
class Arranged : public QUndoCommand {
public:
    Arranged(const QString& name, std::function<void()> redo, std::function<void()> undo)
        : QUndoCommand(name)
        , redo_(std::move(redo))
        , undo_(std::move(undo)) {}
    void redo() override {
        if (!std::exchange(done_, false)) redo_();
    }
    void undo() override { undo_(); }

private:
    bool done_ = true;
    std::function<void()> redo_, undo_;
};

} // namespace

Arrangement::Arrangement(State state, Restore restore, QObject* parent)
    : QObject(parent)
    , state_(std::move(state))
    , restore_(std::move(restore)) {
    rest_.setSingleShot(true);
    rest_.setInterval(kRestMs);
    connect(&rest_, &QTimer::timeout, this, [this] { keep(name_); });
}

void Arrangement::setSession(Session* session) {
    rest_.stop();
    session_ = session;
    before_ = state_();
}

void Arrangement::touched(const QString& name) {
    name_ = name;
    rest_.start();
}

void Arrangement::settle() {
    if (rest_.isActive()) keep(name_); // the hand that has not rested yet
    before_ = state_();
}

void Arrangement::keep(const QString& name) {
    rest_.stop();
    const QByteArray now = state_(), before = std::exchange(before_, now);
    if (!session_ || now == before) return;
    const auto put = [panel = QPointer<Arrangement>(this)](const QByteArray& state) {
        if (!panel) return;
        panel->rest_.stop();
        panel->restore_(state);
        panel->before_ = panel->state_();
    };
    session_->changes().push(
        new Arranged(name, [put, now] { put(now); }, [put, before] { put(before); }));
}

} // namespace postlude
