// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/shown.h"

#include <cmath>

namespace postlude {

QString plainTip(const QString& text) {
    if (text.isEmpty()) return {};
    return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped());
}

QString filterWord(const std::string& text) {
    QString inner = QString::fromStdString(validUtf8(text));
    inner.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    inner.replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return QLatin1Char('"') + inner + QLatin1Char('"');
}

QString shortCount(std::uint64_t count) {
    const auto n = static_cast<double>(count);
    if (n >= 99.95e6) return QStringLiteral("%1 M").arg(std::llround(n / 1e6));
    if (n >= 299.5e3) return QStringLiteral("%1 M").arg(n / 1e6, 0, 'f', 1);
    if (n >= 9.95e3) return QStringLiteral("%1 k").arg(std::llround(n / 1e3));
    if (n >= 1e3) return wholeCount(count);
    return QString::number(count);
}

QString percent(double share) {
    const double value = share * 100;
    const double tenths = std::round(value * 10) / 10;
    if (tenths < 10 && tenths != std::round(tenths))
        return QStringLiteral("%1 %").arg(tenths, 0, 'f', 1);
    if (value > 0 && tenths == 0) return QStringLiteral("< 0.1 %");
    return QStringLiteral("%1 %").arg(std::llround(value));
}

QString milliseconds(std::int64_t ns) {
    if (ns > 0 && ns < 50'000) return QStringLiteral("< 0.1 ms");
    if (ns > 0 && ns < 950'000)
        return QStringLiteral("%1 ms").arg(static_cast<double>(ns) / 1e6, 0, 'f', 1);
    return QString::fromStdString(grouped((ns + 500'000) / 1'000'000)) + QStringLiteral(" ms");
}

QString signedOffset(Duration offset) {
    const QString text = QString::fromStdString(spoken(offset));
    return offset < Duration::zero() ? text : QLatin1Char('+') + text;
}

} // namespace postlude
