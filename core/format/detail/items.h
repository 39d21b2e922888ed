// SPDX-License-Identifier: GPL-3.0-or-later
// What the compilers of the dialects share: from the items of a format string, in order, to a
// list that link() can make a program of.
#pragma once

#include "core/format/detail/program.h"

namespace postlude {

/// Adds literal text, joined with literal text before it.
void addLiteral(std::vector<Item>& items, std::string_view text, std::size_t column);
/// A field with its own name.
Item fieldItem(std::string name, Target target, std::size_t column);
/// Where a logged header goes: the columns we have, else extra by `name`.
Target headerTarget(std::string_view header, std::string name);
/// The time 2024-01-15 09:57:40.143 UTC as strftime writes it, with "%3f", "%6f", "%9f", "%f" for
/// fractions of a second. Nothing if there is a letter in it that we do not know.
std::optional<std::string> strftimeShape(std::string_view format);

// What link() does with all items:
/// Makes one field of times that are written in parts ("%Ts.%ms", date, fraction and zone), and
/// leaves only times that can be read; of several the first counts.
void settleTimes(std::vector<Item>& items);
/// Where nothing else is the client, a header that tells it is.
void settleClients(std::vector<Item>& items);
/// Path and query that stand side by side become one path.
void joinQueries(std::vector<Item>& items);
/// A column that two items would fill is the first one's; the other goes to extra.
void settleDuplicates(std::vector<Item>& items);
/// In a format string that writes a JSON object, fields are named by their keys. `escaped`: the
/// server escapes strings as JSON does, which is undone.
void settleJson(std::vector<Item>& items, bool escaped);

/// "NAME format string, column 5: why"
Error formatFault(std::string_view dialect, std::size_t column, std::string_view why);

} // namespace postlude
