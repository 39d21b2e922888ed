// SPDX-License-Identifier: GPL-3.0-or-later
// The marks of evidence within a text field: "[^e3]" tells at the pointer what stands behind it,
// leads there, and is deleted as one sign.
#pragma once

#include "ui/postmortem/document.h"

#include <QString>
#include <vector>

class QMenu;
class QPlainTextEdit;

namespace postlude {

/// A mark in letters of a QString.
struct ShownMark {
    int at = 0, size = 0;
    std::string label;
};
std::vector<ShownMark> shownMarks(const QString& text);
/// Where a mark may come: not within a word, a number or another mark, and behind the stop of a
/// sentence.
int placeForMark(const QString& text, int position);

/// Lives as long as the editor.
class EvidenceMarks : public QObject {
    Q_OBJECT
public:
    EvidenceMarks(Document& document, QPlainTextEdit* editor);
    /// What can be done with the mark at `position`, above what the menu has.
    void addActions(QMenu& menu, int position);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// None where there is no mark, or one that leads nowhere.
    [[nodiscard]] std::optional<Evidence> evidenceAt(int position) const;
    [[nodiscard]] bool leadFrom(int position);
    [[nodiscard]] bool isDeleted(bool backwards);
    bool showTip(QEvent* event);
    Document& document_;
    QPlainTextEdit* editor_;
};

} // namespace postlude
