// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/pairs.h"

#include "core/format/detail/chars.h"

namespace postlude {

namespace {

constexpr std::size_t kMostPairs = 64; // a hostile line must not make thousands of columns

bool isKeyChar(char c) {
    return isAlnum(c) || c == '_' || c == '.' || c == '-';
}

std::string_view takeValue(std::string_view text, std::size_t& at) {
    if (at < text.size() && text[at] == '"') {
        const std::size_t close = text.find('"', at + 1);
        const std::size_t end = std::min(close, text.size());
        const std::string_view value = text.substr(at + 1, end - at - 1);
        at = std::min(end + 1, text.size());
        return value;
    }
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view value = text.substr(at, end - at);
    at = end;
    return value.ends_with(',') ? value.substr(0, value.size() - 1) : value;
}

} // namespace

Result<TargetMap> readTargetMap(const QJsonObject& object) {
    TargetMap map;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const std::string wanted = it.value().toString().toStdString();
        auto target = targetNamed(wanted);
        if (!target)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood, "there is no column “" + wanted + "”"});
        map.emplace(it.key().toStdString(), std::move(*target));
    }
    return map;
}

void assignPairs(const TargetMap& map, std::string_view text, Assigner& assigner, Record& out) {
    std::size_t count = 0;
    for (std::size_t at = text.find('='); at != std::string_view::npos && count < kMostPairs;
         at = text.find('=', at)) {
        std::size_t from = at;
        while (from > 0 && isKeyChar(text[from - 1]))
            --from;
        const std::string_view key = text.substr(from, at - from);
        const bool isKey =
            !key.empty() && (from == 0 || text[from - 1] == ' ' || text[from - 1] == ',');
        ++at;
        if (!isKey) continue;
        const std::string_view value = takeValue(text, at);
        ++count;
        const auto it = map.find(key);
        if (it != map.end() && assigner.assign(it->second, value, out)) continue;
        if (!value.empty() && value != "-") out.extra.emplace_back(key, value);
    }
}

} // namespace postlude
