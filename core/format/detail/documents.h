// SPDX-License-Identifier: GPL-3.0-or-later
// Formats that are read as a whole.
#pragma once

#include "core/format/detail/readers.h"

namespace postlude {

std::shared_ptr<const KnownFormat> makeAlertmanagerFormat(About about);
std::shared_ptr<const KnownFormat> makeSlackFormat(About about);
std::shared_ptr<const KnownFormat> makeGitLogFormat(About about);
std::shared_ptr<const KnownFormat> makePrometheusFormat(About about);
/// `file`: "fields" (column → target), "when" (columns that must be there), "kind", "set"; without
/// "fields" columns are told by their usual names.
Result<std::shared_ptr<const KnownFormat>> makeCsvFormat(About about, const QJsonObject& file);

/// `file`: as of reader "json", and "in" (paths to where its objects are in a document that holds
/// more, see objectsAt()) and "within" (outer names that are left off: "labels.").
Result<std::shared_ptr<const KnownFormat>> makeJsonExportFormat(About about,
                                                                const QJsonObject& file);

/// Finds line numbers of ascending offsets in one pass over the text.
class LineCounter {
public:
    explicit LineCounter(std::string_view text)
        : text_(text) {}
    /// 1-based; `offset` must not be smaller than in the call before.
    std::uint64_t lineAt(std::size_t offset);
    /// The place of text[from, to), without line breaks at its end.
    RecordPlace place(std::size_t from, std::size_t to);

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
};

/// One element of a JSON array (or the only object), as written.
struct JsonPiece {
    std::string_view text; ///< within the document
    std::size_t offset = 0;
};
/// The objects of a top-level array, one after another; a single object, or one object after
/// another (JSON lines, pretty-printed or not), are taken likewise. Strings are respected,
/// nothing else is checked: what is inside is parsed piece by piece. `complete` becomes false
/// if the text ends within an object.
std::vector<JsonPiece> splitObjects(std::string_view text, bool& complete);

} // namespace postlude
