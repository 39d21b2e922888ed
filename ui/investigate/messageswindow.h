// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages a window brought: new ones first, then those that came more often.
#pragma once

#include "ui/investigate/insightwindow.h"
#include "ui/investigate/messagecounts.h"

namespace postlude {

class MessagesWindow : public InsightWindow {
    Q_OBJECT
public:
    MessagesWindow(Session& session, QWidget* parent);

protected:
    void ask() override;

private:
    void take(Result<std::vector<MessageRow>> result);
    void narrow();

    QLineEdit* find_;
    std::vector<MessageRow> all_;
};

} // namespace postlude
