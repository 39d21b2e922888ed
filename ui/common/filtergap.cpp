// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/filtergap.h"

namespace postlude {

namespace {

using What = FilterGap::What;

struct Token {
    enum class Kind : std::uint8_t { Word, Quoted, Sign, Open, Close, Comma } kind;
    qsizetype from, to;
    QString text;
    bool closed = true;
};

bool isSign(QChar c) {
    return QStringLiteral("=!<>~≠≤≥").contains(c);
}

Token quoted(const QString& text, qsizetype from) {
    Token token{Token::Kind::Quoted, from, text.size(), {}, false};
    for (qsizetype at = from + 1; at < text.size(); ++at) {
        if (text[at] == QLatin1Char('"')) {
            token.to = at + 1;
            token.closed = true;
            break;
        }
        if (text[at] == QLatin1Char('\\') && at + 1 < text.size()) ++at;
        token.text += text[at];
    }
    return token;
}

Token run(const QString& text, qsizetype from, bool sign) {
    qsizetype to = from;
    const auto goesOn = [&](QChar c) {
        return sign ? isSign(c)
                    : !c.isSpace() && !isSign(c) && !QStringLiteral("(),\"").contains(c);
    };
    while (to < text.size() && goesOn(text[to]))
        ++to;
    return {sign ? Token::Kind::Sign : Token::Kind::Word, from, to, text.mid(from, to - from)};
}

Token tokenAt(const QString& text, qsizetype at) {
    using Kind = Token::Kind;
    const QChar c = text[at];
    if (c == QLatin1Char('"')) return quoted(text, at);
    if (c == QLatin1Char('(')) return {Kind::Open, at, at + 1, c};
    if (c == QLatin1Char(')')) return {Kind::Close, at, at + 1, c};
    if (c == QLatin1Char(',')) return {Kind::Comma, at, at + 1, c};
    return run(text, at, isSign(c));
}

/// What is expected behind the tokens seen so far.
struct Expected {
    What what = What::Field;
    QString field;
    bool list = false;
    bool quoted = false; ///< `field` is a text in quotes, and what is one the next token says

    /// Whether the name before it is compared by that token.
    [[nodiscard]] bool comparedBy(const Token& token) const {
        const QString word = token.text.toLower();
        const bool compares = token.kind == Token::Kind::Sign || word == QLatin1String("in") ||
                              word == QLatin1String("contains");
        return compares && (what == What::Comparison || quoted);
    }

    void take(const Token& token) {
        if (quoted && comparedBy(token)) what = What::Comparison;
        quoted = false;
        using Kind = Token::Kind;
        const QString word = token.text.toLower();
        switch (what) {
        case What::Field:
            if (token.kind == Kind::Quoted) {
                what = What::Joint;
                field = token.text;
                quoted = true;
            }
            if (token.kind != Kind::Word || word == QLatin1String("not")) return;
            field = token.text;
            what = What::Comparison;
            return;
        case What::Comparison:
            list = token.kind == Kind::Word && word == QLatin1String("in");
            what = What::Value;
            return;
        case What::Value:
            if (list && token.kind != Kind::Close) return;
            what = What::Joint;
            return;
        default:
            if (token.kind == Kind::Word) what = What::Field;
        }
    }
};

} // namespace

std::vector<std::pair<qsizetype, QString>> filterFieldsIn(const QString& text) {
    std::vector<std::pair<qsizetype, QString>> fields;
    Expected expected;
    qsizetype from = 0;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        const Token token = tokenAt(text, at);
        at = std::max(token.to, at + 1);
        if (expected.comparedBy(token)) fields.emplace_back(from, expected.field);
        from = token.from;
        expected.take(token);
    }
    return fields;
}

FilterGap filterGapAt(const QString& text, qsizetype cursor) {
    const QString before = text.left(cursor);
    Expected expected;
    FilterGap gap;
    qsizetype at = 0;
    while (at < before.size()) {
        if (before[at].isSpace()) {
            ++at;
            continue;
        }
        const Token token = tokenAt(before, at);
        at = token.to;
        const bool open = token.kind == Token::Kind::Quoted && !token.closed;
        const bool typing = at == before.size() && (token.kind == Token::Kind::Word || open);
        // A bracket, a comma or a sign is whole by itself, and so is a text in quotes.
        if (!typing) {
            expected.take(token);
            continue;
        }
        gap.from = token.from;
        gap.to = cursor;
        gap.typed = token.text;
        if (open && expected.what == What::Field) expected.what = What::Nothing;
        gap.what = expected.what;
        gap.field = expected.field;
        gap.quoted = expected.quoted;
        return gap;
    }
    gap.what = expected.what;
    gap.field = expected.field;
    gap.quoted = expected.quoted;
    gap.from = gap.to = cursor;
    return gap;
}

} // namespace postlude
