// SPDX-License-Identifier: GPL-3.0-or-later
// What changed at the cursor's moment: series that moved, messages that are new, what the
// analysis says of that moment.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

class QVBoxLayout;

namespace postlude {

class TextLabel;

class HereSection : public QWidget {
    Q_OBJECT
public:
    explicit HereSection(QWidget* parent = nullptr);
    void setSession(Session* session);
    /// What is shown, line by line; for tests and for those who hear it.
    [[nodiscard]] QStringList texts() const;

private:
    void ask();
    void show(Instant moment, Duration reach, const QStringList& moved);
    void addStory(Instant moment, Duration reach);
    void addLine(const QString& text, const char* role, const std::vector<Evidence>& evidence);
    [[nodiscard]] Duration reach() const;

    Session* session_ = nullptr;
    TextLabel* heading_;
    QVBoxLayout* lines_;
    QTimer soon_;
};

} // namespace postlude
