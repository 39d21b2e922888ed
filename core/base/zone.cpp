// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/zone.h"

#include <QDateTime>
#include <QTimeZone>
#include <fmt/format.h>

namespace postlude {

namespace {

qint64 milliseconds(Instant t) {
    return std::chrono::floor<std::chrono::milliseconds>(t.time_since_epoch()).count();
}

/// "+02:00", "-0530", "+3", "−05:00": seconds east, if the text is nothing else.
std::optional<int> fixedOffset(std::string_view given) {
    static constexpr std::string_view minus = "−"; // as Zone::name() writes it
    const bool typographic = given.starts_with(minus);
    const std::string text(typographic ? "-" + std::string(given.substr(minus.size()))
                                       : std::string(given));
    if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return {};
    std::string digits;
    for (const char c : std::string_view(text).substr(1)) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != ':')
            return {};
    }
    if (digits.empty() || digits.size() > 4) return {};
    const int number = std::stoi(digits);
    const int hours = digits.size() <= 2 ? number : number / 100;
    const int minutes = digits.size() <= 2 ? 0 : number % 100;
    if (hours > 15 || minutes > 59) return {};
    return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

} // namespace

Zone Zone::fixed(int east) {
    Zone z;
    z.east_ = east;
    return z;
}

std::optional<Zone> Zone::named(std::string_view name) {
    if (name == "UTC" || name == "Z" || name == "GMT" || name == "utc") return utc();
    std::string_view rest = name;
    if (rest.starts_with("UTC") || rest.starts_with("GMT")) rest.remove_prefix(3);
    if (const auto east = fixedOffset(rest)) return fixed(*east);
    const QByteArray id(name.data(), static_cast<qsizetype>(name.size()));
    if (!QTimeZone::isTimeZoneIdAvailable(id)) return {};
    Zone z;
    z.id_ = std::string(name);
    return z;
}

Zone Zone::local() {
    return named(QTimeZone::systemTimeZoneId().toStdString()).value_or(utc());
}

std::string Zone::name() const {
    if (!id_.empty()) return id_;
    if (east_ == 0) return "UTC";
    const int minutes = std::abs(east_) / 60;
    return fmt::format("UTC{}{:02}:{:02}", east_ < 0 ? "−" : "+", minutes / 60, minutes % 60);
}

int Zone::offsetAt(Instant t) const {
    if (id_.empty()) return east_;
    const QTimeZone zone(QByteArray::fromStdString(id_));
    return zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(milliseconds(t), Qt::UTC));
}

Instant Zone::fromLocal(Instant local) const {
    if (id_.empty()) return local - std::chrono::seconds{east_};
    const Instant first = local - std::chrono::seconds{offsetAt(local - std::chrono::hours{14})};
    const Instant guess = local - std::chrono::seconds{offsetAt(first)};
    return local - std::chrono::seconds{offsetAt(guess)};
}

std::optional<Instant> Zone::secondFromLocal(Instant local) const {
    if (id_.empty()) return {};
    const Instant first = fromLocal(local);
    const int later = offsetAt(first + std::chrono::hours{3});
    const Instant second = local - std::chrono::seconds{later};
    return second > first && offsetAt(second) == later ? std::optional(second) : std::nullopt;
}

std::string Zone::format(Instant t, int digits) const {
    return date(t) + " " + timeOfDay(t, digits) + " " + name();
}

std::string Zone::timeOfDay(Instant t, int digits) const {
    std::string text = toRfc3339(t + std::chrono::seconds{offsetAt(t)}, digits);
    text.pop_back();
    return text.substr(text.find('T') + 1);
}

std::string Zone::date(Instant t) const {
    return toRfc3339(t + std::chrono::seconds{offsetAt(t)}, 0).substr(0, 10);
}

} // namespace postlude
