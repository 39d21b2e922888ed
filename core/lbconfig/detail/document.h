// SPDX-License-Identifier: GPL-3.0-or-later
// YAML, JSON and TOML as one kind of tree, each value with its line.
#pragma once

#include "core/lbconfig/detail/tokens.h"

namespace postlude::lbconfig {

struct Node {
    enum class Kind : std::uint8_t { Nothing, Value, Map, List } kind = Kind::Nothing;
    std::string value;             ///< of a Value: as text
    std::uint64_t line = 0;        ///< 1-based: of the key if there is one
    std::vector<std::string> keys; ///< of a Map, in file order; one a child
    std::vector<Node> children;

    /// The member of that name (letter case and '_' do not count); a node of kind Nothing else.
    [[nodiscard]] const Node& operator[](std::string_view key) const;
    /// Along "a.b.c".
    [[nodiscard]] const Node& at(std::string_view path) const;
    [[nodiscard]] bool is() const { return kind != Kind::Nothing; }
    [[nodiscard]] ConfigPlace place() const { return {0, line}; }
};

/// Several documents of one text become a list. Errors: NotUnderstood with place; TooLarge if
/// aliases multiply.
Result<Node> yamlTree(std::string_view text);
Result<Node> tomlTree(std::string_view text);

/// The values as directives "key: value", a list of plain ones as one; nodes for which `single`
/// says so become one directive "server ADDRESS key=value …".
struct Flattening {
    std::function<std::optional<std::string>(const Node&)> single;
};
std::vector<Directive> directivesOf(const Node& root, const Flattening& how);
/// The text of the one directive that such a node becomes.
std::string textOf(const Node& node);

} // namespace postlude::lbconfig
