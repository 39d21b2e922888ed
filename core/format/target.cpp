// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/target.h"

namespace postlude {

Target textTarget(TextField field) {
    Target t;
    t.act = Act::Text;
    t.text = field;
    return t;
}

Target numberTarget(NumberField field) {
    Target t;
    t.act = Act::Number;
    t.number = field;
    return t;
}

Target spanTarget(NumberField field, std::int64_t unit) {
    Target t;
    t.act = Act::Span;
    t.number = field;
    t.unit = unit;
    return t;
}

Target actTarget(Act act) {
    Target t;
    t.act = act;
    return t;
}

Target extraTarget(std::string name) {
    Target t;
    t.act = Act::Extra;
    t.name = std::move(name);
    return t;
}

namespace {

constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
    {"_ms", 1'000'000}, {"_us", 1'000},        {"_ns", 1},
    {"_go", kAsGo},     {"_s", 1'000'000'000}, {"_written", kWritten}};

std::optional<Target> partNamed(std::string_view name) {
    std::optional<Target> part;
    for (const auto& [suffix, unit] : kUnits) {
        if (!name.starts_with("x_") || !name.ends_with(suffix)) continue;
        part = extraTarget(std::string(name.substr(2, name.size() - 2 - suffix.size())));
        part->unit = unit;
        break;
    }
    if (!part) part = targetNamed(name);
    if (!part || (part->act != Act::Span && part->act != Act::Extra)) return {};
    part->act = Act::Part;
    return part;
}

} // namespace

std::optional<Target> targetNamed(std::string_view name) {
    static const std::pair<std::string_view, Act> acts[] = {{"time", Act::Time},
                                                            {"time_end", Act::TimeEnd},
                                                            {"level", Act::Level},
                                                            {"priority", Act::Priority},
                                                            {"zone", Act::Zone},
                                                            {"request", Act::Request},
                                                            {"client", Act::AddressPort},
                                                            {"peer", Act::Peer},
                                                            {"server", Act::Server},
                                                            {"server_url", Act::ServerUrl},
                                                            {"forwarded_for", Act::Forwarded},
                                                            {"attempts", Act::Attempts},
                                                            {"skip", Act::Skip},
                                                            {"frontend", Act::Frontend},
                                                            {"backend", Act::Backend},
                                                            {"request_url", Act::RequestUrl},
                                                            {"url", Act::Url},
                                                            {"request_absolute", Act::ProxyUrl},
                                                            {"address", Act::Address},
                                                            {"server_host", Act::ServerHost},
                                                            {"server_port", Act::ServerPort},
                                                            {"attempt", Act::Attempt},
                                                            {"upstreams", Act::Upstreams},
                                                            {"attempt_count", Act::AttemptCount},
                                                            {"nanos", Act::Nanos},
                                                            {"date", Act::Date},
                                                            {"clock", Act::Clock},
                                                            {"clock_end", Act::ClockEnd},
                                                            {"time_us", Act::UsTime}};
    for (const auto& [known, act] : acts)
        if (name == known) return actTarget(act);
    if (name == "micros") {
        Target t = actTarget(Act::Nanos);
        t.unit = 1'000;
        return t;
    }
    if (name == "query") {
        Target t = extraTarget("query");
        t.act = Act::Query;
        return t;
    }
    if (name.ends_with("_utc"))
        if (auto target = targetNamed(name.substr(0, name.size() - 4))) {
            target->utc = true;
            return target;
        }
    if (name.starts_with("time_until:")) {
        Target t = extraTarget(std::string(name.substr(11)));
        t.act = Act::UntilTime;
        return t;
    }
    if (name.starts_with("x_")) return extraTarget(std::string(name.substr(2)));
    if (name.starts_with("part_")) return partNamed(name.substr(5));
    if (name.starts_with("last_")) {
        auto target = targetNamed(name.substr(5));
        if (!target || target->act != Act::Span) return {};
        target->act = Act::LastSpan;
        return target;
    }
    if (name.starts_with("target_group")) {
        Target t = extraTarget(std::string(name));
        t.act = Act::TargetGroup;
        return t;
    }
    if (const auto field = textFieldNamed(name)) return textTarget(*field);
    for (const auto& [suffix, unit] : kUnits) {
        if (!name.ends_with(suffix)) continue;
        const std::string column = std::string(name.substr(0, name.size() - suffix.size())) + "_ms";
        if (const auto field = numberFieldNamed(column)) return spanTarget(*field, unit);
    }
    if (const auto field = numberFieldNamed(name)) return numberTarget(*field);
    return {};
}

} // namespace postlude
