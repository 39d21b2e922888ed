// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/document.h"

#include <algorithm>

namespace postlude::lbconfig {

namespace {

/// "load_balancer" and "loadBalancer" are one key.
std::string plainKey(std::string_view key) {
    std::string out = lowerCase(key);
    std::erase(out, '_');
    return out;
}

void leaves(const Node& node, const std::string& path, std::string& text) {
    if (node.kind == Node::Kind::Value) {
        text += (text.empty() ? "" : " ") + path + (path.empty() ? "" : ": ") + node.value;
        return;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i)
        leaves(node.children[i], node.kind == Node::Kind::Map ? node.keys[i] : path, text);
}

class Flattener {
public:
    Flattener(const Flattening& how, std::vector<Directive>& out)
        : how_(how)
        , out_(out) {}

    void walk(const Node& node, const std::string& key) {
        if (out_.size() > kMostDirectives) return;
        if (const auto address = how_.single(node)) return one(node, "server", *address);
        if (node.kind == Node::Kind::Value) return one(node, key, node.value);
        if (node.kind == Node::Kind::List) return list(node, key);
        if (node.kind != Node::Kind::Map) return;
        if (!key.empty()) blocks_.push_back(key);
        for (std::size_t i = 0; i < node.children.size(); ++i)
            walk(node.children[i], node.keys[i]);
        if (!key.empty()) blocks_.pop_back();
    }

private:
    void one(const Node& node, const std::string& key, const std::string& value) {
        std::string text = node.kind == Node::Kind::Value ? key + ": " + value : textOf(node);
        out_.push_back({joinedSection(blocks_),
                        {key, value},
                        std::move(text),
                        node.line,
                        0,
                        static_cast<std::uint16_t>(std::min<std::size_t>(blocks_.size(), 1000)),
                        false});
    }

    void list(const Node& node, const std::string& key) {
        const bool plain = std::ranges::all_of(
            node.children, [](const Node& n) { return n.kind == Node::Kind::Value; });
        if (plain && !node.children.empty()) {
            std::string all;
            for (const Node& n : node.children)
                all += (all.empty() ? "" : ", ") + n.value;
            Node joint;
            joint.kind = Node::Kind::Value;
            joint.line = node.line;
            return one(joint, key, all);
        }
        for (const Node& n : node.children) {
            const std::string& name = n["name"].value; // what tells one from the other
            walk(n, name.empty() ? key : key + " " + name);
        }
    }

    const Flattening& how_;
    std::vector<Directive>& out_;
    std::vector<std::string> blocks_;
};

} // namespace

const Node& Node::operator[](std::string_view key) const {
    static const Node nothing;
    if (kind != Kind::Map) return nothing;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i] == key) return children[i];
    const std::string plain = plainKey(key);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (plainKey(keys[i]) == plain) return children[i];
    return nothing;
}

const Node& Node::at(std::string_view path) const {
    const Node* node = this;
    while (!path.empty()) {
        const auto dot = std::min(path.find('.'), path.size());
        node = &(*node)[path.substr(0, dot)];
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return *node;
}

std::vector<Directive> directivesOf(const Node& root, const Flattening& how) {
    std::vector<Directive> out;
    Flattener(how, out).walk(root, "");
    return out;
}

std::string textOf(const Node& node) {
    std::string text;
    leaves(node, "", text);
    return text;
}

} // namespace postlude::lbconfig
