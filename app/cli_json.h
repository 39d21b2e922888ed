// SPDX-License-Identifier: GPL-3.0-or-later
// Building JSON text, and the objects of the interface that more than one subcommand writes.
#pragma once

#include "core/base/precisetime.h"
#include "core/base/text.h"
#include "core/query/query.h"

#include <concepts>
#include <fmt/format.h>

namespace postlude::cli {

/// One object, member by member. What is unknown is not added: a key is there or it is not.
class JsonObject {
public:
    JsonObject& text(std::string_view key, std::string_view value) {
        return raw(key, jsonQuoted(value));
    }
    /// Added unless empty.
    JsonObject& known(std::string_view key, std::string_view value) {
        return value.empty() ? *this : text(key, value);
    }
    template <class Number>
        requires std::integral<Number> || std::floating_point<Number>
    JsonObject& number(std::string_view key, Number value) {
        return raw(key, fmt::format("{}", value));
    }
    JsonObject& time(std::string_view key, const std::optional<Instant>& at);
    /// `json` is a value already written.
    JsonObject& raw(std::string_view key, std::string_view json);
    [[nodiscard]] std::string done() const { return inside_.empty() ? "{}" : "{" + inside_ + "}"; }

private:
    std::string inside_;
};

/// Of a name that is given twice "name", "name_2", "name_3" …; notes it among those taken.
std::string unused(std::vector<std::string>& taken, std::string_view name);

/// "[a,b]" from values already written.
std::string jsonArray(const std::vector<std::string>& values);

std::string jsonOf(const SourceInfo& source);
/// Which of a request's instants "time" is: where it is placed, which is its start as far as that
/// is known, or what the line's stamp states, which may be its end.
enum class TimeTold : std::uint8_t { Start, Stamp };
std::string jsonOf(const RecordRow& record, const SourceInfo& source,
                   TimeTold told = TimeTold::Start);
/// A line (or member) that could not be read.
std::string jsonOf(const Error& issue);

} // namespace postlude::cli
