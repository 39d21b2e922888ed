// SPDX-License-Identifier: GPL-3.0-or-later
// nginx's log_format strings, of http and stream.
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"

namespace postlude {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

Target query() {
    Target t = actTarget(Act::Query);
    t.name = "args";
    return t;
}

struct Variable {
    std::string_view name;
    Target target;
    std::string_view shape = {}; ///< of times
};

/// Variables that have a column of ours; all others are kept in extra by their name.
const std::vector<Variable>& variables() {
    static const auto lastSpan = [](NumberField field) {
        Target t = spanTarget(field, kSecond);
        t.act = Act::LastSpan;
        return t;
    };
    static const std::vector<Variable> table = {
        {"remote_addr", actTarget(Act::Peer)},
        {"remote_port", numberTarget(NumberField::ClientPort)},
        {"remote_user", textTarget(TextField::User)},
        {"proxy_protocol_addr", actTarget(Act::Forwarded)},
        {"proxy_add_x_forwarded_for", actTarget(Act::Forwarded)},
        {"time_local", actTarget(Act::TimeEnd), "15/Jan/2024:09:57:40 +0000"},
        {"time_iso8601", actTarget(Act::TimeEnd), "2024-01-15T09:57:40+00:00"},
        {"msec", actTarget(Act::TimeEnd), "1705312660.143"},
        {"request", actTarget(Act::Request)},
        {"request_method", textTarget(TextField::Method)},
        {"request_uri", textTarget(TextField::Path)},
        {"uri", textTarget(TextField::Path)},
        {"document_uri", textTarget(TextField::Path)},
        {"args", query()},
        {"query_string", query()},
        {"server_protocol", textTarget(TextField::HttpVersion)},
        {"status", numberTarget(NumberField::Status)},
        {"body_bytes_sent", numberTarget(NumberField::BytesSent)},
        {"bytes_sent", numberTarget(NumberField::BytesSent)},
        {"request_length", numberTarget(NumberField::BytesReceived)},
        {"bytes_received", numberTarget(NumberField::BytesReceived)},
        {"request_time", spanTarget(NumberField::Duration, kSecond)},
        {"session_time", spanTarget(NumberField::Duration, kSecond)},
        {"upstream_addr", actTarget(Act::Attempts)},
        {"upstream_response_time", lastSpan(NumberField::Response)},
        {"upstream_header_time", lastSpan(NumberField::Response)},
        {"upstream_first_byte_time", lastSpan(NumberField::Response)}, // of streams
        {"upstream_connect_time", lastSpan(NumberField::Connect)},
        {"upstream_queue_time", lastSpan(NumberField::Queue)},
        {"proxy_host", actTarget(Act::Backend)},
        {"proxy_upstream_name", actTarget(Act::Backend)}, // the ingress controller's
        {"request_id", textTarget(TextField::RequestId)},
        {"req_id", textTarget(TextField::RequestId)},
        {"hostname", textTarget(TextField::Host)},
        {"pid", numberTarget(NumberField::Pid)},
    };
    return table;
}

Item itemOf(const std::string& name, std::size_t column) {
    const auto known = std::ranges::find(variables(), name, &Variable::name);
    Target target = extraTarget(name);
    if (known != variables().end())
        target = known->target;
    else if (name.starts_with("http_"))
        target = headerTarget(name.substr(5), name);
    if (target.name.empty()) target.name = name;
    Item item = fieldItem(name, std::move(target), column);
    if (known != variables().end()) item.shape = known->shape;
    if (name == "request_uri") item.begins = '/';
    if (name.starts_with("upstream_")) item.take = Take::List;
    item.isFree = item.isFree || name.starts_with("http_") || name.starts_with("sent_http_") ||
                  name.starts_with("upstream_http_");
    return item;
}

/// Where both are logged the more exact one is meant; the other stays in extra.
void preferFirst(std::vector<Item>& items, const std::vector<std::string>& names) {
    bool found = false;
    for (const std::string& name : names)
        for (Item& item : items) {
            if (item.name != name) continue;
            if (found) item.target = extraTarget(name);
            found = true;
        }
}

/// "$is_args$args" is a query with its question mark.
void dropIsArgs(std::vector<Item>& items) {
    std::erase_if(items, [](const Item& item) { return item.name == "is_args"; });
}

bool isNameChar(char c) {
    return isAlnum(c) || c == '_';
}

} // namespace

Result<Program> compileNginx(std::string_view format) {
    std::vector<Item> items;
    for (std::size_t at = 0; at < format.size();) {
        if (format[at] != '$') {
            addLiteral(items, format.substr(at, 1), at);
            ++at;
            continue;
        }
        const std::size_t start = at++;
        const bool braces = at < format.size() && format[at] == '{';
        std::size_t end = at += braces ? 1 : 0;
        while (end < format.size() && isNameChar(format[end]))
            ++end;
        if (end == at || (braces && (end == format.size() || format[end] != '}')))
            return std::unexpected(formatFault("nginx", start, "no variable's name after “$”"));
        items.push_back(itemOf(std::string(format.substr(at, end - at)), start));
        at = end + (braces ? 1 : 0);
    }
    dropIsArgs(items);
    preferFirst(items, {"msec", "time_iso8601", "time_local"});
    preferFirst(items, {"upstream_response_time", "upstream_header_time"});
    preferFirst(items, {"body_bytes_sent", "bytes_sent"});
    preferFirst(items, {"request_uri", "uri", "document_uri"});
    settleJson(items, true);
    return link(std::move(items), "nginx");
}

} // namespace postlude
