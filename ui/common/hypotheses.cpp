// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/hypotheses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>
#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::array<const char*, 4> kStatus = {"open", "supported", "confirmed", "ruled out"};

QString text(const std::string& of) {
    return QString::fromStdString(of);
}

/// Numbers of 64 bits are texts: JSON's keep 53 of them.
QString number(std::int64_t of) {
    return QString::number(of);
}

QJsonObject pack(const Exhibit& exhibit) {
    const Evidence& e = exhibit.evidence;
    QJsonObject o{{QStringLiteral("source"), text(e.source)},
                  {QStringLiteral("first"), number(static_cast<std::int64_t>(e.firstLine))},
                  {QStringLiteral("last"), number(static_cast<std::int64_t>(e.lastLine))},
                  {QStringLiteral("against"), exhibit.against}};
    if (!e.source.empty()) return o;
    o[QStringLiteral("chart")] = text(e.chart);
    o[QStringLiteral("from")] = number(nanoseconds(e.window.from));
    o[QStringLiteral("to")] = number(nanoseconds(e.window.to));
    return o;
}

Exhibit exhibitFrom(const QJsonObject& o) {
    const auto number = [&o](const char* name) {
        return o[QLatin1String(name)].toString().toLongLong();
    };
    Exhibit exhibit;
    exhibit.against = o[QStringLiteral("against")].toBool();
    Evidence& e = exhibit.evidence;
    e.source = o[QStringLiteral("source")].toString().toStdString();
    e.firstLine = static_cast<std::uint64_t>(number("first"));
    e.lastLine = static_cast<std::uint64_t>(number("last"));
    e.chart = o[QStringLiteral("chart")].toString().toStdString();
    e.window = {instant(number("from")), instant(number("to"))};
    return exhibit;
}

bool saysNothing(const Hypothesis& h) {
    return !h.isOwn() && !h.status && h.note.empty() && h.exhibits.empty();
}

} // namespace

std::string keyOf(std::size_t incident, CauseKind kind, const std::string& culprit) {
    return fmt::format("{}:{}:{}", incident, nameOf(kind), culprit);
}

std::string newKey(const std::vector<Hypothesis>& known) {
    int last = 0;
    for (const Hypothesis& h : known)
        if (h.isOwn()) last = std::max(last, QByteArray::fromStdString(h.key.substr(4)).toInt());
    return fmt::format("own:{}", last + 1);
}

const Hypothesis* hypothesisOf(const std::vector<Hypothesis>& known, const std::string& key) {
    const auto it = std::ranges::find(known, key, &Hypothesis::key);
    return it == known.end() ? nullptr : &*it;
}

std::vector<Hypothesis> withHypothesis(std::vector<Hypothesis> known, const Hypothesis& one) {
    const auto it = std::ranges::find(known, one.key, &Hypothesis::key);
    if (it == known.end())
        known.push_back(one);
    else
        *it = one;
    std::erase_if(known, saysNothing);
    return known;
}

QByteArray toJson(const std::vector<Hypothesis>& hypotheses) {
    QJsonArray all;
    for (const Hypothesis& h : hypotheses) {
        QJsonArray exhibits;
        for (const Exhibit& exhibit : h.exhibits)
            exhibits.append(pack(exhibit));
        QJsonObject o{{QStringLiteral("key"), text(h.key)},
                      {QStringLiteral("title"), text(h.title)},
                      {QStringLiteral("note"), text(h.note)},
                      {QStringLiteral("exhibits"), exhibits}};
        if (h.status)
            o[QStringLiteral("status")] =
                QLatin1String(kStatus[static_cast<std::size_t>(*h.status)]);
        all.append(o);
    }
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

std::vector<Hypothesis> hypothesesFrom(const QByteArray& json) {
    std::vector<Hypothesis> all;
    const QJsonArray kept = QJsonDocument::fromJson(json).array();
    for (const auto& value : kept) {
        const QJsonObject o = value.toObject();
        Hypothesis h;
        h.key = o[QStringLiteral("key")].toString().toStdString();
        h.title = o[QStringLiteral("title")].toString().toStdString();
        h.note = o[QStringLiteral("note")].toString().toStdString();
        const QString status = o[QStringLiteral("status")].toString();
        for (std::size_t i = 0; i < kStatus.size(); ++i)
            if (status == QLatin1String(kStatus[i])) h.status = static_cast<HypothesisStatus>(i);
        const QJsonArray exhibits = o[QStringLiteral("exhibits")].toArray();
        for (const auto& exhibit : exhibits)
            h.exhibits.push_back(exhibitFrom(exhibit.toObject()));
        if (!h.key.empty()) all.push_back(std::move(h));
    }
    return all;
}

} // namespace postlude
