// SPDX-License-Identifier: GPL-3.0-or-later
// All revisions of the postmortem, to look at and to bring back.
#pragma once

#include "core/case/documents.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QCheckBox;
class QPlainTextEdit;

namespace postlude {

class HistoryDialog : public QDialog {
    Q_OBJECT
public:
    /// `revisions`: of a document of `of`, which must outlive the dialog. What was written in one
    /// is read when it is looked at.
    HistoryDialog(const Case& of, std::vector<RevisionInfo> revisions, bool mayRestore,
                  QWidget* parent = nullptr);

Q_SIGNALS:
    void restoreRequested(const postlude::Revision& revision);
    void redraftRequested();

private:
    void showRevision(int row);
    void restore(int row);
    [[nodiscard]] QString markdownOf(std::size_t row) const;
    const Case& case_;
    std::vector<RevisionInfo> revisions_; ///< newest first
    QListWidget* list_;
    QPlainTextEdit* text_;
    QCheckBox* changes_;
};

} // namespace postlude
