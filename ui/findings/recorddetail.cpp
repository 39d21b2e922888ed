// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/recorddetail.h"

#include "ui/common/shown.h"

#include <QCoreApplication>
#include <cmath>
#include <map>

namespace postlude {

namespace {

constexpr std::size_t kMostValue = 8'192;

QString tr(const char* text, const char* same = nullptr, int count = -1) {
    return QCoreApplication::translate("record", text, same, count);
}

/// Of a fast request the hundredths count, too.
QString exactMilliseconds(std::int64_t ns) {
    const double ms = double(ns) / 1e6;
    if (ms < 10 && ns % 1'000'000 != 0) return QStringLiteral("%1 ms").arg(ms, 0, 'f', 2);
    return QString::fromStdString(grouped(std::int64_t(ms + (ms < 0 ? -0.5 : 0.5)))) +
           QStringLiteral(" ms");
}

/// Where it is parted, date and time are, not the time and its zone.
QString momentText(const Zone& zone, Instant t) {
    QString text = QString::fromStdString(zone.format(t));
    return text.replace(text.lastIndexOf(QLatin1Char(' ')), 1, QChar(QChar::Nbsp));
}

/// Words for the timers of the balancer.
QString durationNote(NumberField field) {
    switch (field) {
    case NumberField::Queue:
        return tr("waited for a free place");
    case NumberField::Connect:
        return tr("until the connection to the server stood");
    case NumberField::Response:
        return tr("until the server's answer began");
    case NumberField::Duration:
        return tr("the whole request");
    default:
        return {};
    }
}

QString numberText(NumberField field, std::int64_t value) {
    if (isDuration(field)) return exactMilliseconds(value);
    const bool name = field == NumberField::Status || field == NumberField::Pid ||
                      field == NumberField::ClientPort;
    if (name) return QString::number(value);
    const QString text = QString::fromStdString(grouped(value));
    const bool bytes = field == NumberField::BytesSent || field == NumberField::BytesReceived;
    return bytes ? tr("%1 bytes", nullptr, counted(std::uint64_t(value))).arg(text) : text;
}

/// "duration_ms" → "duration": the unit stands behind the value.
QString fieldName(std::string_view name) {
    QString text = QString::fromUtf8(name.data(), qsizetype(name.size()));
    if (text.endsWith(QStringLiteral("_ms"))) text.chop(3);
    return text.replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString statusNote(std::int64_t status) {
    switch (status) {
    case 200:
        return tr("OK");
    case 404:
        return tr("not found");
    case 408:
        return tr("the client took too long");
    case 429:
        return tr("too many requests");
    case 499:
        return tr("the client went away");
    case 500:
        return tr("error inside the server");
    case 502:
        return tr("no valid answer from the server");
    case 503:
        return tr("no server available");
    case 504:
        return tr("the server took too long");
    default:
        return {};
    }
}

void addNumber(std::vector<DetailLine>& lines, const RecordRow& row, NumberField field,
               const Zone& zone) {
    const std::int64_t value = row[field];
    if (value == kAbsent) return;
    DetailLine line{fieldName(nameOf(field)), numberText(field, value)};
    if (field == NumberField::Status) {
        line.note = statusNote(value);
        line.bad = value >= 500;
    } else if (field == NumberField::End) {
        line.value = QString::fromStdString(zone.format(instant(value)));
    } else {
        line.note = durationNote(field);
    }
    lines.push_back(std::move(line));
}

QString valueText(const std::string& text) {
    if (text.size() <= kMostValue) return shownWhole(text);
    return shownWhole(std::string_view(text).substr(0, kMostValue)) +
           moreBytes(text.size() - kMostValue);
}

void addText(std::vector<DetailLine>& lines, const RecordRow& row, TextField field) {
    const auto& text = row.texts[std::size_t(field)];
    if (!text) return;
    DetailLine line{fieldName(nameOf(field)), text->empty() ? tr("(empty)") : valueText(*text)};
    if (field == TextField::Termination) {
        line.note = terminationInWords(*text);
        line.bad = !text->empty() && text->front() != '-';
    }
    lines.push_back(std::move(line));
}

/// "37.200 s ahead, corrected".
QString offText(double off, bool byHand) {
    const QString text =
        off > 0  ? (byHand ? tr("%1 s ahead, set by hand") : tr("%1 s ahead, corrected"))
        : byHand ? tr("%1 s behind, set by hand")
                 : tr("%1 s behind, corrected");
    return text.arg(std::abs(off), 0, 'f', 3);
}

void addTimes(std::vector<DetailLine>& lines, const RecordRow& row, const Zone& zone, bool byHand) {
    if (row.time) lines.push_back({tr("time"), momentText(zone, *row.time)});
    if (row.timeRaw && row.time && *row.timeRaw != *row.time) {
        const double off = seconds(*row.timeRaw - *row.time);
        lines.push_back({tr("host's clock"), momentText(zone, *row.timeRaw), offText(off, byHand)});
    }
}

} // namespace

QString moreBytes(std::size_t bytes) {
    return tr("\n… %1 more bytes", nullptr, counted(bytes))
        .arg(QString::fromStdString(grouped(std::int64_t(bytes))));
}

QString terminationInWords(std::string_view code) {
    // HAProxy's configuration manual, "Session state at disconnection".
    if (code.size() != 2 && code.size() != 4) return {};
    static const std::map<char, const char*> kFirst = {
        {'C', QT_TR_NOOP("aborted by the client")},
        {'S', QT_TR_NOOP("aborted or refused by the server")},
        {'P', QT_TR_NOOP("ended by the proxy")},
        {'L', QT_TR_NOOP("answered by the proxy itself")},
        {'R', QT_TR_NOOP("a resource of the proxy ran out")},
        {'I', QT_TR_NOOP("internal error of the proxy")},
        {'D', QT_TR_NOOP("killed: the server went down")},
        {'U', QT_TR_NOOP("killed: a backup server came up")},
        {'K', QT_TR_NOOP("killed by an operator")},
        {'c', QT_TR_NOOP("the client took too long")},
        {'s', QT_TR_NOOP("the server side took too long")},
        {'-', QT_TR_NOOP("ended normally")}};
    static const std::map<char, const char*> kSecond = {
        {'R', QT_TR_NOOP("while waiting for the request")},
        {'Q', QT_TR_NOOP("in the queue, before a server was free")},
        {'C', QT_TR_NOOP("while connecting to the server")},
        {'H', QT_TR_NOOP("while waiting for the answer's head")},
        {'D', QT_TR_NOOP("while data was sent")},
        {'L', QT_TR_NOOP("while the last data was sent to the client")},
        {'T', QT_TR_NOOP("because the client was tarpitted")},
        {'-', ""}};
    const auto first = kFirst.find(code[0]), second = kSecond.find(code[1]);
    if (first == kFirst.end() || second == kSecond.end()) return {};
    const QString how = tr(first->second);
    return *second->second ? tr("%1, %2").arg(how, tr(second->second)) : how;
}

std::vector<DetailLine> detailsOf(const RecordRow& row, const Zone& zone, bool byHand) {
    std::vector<DetailLine> lines;
    addTimes(lines, row, zone, byHand);
    if (row.level != Level::None) {
        const std::string_view name = nameOf(row.level);
        lines.push_back({tr("level"),
                         QString::fromUtf8(name.data(), qsizetype(name.size())),
                         {},
                         row.level >= Level::Error});
    }
    addNumber(lines, row, NumberField::Status, zone);
    addText(lines, row, TextField::Termination);
    for (const auto field : {NumberField::Queue, NumberField::Connect, NumberField::Response,
                             NumberField::Duration, NumberField::Retries})
        addNumber(lines, row, field, zone);
    for (int i = 0; i < kTextFields; ++i)
        if (TextField(i) != TextField::Termination && TextField(i) != TextField::TimeRaw)
            addText(lines, row, TextField(i));
    for (const auto field : {NumberField::ClientPort, NumberField::BytesSent,
                             NumberField::BytesReceived, NumberField::Pid, NumberField::End})
        addNumber(lines, row, field, zone);
    for (const auto& [name, value] : row.extra)
        lines.push_back({shown(name), valueText(value)});
    addText(lines, row, TextField::TimeRaw);
    return lines;
}

} // namespace postlude
