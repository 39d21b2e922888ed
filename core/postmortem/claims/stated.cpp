// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/stated.h"

#include <QRegularExpression>
#include <QString>
#include <algorithm>
#include <cmath>

namespace postlude {

namespace {

// Text beyond this is not looked at: a share stands at the beginning, and regexes stay cheap.
constexpr qsizetype kLookedAt = 2000;

/// A number with its unit of the last digit: "84.3" → 84.3 and 0.1.
struct Written {
    double value = 0, unit = 1;
};

Written written(QString digits) {
    digits.replace(',', '.');
    const qsizetype point = digits.indexOf('.');
    const auto decimals = point < 0 ? 0 : static_cast<double>(digits.size() - point - 1);
    return {digits.toDouble(), std::pow(10, -decimals)};
}

bool isApproximate(const QString& before) {
    static const QRegularExpression about(
        R"((?:\b(?:about|around|approx(?:\.|imately)?|roughly|nearly|almost|some|circa|ca\.?|c\.|up to)|~|≈)\s*$)",
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return about.match(before.right(40)).hasMatch();
}

StatedShare shareOf(Written low, Written high, const QString& text,
                    const QRegularExpressionMatch& found, bool approximate) {
    const double half = std::max(low.unit, high.unit) / 2;
    return {std::min(low.value, high.value) / 100, std::max(low.value, high.value) / 100,
            // The last term is only against the dust of binary fractions.
            std::max(approximate ? 2.5 : 0.0, half) / 100 + 1e-9,
            static_cast<std::size_t>(text.left(found.capturedEnd()).toUtf8().size())};
}

std::optional<StatedShare> percentage(const QString& text) {
    static const QRegularExpression percent(
        R"((?:(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:%|percent)?\s*(?:-|–|—|to)\s*)?(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:%|percent\b|per cent\b|pct\b))",
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch found = percent.match(text);
    if (!found.hasMatch()) return {};
    const Written high = written(found.captured(2));
    const Written low = found.captured(1).isEmpty() ? high : written(found.captured(1));
    return shareOf(low, high, text, found, isApproximate(text.left(found.capturedStart())));
}

std::optional<double> count(QString digits) {
    static const QRegularExpression gaps(R"([\s,’'])",
                                         QRegularExpression::UseUnicodePropertiesOption);
    bool ok = false;
    const double value = digits.remove(gaps).toDouble(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<StatedShare> fraction(const QString& text) {
    static const QRegularExpression of(
        R"((\d{1,3}(?:[\s,’']\d{3})+|\d{1,15})\s*(?:of|out of|/)\s*(?:the\s+)?(\d{1,3}(?:[\s,’']\d{3})+|\d{1,15}))",
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch found = of.match(text);
    if (!found.hasMatch()) return {};
    const auto part = count(found.captured(1));
    const auto whole = count(found.captured(2));
    if (!part || !whole || *whole <= 0 || *part > *whole) return {};
    const Written value{*part / *whole * 100, 1};
    return shareOf(value, value, text, found, isApproximate(text.left(found.capturedStart())));
}

std::optional<StatedShare> word(const QString& text) {
    static const QRegularExpression words(R"(\b(all|every|half|none|nobody|no)\b)",
                                          QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch found = words.match(text);
    if (!found.hasMatch()) return {};
    const QString said = found.captured(1).toLower();
    const bool whole = said == "all" || said == "every";
    const Written value{whole ? 100.0 : said == "half" ? 50.0 : 0.0, 1};
    return shareOf(value, value, text, found,
                   said == "half" || isApproximate(text.left(found.capturedStart())));
}

} // namespace

std::optional<StatedShare> statedShare(std::string_view text) {
    const QString looked =
        QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).left(kLookedAt);
    if (auto share = percentage(looked)) return share;
    if (auto share = fraction(looked)) return share;
    return word(looked);
}

} // namespace postlude
