// SPDX-License-Identifier: GPL-3.0-or-later
// An entry of the timeline, chosen by a few letters of it.
#pragma once

#include "core/postmortem/postmortem.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;

namespace postlude {

class EntryChooser : public QDialog {
    Q_OBJECT
public:
    /// Entries without a time are left out: nothing could lead to them.
    EntryChooser(const Postmortem& document, QWidget* parent);
    /// "[10:02:07]"; empty if none was chosen.
    [[nodiscard]] QString link() const { return link_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Choice {
        QString shown, link;
    };
    void narrow(const QString& text);
    void take();
    std::vector<Choice> choices_;
    QLineEdit* text_;
    QLabel* none_;
    QListWidget* list_;
    QString link_;
};

} // namespace postlude
