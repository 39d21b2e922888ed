// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/filter_lexer.h"

namespace postlude {

namespace {

struct Sign {
    std::string_view text;
    FilterOp op;
};
// Longer ones first.
constexpr Sign kSigns[] = {
    {"!=", FilterOp::NotEqual}, {"<=", FilterOp::AtMost},  {">=", FilterOp::AtLeast},
    {"==", FilterOp::Equal},    {"≠", FilterOp::NotEqual}, {"≤", FilterOp::AtMost},
    {"≥", FilterOp::AtLeast},   {"=", FilterOp::Equal},    {"<", FilterOp::Less},
    {">", FilterOp::Greater},   {"~", FilterOp::Matches}};

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const Sign* signAt(std::string_view text) {
    for (const Sign& sign : kSigns)
        if (text.starts_with(sign.text)) return &sign;
    return nullptr;
}

bool endsWord(std::string_view text) {
    return isBlank(text.front()) || text.front() == '(' || text.front() == ')' ||
           text.front() == ',' || text.front() == '"' || text.starts_with("!=") ||
           (text.front() != '!' && signAt(text) != nullptr);
}

/// `at` stands behind the opening quote; afterwards behind the closing one.
Result<FilterToken> quoted(std::string_view text, std::size_t& at) {
    const std::size_t begin = at - 1;
    FilterToken token{FilterToken::Kind::Quoted, begin, {}, {}, {}};
    for (; at < text.size(); ++at) {
        if (text[at] == '"') {
            ++at;
            return token;
        }
        const bool escape = text[at] == '\\' && at + 1 < text.size() &&
                            (text[at + 1] == '"' || text[at + 1] == '\\');
        if (escape) {
            token.escapes.push_back(token.text.size());
            ++at;
        }
        token.text += text[at];
    }
    return std::unexpected(filterError(begin, "this text has no end", "close it with a \""));
}

} // namespace

Error filterError(std::size_t at, std::string what, std::string remedy) {
    return {ErrorKind::NotUnderstood, std::move(what), {{}, 0, at}, std::move(remedy)};
}

Result<std::vector<FilterToken>> filterTokens(std::string_view text) {
    using Kind = FilterToken::Kind;
    std::vector<FilterToken> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const std::size_t begin = at;
        if (isBlank(rest.front())) {
            ++at;
        } else if (rest.front() == '(' || rest.front() == ')' || rest.front() == ',') {
            const Kind kind = rest.front() == '('   ? Kind::Open
                              : rest.front() == ')' ? Kind::Close
                                                    : Kind::Comma;
            tokens.push_back({kind, begin, std::string(1, rest.front()), {}, {}});
            ++at;
        } else if (rest.front() == '"') {
            auto inside = quoted(text, ++at);
            if (!inside) return std::unexpected(inside.error());
            tokens.push_back(*std::move(inside));
        } else if (const Sign* sign = signAt(rest)) {
            tokens.push_back({Kind::Op, begin, std::string(sign->text), sign->op, {}});
            at += sign->text.size();
        } else {
            do {
                ++at;
            } while (at < text.size() && !endsWord(text.substr(at)));
            tokens.push_back(
                {Kind::Word, begin, std::string(text.substr(begin, at - begin)), {}, {}});
        }
    }
    tokens.push_back({Kind::End, text.size(), {}, {}, {}});
    return tokens;
}

} // namespace postlude
