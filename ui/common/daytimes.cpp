// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/daytimes.h"

#include <QRegularExpression>

namespace postlude {

namespace {

/// The first one at or after `bounds` begin; at its day if none is within.
std::optional<Instant> momentOf(const QString& time, Window bounds, const Zone& zone) {
    const QString padded = time.indexOf(QLatin1Char(':')) == 1 ? QLatin1Char('0') + time : time;
    const QString whole =
        padded.count(QLatin1Char(':')) == 1 ? padded + QStringLiteral(":00") : padded;
    const auto local = fromRfc3339(zone.date(bounds.from) + "T" + whole.toStdString() + "Z");
    if (!local) return {};
    const Instant at = zone.fromLocal(*local);
    const Instant next = zone.fromLocal(*local + std::chrono::hours{24});
    return at < bounds.from && next < bounds.to ? next : at;
}

} // namespace

QString withDates(const QString& filter, Window bounds, const Zone& zone) {
    static const QRegularExpression kTest(
        QStringLiteral(R"(\btime\s*(?:=|!=|<=|>=|<|>)\s*(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))"
                       R"((?=$|[\s)]))"),
        QRegularExpression::CaseInsensitiveOption);
    if (bounds.empty() || bounds.length() > std::chrono::hours{24}) return filter;
    QString dated;
    qsizetype done = 0;
    for (auto it = kTest.globalMatch(filter); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const bool quoted = filter.left(match.capturedStart()).count(QLatin1Char('"')) % 2 != 0;
        const auto at = quoted ? std::nullopt : momentOf(match.captured(1), bounds, zone);
        if (!at) continue;
        dated += filter.mid(done, match.capturedStart(1) - done) +
                 QString::fromStdString(toRfc3339(*at));
        done = match.capturedEnd(1);
    }
    return dated + filter.mid(done);
}

} // namespace postlude
