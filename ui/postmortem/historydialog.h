// SPDX-License-Identifier: GPL-3.0-or-later
// All revisions of the postmortem, to look at and to bring back.
#pragma once

#include "core/case/case.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QCheckBox;
class QPlainTextEdit;

namespace postlude {

class HistoryDialog : public QDialog {
    Q_OBJECT
public:
    HistoryDialog(std::vector<Revision> revisions, bool mayRestore, QWidget* parent = nullptr);

Q_SIGNALS:
    void restoreRequested(const postlude::Revision& revision);
    void redraftRequested();

private:
    void showRevision(int row);
    std::vector<Revision> revisions_; ///< newest first
    QListWidget* list_;
    QPlainTextEdit* text_;
    QCheckBox* changes_;
};

} // namespace postlude
