// SPDX-License-Identifier: GPL-3.0-or-later
// Lets time run: the cursor goes on by itself, so many seconds of the logs a second.
#pragma once

#include "ui/common/session.h"

#include <QElapsedTimer>

namespace postlude {

class Player : public QObject {
    Q_OBJECT
public:
    explicit Player(QObject* parent = nullptr);
    void setSession(Session* session);
    void toggle();
    void pause();
    void faster(int by); ///< by so many steps; negative: slower
    [[nodiscard]] bool playing() const { return timer_.isActive(); }
    /// Seconds of the logs a second.
    [[nodiscard]] int speed() const;
    static const std::vector<int>& speeds();
    void setSpeed(int speed);

Q_SIGNALS:
    void changed(); ///< playing or speed

private:
    void tick();

    Session* session_ = nullptr;
    QTimer timer_;
    QElapsedTimer since_;
    std::size_t speed_ = 2;
    Instant expected_{}; ///< where we put the cursor last
};

} // namespace postlude
