// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window is made of, shared by its sources and by nobody else.
#pragma once

#include "ui/common/session.h"
#include "ui/shell/actions.h"

#include <QMainWindow>
#include <QMenu>

class QStackedWidget;

namespace postlude {

class ErrorPage;
class InvestigatePage;
class PostmortemPage;
class ProgressStrip;
class StatusLine;
class ToolRow;
class WelcomePage;

struct ShellParts {
    QMainWindow* window = nullptr;
    std::unique_ptr<Session> session;
    ImportOptions reading; ///< of bundles opened from now on
    Actions* actions = nullptr;
    ToolRow* tools = nullptr;
    ProgressStrip* progress = nullptr;
    QStackedWidget* pages = nullptr;
    WelcomePage* welcome = nullptr;
    ErrorPage* error = nullptr;
    InvestigatePage* investigate = nullptr;
    PostmortemPage* postmortem = nullptr;
    StatusLine* status = nullptr;

    [[nodiscard]] bool investigating() const;
    /// The place that the document's evidence led to: the way back from it leads to the document.
    std::optional<Visit> ledTo;
    bool tourWanted = false; ///< through what is opened next
    std::function<void(const QStringList&)> open;
    std::function<void()> close;
    std::function<void()> newWindow;
    std::function<bool()> mayCloseAll; ///< of all windows: asks, where something would be lost
    std::function<void()> quit;
    std::function<void(bool)> setMode; ///< true: Investigate
};

} // namespace postlude
