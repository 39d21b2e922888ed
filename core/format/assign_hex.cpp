// SPDX-License-Identifier: GPL-3.0-or-later
// What HAProxy writes in hexadecimal where its format string says so (%{+X}): addresses, ports,
// pids and seconds.
#include "core/base/text.h"
#include "core/format/detail/target.h"

#include <charconv>
#include <fmt/format.h>

namespace postlude {

namespace {

std::optional<std::uint64_t> fromHex(std::string_view digits) {
    std::uint64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
    if (error != std::errc{} || stop != end) return {};
    return value;
}

/// "7F000001" → "127.0.0.1"; 32 digits are an IPv6 address, written with all its groups' digits but
/// zeros in front.
bool writeAddress(std::string_view digits, std::string& out) {
    out.clear();
    const bool v4 = digits.size() == 8;
    if (!v4 && digits.size() != 32) return false;
    const std::size_t width = v4 ? 2 : 4;
    for (std::size_t at = 0; at < digits.size(); at += width) {
        const auto group = fromHex(digits.substr(at, width));
        if (!group) return false;
        if (at > 0) out += v4 ? '.' : ':';
        out += v4 ? fmt::format("{}", *group) : fmt::format("{:x}", *group);
    }
    return true;
}

} // namespace

bool Assigner::assignHex(const Target& target, std::string_view piece, Record& out) {
    if (isNothing(piece) || piece.empty()) return true;
    if (target.act == Act::HexAddress) {
        if (!writeAddress(piece, address_)) return false;
        out[TextField::ClientIp] = address_;
        return true;
    }
    const auto value = fromHex(piece);
    if (!value || *value > std::numeric_limits<std::uint32_t>::max()) return false;
    if (target.act == Act::HexNumber) {
        if (*value > 0) out[target.number] = static_cast<std::int64_t>(*value);
        return true;
    }
    if (out.time.known()) {
        out.extra.emplace_back(target.name, piece);
        return true;
    }
    stamp_ = std::to_string(*value);
    if (!assignTime(stamp_, false, false, out)) return false;
    out[TextField::TimeRaw] = piece;
    return true;
}

} // namespace postlude
