// SPDX-License-Identifier: GPL-3.0-or-later
// Envoy's access log formats: text_format strings, and json_format objects, whose lines Envoy
// writes with the keys in an order of its own.
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"
#include "core/format/detail/readers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

struct Operator {
    std::string_view name, target; ///< the latter as targetNamed() knows it
};
constexpr Operator kOperators[] = {
    {"START_TIME", "time"},
    {"PROTOCOL", "http_version"},
    {"RESPONSE_CODE", "status"},
    {"BYTES_RECEIVED", "bytes_received"},
    {"BYTES_SENT", "bytes_sent"},
    {"DURATION", "duration_ms"},
    {"UPSTREAM_HOST", "server_url"},
    {"UPSTREAM_CLUSTER", "backend"},
    {"UPSTREAM_CLUSTER_RAW", "backend"},
    {"DOWNSTREAM_REMOTE_ADDRESS", "client"},
    {"DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "remote_addr"},
    {"DOWNSTREAM_REMOTE_PORT", "client_port"},
    {"HOSTNAME", "host"},
    {"START_TIME_LOCAL", "time"},
    {"EMIT_TIME", "time_end"},
    {"EMIT_TIME_LOCAL", "time_end"},
    {"UPSTREAM_REMOTE_ADDRESS", "server_url"},
    {"DOWNSTREAM_DIRECT_REMOTE_ADDRESS", "client"},
    {"DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT", "remote_addr"},
    {"DOWNSTREAM_DIRECT_REMOTE_PORT", "client_port"},
    {"TRACE_ID", "request_id"},
    {"STREAM_ID", "request_id"},
    {"UNIQUE_ID", "request_id"},
    {"PATH", "path"},
    {"UPSTREAM_REQUEST_ATTEMPT_COUNT", "attempt_count"},
};
// What is only meant where the format string has none of the better ones.
struct Lesser {
    std::string_view name, better;
};
constexpr Lesser kLesser[] = {
    {"EMIT_TIME", "%START_TIME"},
    {"EMIT_TIME_LOCAL", "%START_TIME"},
    {"UPSTREAM_REMOTE_ADDRESS", "%UPSTREAM_HOST%"},
    {"DOWNSTREAM_DIRECT_REMOTE_ADDRESS", "%DOWNSTREAM_REMOTE_ADDRESS"},
    {"DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT", "%DOWNSTREAM_REMOTE_ADDRESS"},
    {"DOWNSTREAM_DIRECT_REMOTE_PORT", "%DOWNSTREAM_REMOTE_"},
    {"TRACE_ID", "(X-REQUEST-ID)"},
    {"STREAM_ID", "(X-REQUEST-ID)"},
    {"UNIQUE_ID", "(X-REQUEST-ID)"},
};
// Headers that say more than any other header.
constexpr Operator kRequestHeaders[] = {{":method", "method"},
                                        {":path", "path"},
                                        {"user-agent", "user_agent"},
                                        {"referer", "referrer"},
                                        {"x-forwarded-for", "forwarded_for"},
                                        {"x-request-id", "request_id"}};

std::string lowered(std::string_view text) {
    std::string low(text);
    std::ranges::transform(low, low.begin(), lower);
    return low;
}

std::string raised(std::string_view text) {
    std::string high(text);
    std::ranges::transform(high, high.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return high;
}

template <std::size_t N>
std::string_view targetOf(const Operator (&table)[N], std::string_view name) {
    const auto* it = std::ranges::find(table, name, &Operator::name);
    return it == std::end(table) ? std::string_view{} : it->target;
}

/// "%REQ(X?Y):30%": what stands between the percent signs.
struct Command {
    std::string_view name, argument;

    [[nodiscard]] bool isHeader(std::string_view side) const {
        return name == side.substr(0, side.find('|')) || name == side.substr(side.find('|') + 1);
    }
    /// "X-ENVOY-ORIGINAL-PATH?:PATH": the second is what the first stands for.
    [[nodiscard]] std::string header() const {
        return lowered(argument.substr(argument.find('?') + 1));
    }
    /// The column, or nothing. `format`: the whole string, in capitals.
    [[nodiscard]] std::string_view target(std::string_view format) const {
        for (const Lesser& each : kLesser)
            if (each.name == name && format.find(each.better) != std::string_view::npos) return {};
        if (isHeader("REQ|REQUEST_HEADER") || name == "REQ_WITHOUT_QUERY")
            return targetOf(kRequestHeaders, header());
        if (isHeader("RESP|RESPONSE_HEADER"))
            return header() == "x-envoy-upstream-service-time" ? "response_ms" : "";
        return targetOf(kOperators, name);
    }
    /// Its name where there is no column for it.
    [[nodiscard]] std::string ownName() const {
        if (argument.empty() || name.starts_with("START_TIME") || name.starts_with("EMIT_TIME"))
            return lowered(name);
        if (isHeader("REQ|REQUEST_HEADER") || isHeader("RESP|RESPONSE_HEADER")) {
            const std::string low = header();
            return low.starts_with(':') ? low.substr(1) : low;
        }
        return std::string(argument);
    }
};

/// Takes a command off the front of `text`, which begins with '%'; false if it is none.
bool takeCommand(std::string_view& text, Command& command) {
    std::size_t at = 1;
    while (at < text.size() && (isAlnum(text[at]) || text[at] == '_'))
        ++at;
    command.name = text.substr(1, at - 1);
    command.argument = {};
    if (at < text.size() && text[at] == '(') {
        std::size_t close = text.find(')', at);
        while (close + 1 < text.size() && text[close + 1] != '%' && text[close + 1] != ':')
            close = text.find(')', close + 1);
        if (close >= text.size()) return false;
        command.argument = text.substr(at + 1, close - at - 1);
        at = close + 1;
    }
    if (at < text.size() && text[at] == ':')
        for (++at; at < text.size() && isDigit(text[at]);)
            ++at;
    if (command.name.empty() || at >= text.size() || text[at] != '%') return false;
    text.remove_prefix(at + 1);
    return true;
}

std::string timeShape(const Command& command) {
    return command.argument.empty() ? "2024-01-15T09:57:40.143Z"
                                    : strftimeShape(command.argument).value_or("");
}

Item itemOf(const Command& command, std::string_view format, std::size_t column);

/// Of a time that is told twice ("%Y/%m/%dT%H:%M:%S%z %s") the first is taken.
void addCommand(std::vector<Item>& items, Command command, std::string_view format,
                std::size_t column) {
    const std::string_view argument = command.argument;
    const bool twice = argument.ends_with(" %s") && command.target(format) == "time" &&
                       strftimeShape(argument.substr(0, argument.size() - 3)).has_value();
    if (twice) command.argument = argument.substr(0, argument.size() - 3);
    items.push_back(itemOf(command, format, column));
    if (!twice) return;
    addLiteral(items, " ", column);
    items.push_back(fieldItem("epoch", actTarget(Act::Skip), column));
}

Item itemOf(const Command& command, std::string_view format, std::size_t column) {
    const std::string_view name = command.target(format);
    const auto target = name == "remote_addr" ? actTarget(Act::Peer)
                        : name.empty()        ? std::optional<Target>{}
                                              : targetNamed(name);
    Item item =
        fieldItem(command.ownName(), target ? *target : extraTarget(command.ownName()), column);
    if (name == "time" || name == "time_end") {
        item.shape = timeShape(command);
        if (item.shape.empty()) item.target = extraTarget(item.name);
    }
    return item;
}

} // namespace

Result<Program> compileEnvoy(std::string_view format) {
    while (format.ends_with('\n') || format.ends_with("\\n"))
        format.remove_suffix(format.ends_with('\n') ? 1 : 2);
    const std::string capitals = raised(format);
    std::vector<Item> items;
    for (std::string_view rest = format; !rest.empty();) {
        const std::size_t column = format.size() - rest.size();
        Command command;
        if (rest.front() != '%' || rest.starts_with("%%")) {
            addLiteral(items, rest.substr(0, 1), column);
            rest.remove_prefix(rest.front() == '%' ? 2 : 1);
        } else if (takeCommand(rest, command)) {
            addCommand(items, command, capitals, column);
        } else {
            return std::unexpected(
                formatFault("Envoy", column, "what begins with this “%” is no command"));
        }
    }
    return link(std::move(items), "Envoy");
}

namespace {

/// Columns of the members that are one command each, by their names ("outer.inner").
void addMembers(const QJsonObject& object, std::string_view format, const QString& prefix,
                QJsonObject& fields) {
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value().isObject()) {
            addMembers(it.value().toObject(), format, prefix + it.key() + '.', fields);
            continue;
        }
        const std::string text = it.value().toString().toStdString();
        std::string_view rest = text;
        Command command;
        if (!rest.starts_with('%') || !takeCommand(rest, command) || !rest.empty()) continue;
        const std::string_view target = command.target(format);
        if (!target.empty())
            fields[prefix + it.key()] =
                QString::fromStdString(std::string(target == "remote_addr" ? "client" : target));
    }
}

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeEnvoyJsonFormat(About about,
                                                               std::string_view format) {
    QJsonParseError parse;
    const QJsonObject object =
        QJsonDocument::fromJson(QByteArray(format.data(), static_cast<qsizetype>(format.size())),
                                &parse)
            .object();
    if (parse.error != QJsonParseError::NoError)
        return std::unexpected(formatFault("Envoy", static_cast<std::size_t>(parse.offset),
                                           parse.errorString().toStdString()));
    QJsonObject fields;
    addMembers(object, raised(format), {}, fields);
    QJsonArray when;
    for (auto it = fields.begin(); it != fields.end(); ++it)
        if (it.value() == "time" || it.value() == "time_end") when.append(it.key());
    const QJsonObject shape{{"kind", "request"}, {"when", when}, {"fields", fields}};
    return makeJsonFormat(std::move(about), QJsonObject{{"shapes", QJsonArray{shape}}});
}

} // namespace postlude
