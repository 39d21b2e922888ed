// SPDX-License-Identifier: GPL-3.0-or-later
// How a panel is arranged (its charts, its columns), as changes that can be taken back.
#pragma once

#include "ui/common/session.h"

namespace postlude {

class Arrangement : public QObject {
    Q_OBJECT
public:
    using State = std::function<QByteArray()>;
    using Restore = std::function<void(const QByteArray&)>;
    Arrangement(State state, Restore restore, QObject* parent);
    /// Null: nothing is kept. What was changed before stays with the session before.
    void setSession(Session* session);

    /// Does what the user wants, as one change.
    template <class What>
    void change(const QString& name, What what) {
        settle();
        what();
        keep(name);
    }
    /// A hand drags: becomes one change when it has rested.
    void touched(const QString& name);
    /// What is there now is nobody's change: the window was resized, or a case opened.
    void settle();

private:
    void keep(const QString& name);

    State state_;
    Restore restore_;
    QPointer<Session> session_;
    QByteArray before_;
    QString name_;
    QTimer rest_;
};

} // namespace postlude
