// SPDX-License-Identifier: GPL-3.0-or-later
// Compilers from servers' own format strings to field programs. All give NotUnderstood with
// `place.offset` = column (1-based) for what they cannot place.
#pragma once

#include "core/format/detail/items.h"

namespace postlude {

/// What else a HAProxy configuration says about a log-format's fields.
struct HaproxyCaptures {
    std::vector<std::string> request, response; ///< captured headers' names, in order
    /// Of another frontend that logs in the same format.
    struct OfFrontend {
        std::string frontend;
        std::vector<std::string> request, response;
        bool operator==(const OfFrontend&) const = default;
    };
    std::vector<OfFrontend> others = {};
    std::string structured = {};  ///< log-format-sd: what stands in RFC 5424's structured data
    std::string errorFormat = {}; ///< error-log-format: lines about connections that failed
    bool operator==(const HaproxyCaptures&) const = default;
};

/// HAProxy `log-format` (2.x configuration manual, 8.2.4), or "httplog", "tcplog", "httpslog",
/// "clf" for what the options of these names log.
Result<Program> compileHaproxy(std::string_view format, const HaproxyCaptures& captures = {});
/// nginx `log_format`, the joined string; with escape=json too.
Result<Program> compileNginx(std::string_view format);
/// Apache httpd `LogFormat` (mod_log_config, mod_logio), after the quotes are taken off.
Result<Program> compileApache(std::string_view format);
/// Squid `logformat`.
Result<Program> compileSquid(std::string_view format);
/// Envoy `access_log` text_format.
Result<Program> compileEnvoy(std::string_view format);

/// Postlude's own, for built-in formats: literal text and "{target}" (targetNamed()); also
/// "{target=a|b*|#|~}": only these words (wildcard.h); "{ target}": blanks may stand before it;
/// "{"target"}": perhaps in quotes; "{|}": the line may end here; "{{" is a brace.
Result<Program> compileTemplate(std::string_view format);

} // namespace postlude
