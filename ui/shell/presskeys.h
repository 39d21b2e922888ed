// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons of the window can be pressed by keys though the window has shortcuts of the same keys.
#pragma once

#include <QObject>

namespace postlude {

/// Of what has the focus, Space goes to what is pressed or opened by it and not to a shortcut of
/// the window, and Return presses a button as it does in dialogs.
class PressKeys : public QObject {
    Q_OBJECT
public:
    /// Works for the whole application as long as it lives.
    explicit PressKeys(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace postlude
