// SPDX-License-Identifier: GPL-3.0-or-later
// Apache httpd's LogFormat strings: mod_log_config, mod_logio, and what mod_proxy_balancer,
// mod_unique_id and others leave in the environment.
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

struct Directive {
    std::string_view letters;
    std::string_view name; ///< in extra
    Target target = {};    ///< Skip: extra
};

const std::vector<Directive>& directives() {
    static const auto query = [] {
        Target t = actTarget(Act::Query);
        t.name = "query";
        return t;
    };
    static const std::vector<Directive> table = {
        {"a", "client_address", textTarget(TextField::ClientIp)},
        {"A", "local_address"},
        {"B", "bytes", numberTarget(NumberField::BytesSent)},
        {"b", "bytes", numberTarget(NumberField::BytesSent)},
        {"D", "duration_us", spanTarget(NumberField::Duration, kMicrosecond)},
        {"f", "file"},
        {"h", "remote_host", textTarget(TextField::ClientIp)},
        {"H", "protocol", textTarget(TextField::HttpVersion)},
        {"I", "bytes_in", numberTarget(NumberField::BytesReceived)},
        {"k", "keepalive"},
        {"l", "logname"},
        {"L", "log_id"},
        {"m", "method", textTarget(TextField::Method)},
        {"O", "bytes_out", numberTarget(NumberField::BytesSent)},
        {"p", "server_port"},
        {"P", "pid", numberTarget(NumberField::Pid)},
        {"q", "query", query()},
        {"r", "request", actTarget(Act::Request)},
        {"R", "handler"},
        {"s", "status", numberTarget(NumberField::Status)},
        {"S", "bytes_total"},
        {"t", "time", actTarget(Act::Time)},
        {"T", "duration_s", spanTarget(NumberField::Duration, kSecond)},
        {"u", "user", textTarget(TextField::User)},
        {"U", "path", textTarget(TextField::Path)},
        {"v", "server_name"},
        {"V", "server_name"},
        {"X", "connection"},
        {"^FB", "first_byte_us"},
    };
    return table;
}

std::optional<Item> plain(std::string_view letters, std::size_t column) {
    const auto it = std::ranges::find(directives(), letters, &Directive::letters);
    if (it == directives().end()) return {};
    std::string name(it->name);
    Item item =
        fieldItem(name, it->target.act == Act::Skip ? extraTarget(name) : it->target, column);
    if (letters == "t") item.take = Take::Brackets;
    if (letters == "p") item.oneOf = {"#"};
    return item;
}

/// "%{begin:sec}t", "%{%d/%b/%Y %T}t", "%{msec_frac}t": when it began, unless it says otherwise.
Item timeItem(std::string_view name, std::size_t column) {
    Item item = fieldItem(std::string(name), actTarget(Act::Time), column);
    std::string_view format = name;
    if (format.starts_with("end:")) item.target = actTarget(Act::TimeEnd);
    for (const std::string_view start : {"begin:", "end:"})
        if (format.starts_with(start)) format.remove_prefix(start.size());
    static constexpr std::pair<std::string_view, std::string_view> shapes[] = {
        {"sec", "1705312660"}, {"msec", "1705312660143"}, {"usec", "1705312660143000"},
        {"msec_frac", "143"},  {"usec_frac", "143000"},   {"", "[15/Jan/2024:09:57:40 +0000]"}};
    for (const auto& [word, shape] : shapes)
        if (format == word) item.shape = shape;
    if (item.shape.empty()) item.shape = strftimeShape(format).value_or("");
    if (format.empty()) item.take = Take::Brackets;
    if (item.shape.empty()) item.target = extraTarget(item.name);
    return item;
}

Target spanOf(std::string_view unit) {
    if (unit == "us") return spanTarget(NumberField::Duration, kMicrosecond);
    return spanTarget(NumberField::Duration, unit == "ms" ? kMs : kSecond);
}

/// What modules leave in the environment or in notes.
Target variableTarget(std::string_view name) {
    if (name == "BALANCER_WORKER_NAME") return actTarget(Act::ServerUrl);
    if (name == "BALANCER_WORKER_ROUTE") return extraTarget("route");
    if (name == "BALANCER_NAME") return actTarget(Act::BackendUrl);
    if (name == "UNIQUE_ID") return textTarget(TextField::RequestId);
    return extraTarget(std::string(name));
}

/// "%{name}x"
std::optional<Item> named(std::string_view name, std::string_view letters, std::size_t column) {
    const auto item = [&](Target target) {
        Item made = fieldItem(std::string(name), std::move(target), column);
        made.isFree = made.isFree || letters == "i" || letters == "o";
        return made;
    };
    if (letters == "t") return timeItem(name, column);
    if (letters == "i") return item(headerTarget(name, std::string(name)));
    if (letters == "T") return item(spanOf(name));
    if (letters == "e" || letters == "x" || letters == "n") return item(variableTarget(name));
    if (letters == "a" && name == "c") return item(extraTarget("peer_address"));
    if (letters == "p" && name == "remote") return item(numberTarget(NumberField::ClientPort));
    if (letters == "p") return item(extraTarget(name == "local" ? "local_port" : "server_port"));
    if (letters == "P" && name == "pid") return item(numberTarget(NumberField::Pid));
    if (letters == "P") return item(extraTarget("tid"));
    if (letters == "h" && name == "c") return item(extraTarget("peer_host"));
    if (letters == "o" || letters == "C" || letters.starts_with("^"))
        return item(extraTarget(std::string(name)));
    return plain(letters, column); // httpd ignores an argument that a directive does not take
}

struct Cursor {
    std::string_view format;
    std::size_t at = 0;
    [[nodiscard]] bool more() const { return at < format.size(); }
    [[nodiscard]] char peek() const { return more() ? format[at] : '\0'; }
};

/// Behind '%': modifiers ("!200,304", "<", ">") and "{name}" in any order, then the letter
/// ("^FB" is one too).
Item readDirective(Cursor& c, std::size_t start) {
    std::optional<std::string_view> name;
    bool original = false;
    for (;;) {
        const char next = c.peek();
        original = original || next == '<';
        if (isDigit(next) || next == '!' || next == ',' || next == '<' || next == '>') {
            ++c.at;
        } else if (next == '{') {
            const std::size_t close = std::min(c.format.find('}', c.at), c.format.size());
            name = c.format.substr(c.at + 1, close - c.at - 1);
            c.at = std::min(close + 1, c.format.size());
        } else {
            break;
        }
    }
    const std::size_t length = c.peek() == '^' ? 3 : 1;
    const std::string_view letters = c.format.substr(c.at, length);
    c.at += letters.size();
    auto item = name ? named(*name, letters, start) : plain(letters, start);
    if (!item) {
        const std::string whole(c.format.substr(start, c.at - start));
        item = fieldItem(whole, extraTarget(whole), start);
        item->isUnknown = true;
    }
    if (original && letters == "s") item->name = "original_status";
    return *item;
}

/// One byte; httpd knows \\n, \\t, \\r and \\\\.
void readLiteral(Cursor& c, std::vector<Item>& items) {
    static constexpr std::string_view letters = "ntr\\\"";
    static constexpr std::string_view meant = "\n\t\r\\\"";
    const std::size_t letter = c.peek() == '\\' && c.at + 1 < c.format.size()
                                   ? letters.find(c.format[c.at + 1])
                                   : std::string_view::npos;
    const bool hidden = letter != std::string_view::npos;
    addLiteral(items, hidden ? meant.substr(letter, 1) : c.format.substr(c.at, 1), c.at);
    c.at += hidden ? 2 : 1;
}

/// "%>s" is what was answered in the end; "%s" what the first request of a redirect had.
void preferFinalStatus(std::vector<Item>& items, std::string_view format) {
    if (format.find(">s") == std::string_view::npos) return;
    for (Item& item : items) {
        if (item.target.act != Act::Number || item.target.number != NumberField::Status) continue;
        const std::string_view text = format.substr(item.column);
        const bool last = text.substr(0, text.find('s')).find('>') != std::string_view::npos;
        if (!last) item.target = extraTarget("original_status");
    }
}

} // namespace

Result<Program> compileApache(std::string_view format) {
    std::vector<Item> items;
    Cursor c{format};
    while (c.more()) {
        const std::size_t start = c.at;
        if (c.peek() != '%') {
            readLiteral(c, items);
            continue;
        }
        ++c.at;
        if (c.peek() == '%') {
            addLiteral(items, "%", start);
            ++c.at;
            continue;
        }
        items.push_back(readDirective(c, start));
    }
    preferFinalStatus(items, format);
    settleJson(items, true);
    return link(std::move(items), "Apache");
}

} // namespace postlude
