// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/members.h"

#include "core/base/text.h"

#include <simdjson.h>

namespace postlude {

namespace {

namespace json = simdjson::ondemand;

constexpr std::size_t kMostMembers = 256;
constexpr int kDeepest = 6;

} // namespace

struct JsonMembers::Reader {
    /// Where a member's name stands in the arena; size 0: it is a key of the outermost object.
    struct Joined {
        std::size_t member, at, size;
    };

    bool read(std::string_view text) {
        members.clear();
        arena.clear();
        joined.clear();
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
        if (!document.current_location().get(rest) && !trimmed(rest).empty()) return false;
        for (const Joined& each : joined) // the arena grows no more
            members[each.member].name = std::string_view(arena).substr(each.at, each.size);
        return true;
    }

    bool addObject(json::object object, const std::string& prefix, int depth) {
        for (auto field : object) {
            std::string_view key;
            json::value value;
            if (field.unescaped_key().get(key) || field.value().get(value)) return false;
            if (!addValue(value, prefix, key, depth)) return false;
        }
        return true;
    }

    bool addValue(json::value value, const std::string& prefix, std::string_view key, int depth) {
        json::json_type type{};
        if (value.type().get(type)) return false;
        std::string_view text;
        switch (type) {
        case json::json_type::object: {
            json::object inner;
            if (depth >= kDeepest) return true;
            return !value.get_object().get(inner) &&
                   addObject(inner, prefix + std::string(key) + '.', depth + 1);
        }
        case json::json_type::array:
            return addArray(value, prefix, key);
        case json::json_type::string:
            if (value.get_string().get(text)) return false;
            break;
        case json::json_type::null:
            return value.is_null() || true;
        default:
            text = trimmed(value.raw_json_token());
            break;
        }
        keep(prefix, key, text);
        return true;
    }

    bool addArray(json::value value, const std::string& prefix, std::string_view key) {
        json::array array;
        if (value.get_array().get(array)) return false;
        std::optional<std::string_view> first;
        for (auto each : array) {
            json::value element;
            json::json_type type{};
            if (each.get(element) || element.type().get(type)) return false;
            if (first) continue;
            std::string_view text;
            if (type == json::json_type::string) {
                if (element.get_string().get(text)) return false;
            } else if (type == json::json_type::number) {
                text = trimmed(element.raw_json_token());
            } else {
                continue;
            }
            first = text;
        }
        if (first) keep(prefix, key, *first);
        return true;
    }

    void keep(const std::string& prefix, std::string_view key, std::string_view value) {
        if (members.size() >= kMostMembers) return;
        if (!prefix.empty()) {
            joined.push_back({members.size(), arena.size(), prefix.size() + key.size()});
            (arena += prefix) += key;
        }
        members.push_back({key, value});
    }

    std::vector<Member> members;
    json::parser parser;
    std::vector<char> buffer;
    std::string arena;
    std::vector<Joined> joined;
};

JsonMembers::JsonMembers()
    : reader_(std::make_unique<Reader>()) {}
JsonMembers::~JsonMembers() = default;
JsonMembers::JsonMembers(JsonMembers&&) noexcept = default;
JsonMembers& JsonMembers::operator=(JsonMembers&&) noexcept = default;

bool JsonMembers::read(std::string_view text) {
    try {
        return reader_->read(text);
    } catch (const std::exception&) {
        return false;
    }
}

const std::vector<JsonMembers::Member>& JsonMembers::all() const {
    return reader_->members;
}

const JsonMembers::Member* JsonMembers::find(std::string_view name) const {
    const auto it = std::ranges::find(all(), name, &Member::name);
    return it == all().end() ? nullptr : &*it;
}

} // namespace postlude
