// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <cmath>

namespace postlude {

void JsonWriter::lead(std::string_view key) {
    if (!first_) out_ += ',';
    if (depth_ > 0) {
        out_ += '\n';
        out_.append(std::size_t(depth_) * 2, ' ');
    }
    if (!key.empty()) out_ += jsonQuoted(key) + ": ";
    first_ = false;
}

void JsonWriter::open(char mark, std::string_view key) {
    lead(key);
    out_ += mark;
    ++depth_;
    first_ = true;
}

void JsonWriter::close(char mark) {
    --depth_;
    if (!first_) {
        out_ += '\n';
        out_.append(std::size_t(depth_) * 2, ' ');
    }
    out_ += mark;
    first_ = false;
}

void JsonWriter::text(std::string_view key, std::string_view value) {
    lead(key);
    out_ += jsonQuoted(value);
}

void JsonWriter::textIf(std::string_view key, std::string_view value) {
    if (!value.empty()) text(key, value);
}

void JsonWriter::number(std::string_view key, double value) {
    if (!std::isfinite(value)) return;
    lead(key);
    const double rounded = std::round(value * 1e6) / 1e6;
    out_ += fmt::format("{:.12g}", rounded == 0 ? 0.0 : rounded);
}

void JsonWriter::count(std::string_view key, std::uint64_t value) {
    lead(key);
    out_ += fmt::format("{}", value);
}

void JsonWriter::numberIf(std::string_view key, const std::optional<double>& value) {
    if (value) number(key, *value);
}

} // namespace postlude
