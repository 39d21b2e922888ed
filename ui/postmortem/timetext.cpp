// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/timetext.h"

#include <QRegularExpression>

namespace postlude {

QString writtenTime(Instant at, const Zone& zone, bool withDate) {
    const bool whole = std::chrono::floor<std::chrono::seconds>(at) == at;
    QString text = QString::fromStdString(zone.timeOfDay(at, whole ? 0 : 3));
    if (withDate) text = QString::fromStdString(zone.date(at)) + QLatin1Char(' ') + text;
    return text;
}

std::optional<Instant> readTime(const QString& text, const Zone& zone,
                                std::optional<Instant> near) {
    static const QRegularExpression form(QStringLiteral(
        R"(^(?:(\d{4}-\d\d-\d\d)[ T]+)?(\d{1,2}):(\d\d)(?::(\d\d(?:[.,]\d{1,9})?))?\s*(\S.*)?$)"));
    const QRegularExpressionMatch found = form.match(text.trimmed());
    if (!found.hasMatch()) return std::nullopt;
    QString day = found.captured(1);
    if (day.isEmpty()) {
        if (!near) return std::nullopt;
        day = QString::fromStdString(zone.date(*near));
    }
    const QString second = found.captured(4).isEmpty() ? QStringLiteral("00") : found.captured(4);
    const QString local = QStringLiteral("%1T%2:%3:%4")
                              .arg(day, found.captured(2).rightJustified(2, QLatin1Char('0')),
                                   found.captured(3), second);
    const std::optional<Instant> read = fromRfc3339(local.toStdString());
    if (!read) return std::nullopt;
    const std::string said = found.captured(5).trimmed().toStdString();
    if (said.empty()) return zone.fromLocal(*read);
    const std::optional<Zone> stated = said == zone.name() ? zone : Zone::named(said);
    return stated ? std::optional(stated->fromLocal(*read)) : std::nullopt;
}

} // namespace postlude
