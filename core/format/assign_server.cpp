// SPDX-License-Identifier: GPL-3.0-or-later
// Which server answered, and whose pool it is in.
#include "core/base/text.h"
#include "core/format/detail/target.h"

namespace postlude {

namespace {

/// nginx parts attempts of one upstream with ", " and those of the next with " : ".
std::string_view lastAttempt(std::string_view list, std::int64_t* before) {
    std::int64_t count = 0;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t comma = list.find(", ", at);
        const std::size_t colon = list.find(" : ", at);
        const std::size_t end = std::min(comma, colon);
        if (end == std::string_view::npos) {
            list = list.substr(at);
            break;
        }
        ++count;
        at = end + (comma < colon ? 2 : 3);
    }
    if (before != nullptr) *before = count;
    return trimmed(list);
}

/// "arn:aws:elasticloadbalancing:…:targetgroup/web/73e2d6bc24d8a067" → "web"
std::string_view groupOfArn(std::string_view arn) {
    constexpr std::string_view mark = ":targetgroup/";
    const std::size_t at = arn.find(mark);
    if (at == std::string_view::npos) return arn;
    arn.remove_prefix(at + mark.size());
    return arn.substr(0, arn.find('/'));
}

/// Where the whole list of attempts is kept.
std::string_view listName(const Target& target, std::string_view otherwise) {
    return target.name.empty() ? otherwise : std::string_view(target.name);
}

bool assignLastSpan(const Target& target, std::string_view piece, Record& out) {
    std::int64_t before = 0;
    const auto value = readSpan(lastAttempt(piece, &before), target.unit);
    if (!value) return false;
    out[target.number] = *value;
    if (before > 0) out.extra.emplace_back(listName(target, nameOf(target.number)), piece);
    return true;
}

} // namespace

bool Assigner::assignServer(const Target& target, std::string_view piece, Record& out) {
    switch (target.act) {
    case Act::ServerPort:
        if (!readWhole(piece)) return false;
        if (!isNothing(piece)) serverPort_ = piece;
        joinServer(out);
        return true;
    case Act::Attempt:
        out[NumberField::Retries] = attempts_++;
        [[fallthrough]];
    case Act::ServerHost:
        if (!isNothing(piece)) serverHost_ = piece;
        joinServer(out);
        return true;
    case Act::AttemptCount: {
        const auto count = readWhole(piece);
        if (count && *count > 0) out[NumberField::Retries] = *count - 1;
        return count.has_value();
    }
    case Act::TargetGroup:
        if (isNothing(piece) || piece.empty()) return true;
        out[TextField::Backend] = groupOfArn(piece);
        out.extra.emplace_back(target.name, piece);
        return true;
    case Act::Server:
        if (!isNothing(piece) && piece != "-:-" && !piece.empty()) out[TextField::Server] = piece;
        return true;
    case Act::Backend:
        if (!isNothing(piece) && !piece.empty()) out[TextField::Backend] = piece;
        return true;
    case Act::Frontend:
        if (!isNothing(piece))
            out[TextField::Frontend] =
                piece.ends_with('~') ? piece.substr(0, piece.size() - 1) : piece;
        return true;
    case Act::ServerUrl:
        if (!isNothing(piece) && !piece.empty() && piece.front() != '/')
            out[TextField::Server] = hostOfUrl(piece);
        return true;
    case Act::BackendUrl:
        if (!isNothing(piece) && !piece.empty()) out[TextField::Backend] = hostOfUrl(piece);
        return true;
    case Act::Upstreams:
    case Act::Attempts: {
        std::int64_t before = 0;
        const std::string_view last = lastAttempt(piece, &before);
        if (isNothing(last) || last.empty()) return true;
        out[TextField::Server] = last;
        if (before > 0 || target.act == Act::Attempts) out[NumberField::Retries] = before;
        if (before > 0) out.extra.emplace_back(listName(target, "attempts"), piece);
        return true;
    }
    case Act::LastSpan:
        return assignLastSpan(target, piece, out);
    default:
        return false;
    }
}

} // namespace postlude
