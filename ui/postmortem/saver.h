// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps what is written: at most two seconds after a change it is a revision of the case.
#pragma once

#include "core/case/documents.h"
#include "ui/postmortem/document.h"

#include <QTimer>

namespace postlude {

/// Lives on the GUI thread. The case must outlive it or be taken away with setCase(nullptr).
class DocumentSaver : public QObject {
    Q_OBJECT
public:
    explicit DocumentSaver(Document& document, QObject* parent = nullptr);

    /// Which of the case's documents is edited.
    void setCase(Case* of, DocumentId document = DocumentId::First);
    /// The document is this revision; nothing is unsaved.
    void startFrom(const std::optional<Revision>& revision);
    /// Saves now if something is unsaved; false if it could not be written.
    bool save();
    /// Saves the current document as a revision of its own ("draft", "restored revision 3").
    bool saveAs(const std::string& why);
    [[nodiscard]] bool isUnsaved() const { return unsaved_; }
    [[nodiscard]] QString status() const;

Q_SIGNALS:
    void statusChanged(const QString& text);
    void failed(const postlude::Error& error);

private:
    void touch();
    Document& document_;
    Case* case_ = nullptr;
    DocumentId which_ = DocumentId::First;
    QTimer soon_, clock_;
    bool unsaved_ = false, failing_ = false;
    std::int64_t revision_ = 0;
    Instant saved_{};
    std::string json_; ///< of the newest revision
};

} // namespace postlude
