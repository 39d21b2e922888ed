// SPDX-License-Identifier: GPL-3.0-or-later
// What the values of an lnav format are to us.
#include "core/format/detail/lnav.h"

#include "core/base/text.h"

#include <QJsonArray>

namespace postlude {

namespace {

using Is = LnavRole::Is;

std::string textOf(const QJsonObject& object, const char* key, const std::string& otherwise = {}) {
    const QString text = object[QLatin1String(key)].toString();
    return text.isEmpty() ? otherwise : text.toStdString();
}

/// Names that mean the same in many formats → columns, as targetNamed() calls them.
constexpr std::pair<std::string_view, std::string_view> kColumns[] = {
    {"c_ip", "client_ip"},
    {"client_ip", "client_ip"},
    {"remote_ip", "client_ip"},
    {"remote_addr", "client_ip"},
    {"request/client_ip", "client_ip"},
    {"request/remote_ip", "client_ip"},
    {"c_port", "client_port"},
    {"client_port", "client_port"},
    {"cs_method", "method"},
    {"http_method", "method"},
    {"method", "method"},
    {"request/method", "method"},
    {"cs_uri", "path"},
    {"http_url", "path"},
    {"uri", "path"},
    {"request/uri", "path"},
    {"cs_version", "http_version"},
    {"http_version", "http_version"},
    {"request/proto", "http_version"},
    {"sc_status", "status"},
    {"status_code", "status"},
    {"status", "status"},
    {"sc_bytes", "bytes_sent"},
    {"bytes_sent", "bytes_sent"},
    {"cs_bytes", "bytes_received"},
    {"bytes_received", "bytes_received"},
    {"cs_user_agent", "user_agent"},
    {"user_agent", "user_agent"},
    {"request/headers/User-Agent#", "user_agent"},
    {"cs_referer", "referrer"},
    {"referer", "referrer"},
    {"referrer", "referrer"},
    {"cs_username", "user"},
    {"s_ip", "server"},
    {"frontend_name", "frontend"},
    {"backend_name", "backend"},
    {"termination_state", "termination"},
    {"retries", "retries"},
    {"request_id", "request_id"},
    {"req_id", "request_id"},
    {"trace_id", "request_id"},
    {"log_hostname", "host"},
    {"logging_host", "host"},
    {"hostname", "host"},
    {"host", "host"},
    {"log_procname", "process"},
    {"process_name", "process"},
    {"procname", "process"},
    {"logger", "process"},
    {"logger_name", "process"},
    {"module", "process"},
    {"program", "process"},
    {"log_pid", "pid"},
    {"pid", "pid"},
};

/// Formats write "cs_uri_stem" or, as the W3C does, "cs-uri-stem", "cs(User-Agent)".
std::string usual(std::string_view name) {
    std::string text;
    for (const char c : name)
        if (c != ')') text += c == '-' || c == '(' ? '_' : c;
    if (text == "cs_User_Agent" || text == "cs_Referer")
        text = text == "cs_Referer" ? "cs_referer" : "cs_user_agent";
    return text;
}

std::optional<std::int64_t> unitOf(const QJsonObject& unit) {
    static constexpr std::pair<std::string_view, std::int64_t> units[] = {
        {"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1'000}, {"µs", 1'000}, {"ns", 1}};
    const std::string suffix = textOf(unit, "suffix");
    const double divisor = unit[QLatin1String("divisor")].toDouble(1);
    for (const auto& [name, ns] : units)
        if (name == suffix && divisor >= 1)
            return std::max<std::int64_t>(1, static_cast<std::int64_t>(double(ns) / divisor));
    return {};
}

/// lnav's names of levels; those it has more of than we are the nearest of ours.
Level levelNamed(const std::string& name) {
    if (name.starts_with("debug")) return Level::Debug;
    if (name == "stats" || name == "unknown") return Level::Info;
    if (name == "invalid") return Level::Error;
    return levelFrom(name);
}

Result<void> readLevels(const QJsonObject& map, LnavMeaning& out) {
    for (auto it = map.begin(); it != map.end(); ++it) {
        const std::string name = it.key().toStdString();
        const Level level = levelNamed(name);
        if (level == Level::None)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood, "“level”: there is no level “" + name + "”"});
        if (it.value().isDouble()) {
            out.numbers.emplace_back(level, std::to_string(it.value().toInt()));
            continue;
        }
        auto regex = Regex::compile(it.value().toString().toStdString());
        if (!regex) {
            Error error = regex.error();
            error.what = "“level”, " + name + ": " + error.what;
            return std::unexpected(error);
        }
        out.levels.emplace_back(level, std::move(*regex));
    }
    std::ranges::stable_sort(out.levels, {}, [](const auto& each) { return each.first; });
    return {};
}

Result<void> readTimes(const QJsonArray& formats, LnavMeaning& out) {
    for (const auto& each : formats) {
        auto pattern = TimePattern::compile(each.toString().toStdString());
        if (!pattern) {
            Error error = pattern.error();
            error.what = "“timestamp-format”: " + error.what;
            return std::unexpected(error);
        }
        out.times.push_back(std::move(*pattern));
    }
    return {};
}

/// "09:57:47.123": the day is nowhere in the line.
bool isClockAlone(std::string_view stamp) {
    return stamp.find(':') != std::string_view::npos &&
           stamp.find_first_not_of("0123456789:.,") == std::string_view::npos;
}

bool namesRequest(std::string_view name) {
    for (const std::string_view part : {"req", "trace", "corr", "opid", "uuid", "trans"})
        if (name.find(part) != std::string_view::npos) return true;
    return false;
}

} // namespace

LnavRole LnavMeaning::roleOf(const std::string& name) const {
    LnavRole role{Is::Other, {}, name};
    const std::string known = usual(name);
    if (name == timestamp)
        role.is = Is::Time;
    else if (name == timeOfDay)
        role.is = Is::TimeOfDay;
    else if (name == start)
        role.is = Is::Start;
    else if (name == body)
        role.is = Is::Body;
    else if (known == "cs_uri_stem")
        role.is = Is::Stem;
    else if (known == "cs_uri_query")
        role.is = Is::Query;
    if (role.is != Is::Other) return role;
    const auto* column =
        std::ranges::find(kColumns, known, &std::pair<std::string_view, std::string_view>::first);
    const auto unit = units.find(name);
    if (name == duration || known == "time_taken")
        role.target = spanTarget(NumberField::Duration, unit != units.end()     ? unit->second
                                                        : known == "time_taken" ? 1'000'000
                                                                                : 1'000'000'000);
    else if (column != std::end(kColumns))
        role.target = *targetNamed(column->second);
    else if (name == module)
        role.target = textTarget(TextField::Process);
    else if (name == operation && namesRequest(name))
        role.target = textTarget(TextField::RequestId);
    else
        role.target = extraTarget(name);
    role.is = name == level ? Is::Level : Is::Column;
    return role;
}

Result<LnavMeaning> readLnavMeaning(const QJsonObject& definition) {
    LnavMeaning meaning;
    meaning.timestamp = textOf(definition, "timestamp-field", "timestamp");
    meaning.timeOfDay = textOf(definition, "time-field");
    meaning.start = textOf(definition, "start-timestamp-field");
    meaning.level = textOf(definition, "level-field", "level");
    meaning.body = textOf(definition, "body-field", "body");
    meaning.operation = textOf(definition, "opid-field");
    meaning.module = textOf(definition, "module-field");
    meaning.duration = textOf(definition, "duration-field");
    meaning.divisor = definition[QLatin1String("timestamp-divisor")].toDouble();
    meaning.multiline = definition[QLatin1String("multiline")].toBool(true);
    meaning.timeIsStart = textOf(definition, "timestamp-point-of-reference") == "start";
    const QJsonObject values = definition[QLatin1String("value")].toObject();
    for (auto it = values.begin(); it != values.end(); ++it)
        if (const auto unit = unitOf(it.value()[QLatin1String("unit")].toObject()))
            meaning.units.emplace(it.key().toStdString(), *unit);
    auto done = readTimes(definition[QLatin1String("timestamp-format")].toArray(), meaning);
    if (done) done = readLevels(definition[QLatin1String("level")].toObject(), meaning);
    if (!done) return std::unexpected(done.error());
    return meaning;
}

void LnavFiller::begin(Record& out) {
    out.clear();
    date_ = clock_ = start_ = stem_ = query_ = {};
    assigner_.begin();
}

void LnavFiller::takeColumn(const LnavRole& role, std::string_view value, Record& out) {
    const Target& target = role.target;
    const bool taken = (target.act == Act::Text && out.has(target.text)) ||
                       (target.act == Act::Server && out.has(TextField::Server));
    if (!taken && assigner_.assign(target, value, out)) return;
    if (!value.empty() && value != "-") out.extra.emplace_back(role.name, value);
}

void LnavFiller::take(const LnavRole& role, std::string_view value, Record& out) {
    switch (role.is) {
    case Is::Time:
        date_ = value;
        return;
    case Is::TimeOfDay:
        clock_ = value;
        return;
    case Is::Start:
        start_ = value;
        return;
    case Is::Body:
        value = trimmed(value);
        if (!value.empty()) out[TextField::Message] = value;
        return;
    case Is::Stem:
        stem_ = value;
        return;
    case Is::Query:
        query_ = value;
        return;
    case Is::Level:
        out.level = levelOf(value);
        if (role.target.act == Act::Extra && levelFrom(value) == out.level) return;
        [[fallthrough]];
    default:
        takeColumn(role, value, out);
    }
}

Level LnavFiller::levelOf(std::string_view value) {
    for (const auto& [level, number] : meaning_.numbers)
        if (number == value) return level;
    for (const auto& [level, regex] : meaning_.levels)
        if (match_.find(regex, value) == RegexMatch::Verdict::Yes) return level;
    if (!meaning_.levels.empty() || !meaning_.numbers.empty()) return Level::Info;
    return levelFrom(value);
}

bool LnavFiller::readTime(std::string_view text, WrittenTime& out) {
    if (meaning_.divisor >= 1) {
        const auto unit = static_cast<std::int64_t>(1e9 / meaning_.divisor);
        if (const auto ns = readSpan(text, unit); ns && *ns != kAbsent) {
            out = {.local = *ns, .offset = 0};
            return true;
        }
    }
    for (const TimePattern& pattern : meaning_.times) {
        std::string_view rest = text;
        WrittenTime time;
        if (!pattern.take(rest, time) || !trimmed(rest).empty()) continue;
        out = time;
        return true;
    }
    return times_.whole(trimmed(text), out);
}

bool LnavFiller::finish(Record& out) {
    if (!query_.empty()) {
        path_ = stem_;
        if (query_ != "-") (path_ += '?') += query_;
        stem_ = path_;
    }
    if (!stem_.empty() && stem_ != "-" && !out.has(TextField::Path)) out[TextField::Path] = stem_;
    const bool request = out.has(TextField::Method) ||
                         (out.has(NumberField::Status) && out.has(TextField::ClientIp));
    if (request) out.kind = RecordKind::Request;
    std::string_view stamp = start_.empty() ? date_ : start_;
    if (!clock_.empty()) {
        stamp_ = stamp;
        (stamp_ += ' ') += clock_;
        stamp = stamp_;
    }
    if (stamp.empty()) return true;
    const bool known = readTime(stamp, out.time);
    if (!known && !isClockAlone(stamp)) return false;
    out[TextField::TimeRaw] = stamp;
    if (!known) return true;
    out.time.isEnd = request && start_.empty() && !meaning_.timeIsStart;
    if (!start_.empty() && !date_.empty()) out.extra.emplace_back(meaning_.timestamp, date_);
    return true;
}

} // namespace postlude
