// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"

#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

std::optional<Target> plain(std::string_view letters) {
    struct Entry {
        std::string_view name;
        Target target;
    };
    static const Entry table[] = {
        {"h", textTarget(TextField::ClientIp)},
        {"a", textTarget(TextField::ClientIp)},
        {"l", actTarget(Act::Skip)},
        {"u", textTarget(TextField::User)},
        {"t", actTarget(Act::Time)},
        {"r", actTarget(Act::Request)},
        {"s", numberTarget(NumberField::Status)},
        {"b", numberTarget(NumberField::BytesSent)},
        {"B", numberTarget(NumberField::BytesSent)},
        {"O", numberTarget(NumberField::BytesSent)},
        {"I", numberTarget(NumberField::BytesReceived)},
        {"D", spanTarget(NumberField::Duration, kMicrosecond)},
        {"T", spanTarget(NumberField::Duration, kSecond)},
        {"m", textTarget(TextField::Method)},
        {"U", textTarget(TextField::Path)},
        {"H", textTarget(TextField::HttpVersion)},
        {"P", numberTarget(NumberField::Pid)},
        {"L", extraTarget("log_id")},
        {"v", extraTarget("server_name")},
        {"V", extraTarget("server_name")},
        {"p", extraTarget("server_port")},
        {"A", extraTarget("local_address")},
        {"k", extraTarget("keepalive")},
        {"X", extraTarget("connection")},
        {"q", extraTarget("query")},
        {"f", extraTarget("file")},
        {"R", extraTarget("handler")},
        {"S", extraTarget("bytes_total")},
        {"^FB", extraTarget("first_byte_us")},
    };
    for (const Entry& e : table)
        if (e.name == letters) return e.target;
    return {};
}

/// "%{name}x"
std::optional<Target> named(std::string_view name, std::string_view letter) {
    if (letter == "i") return headerTarget(name, std::string(name));
    if (letter == "T") {
        if (name == "us") return spanTarget(NumberField::Duration, kMicrosecond);
        if (name == "ms") return spanTarget(NumberField::Duration, kMs);
        return spanTarget(NumberField::Duration, kSecond);
    }
    if (letter == "t") { // only the forms that are one whole time stamp
        if (name == "sec" || name == "msec" || name == "usec" || name.starts_with("begin:"))
            return actTarget(Act::Time);
        return name.starts_with("end:") ? actTarget(Act::TimeEnd) : actTarget(Act::Time);
    }
    if (letter == "e" || letter == "x" || letter == "n") {
        if (name == "BALANCER_WORKER_NAME") return actTarget(Act::ServerUrl);
        if (name == "BALANCER_WORKER_ROUTE") return extraTarget("route");
        if (name == "BALANCER_NAME") return actTarget(Act::Backend);
        if (name == "UNIQUE_ID") return textTarget(TextField::RequestId);
    }
    if (letter == "a" && name == "c") return extraTarget("peer_address");
    if (letter == "p" && name == "remote") return numberTarget(NumberField::ClientPort);
    if (letter == "P") return numberTarget(NumberField::Pid);
    if (letter.size() == 1 && std::string_view("eonxCpa").find(letter) != std::string_view::npos)
        return extraTarget(std::string(name));
    if (letter.starts_with("^")) return extraTarget(std::string(name));
    return {};
}

struct Cursor {
    std::string_view format;
    std::size_t at = 0;
    [[nodiscard]] bool more() const { return at < format.size(); }
    [[nodiscard]] char peek() const { return more() ? format[at] : '\0'; }
};

/// Behind '%': modifiers ("!200,304", "<", ">"), "{name}", then the letter ("^FB" is one too).
std::optional<Target> readDirective(Cursor& c) {
    while (isDigit(c.peek()) || c.peek() == '!' || c.peek() == ',' || c.peek() == '<' ||
           c.peek() == '>')
        ++c.at;
    std::optional<std::string_view> name;
    if (c.peek() == '{') {
        const std::size_t close = c.format.find('}', c.at);
        if (close == std::string_view::npos) return {};
        name = c.format.substr(c.at + 1, close - c.at - 1);
        c.at = close + 1;
    }
    const std::size_t length = c.peek() == '^' ? 3 : 1;
    const std::string_view letters = c.format.substr(std::min(c.at, c.format.size()), length);
    c.at = std::min(c.at + length, c.format.size());
    return name ? named(*name, letters) : plain(letters);
}

} // namespace

Result<Program> compileApache(std::string_view format) {
    std::vector<Item> items;
    Cursor c{format};
    while (c.more()) {
        const std::size_t start = c.at;
        if (c.peek() != '%') {
            addLiteral(items, format.substr(c.at++, 1), start);
            continue;
        }
        ++c.at;
        if (c.peek() == '%') {
            addLiteral(items, "%", start);
            ++c.at;
            continue;
        }
        const auto target = readDirective(c);
        if (!target) {
            Error e{
                ErrorKind::NotUnderstood,
                fmt::format("Apache format string, column {}: “{}” is no directive of LogFormat",
                            start + 1, format.substr(start, c.at - start))};
            e.place.offset = start + 1;
            return std::unexpected(e);
        }
        Item item;
        item.target = *target;
        item.column = start;
        item.isAddress = target->act == Act::Text && target->text == TextField::ClientIp;
        if (format.substr(start, 2) == "%t") item.take = Take::Brackets;
        items.push_back(std::move(item));
    }
    return link(std::move(items), "Apache");
}

} // namespace postlude
