// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/statedclocks.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace postlude {

namespace {

constexpr const char* kNote = "stated-clocks";

/// As text: a number of JSON does not hold all nanoseconds.
QString text(Duration d) {
    return QString::number(d.count());
}

std::optional<Duration> durationFrom(const QJsonValue& value) {
    bool whole = false;
    const qint64 ns = value.toString().toLongLong(&whole);
    return whole ? std::optional(Duration{ns}) : std::nullopt;
}

std::string packed(const std::map<std::string, StatedClock>& clocks) {
    QJsonObject object;
    for (const auto& [host, clock] : clocks) {
        QJsonObject one{{"ahead", text(clock.ahead)}};
        if (clock.measured) {
            one["measured"] = text(*clock.measured);
            one["pairs"] = qint64(clock.pairs);
        }
        object[QString::fromStdString(host)] = one;
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

/// What is known of it now, where nobody has stated it.
StatedClock measuredOf(const Case& file, const std::string& host) {
    StatedClock clock;
    const auto sources = file.sources();
    if (!sources) return clock;
    for (const SourceInfo& source : *sources)
        if (source.host == host && source.clockOffset && source.clockPairs > 0) {
            clock.measured = source.clockOffset;
            clock.pairs = source.clockPairs;
        }
    return clock;
}

} // namespace

std::map<std::string, StatedClock> statedClocks(const Case& file) {
    const auto note = file.note(kNote);
    if (!note || !*note) return {};
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(**note)).object();
    std::map<std::string, StatedClock> clocks;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonObject one = it.value().toObject();
        if (const auto ahead = durationFrom(one["ahead"]))
            clocks.emplace(it.key().toStdString(),
                           StatedClock{*ahead, durationFrom(one["measured"]),
                                       static_cast<std::uint64_t>(one["pairs"].toInteger())});
    }
    return clocks;
}

Result<void> stateClock(Case& file, const std::string& host, std::optional<Duration> ahead) {
    if (host.empty())
        return std::unexpected(Error{ErrorKind::Usage, "a clock belongs to a named host", {}, {}});
    auto clocks = statedClocks(file);
    const auto known = clocks.find(host);
    StatedClock clock = known == clocks.end() ? measuredOf(file, host) : known->second;
    if (ahead) {
        clock.ahead = *ahead;
        clocks.insert_or_assign(host, clock);
    } else {
        clocks.erase(host);
    }
    if (auto kept = file.setNote(kNote, packed(clocks)); !kept) return kept;
    if (ahead) return file.setClock(host, *ahead, Duration{0}, 0);
    return file.setClock(host, clock.measured.value_or(Duration{0}), Duration{0}, clock.pairs);
}

} // namespace postlude
