// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's log_line_prefix (its manual, 19.8.3) as steps, and what stands behind the prefix.
#pragma once

#include "core/base/error.h"
#include "core/format/detail/target.h"

#include <QJsonObject>

namespace postlude {

class KnownFormat;
struct About;

/// One thing that a prefix says.
struct PrefixItem {
    enum class Kind : std::uint8_t { Literal, Text, Word, Digits, Stamp, Peer, Code };
    Kind kind = Kind::Literal;
    std::string literal;
    Target target;
    bool padded = false; ///< "%-10p": blanks around it are none of its own
};

struct PostgresPrefix {
    std::vector<PrefixItem> items;
    std::size_t always = 0; ///< so many stand in lines of background processes, too (%q)
};

/// NotUnderstood with `place.offset` = column (1-based) for an escape there is none of, and for
/// two fields whose border cannot be told.
Result<PostgresPrefix> compilePostgresPrefix(std::string_view text);

/// Reads with the first prefix that fits.
Result<std::shared_ptr<const KnownFormat>>
makePostgresFormat(About about, const std::vector<std::string>& prefixes);
/// From a data file with "reader": "postgresql" and "prefixes".
Result<std::shared_ptr<const KnownFormat>> makePostgresFormat(About about, const QJsonObject& file);
/// csvlog: "reader": "postgresql-csv".
std::shared_ptr<const KnownFormat> makePostgresCsvFormat(About about);

/// "duration: 12.345 ms  statement: …" → the duration.
void takeStatementDuration(Record& out);

} // namespace postlude
