// SPDX-License-Identifier: GPL-3.0-or-later
// The postmortem while it is edited: one document, one undo history, and everybody who shows a
// part of it. Forms and tables never keep text of their own: they ask here and tell here.
#pragma once

#include "core/postmortem/history.h"
#include "ui/common/session.h"

#include <QObject>
#include <QPointer>
#include <functional>
#include <memory>
#include <optional>

namespace postlude {

/// Lives on the GUI thread.
class Document : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] bool isLoaded() const { return history_ != nullptr; }
    /// What is written now; an empty document while none is loaded.
    [[nodiscard]] const Postmortem& now() const;
    /// Starts a new undo history.
    void load(Postmortem document);
    void close();
    /// Its undo history, to go on with later; closes it.
    [[nodiscard]] std::unique_ptr<History> putAside();
    void goOn(std::unique_ptr<History> history);

    /// One step of undo. Steps with the same `what` that follow within two seconds become one.
    void edit(const std::string& what, const std::function<void(Postmortem&)>& change);
    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] QString undoName() const;

    [[nodiscard]] bool isReadOnly() const { return readOnly_; }
    void setReadOnly(bool on);

    /// What the logs say, for checks beside the fields; may be null.
    [[nodiscard]] const Analysis* analysis() const { return analysis_.get(); }
    void setAnalysis(std::shared_ptr<const Analysis> analysis);

    /// For what has to be read from the logs; null while no case is open.
    [[nodiscard]] Session* session() const { return session_; }
    void setSession(Session* session) { session_ = session; }

    /// How many numbers differ from the logs, as far as that is known.
    [[nodiscard]] std::size_t differing() const { return differing_; }
    void setDiffering(std::size_t numbers) { differing_ = numbers; }
    /// Says why something was not done.
    void refuse(const QString& why) { Q_EMIT refused(why); }
    /// A field wants evidence to be chosen for where its cursor is.
    void askForEvidence() { Q_EMIT evidenceAsked(); }
    /// The same for an entry to link to.
    void askForEntry() { Q_EMIT entryAsked(); }
    /// Somebody wants to see a place, as Kept::after names it.
    void askForPlace(const QString& place) { Q_EMIT placeAsked(place); }

Q_SIGNALS:
    void refused(const QString& why);
    void evidenceAsked();
    void entryAsked();
    void placeAsked(const QString& place);
    void changed(); ///< by anybody, also by load, close and undo
    void edited();  ///< changed, and not yet saved
    void accessChanged();
    void analysisChanged();

private:
    std::unique_ptr<History> history_;
    std::shared_ptr<const Analysis> analysis_;
    QPointer<Session> session_;
    bool readOnly_ = false;
    std::size_t differing_ = 0;
};

} // namespace postlude
