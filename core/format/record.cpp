// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/record.h"

#include "core/format/detail/colours.h"

#include <algorithm>
#include <unordered_map>

namespace postlude {

namespace {

constexpr std::array<std::string_view, kRecordKinds> kKindNames{
    "request", "message", "server_state", "change", "alert", "chat"};
constexpr std::array<std::string_view, 10> kLevelNames{
    "", "trace", "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"};
constexpr std::array<std::string_view, kTextFields> kTextNames{
    "client_ip", "method",      "path",       "http_version", "frontend",   "backend",
    "server",    "termination", "user_agent", "referrer",     "request_id", "host",
    "process",   "message",     "user",       "state",        "subject",    "time_raw"};
constexpr std::array<std::string_view, kNumberFields> kNumberNames{
    "status",      "client_port", "bytes_sent", "bytes_received",
    "duration_ms", "queue_ms",    "connect_ms", "response_ms",
    "retries",     "pid",         "end"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto it = std::ranges::find(names, name);
    if (it == names.end() || name.empty()) return {};
    return static_cast<Enum>(it - names.begin());
}

struct Spelling {
    std::string_view text;
    Level level;
};
constexpr Spelling kSpellings[] = {
    {"trace", Level::Trace},
    {"finest", Level::Trace},
    {"verbose", Level::Trace},
    {"debug", Level::Debug},
    {"dbg", Level::Debug},
    {"fine", Level::Debug},
    {"debug1", Level::Debug},
    {"debug2", Level::Debug},
    {"debug3", Level::Debug},
    {"info", Level::Info},
    {"inf", Level::Info},
    {"information", Level::Info},
    {"informational", Level::Info},
    {"log", Level::Info},
    {"statement", Level::Info},
    {"detail", Level::Info},
    {"hint", Level::Info},
    {"context", Level::Info},
    {"notice", Level::Notice},
    {"note", Level::Notice},
    {"warning", Level::Warning},
    {"warn", Level::Warning},
    {"wrn", Level::Warning},
    {"error", Level::Error},
    {"err", Level::Error},
    {"eror", Level::Error},
    {"severe", Level::Error},
    {"critical", Level::Critical},
    {"crit", Level::Critical},
    {"fatal", Level::Critical},
    {"ftl", Level::Critical},
    {"dpanic", Level::Critical},
    {"alert", Level::Alert},
    {"emergency", Level::Emergency},
    {"emerg", Level::Emergency},
    {"panic", Level::Emergency},
    {"t", Level::Trace},
    {"d", Level::Debug},
    {"i", Level::Info},
    {"w", Level::Warning},
    {"e", Level::Error},
    {"f", Level::Critical},
    {"v", Level::Trace},
    {"n", Level::Notice},
    {"c", Level::Critical},
    {"a", Level::Alert},
    {"vrb", Level::Trace},
    {"trc", Level::Trace},
    {"trce", Level::Trace},
    {"dbug", Level::Debug},
    {"fail", Level::Error},
    {"finer", Level::Debug},
    {"config", Level::Debug},
    {"debug4", Level::Debug},
    {"debug5", Level::Debug},
    {"emer", Level::Emergency},
    {"success", Level::Info},
    {"default", Level::Info},
    {"pnc", Level::Emergency},
    {"dpnc", Level::Critical},
    {"trace1", Level::Trace},
    {"trace2", Level::Trace},
    {"trace3", Level::Trace},
    {"trace4", Level::Trace},
    {"trace5", Level::Trace},
    {"trace6", Level::Trace},
    {"trace7", Level::Trace},
    {"trace8", Level::Trace}, // Apache httpd's
    {"http", Level::Info},
    {"silly", Level::Trace}, // winston's
    {"fehler", Level::Error},
    {"warnung", Level::Warning},
    {"schwerwiegend", Level::Error},
    {"erreur", Level::Error},
    {"avertissement", Level::Warning}, // Java's, where it speaks so
    {"failure", Level::Error},         // Blue Gene's
    // syslog's severities and bunyan's (and pino's) numbers have none in common
    {"0", Level::Emergency},
    {"1", Level::Alert},
    {"2", Level::Critical},
    {"3", Level::Error},
    {"4", Level::Warning},
    {"5", Level::Notice},
    {"6", Level::Info},
    {"7", Level::Debug},
    {"10", Level::Trace},
    {"20", Level::Debug},
    {"30", Level::Info},
    {"40", Level::Warning},
    {"50", Level::Error},
    {"60", Level::Critical},
};

} // namespace

std::string_view nameOf(RecordKind kind) {
    return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<RecordKind> kindNamed(std::string_view name) {
    return named<RecordKind>(kKindNames, name);
}

std::string_view nameOf(Level level) {
    return kLevelNames[static_cast<std::size_t>(level)];
}

Level levelFrom(std::string_view text) {
    // winston colours its levels, in JSON as well.
    if (std::string plain;
        text.find('\x1B') != std::string_view::npos && withoutColours(text, plain))
        return levelFrom(plain);
    std::string low(text.substr(0, std::min<std::size_t>(text.size(), 16)));
    std::ranges::transform(low, low.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    static const auto levels = [] {
        std::unordered_map<std::string_view, Level> all;
        for (const Spelling& spelling : kSpellings)
            all.emplace(spelling.text, spelling.level);
        return all;
    }();
    const auto it = levels.find(low);
    return it == levels.end() ? Level::None : it->second;
}

std::string_view nameOf(TextField field) {
    return kTextNames[static_cast<std::size_t>(field)];
}

std::optional<TextField> textFieldNamed(std::string_view name) {
    return named<TextField>(kTextNames, name);
}

std::string_view nameOf(NumberField field) {
    return kNumberNames[static_cast<std::size_t>(field)];
}

std::optional<NumberField> numberFieldNamed(std::string_view name) {
    return named<NumberField>(kNumberNames, name);
}

bool isDuration(NumberField field) {
    return field == NumberField::Duration || field == NumberField::Queue ||
           field == NumberField::Connect || field == NumberField::Response;
}

void Record::clear() {
    kind = RecordKind::Message;
    level = Level::None;
    time = {};
    texts = {};
    numbers.fill(kAbsent);
    extra.clear();
}

} // namespace postlude
