// SPDX-License-Identifier: GPL-3.0-or-later
// The Postmortem mode: sections left, form in the middle, live preview right.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

namespace postlude {

class PostmortemPage : public QWidget {
    Q_OBJECT
public:
    explicit PostmortemPage(QWidget* parent = nullptr);
    ~PostmortemPage() override;
    /// Null: the empty state. Loads the newest revision, or drafts one once the analysis is there.
    void setSession(Session* session);
    /// Adds an entry (from Investigate) and shows it.
    void addEntry(Instant time, const QString& text, const Evidence& evidence);
    /// Saves now what is not saved yet; also called by the autosave timer (at most 2 s).
    bool saveNow();
    void exportAs(); ///< asks for a file; Markdown, HTML, PDF or JSON by its ending
    /// Exports without asking; false and a message in the page if it could not be written.
    bool exportTo(const QString& file);
    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] QString statusText() const;
    /// "2 to mend · 6 agree", History and Export; at the head of the page unless it is taken into
    /// another layout, such as the window's tool bar.
    [[nodiscard]] QWidget* head() const;

Q_SIGNALS:
    void statusChanged(const QString& text); ///< "saved 2 s ago · revision 14"
    void undoChanged(bool canUndo, bool canRedo);

private:
    void loadOrDraft();
    void draft(const std::string& why);
    void showState();
    void showHistory();
    void say(const QString& text, bool bad);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace postlude
