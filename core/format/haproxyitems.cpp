// SPDX-License-Identifier: GPL-3.0-or-later
// What HAProxy's % variables and sample expressions are to us: configuration manual 8.2 (log
// formats) and 7.3 (samples), 2.0 to 3.2.
#include "core/format/detail/haproxyitems.h"

#include "core/format/detail/chars.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr std::string_view kMillis = "15/Jan/2024:09:57:40.143";
constexpr std::string_view kZoned = "15/Jan/2024:09:57:40 +0000";

Target noted(Note note, std::string name) {
    Target t = actTarget(Act::Noted);
    t.note = note;
    t.unit = kMs;
    t.name = std::move(name);
    return t;
}

Target query(std::string name) {
    Target t = actTarget(Act::Query);
    t.name = std::move(name);
    return t;
}

struct Alias {
    std::string_view name; ///< behind '%'
    std::string_view full; ///< what the manual calls the field
    Target target;         ///< Skip: kept in extra
};

const std::vector<Alias>& aliases() {
    static const std::vector<Alias> table = {
        {"B", "bytes_read", numberTarget(NumberField::BytesSent)},
        {"CC", "captured_request_cookie", {}},
        {"CS", "captured_response_cookie", {}},
        {"H", "hostname", textTarget(TextField::Host)},
        {"HM", "method", textTarget(TextField::Method)},
        {"HP", "HP", textTarget(TextField::Path)},
        {"HPO", "HPO", textTarget(TextField::Path)},
        {"HQ", "HQ", query("HQ")},
        {"HU", "HU", textTarget(TextField::Path)},
        {"HV", "HV", textTarget(TextField::HttpVersion)},
        {"ID", "unique_id", textTarget(TextField::RequestId)},
        {"OG", "log_origin", {}},
        {"ST", "status_code", numberTarget(NumberField::Status)},
        {"T", "gmt_date_time", actTarget(Act::Time)},
        {"Ta", "Ta", spanTarget(NumberField::Duration, kMs)},
        {"Tc", "Tc", spanTarget(NumberField::Connect, kMs)},
        {"Td", "Td", {}},
        {"Th", "Th", noted(Note::Handshake, "Th")},
        {"Ti", "Ti", noted(Note::Idle, "Ti")},
        {"Tl", "local_date_time", actTarget(Act::Time)},
        {"Tq", "Tq", noted(Note::ToRequest, "Tq")},
        {"TR", "TR", noted(Note::Head, "TR")},
        {"Tr", "Tr", spanTarget(NumberField::Response, kMs)},
        {"Ts", "timestamp", actTarget(Act::Time)},
        {"Tt", "Tt", spanTarget(NumberField::Duration, kMs)},
        {"Tu", "Tu", {}},
        {"Tw", "Tw", spanTarget(NumberField::Queue, kMs)},
        {"U", "bytes_uploaded", numberTarget(NumberField::BytesReceived)},
        {"ac", "actconn", {}},
        {"b", "backend_name", actTarget(Act::Backend)},
        {"bc", "beconn", {}},
        {"bi", "backend_source_ip", {}},
        {"bp", "backend_source_port", {}},
        {"bq", "backend_queue", {}},
        {"ci", "client_ip", textTarget(TextField::ClientIp)},
        {"cp", "client_port", numberTarget(NumberField::ClientPort)},
        {"f", "frontend_name", actTarget(Act::Frontend)},
        {"fc", "feconn", {}},
        {"fi", "frontend_ip", {}},
        {"fp", "frontend_port", {}},
        {"ft", "frontend_name_transport", actTarget(Act::Frontend)},
        {"lc", "frontend_log_counter", {}},
        {"ms", "accept_date_ms", actTarget(Act::Time)},
        {"pid", "pid", numberTarget(NumberField::Pid)},
        {"r", "http_request", actTarget(Act::Request)},
        {"rc", "retries", numberTarget(NumberField::Retries)},
        {"rt", "request_counter", {}},
        {"s", "server_name", actTarget(Act::Server)},
        {"sc", "srvconn", {}},
        {"si", "server_ip", {}},
        {"sp", "server_port", {}},
        {"sq", "srv_queue", {}},
        {"sslc", "ssl_ciphers", {}},
        {"sslv", "ssl_version", {}},
        {"t", "accept_date", actTarget(Act::Time)},
        {"tr", "request_date", actTarget(Act::Time)},
        {"trg", "gmt_request_date", actTarget(Act::Time)},
        {"trl", "local_request_date", actTarget(Act::Time)},
        {"ts", "termination_state", textTarget(TextField::Termination)},
        {"tsc", "termination_state", textTarget(TextField::Termination)},
    };
    return table;
}

std::string shapeOf(std::string_view alias) {
    if (alias == "t" || alias == "tr") return std::string(kMillis);
    if (alias == "T" || alias == "Tl" || alias == "trg" || alias == "trl")
        return std::string(kZoned);
    if (alias == "Ts") return "1705312660";
    return alias == "ms" ? "143" : "";
}

struct Sample {
    std::string_view name;
    std::string_view alias; ///< the % variable that logs the same
};
// The manual's own table of what may stand instead of its % variables, and their older names.
constexpr Sample kSamples[] = {
    {"src", "ci"},
    {"fc_src", "ci"},
    {"src_port", "cp"},
    {"fc_src_port", "cp"},
    {"dst", "fi"},
    {"dst_port", "fp"},
    {"fe_name", "f"},
    {"be_name", "b"},
    {"srv_name", "s"},
    {"bc_dst", "si"},
    {"bc_dst_port", "sp"},
    {"bc_src", "bi"},
    {"bc_src_port", "bp"},
    {"method", "HM"},
    {"capture.req.method", "HM"},
    {"path", "HP"},
    {"pathq", "HU"},
    {"url", "HU"},
    {"capture.req.uri", "HU"},
    {"query", "HQ"},
    {"req.ver", "HV"},
    {"req_ver", "HV"},
    {"capture.req.ver", "HV"},
    {"status", "ST"},
    {"txn.status", "ST"},
    {"unique-id", "ID"},
    {"hostname", "H"},
    {"pid", "pid"},
    {"bytes_out", "B"},
    {"res.bytes", "B"},
    {"bytes_in", "U"},
    {"req.bytes", "U"},
    {"fc.timer.handshake", "Th"},
    {"fc_timer_handshake", "Th"},
    {"req.timer.idle", "Ti"},
    {"req.timer.tq", "Tq"},
    {"req.timer.hdr", "TR"},
    {"req.timer.queue", "Tw"},
    {"bc.timer.connect", "Tc"},
    {"res.timer.hdr", "Tr"},
    {"res.timer.data", "Td"},
    {"txn.timer.total", "Ta"},
    {"txn.timer.user", "Tu"},
    {"fc.timer.total", "Tt"},
    {"txn.conn_retries", "rc"},
    {"txn.sess_term_state", "ts"},
    {"ssl_fc_cipher", "sslc"},
    {"ssl_fc_protocol", "sslv"},
};

/// Converters that leave the value what it is.
bool keepsValue(std::string_view converter) {
    const std::string_view name = converter.substr(0, converter.find('('));
    static constexpr std::string_view names[] = {"lower", "upper", "json",    "utf8",
                                                 "ltrim", "rtrim", "url_dec", "str"};
    return std::ranges::find(names, name) != std::end(names);
}

/// Cuts at commas that stand outside of parentheses.
std::vector<std::string_view> parted(std::string_view text) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0)) {
            parts.push_back(text.substr(from, i - from));
            from = i + 1;
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')') {
            --depth;
        }
    }
    return parts;
}

/// The text in name(…), or nothing.
std::optional<std::string_view> argumentOf(std::string_view call, std::string_view name) {
    if (!call.starts_with(name) || call.substr(name.size(), 1) != "(" || !call.ends_with(')'))
        return {};
    std::string_view inside = call.substr(name.size() + 1, call.size() - name.size() - 2);
    if (inside.size() > 1 && (inside.front() == '"' || inside.front() == '\'') &&
        inside.back() == inside.front())
        inside = inside.substr(1, inside.size() - 2);
    return inside;
}

std::string capturedName(const std::vector<std::string>& names, std::string_view index) {
    unsigned at = 0;
    return digits(index, 0, index.size(), at) && at < names.size() ? names[at] : std::string{};
}

/// "accept_date(ms)", "request_date,ltime(%Y-%m-%d)", "date(0,ms),ms_utime(…)": what it looks like.
std::string dateShape(std::string_view fetch, const std::vector<std::string_view>& parts) {
    for (const std::string_view name :
         {"ltime", "utime", "ms_ltime", "ms_utime", "us_ltime", "us_utime"})
        for (std::size_t i = 1; i < parts.size(); ++i)
            if (const auto argument = argumentOf(parts[i], name)) {
                std::string text(*argument);
                // "%d/%b/%Y:%H:%M:%S",0: what is quoted, without the offset behind it.
                if (text.starts_with('"') || text.starts_with('\''))
                    text = text.substr(1, text.find(text.front(), 1) - 1);
                if (const std::size_t at = text.find("%N"); at != std::string::npos)
                    text.replace(at, 2, name.starts_with("us") ? "%6f" : "%3f");
                return strftimeShape(text).value_or("");
            }
    if (parts.size() > 1) return {};
    if (fetch.find("us)") != std::string_view::npos) return "1705312660143000";
    return fetch.find("ms)") != std::string_view::npos ? "1705312660143" : "1705312660";
}

std::optional<Item> dateItem(std::string_view expression,
                             const std::vector<std::string_view>& parts, std::size_t column) {
    const std::string_view fetch = parts.front().substr(0, parts.front().find('('));
    if (fetch != "accept_date" && fetch != "request_date" && fetch != "date") return {};
    Item item = fieldItem(std::string(expression),
                          actTarget(fetch == "date" ? Act::TimeEnd : Act::Time), column);
    item.shape = dateShape(parts.front(), parts);
    if (item.shape.empty()) item.target = extraTarget(item.name);
    return item;
}

} // namespace

std::optional<Item> haproxyAlias(std::string_view alias, std::size_t column) {
    const auto it = std::ranges::find(aliases(), alias, &Alias::name);
    if (it == aliases().end()) return {};
    std::string name(it->full);
    Target target = it->target.act == Act::Skip ? extraTarget(name) : it->target;
    Item item = fieldItem(std::move(name), std::move(target), column);
    item.shape = shapeOf(alias);
    if (alias == "sq") item.oneOf = {"#"}; // without it, the first capture would be taken for it
    item.isAddress = alias == "ci" || alias == "fi" || alias == "bi" || alias == "si";
    return item;
}

Item haproxySample(std::string_view expression, const HaproxyCaptures& captures,
                   std::size_t column) {
    const std::vector<std::string_view> parts = parted(expression);
    if (auto date = dateItem(expression, parts, column)) return *date;
    std::string name(expression);
    const bool plain = std::all_of(parts.begin() + 1, parts.end(), keepsValue);
    const bool json = std::ranges::any_of(
        parts, [](std::string_view part) { return part.starts_with("json(") || part == "json"; });
    Item item = fieldItem(name, extraTarget(name), column);
    const std::string_view fetch = parts.front();
    const auto* same = std::ranges::find(kSamples, fetch, &Sample::name);
    if (plain && same != std::end(kSamples)) {
        item = *haproxyAlias(same->alias, column);
    } else if (plain) {
        for (const std::string_view header : {"req.hdr", "req.fhdr", "hdr", "fhdr"})
            if (const auto argument = argumentOf(fetch, header))
                item = fieldItem(name, headerTarget(argument->substr(0, argument->find(',')), name),
                                 column);
        if (const auto index = argumentOf(fetch, "capture.req.hdr")) {
            std::string header = capturedName(captures.request, *index);
            if (header.empty()) header = name;
            item = fieldItem(header, headerTarget(header, header), column);
        }
        if (const auto index = argumentOf(fetch, "capture.res.hdr")) {
            std::string header = capturedName(captures.response, *index);
            if (header.empty()) header = name;
            item = fieldItem(header, extraTarget(header), column);
        }
    }
    item.jsonString = json;
    const bool text = fetch.find("hdr") != std::string_view::npos || fetch.starts_with("var(");
    item.isFree = item.isFree || (item.target.act == Act::Extra && text);
    return item;
}

} // namespace postlude
