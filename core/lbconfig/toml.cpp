// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/document.h"

#include "core/base/text.h"

#include <toml++/toml.h>

#include <sstream>

namespace postlude::lbconfig {

namespace {

void copy(const toml::node& from, Node& to) {
    to.line = from.source().begin.line;
    if (const toml::table* table = from.as_table()) {
        to.kind = Node::Kind::Map;
        for (const auto& [key, value] : *table) {
            to.keys.emplace_back(key.str());
            copy(value, to.children.emplace_back());
        }
    } else if (const toml::array* array = from.as_array()) {
        to.kind = Node::Kind::List;
        for (const toml::node& item : *array)
            copy(item, to.children.emplace_back());
    } else {
        to.kind = Node::Kind::Value;
        if (const auto text = from.value<std::string>()) {
            to.value = *text;
            return;
        }
        std::ostringstream out;
        from.visit([&](const auto& value) { out << value; });
        to.value = out.str();
    }
}

} // namespace

Result<Node> tomlTree(std::string_view text) {
    Node root;
    try {
        const toml::table table = toml::parse(text);
        copy(table, root);
    } catch (const toml::parse_error& e) {
        const auto at = e.source().begin;
        return std::unexpected(
            notUnderstood("no TOML: " + visible(e.description()), at.line, at.column, 0));
    } catch (const std::exception& e) {
        return std::unexpected(notUnderstood("no TOML: " + visible(e.what()), 1, 1, 0));
    }
    if (root.line == 0) root.line = 1;
    return root;
}

} // namespace postlude::lbconfig
