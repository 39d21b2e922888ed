// SPDX-License-Identifier: GPL-3.0-or-later
// The Postmortem mode: sections left, form in the middle, live preview right.
#pragma once

#include "core/case/documents.h"
#include "ui/common/session.h"

#include <QWidget>
#include <functional>

class QPrinter;

namespace postlude {

class PrintableReport;
enum class Part : std::uint8_t;
struct ExportOptions;
struct Form;
struct Postmortem;
struct Reading;
struct SanitisedEdition;

class PostmortemPage : public QWidget {
    Q_OBJECT
public:
    explicit PostmortemPage(QWidget* parent = nullptr);
    ~PostmortemPage() override;
    /// Null: the empty state. Loads the newest revision, or drafts one once the analysis is there.
    void setSession(Session* session);
    /// Adds an entry (from Investigate) and shows it.
    /// False if there is no document to add it to.
    bool addEntry(Instant time, const QString& text, const Evidence& evidence);
    /// Lets the user choose what is to stand behind the sentence or entry that is written on.
    void addEvidence();
    /// Lets the user choose an entry to link to where the text is written.
    void linkEntry();
    /// Takes away what addEntry() added, unless it was changed since.
    void takeEntry(Instant time, const QString& text, const Evidence& evidence);
    /// Offers what the window in view and its filter come to, as sentences. `elsewhere`: asked for
    /// in another page, which takes it back with its own undo.
    void insertFigures(bool elsewhere);
    /// Saves now what is not saved yet; also called by the autosave timer (at most 2 s).
    bool saveNow();
    void exportAs(); ///< asks for a file; Markdown, HTML, PDF or JSON by its ending
    /// Exports without asking, behind the window; exported() tells how it ended. One at a time.
    void exportTo(const QString& file);
    /// Waits for an export that is being written. False if it came to nothing; the page says why.
    bool finishExport();
    /// Shows what would be replaced in an edition for others, then asks for a file.
    void exportEdition();
    /// Shows the pages first, or asks for a printer at once.
    void print(bool preview);
    void copyDocument(); ///< to the clipboard: as rich text, and as Markdown for plain editors
    void takeOver();     ///< asks for a document that somebody wrote
    /// The document in the file becomes the case's; what was written stays in the history.
    void takeOverFrom(const QString& file);
    void redraft(); ///< offers what the logs tell now and did not at the last draft
    /// The case's postmortems: each is edited, kept and exported by itself.
    void showDocument(DocumentId document);
    enum class Start : std::uint8_t { Draft, Empty, Copy };
    void newDocument(const QString& name, Start start);
    void renameDocument(const QString& name);
    void deleteDocument(); ///< a message offers to take it back
    void restoreDocument(DocumentId document);
    [[nodiscard]] DocumentId shownDocument() const;
    void find(bool replacing); ///< opens the bar below the form
    void findNext(int by);
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
    void exported(const QString& file, bool written);

private:
    void loadOrDraft();
    void draft();
    void goTo(int section);
    void follow(int section);
    void showState();
    void showHistory();
    void say(const QString& text, bool bad);
    void offer(const QString& text, const QString& button, const std::function<void()>& take);
    void fillDocuments();
    void fillDocumentMenu(const std::vector<DocumentInfo>& all);
    void askNew(Start start);
    [[nodiscard]] std::string draftNote() const;
    QString askFile(const QString& name);
    struct Export;
    void write(const std::shared_ptr<const Export>& what);
    void finish(const Export& what, const std::optional<Error>& failure);
    void addFigures(Part part, const std::vector<std::string>& sentences);
    void printOn(const std::shared_ptr<const PrintableReport>& pages,
                 const std::shared_ptr<QPrinter>& printer);
    void offerEdition(const std::shared_ptr<const SanitisedEdition>& edition, const Form& form);
    void takeReading(const QString& file, const Result<Reading>& reading);
    void draftInBackground(const std::function<void(Postmortem)>& done);
    void offerRedraft(const Postmortem& fresh);
    void keepDraft(const Postmortem& draft);
    [[nodiscard]] Postmortem lastDraft() const;
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace postlude
