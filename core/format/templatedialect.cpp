// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/dialects.h"

#include <fmt/format.h>

namespace postlude {

namespace {

std::unexpected<Error> fault(std::size_t column, std::string_view why) {
    Error e{ErrorKind::NotUnderstood, fmt::format("template, column {}: {}", column + 1, why)};
    e.place.offset = column + 1;
    return std::unexpected(e);
}

std::vector<std::string> words(std::string_view list) {
    std::vector<std::string> all;
    for (;;) {
        const std::size_t bar = list.find('|');
        all.emplace_back(list.substr(0, bar));
        if (bar == std::string_view::npos) return all;
        list.remove_prefix(bar + 1);
    }
}

/// What stands between the braces: "target", "target=a|b" or "\"target\"".
Result<Item> readField(std::string_view text, std::size_t column) {
    Item item;
    item.column = column;
    if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
        item.take = Take::MaybeQuoted;
        text = text.substr(1, text.size() - 2);
    }
    if (text.starts_with(' ')) {
        item.padded = true;
        text.remove_prefix(1);
    }
    const std::size_t equals = text.find('=');
    const auto target = targetNamed(text.substr(0, equals));
    if (!target) return fault(column, fmt::format("there is no column “{}”", text));
    item.target = *target;
    item.name = text.substr(0, equals);
    if (equals != std::string_view::npos) item.oneOf = words(text.substr(equals + 1));
    return item;
}

} // namespace

Result<Program> compileTemplate(std::string_view format) {
    std::vector<Item> items;
    for (std::size_t at = 0; at < format.size();) {
        const bool brace = format.substr(at).starts_with("{{");
        if (format[at] != '{' || brace) {
            addLiteral(items, format.substr(at, 1), at);
            at += brace ? 2 : 1;
            continue;
        }
        const std::size_t close = format.find('}', at);
        if (close == std::string_view::npos) return fault(at, "“{” is not closed");
        const std::string_view text = format.substr(at + 1, close - at - 1);
        if (text == "|") {
            const auto last = std::find_if(items.rbegin(), items.rend(),
                                           [](const Item& i) { return i.literal.empty(); });
            if (last == items.rend()) return fault(at, "no field can be the last here");
            last->mayEnd = true;
        } else {
            auto item = readField(text, at);
            if (!item) return std::unexpected(item.error());
            items.push_back(std::move(*item));
        }
        at = close + 1;
    }
    return link(std::move(items), "template");
}

} // namespace postlude
