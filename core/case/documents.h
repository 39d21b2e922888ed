// SPDX-License-Identifier: GPL-3.0-or-later
// The postmortems of a case. There is always at least one; each has a name and revisions of its
// own, whose numbers are never used twice in a case. Nothing is ever erased: what is deleted is
// hidden with all its revisions, and comes back with them.
#pragma once

#include "core/case/case.h"

namespace postlude {

/// Number of a document within its case, from 1, never used again for another.
enum class DocumentId : std::int64_t { None = 0, First = 1 };

struct DocumentInfo {
    DocumentId id = DocumentId::None;
    std::string name;             ///< as people call it; "" where nobody has named it
    std::uint64_t revisions = 0;  ///< 0: nothing is written yet
    std::optional<Instant> saved; ///< its newest revision
    std::optional<Instant> deleted;
    bool operator==(const DocumentInfo&) const = default;
};

/// All of these are as thread-safe as Case; what is written is on disk when the call returns.
/// Errors: NotFound (no such document) and those of the case.

/// In the order in which they were made, deleted ones included.
Result<std::vector<DocumentInfo>> documentsOf(const Case& of);
/// The one meant where nobody says which: the first that is not deleted.
Result<DocumentId> usualDocument(const Case& of);
/// By its number ("2") or its name, among those that are not deleted. NotFound says which there
/// are; Usage: several have that name.
Result<DocumentId> documentNamed(const Case& of, const std::string& nameOrNumber);

Result<DocumentId> addDocument(Case& to, const std::string& name);
Result<void> renameDocument(Case& of, DocumentId document, const std::string& name);
/// Usage: it is the last one.
Result<void> deleteDocument(Case& of, DocumentId document);
Result<void> restoreDocument(Case& of, DocumentId document);

/// A revision without what was written.
struct RevisionInfo {
    std::int64_t number = 0;
    Instant saved{};
    std::string why; ///< "draft", "typed", "restored revision 3"
};
/// In the order in which they were saved. What was written is not read for this.
Result<std::vector<RevisionInfo>> revisionListOf(const Case& of, DocumentId document);
/// By its number, which no other document of the case has. NotFound: there is none.
Result<Revision> revisionNumbered(const Case& of, std::int64_t number);
/// The newest revision, if there is one.
Result<std::optional<Revision>> newestRevision(const Case& of, DocumentId document);
Result<std::vector<Revision>> revisionsOf(const Case& of, DocumentId document);
/// Appends a revision; gives its number.
Result<std::int64_t> saveRevision(Case& to, DocumentId document, const std::string& json,
                                  const std::string& why);

} // namespace postlude
