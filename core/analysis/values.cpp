// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/values.h"

#include "core/analysis/detail/events.h"
#include "core/query/quoted.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace postlude::detail {

namespace {

using Kind = ComparedField::Kind;

constexpr std::uint32_t kUnset = ~std::uint32_t{0};

std::string literal(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

bool isIdentity(std::string_view name) {
    return isOneOf(name, {"client_ip", "client_port", "request_id", "message", "time_raw", "state",
                          "subject", "pid", "end", "host", "process", "user", "level", "date"});
}

/// Says how it went, not what was asked: by cli.md's names, or by the words of the log's own.
bool isOutcome(const std::string& name) {
    if (isOneOf(name, {"status", "termination", "duration_ms", "queue_ms", "connect_ms",
                       "response_ms", "retries", "bytes_sent"}))
        return true;
    const std::string words = lowerCase(name);
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"status", "time", "duration", "latency", "length",
                                                "size", "bytes_out", "error", "result", "code"},
        [&](std::string_view w) { return words.find(w) != words.npos; });
}

/// These have columns of their own in every chunk.
bool isKnown(std::string_view name) {
    return isOneOf(name, {"method", "backend", "server", "termination"});
}

std::string_view withoutQuery(std::string_view path) {
    return path.substr(0, path.find_first_of("?#;"));
}

/// "/v2" of "/v2/offer/1?x"; empty if there is nothing behind it.
std::string_view sectionOf(std::string_view path) {
    path = withoutQuery(path);
    const auto slash = path.empty() || path[0] != '/' ? path.npos : path.find('/', 1);
    return slash == path.npos ? std::string_view{} : path.substr(0, slash);
}

std::string networkOf(std::string_view ip) {
    if (ip.find(':') == ip.npos) {
        const auto dot = ip.rfind('.');
        return dot == ip.npos ? std::string() : std::string(ip.substr(0, dot)) + ".0/24";
    }
    std::size_t end = 0; // of the third group
    for (int group = 0; group < 3 && end != ip.npos; ++group)
        end = ip.find(':', end + (group > 0 ? 1 : 0));
    if (end == ip.npos || ip.substr(0, end).find("::") != ip.npos) return {};
    return std::string(ip.substr(0, end)) + "::/48";
}

std::string number(const std::string& field, std::int64_t value) {
    const auto known = numberFieldNamed(field);
    if (known && isDuration(*known)) return fmt::format("{}", double(value) / 1e6);
    return fmt::format("{}", value);
}

} // namespace

std::vector<ComparedField> fieldsOf(const Query& query, RequestScope scope, bool betweenWindows,
                                    std::vector<std::string>& columns) {
    std::vector<ComparedField> out{{Kind::Network, "client_ip", 0}, {Kind::Section, "path", 0},
                                   {Kind::Path, "path", 0},         {Kind::Known, "method", 0},
                                   {Kind::Known, "backend", 0},     {Kind::Known, "server", 0}};
    if (betweenWindows) {
        out.push_back({Kind::ServerStatus, "status", 0});
        out.push_back({Kind::Known, "termination", 0});
    }
    for (const std::string& name : query.requestFields(scope)) {
        if (name == "path" || name == "status" || isKnown(name) || isIdentity(name)) continue;
        if (!betweenWindows && isOutcome(name)) continue;
        out.push_back({numberFieldNamed(name) ? Kind::Number : Kind::Text, name, columns.size()});
        columns.push_back(name);
    }
    return out;
}

std::string filterFor(const ComparedField& field, const std::string& value) {
    switch (field.kind) {
    case Kind::Network:
    case Kind::ServerStatus:
        return field.name + " = " + value;
    case Kind::Section:
        return "path ~ " + quotedForFilter("^" + literal(value) + "/");
    case Kind::Path:
        return "path ~ " + quotedForFilter("^" + literal(value) + "([?#;]|$)");
    default:
        return fieldForFilter(field.name) + " = " + quotedForFilter(value);
    }
}

std::string filterFor(const ComparedField& field, std::int64_t lower, std::int64_t upper) {
    const std::string name = fieldForFilter(field.name);
    std::string out;
    if (lower != kAbsent) out = name + " >= " + number(field.name, lower);
    if (lower != kAbsent && upper != kAbsent) out += " and ";
    if (upper != kAbsent) out += name + " < " + number(field.name, upper);
    return out;
}

std::span<const std::int64_t> ValueReader::numbers(const FieldChunk& chunk) {
    if (chunk.fields.size() <= field_.column) return {};
    const FieldColumn& column = chunk.fields[field_.column];
    if (field_.kind == Kind::Number) return column.numbers;
    if (field_.kind != Kind::Text || mixed_) return {};
    readNumericTexts(column.texts, chunk.requests.ids.size(), false);
    return parsed_;
}

/// Unless `always`, nothing where the texts are not numbers, or are only a few.
void ValueReader::readNumericTexts(const ChunkTexts& texts, std::size_t rows, bool always) {
    constexpr std::size_t kFew = 20;
    parsed_.clear();
    if (!texts.texts || texts.codes.empty()) return;
    if (!always && texts.texts->size() <= kFew) return;
    std::vector<std::int64_t> ofCode(texts.texts->size() + 1, kAbsent);
    for (std::uint32_t code = 1; code < ofCode.size(); ++code) {
        const std::string_view text = texts.text(code);
        if (text.empty() || text == "-") continue;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), ofCode[code]);
        if (error == std::errc() && end == text.data() + text.size()) continue;
        ofCode[code] = kAbsent;
        mixed_ = !always;
        if (mixed_) return;
    }
    for (std::size_t i = 0; i < rows; ++i)
        parsed_.push_back(ofCode[texts.code(i)]);
}

void ValueReader::setBounds(std::vector<std::int64_t> bounds) {
    if (mixed_) return;
    bounds_ = std::move(bounds);
    if (field_.kind == Kind::Text && !bounds_.empty()) field_.kind = Kind::Number;
}

std::span<const std::uint32_t> ValueReader::read(const FieldChunk& chunk) {
    const RequestChunk& c = chunk.requests;
    const std::size_t rows = c.ids.size();
    ofRow_.assign(rows, 0);
    switch (field_.kind) {
    case Kind::Network:
        readCodes(c.client, TextField::ClientIp, rows);
        break;
    case Kind::Section:
    case Kind::Path:
        readTexts(chunk, c.path);
        break;
    case Kind::Known:
        if (field_.name == "method") readCodes(c.method, TextField::Method, rows);
        if (field_.name == "backend") readCodes(c.backend, TextField::Backend, rows);
        if (field_.name == "server") readCodes(c.server, TextField::Server, rows);
        if (field_.name == "termination") readCodes(c.termination, TextField::Termination, rows);
        break;
    case Kind::ServerStatus:
        for (std::size_t i = 0; i < std::min(rows, c.status.size()); ++i)
            if (c.status[i] > 0) ofRow_[i] = valueOf(std::to_string(c.status[i]));
        break;
    case Kind::Text:
        if (chunk.fields.size() > field_.column)
            readTexts(chunk, chunk.fields[field_.column].texts);
        break;
    case Kind::Number:
        if (chunk.fields.size() <= field_.column) break;
        readNumericTexts(chunk.fields[field_.column].texts, rows, true);
        readNumbers(parsed_.empty() ? chunk.fields[field_.column].numbers : parsed_, rows);
        break;
    }
    return ofRow_;
}

void ValueReader::readTexts(const FieldChunk& chunk, const ChunkTexts& texts) {
    if (!texts.texts || texts.codes.empty()) return;
    std::vector<std::uint32_t> values(texts.texts->size() + 1, kUnset);
    values[0] = 0;
    for (std::size_t i = 0; i < chunk.requests.ids.size(); ++i) {
        const std::uint32_t code = texts.code(i);
        if (values[code] == kUnset) values[code] = valueOf(reduced(texts.text(code)));
        ofRow_[i] = values[code];
    }
}

void ValueReader::readCodes(std::span<const std::uint32_t> codes, TextField field,
                            std::size_t rows) {
    for (std::size_t i = 0; i < std::min(rows, codes.size()); ++i) {
        const std::uint32_t code = codes[i];
        if (code >= ofCode_.size()) ofCode_.resize(code + 1, kUnset);
        if (ofCode_[code] == kUnset) ofCode_[code] = valueOf(reduced(query_.name(field, code)));
        ofRow_[i] = ofCode_[code];
    }
}

void ValueReader::readNumbers(std::span<const std::int64_t> numbers, std::size_t rows) {
    if (bounds_.empty()) return; // nothing to part them at
    values_.resize(bounds_.size() + 2);
    for (std::size_t i = 0; i < std::min(rows, numbers.size()); ++i) {
        if (numbers[i] == kAbsent) continue;
        const auto at = std::ranges::upper_bound(bounds_, numbers[i]) - bounds_.begin();
        ofRow_[i] = std::uint32_t(at) + 1;
    }
}

std::string ValueReader::reduced(std::string_view text) const {
    switch (field_.kind) {
    case Kind::Network:
        return networkOf(text);
    case Kind::Section:
        return std::string(sectionOf(text));
    case Kind::Path:
        return std::string(withoutQuery(text));
    default:
        return std::string(text);
    }
}

std::uint32_t ValueReader::valueOf(std::string_view text) {
    if (text.empty() || text == "-") return 0;
    std::string key(text);
    if (const auto it = known_.find(key); it != known_.end()) return it->second;
    if (values_.size() > kMostValues) return 0;
    const auto value = std::uint32_t(values_.size());
    values_.push_back(key);
    known_.emplace(std::move(key), value);
    return value;
}

std::string ValueReader::shown(std::uint32_t value) const {
    if (field_.kind == Kind::Section) return values_[value] + "/…";
    if (field_.kind != Kind::Number) return values_[value];
    const std::size_t i = value - 1;
    if (i == 0) return "below " + number(field_.name, bounds_[0]);
    if (i == bounds_.size()) return number(field_.name, bounds_.back()) + " or more";
    return number(field_.name, bounds_[i - 1]) + " to " + number(field_.name, bounds_[i]);
}

std::string ValueReader::filter(std::uint32_t value) const {
    if (field_.kind != Kind::Number) return filterFor(field_, values_[value]);
    const std::size_t i = value - 1;
    return filterFor(field_, i == 0 ? kAbsent : bounds_[i - 1],
                     i == bounds_.size() ? kAbsent : bounds_[i]);
}

} // namespace postlude::detail
