// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/members.h"

#include "core/base/shorttext.h"
#include "core/base/text.h"

#include <charconv>
#include <simdjson.h>

namespace postlude {

namespace {

namespace json = simdjson::ondemand;

constexpr std::size_t kMostMembers = 256;
constexpr int kDeepest = 12;

} // namespace

struct JsonMembers::Reader {
    /// Of a member within an object.
    struct JoinedNames {
        std::string name, generic;
    };
    /// What stands before the names of members.
    struct Names {
        std::string prefix;
        std::string generic = {}; ///< with '#' for places in arrays; empty if there are none

        [[nodiscard]] Names within(std::string_view key) const {
            return {prefix + std::string(key) + '.',
                    generic.empty() ? std::string{} : generic + std::string(key) + '.'};
        }
        [[nodiscard]] Names place(std::size_t at) const {
            return {prefix + std::to_string(at) + '.', (generic.empty() ? prefix : generic) + "#."};
        }
    };

    bool read(std::string_view text) {
        members.clear();
        if (buffer.size() < text.size() + simdjson::SIMDJSON_PADDING)
            buffer.resize(text.size() * 2 + simdjson::SIMDJSON_PADDING);
        std::memcpy(buffer.data(), text.data(), text.size());
        std::memset(buffer.data() + text.size(), 0, simdjson::SIMDJSON_PADDING);
        json::document document;
        if (parser.iterate(buffer.data(), text.size(), buffer.size()).get(document)) return false;
        json::object object;
        if (document.get_object().get(object)) return false;
        if (!addObject(object, {}, 0)) return false;
        const char* rest = nullptr;
        return document.current_location().get(rest) || trimmed(rest).empty();
    }

    bool addObject(json::object object, const Names& names, int depth) {
        for (auto field : object) {
            std::string_view key;
            json::value value;
            if (field.unescaped_key().get(key) || field.value().get(value)) return false;
            if (!addValue(value, names, key, depth)) return false;
        }
        return true;
    }

    bool addValue(json::value value, const Names& names, std::string_view key, int depth) {
        json::json_type type{};
        if (value.type().get(type)) return false;
        std::string_view text;
        switch (type) {
        case json::json_type::object: {
            json::object inner;
            if (depth >= kDeepest) return true;
            return !value.get_object().get(inner) && addObject(inner, names.within(key), depth + 1);
        }
        case json::json_type::array:
            return addArray(value, names, key, depth);
        case json::json_type::string:
            if (value.get_string().get(text)) return false;
            break;
        case json::json_type::null:
            return value.is_null() || true;
        default:
            text = trimmed(value.raw_json_token());
            break;
        }
        keep(names, key, text);
        return true;
    }

    bool addArray(json::value value, const Names& names, std::string_view key, int depth) {
        json::array array;
        if (value.get_array().get(array)) return false;
        std::optional<std::string_view> first;
        std::size_t count = 0;
        for (auto each : array) {
            json::value element;
            json::json_type type{};
            if (each.get(element) || element.type().get(type)) return false;
            std::string_view text;
            if (type == json::json_type::object) {
                if (!addElement(element, names.within(key), count, depth)) return false;
            } else if (!first && type == json::json_type::string) {
                if (element.get_string().get(text)) return false;
                first = text;
            } else if (!first && type == json::json_type::number) {
                first = trimmed(element.raw_json_token());
            }
            ++count;
        }
        if (!first) return true;
        std::string_view all;
        if (count > 1 && (array.reset().error() || array.raw_json().get(all))) return false;
        keep(names, key, *first, trimmed(all));
        return true;
    }

    /// After any other error than that there is no such member, simdjson's reader must not be used
    /// any more: it is outside of the text.
    static bool isBroken(simdjson::error_code error) {
        return error && error != simdjson::NO_SUCH_FIELD;
    }

    bool addElement(json::value element, const Names& names, std::size_t at, int depth) {
        json::object object;
        if (depth + 1 >= kDeepest || members.size() >= kMostMembers) return true;
        if (element.get_object().get(object)) return false;
        for (const char* key : {"name", "key"}) {
            json::value value;
            std::string_view name;
            auto error = object.find_field_unordered(key).get(value);
            if (isBroken(error)) return false;
            if (error || value.get_string().get(name)) continue;
            error = object.find_field_unordered("value").get(value);
            if (isBroken(error)) return false;
            if (!error) return addValue(value, names, name, depth + 1);
            break;
        }
        if (object.reset().error()) return false;
        return addObject(object, names.place(at), depth + 2);
    }

    /// Mostly it is there already, from the line before.
    static std::string_view join(std::string& joined, std::string_view before,
                                 std::string_view key) {
        if (joined.size() != before.size() + key.size() || !joined.starts_with(before) ||
            !joined.ends_with(key))
            joined.assign(before).append(key);
        return joined;
    }

    void keep(const Names& names, std::string_view key, std::string_view value,
              std::string_view list = {}) {
        if (members.size() >= kMostMembers) return;
        Member& member = members.emplace_back(Member{key, value, list, {}});
        if (names.prefix.empty()) return;
        if (joined.size() < members.size()) joined.resize(members.size());
        auto& own = joined[members.size() - 1];
        if (!own) own = std::make_unique<JoinedNames>();
        member.name = join(own->name, names.prefix, key);
        if (!names.generic.empty()) member.generic = join(own->generic, names.generic, key);
    }

    std::vector<Member> members;
    json::parser parser;
    std::vector<char> buffer;
    std::vector<std::unique_ptr<JoinedNames>> joined; ///< by the member's place
};

JsonMembers::JsonMembers()
    : reader_(std::make_unique<Reader>()) {}
JsonMembers::~JsonMembers() = default;
JsonMembers::JsonMembers(JsonMembers&&) noexcept = default;
JsonMembers& JsonMembers::operator=(JsonMembers&&) noexcept = default;

namespace {

/// The four digits of "\uD83D" if half of a character stands there.
std::optional<unsigned> surrogateAt(std::string_view text, std::size_t at) {
    const std::string_view digits = text.substr(std::min(at, text.size()), 6);
    if (digits.size() < 6 || !digits.starts_with("\\u")) return {};
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data() + 2, digits.data() + 6, value, 16);
    const bool is = error == std::errc() && end == digits.data() + 6;
    return is && value >= 0xD800 && value < 0xE000 ? std::optional(value) : std::nullopt;
}

/// With U+FFFD for halves of characters that stand alone: who cuts texts short leaves them.
std::string withWholeCharacters(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; at < out.size(); ++at) {
        if (out[at] != '\\') continue;
        const auto first = surrogateAt(out, at);
        const auto second = first ? surrogateAt(out, at + 6) : std::nullopt;
        const bool pair = first && *first < 0xDC00 && second && *second >= 0xDC00;
        if (first && !pair) out.replace(at, 6, "\\ufffd");
        at += pair ? 11 : first ? 5 : 1;
    }
    return out;
}

} // namespace

bool JsonMembers::read(std::string_view text) {
    try {
        if (reader_->read(text)) return true;
        const bool halves = text.find("\\ud") != std::string_view::npos ||
                            text.find("\\uD") != std::string_view::npos;
        return halves && reader_->read(withWholeCharacters(text));
    } catch (const std::exception&) {
        return false;
    }
}

const std::vector<JsonMembers::Member>& JsonMembers::all() const {
    return reader_->members;
}

const JsonMembers::Member* JsonMembers::find(std::string_view name) const {
    const auto it = std::ranges::find_if(
        all(), [name](const Member& member) { return isSameText(member.name, name); });
    return it == all().end() ? nullptr : &*it;
}

} // namespace postlude
