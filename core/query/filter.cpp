// SPDX-License-Identifier: GPL-3.0-or-later
// The filter's grammar, one function a rule; it stands in filter.h.
#include "core/query/detail/filter_lexer.h"
#include "core/query/detail/filter_values.h"

namespace postlude {

namespace {

using NodePtr = std::shared_ptr<const Filter::Node>;
using Kind = FilterToken::Kind;

constexpr int kDeepest = 100;

bool isKeyword(std::string_view text) {
    const std::string word = lowered(text);
    return word == "and" || word == "or" || word == "not" || word == "in" || word == "contains";
}

class Parser {
public:
    explicit Parser(std::vector<FilterToken> tokens)
        : tokens_(std::move(tokens)) {}

    Result<NodePtr> parse() {
        auto node = either();
        if (node && peek().kind != Kind::End)
            return std::unexpected(filterError(peek().at,
                                               "this does not go on from what is before it",
                                               "join tests with \"and\" or \"or\""));
        return node;
    }

private:
    Result<NodePtr> either() { return joined("or", Filter::Node::Kind::Or, &Parser::all); }
    Result<NodePtr> all() { return joined("and", Filter::Node::Kind::And, &Parser::negated); }

    Result<NodePtr> joined(std::string_view word, Filter::Node::Kind kind,
                           Result<NodePtr> (Parser::*part)()) {
        auto first = (this->*part)();
        if (!first || !isWord(word)) return first;
        auto node = std::make_shared<Filter::Node>();
        node->kind = kind;
        node->children.push_back(*first);
        while (isWord(word)) {
            ++at_;
            auto next = (this->*part)();
            if (!next) return next;
            node->children.push_back(*next);
        }
        return node;
    }

    Result<NodePtr> negated() {
        if (depth_ >= kDeepest)
            return std::unexpected(filterError(peek().at, "this is nested too deeply",
                                               "write it with fewer brackets"));
        ++depth_;
        auto node = isWord("not") ? inverse() : peek().kind == Kind::Open ? bracketed() : test();
        --depth_;
        return node;
    }

    Result<NodePtr> inverse() {
        ++at_;
        auto inner = negated();
        if (!inner) return inner;
        auto node = std::make_shared<Filter::Node>();
        node->kind = Filter::Node::Kind::Not;
        node->children.push_back(*inner);
        return node;
    }

    Result<NodePtr> bracketed() {
        const std::size_t open = tokens_[at_++].at;
        auto node = either();
        if (!node) return node;
        if (peek().kind != Kind::Close)
            return std::unexpected(filterError(open, "this bracket is never closed", "add a )"));
        ++at_;
        return node;
    }

    Result<NodePtr> test() {
        const FilterToken& first = peek();
        const bool named = first.kind == Kind::Quoted && isCompared(tokens_[at_ + 1]);
        if (first.kind == Kind::Quoted && !named) return contains(tokens_[at_++]);
        if (!named && (first.kind != Kind::Word || isKeyword(first.text)))
            return std::unexpected(
                filterError(first.at, "a test is missing here",
                            "write a field, a comparison and a value: status >= 500"));
        ++at_;
        auto node = std::make_shared<Filter::Node>();
        node->field = filterFieldNamed(first.text);
        if (isWord("in")) return listed(std::move(node));
        if (isWord("contains"))
            node->op = FilterOp::Contains;
        else if (peek().kind == Kind::Op)
            node->op = peek().op;
        else
            return std::unexpected(
                filterError(peek().at, "a comparison is missing here",
                            "one of = != < <= > >= contains ~ in, or put the word in quotes"));
        const std::size_t sign = tokens_[at_++].at;
        return finished(std::move(node), sign);
    }

    Result<NodePtr> contains(const FilterToken& token) {
        auto node = std::make_shared<Filter::Node>();
        node->op = FilterOp::Contains;
        node->values.push_back({token.text, lowered(token.text), {}, {}, {}, {}});
        return node;
    }

    /// A single value, which is the next token.
    Result<NodePtr> finished(std::shared_ptr<Filter::Node> node, std::size_t sign) {
        if (auto added = addValue(*node); !added) return std::unexpected(added.error());
        if (auto sound = checkFilterTest(*node, sign); !sound)
            return std::unexpected(sound.error());
        return node;
    }

    Result<NodePtr> listed(std::shared_ptr<Filter::Node> node) {
        ++at_;
        // A network is a list of addresses by itself.
        const bool network = peek().text.find('/') != std::string::npos &&
                             node->field.kind == FilterField::Kind::Text &&
                             node->field.text == TextField::ClientIp;
        if (network && peek().kind != Kind::Open) return finished(std::move(node), peek().at);
        if (peek().kind != Kind::Open)
            return std::unexpected(filterError(peek().at, "a list is missing here",
                                               "write its values in brackets: in (502, 503)"));
        do {
            ++at_;
            if (auto added = addValue(*node); !added) return std::unexpected(added.error());
        } while (peek().kind == Kind::Comma);
        if (peek().kind != Kind::Close)
            return std::unexpected(
                filterError(peek().at, "the list does not end here",
                            "part its values with commas and close it with a )"));
        ++at_;
        return node;
    }

    Result<void> addValue(Filter::Node& node) {
        const FilterToken& token = peek();
        if (token.kind != Kind::Word && token.kind != Kind::Quoted)
            return std::unexpected(filterError(token.at, "a value is missing here",
                                               "write a number, a word or a text in quotes"));
        auto value = filterValue(node.field, node.op, token);
        if (!value) return std::unexpected(value.error());
        node.values.push_back(std::move(*value));
        ++at_;
        return {};
    }

    [[nodiscard]] const FilterToken& peek() const { return tokens_[at_]; }
    [[nodiscard]] bool isWord(std::string_view word) const {
        return peek().kind == Kind::Word && lowered(peek().text) == word;
    }
    /// Behind a text in quotes: then it is a field's name.
    static bool isCompared(const FilterToken& next) {
        const std::string word = next.kind == Kind::Word ? lowered(next.text) : std::string();
        return next.kind == Kind::Op || word == "in" || word == "contains";
    }
    std::vector<FilterToken> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

} // namespace

Result<Filter> Filter::parse(std::string_view text) {
    auto tokens = filterTokens(text);
    if (!tokens) return std::unexpected(tokens.error());
    Filter filter;
    filter.text_ = text;
    if (tokens->size() == 1) return filter;
    auto root = Parser(std::move(*tokens)).parse();
    if (!root) return std::unexpected(root.error());
    filter.root_ = *root;
    return filter;
}

std::vector<std::string> filterFields() {
    std::vector<std::string> names{"kind", "level", "source", "text", "time", "line"};
    for (int i = 0; i < kTextFields; ++i)
        names.emplace_back(nameOf(static_cast<TextField>(i)));
    for (int i = 0; i < kNumberFields; ++i)
        names.emplace_back(nameOf(static_cast<NumberField>(i)));
    std::ranges::sort(names);
    return names;
}

std::string quotedForFilter(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string fieldForFilter(std::string_view name) {
    const auto tokens = filterTokens(name);
    const bool word = tokens && tokens->size() == 2 &&
                      tokens->front().kind == FilterToken::Kind::Word &&
                      tokens->front().text == name && !isKeyword(name);
    return word ? std::string(name) : quotedForFilter(name);
}

} // namespace postlude
