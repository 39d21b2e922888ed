// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/pairs.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/program.h"

#include <QJsonArray>

namespace postlude {

namespace {

constexpr std::size_t kMostPairs = 64; // a hostile line must not make thousands of columns

bool isKeyChar(char c) {
    return isAlnum(c) || c == '_' || c == '.' || c == '-';
}

std::string_view takeValue(std::string_view text, std::size_t& at) {
    if (at < text.size() && text[at] == '"') {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        end = std::min(end, text.size());
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

std::vector<std::string> textsOf(const QJsonValue& array) {
    std::vector<std::string> list;
    const QJsonArray values = array.toArray();
    for (const auto& each : values)
        list.push_back(each.toString().toStdString());
    return list;
}

Result<TargetMap> readTargetMap(const QJsonObject& object) {
    TargetMap map;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const std::string wanted = it.value().toString().toStdString();
        auto target = targetNamed(wanted);
        if (!target)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood, "there is no column “" + wanted + "”"});
        if (target->act == Act::LastSpan) target->name = it.key().toStdString();
        map.emplace(it.key().toStdString(), std::move(*target));
    }
    return map;
}

namespace {

struct Pair {
    std::string_view key, value;
};

/// auditd's msg='op=login acct="shop"': what is in there are pairs, too.
bool takeQuotedPairs(std::string_view text, std::size_t& at, std::string_view& inner) {
    if (at >= text.size() || text[at] != '\'') return false;
    const std::size_t close = text.find('\'', at + 1);
    if (close == std::string_view::npos) return false;
    inner = text.substr(at + 1, close - at - 1);
    if (inner.find('=') == std::string_view::npos) return false;
    at = close + 1;
    return true;
}

/// A value as it was before it was written in quotes; into `store`, if there is one.
std::string_view meant(std::string_view value, std::string* store) {
    if (store == nullptr || value.find('\\') == std::string_view::npos) return value;
    const std::size_t from = store->size();
    appendJsonUnescaped(value, *store);
    return std::string_view(*store).substr(from);
}

void assignPair(const TargetMap& map, const Pair& pair, Assigner& assigner, Record& out) {
    if (pair.value.empty() || pair.value == "-" || pair.value == "?") return;
    const auto it = map.find(pair.key);
    if (it != map.end() && assigner.assign(it->second, pair.value, out)) return;
    out.extra.emplace_back(pair.key, pair.value);
}

} // namespace

void assignPairs(const TargetMap& map, std::string_view text, Assigner& assigner, Record& out,
                 std::string* unescaped) {
    std::size_t count = 0;
    if (unescaped != nullptr) {
        unescaped->clear();
        unescaped->reserve(text.size()); // never longer: the views into it hold
    }
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
        ++count;
        const bool quoted = at < text.size() && text[at] == '"';
        if (std::string_view inner; takeQuotedPairs(text, at, inner))
            assignPairs(map, inner, assigner, out);
        else
            assignPair(map, {key, meant(takeValue(text, at), quoted ? unescaped : nullptr)},
                       assigner, out);
    }
}

namespace {

/// What parts the pairs of CEF (blanks) and LEEF (tabs, or what its head says).
char separatorOf(std::string_view text) {
    if (text.find('\t') != std::string_view::npos) return '\t';
    for (std::size_t at = text.find('^'); at != std::string_view::npos; at = text.find('^', at + 1))
        if (const std::size_t end = text.find('=', at); end != std::string_view::npos)
            if (std::ranges::all_of(text.substr(at + 1, end - at - 1), isKeyChar)) return '^';
    return ' ';
}

/// The '=' behind the next key at or behind `from`, and where that key begins.
bool findKey(std::string_view text, char separator, std::size_t from, std::size_t& key,
             std::size_t& equals) {
    for (equals = text.find('=', from); equals != std::string_view::npos;
         equals = text.find('=', equals + 1)) {
        key = equals;
        while (key > from && isKeyChar(text[key - 1]))
            --key;
        if (key < equals && (key == 0 || text[key - 1] == separator)) return true;
    }
    return false;
}

std::string_view withoutSlashes(std::string_view value, std::string& store) {
    if (value.find('\\') == std::string_view::npos) return value;
    const std::size_t from = store.size();
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool hides = value[i] == '\\' && i + 1 < value.size();
        const char c = value[hides ? ++i : i];
        if (hides && std::string_view("=\\|nr").find(c) == std::string_view::npos) store += '\\';
        store += hides && (c == 'n' || c == 'r') ? '\n' : c;
    }
    return std::string_view(store).substr(from);
}

} // namespace

void assignLongPairs(const TargetMap& map, std::string_view text, Assigner& assigner, Record& out,
                     std::string& unescaped) {
    unescaped.clear();
    unescaped.reserve(text.size()); // never longer: the views into it hold
    const char separator = separatorOf(text);
    std::size_t key = 0, equals = 0;
    bool more = findKey(text, separator, 0, key, equals);
    for (std::size_t count = 0; more && count < kMostPairs; ++count) {
        const std::string_view name = text.substr(key, equals - key);
        const std::size_t from = equals + 1;
        more = findKey(text, separator, from, key, equals);
        const std::string_view value = trimmed(text.substr(from, more ? key - from : text.npos));
        const std::string_view bare =
            value.ends_with(separator) ? value.substr(0, value.size() - 1) : value;
        assignPair(map, {name, withoutSlashes(bare, unescaped)}, assigner, out);
    }
}

} // namespace postlude
