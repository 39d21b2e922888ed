// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/w3ccolumns.h"

#include "core/format/detail/chars.h"

namespace postlude {

namespace {

std::string lowered(std::string_view name) {
    std::string text(name);
    std::ranges::transform(text, text.begin(), lower);
    return text;
}

std::optional<W3cPart> partNamed(std::string_view name) {
    static constexpr std::pair<std::string_view, W3cPart> parts[] = {
        {"date", W3cPart::Date},          {"time", W3cPart::Time},
        {"date-local", W3cPart::Date},    {"time-local", W3cPart::Time},
        {"cs-uri-stem", W3cPart::Stem},   {"cs-uri-path", W3cPart::Stem},
        {"cs-uri-query", W3cPart::Query}, {"s-reason", W3cPart::Reason},
        {"sc-status", W3cPart::Status},   {"c-status", W3cPart::Status},
        {"time-taken", W3cPart::Taken},   {"x-duration", W3cPart::Taken},
    };
    for (const auto& [known, part] : parts)
        if (known == name) return part;
    return {};
}

/// By targetNamed()'s names.
std::string_view targetOf(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> targets[] = {
        {"timestamp", "time_end"},
        {"c-ip", "client_ip"},
        {"cs-ip", "client_ip"},
        {"c-port", "client_port"},
        {"cs-method", "method"},
        {"cs-uri", "url"},
        {"cs-version", "http_version"},
        {"cs-protocol-version", "http_version"},
        {"sc-status", "status"},
        {"sc-http-status", "status"},
        {"c-status", "status"},
        {"sc-bytes", "bytes_sent"},
        {"bytes", "bytes_sent"},
        {"cs-bytes", "bytes_received"},
        {"time-taken", "duration_ms"},
        {"x-duration", "duration_ms"},
        {"timetakenms", "duration_ms"},
        {"cs(user-agent)", "user_agent"},
        {"cs(referer)", "referrer"},
        {"cs(referrer)", "referrer"},
        {"cs(x-forwarded-for)", "forwarded_for"},
        {"x-forwarded-for", "forwarded_for"},
        {"x-forwardedfor", "forwarded_for"},
        {"originalip", "forwarded_for"},
        {"cs-username", "user"},
        {"cs-auth-username", "user"},
        {"s-computername", "host"},
        {"s-sitename", "frontend"},
        {"s-queuename", "backend"},
        {"x-edge-request-id", "request_id"},
        {"s-supplier-name", "server"},
        {"r-ip", "server"},
        {"x-comment", "message"},
    };
    for (const auto& [known, target] : targets)
        if (known == name) return target;
    return {};
}

W3cShape shapeOf(std::string_view name) {
    static constexpr std::pair<std::string_view, W3cShape> shapes[] = {
        {"c-ip", W3cShape::Address},          {"s-ip", W3cShape::Address},
        {"cs-method", W3cShape::Method},      {"s-port", W3cShape::Whole},
        {"c-port", W3cShape::Whole},          {"sc-substatus", W3cShape::Whole},
        {"sc-win32-status", W3cShape::Whole}, {"sc-bytes", W3cShape::Whole},
        {"cs-bytes", W3cShape::Whole},        {"cs-version", W3cShape::Version},
        {"cs-uri-stem", W3cShape::Path},
    };
    for (const auto& [known, shape] : shapes)
        if (known == name) return shape;
    return W3cShape::Any;
}

bool only(std::string_view cell, std::string_view bytes) {
    return cell.find_first_not_of(bytes) == std::string_view::npos;
}

/// "192.0.2.7", "2001:db8::7", "fe80::1%3"
bool isAddress(std::string_view cell) {
    cell = cell.substr(0, cell.find('%'));
    const bool six = cell.find(':') != std::string_view::npos;
    return only(cell, six ? "0123456789abcdefABCDEF:." : "0123456789.") &&
           (six || cell.find('.') != std::string_view::npos);
}

W3cColumn columnOf(std::string_view written, const W3cNames& own) {
    W3cColumn column;
    column.name = written;
    const std::string name = lowered(written);
    column.target = extraTarget(column.name);
    if (const auto part = partNamed(name)) column.part = *part;
    column.shape = shapeOf(name);
    if (const auto target = targetNamed(targetOf(name)); target && !targetOf(name).empty())
        column.target = *target;
    if (const auto it = own.find(name); it != own.end()) column.target = it->second;
    return column;
}

} // namespace

bool W3cColumn::mayHold(std::string_view cell) const {
    if (cell.empty() || cell == "-") return true;
    switch (shape) {
    case W3cShape::Any:
        return true;
    case W3cShape::Address:
        return isAddress(cell);
    case W3cShape::Method:
        return !isDigit(cell.front()) && cell.find_first_of("/.:") == std::string_view::npos;
    case W3cShape::Whole:
        return only(cell, "0123456789");
    case W3cShape::Version:
        return cell.starts_with("HTTP/");
    case W3cShape::Path:
        return cell.find_first_of("/*\\.") != std::string_view::npos;
    }
    return true;
}

bool W3cHead::hasAll(const std::vector<std::string>& names) const {
    return std::ranges::all_of(names, [&](const std::string& name) {
        return std::ranges::any_of(
            columns, [&](const W3cColumn& column) { return lowered(column.name) == name; });
    });
}

W3cHead readW3cHead(std::string_view fields, const W3cNames& own) {
    W3cHead head;
    while (!fields.empty()) {
        const std::size_t end = std::min(fields.find_first_of(" \t"), fields.size());
        if (end > 0) {
            head.columns.push_back(columnOf(fields.substr(0, end), own));
            head.dated = head.dated || head.columns.back().part == W3cPart::Date;
            head.local = head.local || lowered(head.columns.back().name) == "time-local";
        }
        fields.remove_prefix(std::min(end + 1, fields.size()));
    }
    return head;
}

} // namespace postlude
