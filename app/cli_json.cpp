// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_json.h"

#include "core/format/stated.h"

#include <cstdlib>

namespace postlude::cli {

namespace {

/// Fields that the interface does not name: they go to "fields" under their own names.
constexpr std::array kOtherTexts{TextField::User, TextField::State, TextField::Subject};

bool isOther(TextField field) {
    return std::ranges::find(kOtherTexts, field) != kOtherTexts.end();
}

/// Milliseconds, exact to the nanosecond and without a tail of noise digits.
std::string milliseconds(std::int64_t ns) {
    if (ns % 1'000'000 == 0) return fmt::format("{}", ns / 1'000'000);
    std::string text = fmt::format("{}{}.{:06}", ns < 0 ? "-" : "", std::abs(ns) / 1'000'000,
                                   std::abs(ns) % 1'000'000);
    while (text.back() == '0')
        text.pop_back();
    return text;
}

void addTexts(JsonObject& object, const RecordRow& record) {
    for (int i = 0; i < kTextFields; ++i) {
        const auto field = static_cast<TextField>(i);
        const auto& value = record.texts[static_cast<std::size_t>(i)];
        if (!value || isOther(field) || field == TextField::TimeRaw) continue;
        object.known(nameOf(field), *value);
    }
}

void addNumbers(JsonObject& object, const RecordRow& record) {
    for (int i = 0; i < kNumberFields; ++i) {
        const auto field = static_cast<NumberField>(i);
        const std::int64_t value = record[field];
        if (value == kAbsent || field == NumberField::End) continue;
        if (isDuration(field))
            object.raw(nameOf(field), milliseconds(value));
        else
            object.number(nameOf(field), value);
    }
}

std::string otherFields(const RecordRow& record) {
    JsonObject fields;
    std::vector<std::string> taken;
    for (const TextField field : kOtherTexts)
        if (!record[field].empty()) fields.text(unused(taken, nameOf(field)), record[field]);
    if (const std::int64_t end = record[NumberField::End]; end != kAbsent)
        fields.time(unused(taken, nameOf(NumberField::End)), instant(end));
    for (const auto& [name, value] : record.extra)
        fields.text(unused(taken, name), value);
    return fields.done();
}

/// HAProxy's timers from the accept to the request, whichever are logged.
std::optional<Duration> waitOf(const RecordRow& record) {
    std::int64_t sum = 0;
    bool known = false;
    for (const auto& [name, value] : record.extra) {
        if (name != "Th" && name != "Ti" && name != "Tq") continue;
        const std::int64_t ms = std::atoll(value.c_str());
        sum = name == "Tq" && known ? sum : sum + std::max<std::int64_t>(ms, 0);
        known = true;
    }
    return known ? std::optional<Duration>(std::chrono::milliseconds{sum}) : std::nullopt;
}

std::optional<Instant> stampOf(const RecordRow& record) {
    if (!record.timeRaw) return {};
    const std::int64_t lasted = record[NumberField::Duration];
    return statedTime(*record.timeRaw, record[TextField::TimeRaw],
                      lasted == kAbsent ? std::nullopt : std::optional<Duration>(lasted),
                      waitOf(record));
}

} // namespace

std::string unused(std::vector<std::string>& taken, std::string_view name) {
    std::string free(name);
    for (int i = 2; std::ranges::find(taken, free) != taken.end(); ++i)
        free = fmt::format("{}_{}", name, i);
    return taken.emplace_back(free);
}

JsonObject& JsonObject::raw(std::string_view key, std::string_view json) {
    if (!inside_.empty()) inside_ += ',';
    inside_ += jsonQuoted(key);
    inside_ += ':';
    inside_ += json;
    return *this;
}

JsonObject& JsonObject::time(std::string_view key, const std::optional<Instant>& at) {
    return at ? text(key, preciseTime(*at)) : *this;
}

std::string jsonArray(const std::vector<std::string>& values) {
    return fmt::format("[{}]", fmt::join(values, ","));
}

std::string jsonOf(const SourceInfo& source) {
    JsonObject object;
    object.text("path", source.path).known("format", source.format).known("what", source.what);
    if (source.records != 0)
        object.known("timezone", source.zone).known("timezone_from", source.zoneFrom);
    object.number("lines", source.lines).number("records", source.records);
    object.number("unread", source.unread).time("first", source.first).time("last", source.last);
    object.known("stale", source.stale);
    return object.done();
}

std::string jsonOf(const RecordRow& record, const SourceInfo& source, TimeTold told) {
    JsonObject object;
    object.time("time", told == TimeTold::Stamp ? stampOf(record) : record.time)
        .known("time_raw", record[TextField::TimeRaw]);
    object.text("source", source.path).number("line", record.line).number("offset", record.offset);
    object.known("format", source.format).text("kind", nameOf(record.kind));
    addTexts(object, record);
    addNumbers(object, record);
    object.known("level", nameOf(record.level));
    if (const std::string fields = otherFields(record); fields != "{}")
        object.raw("fields", fields);
    return object.done();
}

std::string jsonOf(const Error& issue) {
    JsonObject object;
    object.text("source", issue.place.source);
    if (issue.place.line != 0)
        object.number("line", issue.place.line).number("offset", issue.place.offset);
    std::string why = issue.what;
    if (!issue.remedy.empty()) why += " (" + issue.remedy + ")";
    return object.text("issue", why).done();
}

} // namespace postlude::cli
