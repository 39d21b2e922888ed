// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/items.h"

#include "core/format/detail/chars.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

bool isTime(const Item& item) {
    return item.literal.empty() &&
           (item.target.act == Act::Time || item.target.act == Act::TimeEnd);
}

/// Reads the shape as the very time it was made from.
bool isReadable(const std::string& shape) {
    constexpr std::int64_t second = 1'000'000'000;
    constexpr std::int64_t made = 1'705'312'660; // 2024-01-15 09:57:40 UTC
    TimeReader reader;
    WrittenTime time;
    return reader.whole(shape, time) && time.hasYear && time.local / second == made;
}

bool joinsTimes(const Item& item) {
    return item.literal.size() <= 3 &&
           item.literal.find_first_not_of(" .,:T/-") == std::string::npos;
}

/// The items of [from, to) as one.
Item merged(const std::vector<Item>& items, std::size_t from, std::size_t to) {
    Item all = items[from];
    for (std::size_t i = from + 1; i < to; ++i)
        all.shape += items[i].literal.empty() ? items[i].shape : items[i].literal;
    return all;
}

/// From the time at `from`: the end of the longest run of parts that reads as a time, or `from`.
std::size_t endOfTime(const std::vector<Item>& items, std::size_t from) {
    std::size_t best = from;
    for (std::size_t to = from + 1; to <= items.size(); ++to) {
        if (!isTime(items[to - 1]) && !joinsTimes(items[to - 1])) break;
        if (isTime(items[to - 1]) && isReadable(merged(items, from, to).shape)) best = to;
    }
    return best;
}

} // namespace

Error formatFault(std::string_view dialect, std::size_t column, std::string_view why) {
    Error e{ErrorKind::NotUnderstood,
            fmt::format("{} format string, column {}: {}", dialect, column + 1, why)};
    e.place.offset = column + 1;
    return e;
}

void addLiteral(std::vector<Item>& items, std::string_view text, std::size_t column) {
    if (text.empty()) return;
    if (items.empty() || items.back().literal.empty()) {
        items.emplace_back();
        items.back().column = column;
    }
    items.back().literal += text;
}

Item fieldItem(std::string name, Target target, std::size_t column) {
    Item item;
    item.target = std::move(target);
    item.name = std::move(name);
    item.column = column;
    item.isFree = item.target.act == Act::Text && (item.target.text == TextField::UserAgent ||
                                                   item.target.text == TextField::Referrer);
    item.isFree = item.isFree || item.target.act == Act::Forwarded;
    item.isAddress = item.target.act == Act::Peer ||
                     (item.target.act == Act::Text && item.target.text == TextField::ClientIp);
    return item;
}

Target headerTarget(std::string_view header, std::string name) {
    std::string low(header);
    std::ranges::transform(low, low.begin(), [](char c) { return c == '_' ? '-' : lower(c); });
    if (low == "user-agent") return textTarget(TextField::UserAgent);
    if (low == "referer") return textTarget(TextField::Referrer);
    if (low == "x-forwarded-for") return actTarget(Act::Forwarded);
    if (low == "x-request-id") return textTarget(TextField::RequestId);
    return extraTarget(std::move(name));
}

std::optional<std::string> strftimeShape(std::string_view format) {
    static constexpr std::pair<std::string_view, std::string_view> letters[] = {
        {"3f", "143"},
        {"6f", "143000"},
        {"9f", "143000000"},
        {"f", "143000"},
        {"Y", "2024"},
        {"y", "24"},
        {"C", "20"},
        {"m", "01"},
        {"d", "15"},
        {"e", "15"},
        {"H", "09"},
        {"k", " 9"},
        {"I", "09"},
        {"l", " 9"},
        {"M", "57"},
        {"S", "40"},
        {"p", "AM"},
        {"P", "am"},
        {"b", "Jan"},
        {"h", "Jan"},
        {"B", "January"},
        {"a", "Mon"},
        {"A", "Monday"},
        {"j", "015"},
        {"u", "1"},
        {"w", "1"},
        {"z", "+0000"},
        {"Z", "UTC"},
        {"s", "1705312660"},
        {"T", "09:57:40"},
        {"R", "09:57"},
        {"r", "09:57:40 AM"},
        {"D", "01/15/24"},
        {"F", "2024-01-15"},
        {"c", "Mon Jan 15 09:57:40 2024"},
        {"x", "01/15/24"},
        {"X", "09:57:40"},
        {"n", "\n"},
        {"t", "\t"},
        {"%", "%"}};
    std::string shape;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            shape += format[i];
            continue;
        }
        const std::string_view rest = format.substr(i + 1);
        const auto* known = std::ranges::find_if(
            letters, [&](const auto& each) { return rest.starts_with(each.first); });
        if (known == std::end(letters)) return {};
        shape += known->second;
        i += known->first.size();
    }
    return shape;
}

namespace {

bool isFraction(const Item& item) {
    return item.shape == "143" || item.shape == "143000";
}

bool isWholeSeconds(const Item& time) {
    WrittenTime made;
    if (time.shape.empty()) return time.take == Take::Brackets; // Apache's own
    return TimeReader().whole(time.shape, made) && made.local % 1'000'000'000 == 0;
}

/// "%T … %ms": the fraction of a time in whole seconds, apart from it. HAProxy's is that of the
/// accept, which is not the request's.
void addFractions(std::vector<Item>& items) {
    const auto main = std::ranges::find_if(items, isTime);
    if (main == items.end() || !isWholeSeconds(*main)) return;
    const bool request = main->name.find("request_date") != std::string::npos;
    const auto apart = std::ranges::find_if(items, [&](const Item& item) {
        return item.target.act == Act::Extra && isFraction(item) &&
               !(request && item.name == "accept_date_ms");
    });
    if (apart == items.end()) return;
    apart->target = actTarget(Act::Nanos);
    apart->target.unit = apart->shape.size() == 3 ? 1'000'000 : 1'000;
}

/// Proxies tell the client in headers of many names, which say so where nothing else does.
bool tellsClient(std::string name) {
    std::ranges::transform(name, name.begin(), [](char c) { return c == '_' ? '-' : lower(c); });
    static constexpr std::string_view names[] = {"x-real-ip", "cf-connecting-ip", "true-client-ip",
                                                 "x-client-ip", "realip-remote-addr"};
    const std::string_view header = name;
    return std::ranges::any_of(names, [&](std::string_view each) {
        return header == each || (header.starts_with("http-") && header.substr(5) == each);
    });
}

bool isClient(const Item& item) {
    const Target& t = item.target;
    return item.literal.empty() &&
           (t.act == Act::AddressPort || t.act == Act::Address || t.act == Act::Peer ||
            t.act == Act::Forwarded || (t.act == Act::Text && t.text == TextField::ClientIp));
}

} // namespace

void settleClients(std::vector<Item>& items) {
    const auto client = std::ranges::find_if(items, isClient);
    if (client != items.end()) {
        // Who connected does not take the place of whom the hops told before.
        if (client->target.act == Act::Forwarded)
            for (auto peer = client + 1; peer != items.end(); ++peer)
                if (isClient(*peer) && peer->target.act == Act::Text)
                    peer->target = actTarget(Act::Peer);
        return;
    }
    const auto header = std::ranges::find_if(items, [](const Item& item) {
        return item.literal.empty() && item.target.act == Act::Extra && tellsClient(item.name);
    });
    if (header == items.end()) return;
    header->target = textTarget(TextField::ClientIp);
    header->isAddress = true;
}

void settleTimes(std::vector<Item>& items) {
    bool found = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!isTime(items[i]) || items[i].shape.empty()) continue;
        const std::size_t end = endOfTime(items, i);
        if (end == i || found) {
            items[i].target = extraTarget(items[i].name);
            continue;
        }
        items[i] = merged(items, i, end);
        const auto at = items.begin() + static_cast<std::ptrdiff_t>(i);
        items.erase(at + 1, items.begin() + static_cast<std::ptrdiff_t>(end));
        found = true;
    }
    addFractions(items);
}

void joinQueries(std::vector<Item>& items) {
    for (std::size_t i = 1; i < items.size(); ++i) {
        const Item& path = items[i - 1];
        const bool joins = items[i].target.act == Act::Query && path.literal.empty() &&
                           path.target.act == Act::Text && path.target.text == TextField::Path;
        if (joins) items.erase(items.begin() + static_cast<std::ptrdiff_t>(i--));
    }
}

void settleDuplicates(std::vector<Item>& items) {
    const auto column = [](const Target& t) {
        switch (t.act) {
        case Act::Text:
            return static_cast<int>(t.text);
        case Act::Backend:
            return static_cast<int>(TextField::Backend);
        case Act::Frontend:
            return static_cast<int>(TextField::Frontend);
        case Act::Server:
        case Act::ServerUrl:
        case Act::Attempts:
            return static_cast<int>(TextField::Server);
        case Act::Request:
            return static_cast<int>(TextField::Path);
        case Act::Number:
        case Act::Span:
        case Act::LastSpan:
            return kTextFields + static_cast<int>(t.number);
        default:
            return -1;
        }
    };
    std::array<bool, kTextFields + kNumberFields> taken{};
    const auto request = std::ranges::find(items, Act::Request, [](const Item& item) {
        return item.literal.empty() ? item.target.act : Act::Skip;
    });
    if (request != items.end())
        for (const TextField part : {TextField::Method, TextField::Path, TextField::HttpVersion})
            taken[static_cast<std::size_t>(part)] = true;
    for (auto item = items.begin(); item != items.end(); ++item) {
        const int at = item->literal.empty() && item != request ? column(item->target) : -1;
        if (at < 0) continue;
        bool& seen = taken[static_cast<std::size_t>(at)];
        if (seen) item->target = extraTarget(item->name);
        seen = true;
    }
}

} // namespace postlude
