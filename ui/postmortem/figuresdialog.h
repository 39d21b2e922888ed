// SPDX-License-Identifier: GPL-3.0-or-later
// What the window in view and its filter come to, as sentences for the document.
#pragma once

#include "core/base/zone.h"
#include "core/postmortem/forms.h"
#include "core/postmortem/windowclaims.h"
#include "ui/common/session.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace postlude {

class FiguresDialog : public QDialog {
    Q_OBJECT
public:
    /// Counts behind the window. `zone`: in which the document writes its times; `hasCursor`: it
    /// may go to where one is writing. The session must outlive it.
    FiguresDialog(Session& session, const Zone& zone, bool hasCursor, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<std::string> sentences() const; ///< those that were chosen
    /// Empty: where one is writing.
    [[nodiscard]] std::optional<Part> part() const;

private:
    void ask();
    void take(const Result<WindowFigures>& figures);
    void settle();
    void copy() const;
    Session& session_;
    Zone zone_;
    ChosenWindow chosen_;
    QLabel* told_;
    QListWidget* list_;
    QComboBox* part_;
    QPushButton *add_, *copy_;
};

/// The part of the document that takes them; a paragraph more, or of the impact some sentences.
void addTexts(Postmortem& to, Part part, const std::vector<std::string>& texts);
/// Takes away what was added, unless it was changed since.
void takeTexts(Postmortem& from, Part part, const std::vector<std::string>& texts);

} // namespace postlude
