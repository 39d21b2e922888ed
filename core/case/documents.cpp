// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/documents.h"

#include "core/case/detail/database.h"

#include <algorithm>

namespace postlude {

namespace {

using Database = Case::Store::Database;

std::int64_t now() {
    return nanoseconds(std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()));
}

Error noSuchDocument() {
    return {ErrorKind::NotFound, "the case has no such postmortem", {}, {}};
}

Revision revisionFrom(const sqlite::Statement& row) {
    return {row.integer(0), instant(row.integer(1)), row.text(2), row.text(3)};
}

/// A case of an older Postlude that is only read has no table of them yet: one document then.
bool hasDocuments(const Database& database) {
    return database.statement("SELECT 1 FROM sqlite_schema WHERE name = 'document'").step();
}

std::vector<DocumentInfo> readDocuments(const Database& database) {
    std::vector<DocumentInfo> all;
    auto row = database.statement(
        hasDocuments(database)
            ? "SELECT id, name, deleted, (SELECT count(*) FROM revision WHERE document = id), "
              "(SELECT max(saved) FROM revision WHERE document = id) FROM document ORDER BY id"
            : "SELECT 1, '', NULL, count(*), max(saved) FROM revision");
    while (row.step()) {
        DocumentInfo info{row.as<DocumentId>(0), row.text(1), row.as<std::uint64_t>(3), {}, {}};
        if (!row.isNull(2)) info.deleted = instant(row.integer(2));
        if (!row.isNull(4)) info.saved = instant(row.integer(4));
        all.push_back(std::move(info));
    }
    return all;
}

std::string quotedNames(const std::vector<DocumentInfo>& all) {
    std::string names;
    for (const DocumentInfo& info : all)
        names += (names.empty() ? "" : ", ") + std::to_string(static_cast<std::int64_t>(info.id)) +
                 (info.name.empty() ? "" : " “" + info.name + "”");
    return names;
}

/// Runs a statement that must change a document.
template <class... Values>
Result<void> change(Case& of, const char* sql, const Values&... values) {
    auto& database = of.store().database();
    const auto changed = database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement(sql).run(values...);
        return sqlite3_changes(database.handle.get());
    });
    if (!changed) return std::unexpected(changed.error());
    if (*changed == 0) return std::unexpected(noSuchDocument());
    return {};
}

Result<std::vector<DocumentInfo>> keptDocuments(const Case& of) {
    auto all = documentsOf(of);
    if (all) std::erase_if(*all, [](const DocumentInfo& info) { return info.deleted.has_value(); });
    return all;
}

} // namespace

Result<std::vector<DocumentInfo>> documentsOf(const Case& of) {
    const auto& database = of.store().database();
    return database.reading([&] { return readDocuments(database); });
}

Result<DocumentId> usualDocument(const Case& of) {
    const auto kept = keptDocuments(of);
    if (!kept) return std::unexpected(kept.error());
    if (kept->empty()) return std::unexpected(noSuchDocument());
    return kept->front().id;
}

Result<DocumentId> documentNamed(const Case& of, const std::string& nameOrNumber) {
    const auto kept = keptDocuments(of);
    if (!kept) return std::unexpected(kept.error());
    std::vector<DocumentId> found;
    for (const DocumentInfo& info : *kept)
        if (info.name == nameOrNumber) found.push_back(info.id);
    if (found.size() > 1)
        return std::unexpected(Error{ErrorKind::Usage,
                                     "several postmortems are called “" + nameOrNumber + "”",
                                     {},
                                     "say its number: " + quotedNames(*kept)});
    if (!found.empty()) return found.front();
    for (const DocumentInfo& info : *kept)
        if (std::to_string(static_cast<std::int64_t>(info.id)) == nameOrNumber) return info.id;
    Error none = noSuchDocument();
    none.remedy = "there are: " + quotedNames(*kept);
    return std::unexpected(std::move(none));
}

Result<DocumentId> addDocument(Case& to, const std::string& name) {
    auto& database = to.store().database();
    return database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement("INSERT INTO document (name) VALUES (?)").run(name);
        return static_cast<DocumentId>(sqlite3_last_insert_rowid(database.handle.get()));
    });
}

Result<void> renameDocument(Case& of, DocumentId document, const std::string& name) {
    return change(of, "UPDATE document SET name = ? WHERE id = ?", name, document);
}

Result<void> deleteDocument(Case& of, DocumentId document) {
    const auto kept = keptDocuments(of);
    if (!kept) return std::unexpected(kept.error());
    if (std::ranges::find(*kept, document, &DocumentInfo::id) == kept->end())
        return std::unexpected(noSuchDocument());
    if (kept->size() == 1)
        return std::unexpected(Error{ErrorKind::Usage,
                                     "this is the only postmortem of the case",
                                     {},
                                     "make another one first"});
    return change(of, "UPDATE document SET deleted = ? WHERE id = ?", now(), document);
}

Result<void> restoreDocument(Case& of, DocumentId document) {
    return change(of, "UPDATE document SET deleted = NULL WHERE id = ?", document);
}

Result<std::optional<Revision>> newestRevision(const Case& of, DocumentId document) {
    const auto& database = of.store().database();
    return database.reading([&] {
        auto row = database.statement(
            hasDocuments(database)
                ? "SELECT number, saved, why, json FROM revision WHERE document = ? "
                  "ORDER BY number DESC LIMIT 1"
                : "SELECT number, saved, why, json FROM revision WHERE 1 = ? "
                  "ORDER BY number DESC LIMIT 1");
        std::optional<Revision> newest;
        if (row.with(document).step()) newest = revisionFrom(row);
        return newest;
    });
}

/// `json` stands behind the columns that are read, on pages of its own where it is long; which
/// document it is the index knows.
Result<std::vector<RevisionInfo>> revisionListOf(const Case& of, DocumentId document) {
    const auto& database = of.store().database();
    return database.reading([&] {
        std::vector<RevisionInfo> revisions;
        auto row = database.statement(
            hasDocuments(database)
                ? "SELECT number, saved, why FROM revision WHERE document = ? ORDER BY number"
                : "SELECT number, saved, why FROM revision WHERE 1 = ? ORDER BY number");
        row.with(document);
        while (row.step())
            revisions.push_back({row.integer(0), instant(row.integer(1)), row.text(2)});
        return revisions;
    });
}

Result<Revision> revisionNumbered(const Case& of, std::int64_t number) {
    const auto& database = of.store().database();
    auto found = database.reading([&] {
        auto row =
            database.statement("SELECT number, saved, why, json FROM revision WHERE number = ?");
        std::optional<Revision> revision;
        if (row.with(number).step()) revision = revisionFrom(row);
        return revision;
    });
    if (!found) return std::unexpected(found.error());
    if (!*found)
        return std::unexpected(Error{ErrorKind::NotFound, "the case has no such revision", {}, {}});
    return std::move(**found);
}

Result<std::vector<Revision>> revisionsOf(const Case& of, DocumentId document) {
    const auto& database = of.store().database();
    return database.reading([&] {
        std::vector<Revision> revisions;
        auto row = database.statement(
            hasDocuments(database)
                ? "SELECT number, saved, why, json FROM revision WHERE document = ? ORDER BY number"
                : "SELECT number, saved, why, json FROM revision WHERE 1 = ? ORDER BY number");
        row.with(document);
        while (row.step())
            revisions.push_back(revisionFrom(row));
        return revisions;
    });
}

Result<std::int64_t> saveRevision(Case& to, DocumentId document, const std::string& json,
                                  const std::string& why) {
    auto& database = to.store().database();
    return database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement("INSERT INTO revision (saved, why, json, document) VALUES (?, ?, ?, ?)")
            .run(now(), why, json, document);
        return static_cast<std::int64_t>(sqlite3_last_insert_rowid(database.handle.get()));
    });
}

} // namespace postlude
