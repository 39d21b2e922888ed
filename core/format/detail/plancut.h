// SPDX-License-Identifier: GPL-3.0-or-later
// What running a plan does for each field of each line.
#pragma once

#include "core/format/detail/placeof.h"
#include "core/format/detail/plan.h"

namespace postlude {

[[gnu::always_inline]] inline bool Plan::takeBefore(const Op& op, std::string_view line,
                                                    std::size_t& at) const {
    if (op.before == Before::Known ||
        (op.before == Before::Byte && at < line.size() && line[at] == op.first)) {
        at += op.beforeSize;
        return true;
    }
    if (op.before == Before::Byte && op.first == ' ' && program_->mergeBlanks && at > 0 &&
        line[at - 1] == ' ')
        return true;
    return takeLiteral(*program_, line, at, op.step->before);
}

[[gnu::always_inline]] inline bool Plan::cutField(const Op& op, std::string_view line,
                                                  std::size_t at, Field& field) {
    if (op.cut == Cut::MaybeQuoted && at < line.size() && line[at] == '"')
        return cutQuoted(op, line, at, field);
    std::size_t end = op.cut == Cut::Byte ? placeOf(op.end, line, at) : endOf(op, line, at);
    if (end >= line.size() && (op.cut == Cut::Byte || end == std::string_view::npos)) {
        if (!op.mayEnd || (op.cut != Cut::Byte && op.cut != Cut::Until)) return false;
        end = line.size(); // the line ends with a field that may be its last
    }
    field = {at, end, end};
    return true;
}

/// As isNothing(), which is seldom asked.
[[gnu::always_inline]] inline bool isMissing(std::string_view piece) {
    static constexpr auto begins = [] {
        std::array<bool, 256> bytes{};
        for (const unsigned char c : std::string_view("-<[N"))
            bytes[c] = true;
        return bytes;
    }();
    return !piece.empty() && begins[static_cast<unsigned char>(piece.front())] && isNothing(piece);
}

} // namespace postlude
