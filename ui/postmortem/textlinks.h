// SPDX-License-Identifier: GPL-3.0-or-later
// What leads elsewhere from within a text field: "[^e3]" to evidence, "[10:02:07]" to an entry of
// the timeline. Each tells at the pointer where it leads, and leads there; a mark of evidence is
// deleted as one sign.
#pragma once

#include "ui/postmortem/document.h"

#include <QString>
#include <vector>

class QMenu;
class QPlainTextEdit;

namespace postlude {

/// In letters of a QString.
struct TextLink {
    int at = 0, size = 0;
    std::string label = {};                ///< of evidence; empty: it leads to an entry
    std::optional<std::size_t> entry = {}; ///< which of the timeline
    std::optional<Evidence> evidence = {}; ///< none behind an unknown label
    [[nodiscard]] bool leads() const { return entry || evidence; }
};
/// Marks of evidence, wherever they lead, and links to entries; in no order.
std::vector<TextLink> linksIn(const Postmortem& document, const QString& text);
/// Where a mark may come: not within a word, a number or another mark, and behind the stop of a
/// sentence.
int placeForMark(const QString& text, int position);

/// Lives as long as the editor.
class TextLinks : public QObject {
    Q_OBJECT
public:
    TextLinks(Document& document, QPlainTextEdit* editor);
    /// What can be done where the cursor or pointer is, above what the menu has.
    void addActions(QMenu& menu, int position);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// The one that holds the position or ends there.
    [[nodiscard]] std::optional<TextLink> linkAt(int position) const;
    [[nodiscard]] QString tipOf(const TextLink& link) const;
    bool lead(const TextLink& link);
    bool leadFrom(int position);
    bool isDeleted(bool backwards);
    bool showTip(QEvent* event);
    Document& document_;
    QPlainTextEdit* editor_;
};

} // namespace postlude
