// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/document.h"

#include "core/base/text.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace postlude::lbconfig {

namespace {

constexpr std::size_t kMostNodes = 200'000; ///< aliases counted as often as they are used
constexpr int kDeepest = 100;

class Copier {
public:
    /// False if it is too much.
    bool copy(const YAML::Node& from, Node& to, int depth) {
        if (++nodes_ > kMostNodes || depth > kDeepest) return false;
        if (to.line == 0) to.line = std::uint64_t(std::max(from.Mark().line, 0)) + 1;
        switch (from.Type()) {
        case YAML::NodeType::Scalar:
            to.kind = Node::Kind::Value;
            to.value = from.Scalar();
            return true;
        case YAML::NodeType::Sequence:
            to.kind = Node::Kind::List;
            return std::ranges::all_of(from, [&](const YAML::Node& item) {
                return copy(item, to.children.emplace_back(), depth + 1);
            });
        case YAML::NodeType::Map:
            return copyMap(from, to, depth);
        default:
            return true;
        }
    }

private:
    bool copyMap(const YAML::Node& from, Node& to, int depth) {
        to.kind = Node::Kind::Map;
        for (const auto& member : from) {
            to.keys.push_back(member.first.IsScalar() ? member.first.Scalar() : "?");
            Node& child = to.children.emplace_back();
            child.line = std::uint64_t(std::max(member.first.Mark().line, 0)) + 1;
            if (!copy(member.second, child, depth + 1)) return false;
        }
        return true;
    }
    std::size_t nodes_ = 0;
};

Error tooLarge() {
    return {ErrorKind::TooLarge, "too many values, or nested too deep", {}, {}};
}

} // namespace

Result<Node> yamlTree(std::string_view text) {
    Node root;
    root.kind = Node::Kind::List;
    root.line = 1;
    try {
        Copier copier;
        for (const YAML::Node& document : YAML::LoadAll(std::string(text)))
            if (!copier.copy(document, root.children.emplace_back(), 0))
                return std::unexpected(tooLarge());
    } catch (const YAML::Exception& e) {
        const auto line = std::uint64_t(std::max(e.mark.line, 0)) + 1;
        const auto column = std::uint64_t(std::max(e.mark.column, 0)) + 1;
        return std::unexpected(notUnderstood("no YAML: " + visible(e.msg), line, column,
                                             std::uint64_t(std::max(e.mark.pos, 0))));
    } catch (const std::exception& e) {
        return std::unexpected(notUnderstood("no YAML: " + visible(e.what()), 1, 1, 0));
    }
    if (root.children.size() == 1) return std::move(root.children.front());
    return root;
}

} // namespace postlude::lbconfig
