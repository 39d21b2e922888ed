// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/patternparts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace postlude {

namespace {

constexpr std::pair<std::string_view, std::string_view> kParts[] = {
    // 2024-01-15T09:57:47.890123+01:00, 2024/01/15 09:57:47,890 UTC, 2024-01-15 09:57:47 CET
    {"iso",
     R"(\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d:\d\d(?:[.,:]\d+)?(?: ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?!\w|:\d)| [A-Z]{3,4}(?=\]))?(?: (?:[ECMP][SD]T|(?:[CEW]E|AE|NZ)[SD]T|[CEW]ET|[CEW]EST|BST|IST|JST|KST|MSK|SGT|HKT)(?= ))?+)"},
    // Jan 15 09:57:47, Jan  5 2024 09:57:47.123, Mon Jan 15 09:57:47 2024
    {"syslogtime",
     R"((?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} [ \d]?\d(?: \d{4})? \d\d:\d\d:\d\d(?:[.,]\d+)?(?: \d{4}(?![\w.])(?!:\d))?)"},
    // 15/Jan/2024:09:57:47 +0000, 15-Jan-2024 09:57:47.890
    {"dmy",
     R"(\d\d[-/ ][A-Z][a-z]{2}[-/ ]\d{4}[: ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: (?:[+-]\d{4}|UTC|GMT))?)"},
    // Any of them, and what fewer programs write: 21.11.2026 12:14:15, 11/21/26 12:14:15,
    // 20261121T121415Z, Nov 21, 2026 @ 12:14:15.655, Sat, 21 Nov 2026 12:14:15 +0100; no epoch.
    {"stamp",
     R"((?:(?:\d{4}[-/.]\d\d[-/.]\d\d[T ]|\d{8}[T _-]|(?:[A-Z][a-z]{2},? )?\d\d?[-/ ][A-Z](?:[a-z]{2}|[A-Z]{2})[-/ ]\d{4}[:T ]|\d\d?[-/.]\d\d?[-/.](?:\d{4}|\d\d)(?:, ?| ))\d{1,2}:\d\d:\d\d(?:[.,:]\d+)?(?: ?[AaPp]\.?[Mm]\.?(?![\w.]))?|\d{8}[T _-]\d{6}(?:[.,]\d+)?|\d\d-\d\d \d\d:\d\d:\d\d\.\d+|(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} [ \d]?\d(?:,? \d{4})?(?:,| @)? \d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: ?[AaPp]\.?[Mm]\.?(?![\w.]))?(?: (?:UTC|GMT|[A-Z]{1,3}[SD]T|[CEW]E?T|MESZ?|MEZ|MSK|[+-]\d{4}))?(?: \d{4}(?![\w.])(?!:\d))?)(?: ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?!\w|:\d)(?:\[[A-Z][\w/+-]+\])?| (?:[ECMP][SD]T|(?:[CEW]E|AE|NZ)[SD]T|[CEW]E?T|MESZ|MEZ|BST|IST|JST|KST|MSK|SGT|HKT)(?=[ \])>]))?)"},
    {"epoch", R"(1\d{9}(?:\d{9}|\d{6}|\d{3})?(?:\.\d+)?)"},
    // A level's word, however it is written.
    {"level",
     R"((?i:TRACE|TRC|VERBOSE|DEBUG|DBG|INFO|INF|INFORMATION|NOTICE|WARN|WARNING|WRN|ERROR|ERR|EROR|FEHLER|ERREUR|WARNUNG|AVERTISSEMENT|SEVERE|SCHWERWIEGEND|CRITICAL|CRIT|FATAL|FTL|ALERT|EMERG|EMERGENCY|PANIC))"},
    {"ip", R"((?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*))"},
};

} // namespace

std::string withParts(std::string_view pattern) {
    std::string out;
    for (;;) {
        const std::size_t open = pattern.find("{{");
        const std::size_t close = pattern.find("}}", open);
        out += pattern.substr(0, open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            if (open != std::string_view::npos) out += pattern.substr(open);
            return out;
        }
        const std::string_view name = pattern.substr(open + 2, close - open - 2);
        const auto* part = std::ranges::find(kParts, name, [](const auto& p) { return p.first; });
        out += part == std::end(kParts) ? pattern.substr(open, close + 2 - open) : part->second;
        pattern.remove_prefix(close + 2);
    }
}

} // namespace postlude
