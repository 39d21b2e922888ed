// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"

#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

Target lastSpan(NumberField field) {
    Target t = spanTarget(field, kSecond);
    t.act = Act::LastSpan;
    return t;
}

/// Variables that have a column of ours; all others are kept in extra by their name.
Target targetOf(std::string_view name) {
    struct Entry {
        std::string_view name;
        Target target;
    };
    static const Entry table[] = {
        {"remote_addr", actTarget(Act::Peer)},
        {"realip_remote_addr", extraTarget("realip_remote_addr")},
        {"remote_port", numberTarget(NumberField::ClientPort)},
        {"remote_user", textTarget(TextField::User)},
        {"time_local", actTarget(Act::TimeEnd)},
        {"time_iso8601", actTarget(Act::TimeEnd)},
        {"msec", actTarget(Act::TimeEnd)},
        {"request", actTarget(Act::Request)},
        {"request_method", textTarget(TextField::Method)},
        {"request_uri", textTarget(TextField::Path)},
        {"uri", textTarget(TextField::Path)},
        {"server_protocol", textTarget(TextField::HttpVersion)},
        {"status", numberTarget(NumberField::Status)},
        {"body_bytes_sent", numberTarget(NumberField::BytesSent)},
        {"bytes_sent", numberTarget(NumberField::BytesSent)},
        {"request_length", numberTarget(NumberField::BytesReceived)},
        {"request_time", spanTarget(NumberField::Duration, kSecond)},
        {"upstream_addr", actTarget(Act::Attempts)},
        {"upstream_response_time", lastSpan(NumberField::Response)},
        {"upstream_connect_time", lastSpan(NumberField::Connect)},
        {"upstream_queue_time", lastSpan(NumberField::Queue)},
        {"proxy_host", actTarget(Act::Backend)},
        {"proxy_upstream_name", actTarget(Act::Backend)},
        {"request_id", textTarget(TextField::RequestId)},
        {"req_id", textTarget(TextField::RequestId)},
        {"hostname", textTarget(TextField::Host)},
        {"pid", numberTarget(NumberField::Pid)},
    };
    for (const Entry& e : table)
        if (e.name == name) return e.target;
    if (name.starts_with("http_")) return headerTarget(name.substr(5), std::string(name));
    return extraTarget(std::string(name));
}

/// Where both are logged the more exact one is meant; the other stays in extra.
void preferFirst(std::vector<Item>& items, const std::vector<std::string>& names) {
    std::size_t found = items.size();
    for (const std::string& name : names)
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].target.name != name) continue;
            if (found == items.size())
                found = i;
            else if (found != i)
                items[i].target = extraTarget(name);
        }
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
        if (end == at || (braces && (end == format.size() || format[end] != '}'))) {
            Error e{ErrorKind::NotUnderstood,
                    fmt::format("nginx format string, column {}: no variable's name after “$”",
                                start + 1)};
            e.place.offset = start + 1;
            return std::unexpected(e);
        }
        Item item;
        const std::string name(format.substr(at, end - at));
        item.target = targetOf(name);
        item.target.name = name;
        item.column = start;
        item.isAddress = name == "remote_addr";
        if (name.starts_with("upstream_")) item.take = Take::List;
        items.push_back(std::move(item));
        at = end + (braces ? 1 : 0);
    }
    preferFirst(items, {"msec", "time_iso8601", "time_local"});
    preferFirst(items, {"body_bytes_sent", "bytes_sent"});
    preferFirst(items, {"request_uri", "uri"});
    preferFirst(items, {"request", "request_uri"});
    preferFirst(items, {"request", "request_method"});
    return link(std::move(items), "nginx");
}

} // namespace postlude
