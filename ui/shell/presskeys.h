// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons of the window can be pressed by keys though the window has shortcuts of the same keys,
// and these work in texts, too.
#pragma once

#include <QObject>

namespace postlude {

/// Of what has the focus, Space goes to what is pressed or opened by it and not to a shortcut of
/// the window, and Return presses a button as it does in dialogs. In texts Ctrl with a letter is
/// the window's where it has such a shortcut (Qt would keep Ctrl+E and others for moving about),
/// but for copying, undoing and the like.
class PressKeys : public QObject {
    Q_OBJECT
public:
    /// Works for the whole application as long as it lives.
    explicit PressKeys(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace postlude
