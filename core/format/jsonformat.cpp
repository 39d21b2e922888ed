// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines by field maps; the data files in resources/formats with "reader": "json". Members
// of objects within objects are named "outer.inner". What is not mapped goes to extra.
#include "core/format/detail/pairs.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

#include <QJsonArray>
#include <simdjson.h>

namespace postlude {

namespace {

constexpr std::size_t kMostMembers = 256;
constexpr std::size_t kMostExtra = 64;
constexpr int kDeepest = 6;

/// One kind of line: which lines it is for, and where their members go.
struct Shape {
    RecordKind kind = RecordKind::Message;
    std::vector<std::string> when; ///< members that must be there ("a|b": one of these)
    std::vector<std::pair<std::string, std::string>>
        where; ///< … and have this value ("x*": begin with x)
    std::vector<std::pair<Target, std::string>> fixed;
    TargetMap fields;
    std::vector<std::string> skip; ///< beginnings of names that are left out
};

struct Shapes {
    std::vector<Shape> list;
};

struct Entry {
    std::size_t nameAt = 0; ///< in the arena, where `name` is not set
    std::size_t nameSize = 0;
    std::string_view name, value;
};

/// The members of one line, flat.
class Members {
public:
    /// False if the line is no JSON object.
    bool read(std::string_view line) {
        entries_.clear();
        arena_.clear();
        if (buffer_.size() < line.size() + simdjson::SIMDJSON_PADDING)
            buffer_.resize(line.size() * 2 + simdjson::SIMDJSON_PADDING);
        std::memcpy(buffer_.data(), line.data(), line.size());
        std::memset(buffer_.data() + line.size(), 0, simdjson::SIMDJSON_PADDING);
        simdjson::ondemand::document document;
        if (parser_.iterate(buffer_.data(), line.size(), buffer_.size()).get(document))
            return false;
        simdjson::ondemand::object object;
        if (document.get_object().get(object)) return false;
        if (!addObject(object, {}, 0)) return false;
        const char* rest = nullptr;
        if (!document.current_location().get(rest) && !trimmed(rest).empty()) return false;
        for (Entry& e : entries_)
            if (e.name.data() == nullptr)
                e.name = std::string_view(arena_).substr(e.nameAt, e.nameSize);
        return true;
    }
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    [[nodiscard]] const Entry* find(std::string_view name) const {
        const auto it = std::ranges::find(entries_, name, &Entry::name);
        return it == entries_.end() ? nullptr : &*it;
    }

private:
    bool addObject(simdjson::ondemand::object object, const std::string& prefix, int depth) {
        for (auto field : object) {
            std::string_view key;
            simdjson::ondemand::value value;
            if (field.unescaped_key().get(key) || field.value().get(value)) return false;
            Entry entry;
            if (prefix.empty()) {
                entry.name = key;
            } else {
                entry.nameAt = arena_.size();
                entry.nameSize = prefix.size() + key.size();
                (arena_ += prefix) += key;
            }
            if (!addValue(value, entry, prefix, key, depth)) return false;
        }
        return true;
    }

    bool addValue(simdjson::ondemand::value value, Entry entry, const std::string& prefix,
                  std::string_view key, int depth) {
        simdjson::ondemand::json_type type{};
        if (value.type().get(type)) return false;
        switch (type) {
        case simdjson::ondemand::json_type::object: {
            simdjson::ondemand::object inner;
            if (depth >= kDeepest) return true;
            return !value.get_object().get(inner) &&
                   addObject(inner, prefix + std::string(key) + '.', depth + 1);
        }
        case simdjson::ondemand::json_type::array:
            return addArray(value, entry);
        case simdjson::ondemand::json_type::string:
            if (value.get_string().get(entry.value)) return false;
            break;
        case simdjson::ondemand::json_type::null:
            return value.is_null() || true;
        default:
            entry.value = trimmed(value.raw_json_token());
            break;
        }
        if (entries_.size() < kMostMembers) entries_.push_back(entry);
        return true;
    }

    /// Headers are arrays of mostly one value: the first scalar stands for all.
    bool addArray(simdjson::ondemand::value value, Entry entry) {
        simdjson::ondemand::array array;
        if (value.get_array().get(array)) return false;
        bool taken = false;
        for (auto each : array) {
            simdjson::ondemand::value element;
            simdjson::ondemand::json_type type{};
            if (each.get(element) || element.type().get(type)) return false;
            if (taken) continue;
            if (type == simdjson::ondemand::json_type::string) {
                if (element.get_string().get(entry.value)) return false;
            } else if (type == simdjson::ondemand::json_type::number) {
                entry.value = trimmed(element.raw_json_token());
            } else {
                continue;
            }
            taken = true;
        }
        if (taken && entries_.size() < kMostMembers) entries_.push_back(entry);
        return true;
    }

    simdjson::ondemand::parser parser_;
    std::vector<char> buffer_;
    std::vector<Entry> entries_;
    std::string arena_;
};

bool fits(std::string_view value, std::string_view wanted) {
    if (wanted.ends_with('*')) return value.starts_with(wanted.substr(0, wanted.size() - 1));
    return value == wanted;
}

bool hasOneOf(const Members& members, std::string_view names) {
    for (;;) {
        const std::size_t bar = names.find('|');
        if (members.find(names.substr(0, bar)) != nullptr) return true;
        if (bar == std::string_view::npos) return false;
        names.remove_prefix(bar + 1);
    }
}

bool isFor(const Shape& shape, const Members& members) {
    for (const std::string& names : shape.when)
        if (!hasOneOf(members, names)) return false;
    for (const auto& [name, wanted] : shape.where) {
        const Entry* entry = members.find(name);
        if (entry == nullptr || !fits(entry->value, wanted)) return false;
    }
    return true;
}

class JsonParser : public RankedParser {
public:
    explicit JsonParser(std::shared_ptr<const Shapes> shapes)
        : shapes_(std::move(shapes)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        const std::string_view text = trimmed(line);
        if (text.empty()) return LineVerdict::Blank;
        try {
            if (text.front() != '{' || !members_.read(text)) return LineVerdict::Unread;
        } catch (const std::exception&) {
            return LineVerdict::Unread;
        }
        for (const Shape& shape : shapes_->list)
            if (isFor(shape, members_) && fill(shape, out)) return LineVerdict::Record;
        out.clear();
        return LineVerdict::Unread;
    }

    [[nodiscard]] std::optional<std::string> state() const override { return std::string(); }

private:
    bool fill(const Shape& shape, Record& out) {
        out.clear();
        out.kind = shape.kind;
        assigner_.begin();
        for (const Entry& entry : members_.entries()) {
            const auto it = shape.fields.find(entry.name);
            if (it != shape.fields.end()) {
                if (assigner_.assign(it->second, entry.value, out)) continue;
                if (it->second.act == Act::Time || it->second.act == Act::TimeEnd) return false;
            }
            const bool left = std::ranges::any_of(
                shape.skip, [&](const std::string& s) { return entry.name.starts_with(s); });
            if (!left && !entry.value.empty() && entry.value != "-" &&
                out.extra.size() < kMostExtra)
                out.extra.emplace_back(entry.name, entry.value);
        }
        for (const auto& [target, value] : shape.fixed)
            assigner_.assign(target, value, out);
        return true;
    }

    std::shared_ptr<const Shapes> shapes_;
    Members members_;
    Assigner assigner_;
};

class JsonFormat : public KnownFormat {
public:
    JsonFormat(About about, Shapes shapes)
        : KnownFormat(std::move(about))
        , shapes_(std::make_shared<const Shapes>(std::move(shapes))) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<JsonParser>(shapes_);
    }

private:
    std::shared_ptr<const Shapes> shapes_;
};

std::vector<std::string> strings(const QJsonValue& array) {
    std::vector<std::string> list;
    const QJsonArray values = array.toArray();
    for (const QJsonValue& each : values)
        list.push_back(each.toString().toStdString());
    return list;
}

/// `shared`: the file's fields, in all shapes unless they say otherwise of a name.
Result<Shape> readShape(const QJsonObject& object, const TargetMap& shared) {
    Shape shape;
    const std::string kind = object["kind"].toString("message").toStdString();
    for (int i = 0; i < kRecordKinds; ++i)
        if (nameOf(static_cast<RecordKind>(i)) == kind) shape.kind = static_cast<RecordKind>(i);
    shape.when = strings(object["when"]);
    shape.skip = strings(object["skip"]);
    const QJsonObject where = object["where"].toObject();
    for (auto it = where.begin(); it != where.end(); ++it)
        shape.where.emplace_back(it.key().toStdString(), it.value().toString().toStdString());
    auto fields = readTargetMap(object["fields"].toObject());
    if (!fields) return std::unexpected(fields.error());
    shape.fields = std::move(*fields);
    shape.fields.insert(shared.begin(), shared.end());
    const QJsonObject fixed = object["set"].toObject();
    for (auto it = fixed.begin(); it != fixed.end(); ++it)
        if (auto target = targetNamed(it.key().toStdString()))
            shape.fixed.emplace_back(std::move(*target), it.value().toString().toStdString());
    return shape;
}

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeJsonFormat(About about, const QJsonObject& file) {
    Shapes shapes;
    const auto shared = readTargetMap(file["fields"].toObject());
    if (!shared) return std::unexpected(shared.error());
    const QJsonArray list = file["shapes"].toArray();
    for (const QJsonValue& each : list) {
        auto shape = readShape(each.toObject(), *shared);
        if (!shape) return std::unexpected(shape.error());
        shapes.list.push_back(std::move(*shape));
    }
    return std::make_shared<const JsonFormat>(std::move(about), std::move(shapes));
}

} // namespace postlude
