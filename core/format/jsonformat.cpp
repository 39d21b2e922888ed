// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines by field maps; the data files in resources/formats with "reader": "json". Members
// of objects within objects are named "outer.inner". What is not mapped goes to extra.
#include "core/format/detail/members.h"
#include "core/format/detail/pairs.h"
#include "core/format/detail/plaintext.h"
#include "core/format/detail/postgres.h"
#include "core/format/detail/program.h"
#include "core/format/detail/readers.h"
#include "core/format/detail/wildcard.h"

#include "core/base/shorttext.h"
#include "core/base/text.h"

#include <QJsonArray>
#include <deque>

namespace postlude {

namespace {

constexpr std::size_t kMostExtra = 64;
constexpr std::size_t kMostLists = 8;

/// One kind of line: which lines it is for, and where their members go.
struct Shape {
    RecordKind kind = RecordKind::Message;
    std::vector<std::string> when; ///< members that must be there ("a|b": one of these)
    std::vector<std::pair<std::string, std::string>> where; ///< … and be so (wildcard.h)
    std::vector<std::pair<Target, std::string>> fixed;
    TargetMap fields;
    std::vector<std::string> skip; ///< beginnings of names that are left out
};

struct Shapes {
    std::vector<Shape> list;
    std::map<std::string, Level, std::less<>> levels;      ///< spellings of this log alone
    bool postgres = false;                                 ///< durations stand in the message
    bool html = false;                                     ///< the message is a piece of HTML
    bool bytes = false;                                    ///< texts may be lists of their bytes
    std::map<std::string, TargetMap, std::less<>> queries; ///< members that are "a=b&c=d"
    std::string folded;    ///< a member that may be a JSON object as a text
    std::string templates; ///< a member whose text, the message, names others in braces
};

bool hasOneOf(const JsonMembers& members, std::string_view names) {
    for (;;) {
        const std::size_t bar = names.find('|');
        if (members.find(names.substr(0, bar)) != nullptr) return true;
        if (bar == std::string_view::npos) return false;
        names.remove_prefix(bar + 1);
    }
}

bool isFor(const Shape& shape, const JsonMembers& members) {
    for (const std::string& names : shape.when)
        if (!hasOneOf(members, names)) return false;
    for (const auto& [name, wanted] : shape.where) {
        const JsonMembers::Member* entry = members.find(name);
        if (entry == nullptr || !fitsWildcard(entry->value, wanted)) return false;
    }
    return true;
}

bool isTime(Act act) {
    return act == Act::Time || act == Act::TimeEnd;
}

bool isWholeSecond(const WrittenTime& time) {
    return time.local % 1'000'000'000 == 0;
}

bool takesList(Act act) {
    return act == Act::Attempts || act == Act::Upstreams || act == Act::LastSpan;
}

/// ["10.0.0.1:80", null] → "10.0.0.1:80, -"
std::string joinedList(std::string_view array) {
    std::string joined;
    array = array.substr(1, array.rfind(']') - 1);
    while (!array.empty()) {
        array.remove_prefix(std::min(array.find_first_not_of(" \t\r\n"), array.size()));
        const bool quoted = array.starts_with('"');
        if (quoted) array.remove_prefix(1);
        const std::size_t end = std::min(array.find(quoted ? '"' : ','), array.size());
        const std::string_view element = trimmed(array.substr(0, end));
        if (!joined.empty()) joined += ", ";
        joined += element == "null" || element.empty() ? std::string_view("-") : element;
        array.remove_prefix(std::min(array.find(',', end), array.size()));
        array.remove_prefix(std::min<std::size_t>(array.size(), 1));
    }
    return joined;
}

class JsonParser : public RankedParser {
public:
    explicit JsonParser(std::shared_ptr<const Shapes> shapes)
        : shapes_(std::move(shapes)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        const std::string_view text = trimmed(line);
        if (text.empty()) return LineVerdict::Blank;
        if (text.front() != '{' || !members_.read(unfolded(text))) return LineVerdict::Unread;
        for (const Shape& shape : shapes_->list)
            if (isFor(shape, members_) && fill(shape, out)) return LineVerdict::Record;
        out.clear();
        return LineVerdict::Unread;
    }

    [[nodiscard]] std::optional<std::string> state() const override { return std::string(); }

private:
    /// `"properties":"{\"a\":1}"` → `"properties":{"a":1}`
    std::string_view unfolded(std::string_view line) {
        if (shapes_->folded.empty()) return line;
        const std::size_t name = line.find(shapes_->folded);
        if (name == std::string_view::npos) return line;
        const std::size_t colon = line.find_first_not_of(" :", name + shapes_->folded.size());
        if (colon == std::string_view::npos || line.substr(colon, 3) != "\"{\\") return line;
        std::size_t end = colon + 1;
        while (end < line.size() && line[end] != '"')
            end += line[end] == '\\' ? 2 : 1;
        if (end >= line.size() || line[end - 1] != '}') return line;
        unfolded_.assign(line.substr(0, colon));
        appendJsonUnescaped(line.substr(colon + 1, end - colon - 1), unfolded_);
        unfolded_ += line.substr(end + 1);
        return unfolded_;
    }

    bool fill(const Shape& shape, Record& out) {
        out.clear();
        out.kind = shape.kind;
        assigner_.begin();
        lists_.clear();
        query_ = {};
        std::size_t place = 0;
        for (const JsonMembers::Member& entry : members_.all())
            if (!take(meaningOf(shape, entry, place++), entry, out)) return false;
        if (!query_.empty()) joinQuery(out);
        for (const auto& [target, value] : shape.fixed)
            if (target.act != Act::Level || out.level == Level::None)
                assigner_.assign(target, value, out);
        if (shapes_->postgres) takeStatementDuration(out);
        for (const auto& [name, targets] : shapes_->queries)
            if (const JsonMembers::Member* member = members_.find(name))
                takeQuery(member->value, targets, out);
        if (!shapes_->templates.empty()) render(out);
        if (shapes_->html && out.has(TextField::Message)) {
            message_ = plainFromHtml(out[TextField::Message]);
            if (!message_.empty()) out[TextField::Message] = message_;
        }
        return true;
    }

    /// "Hello, {User}", "{Elapsed:0.00} ms": names of members stand for their values. What is no
    /// name of one stays.
    void render(Record& out) {
        std::string_view rest = out[TextField::Message];
        const std::size_t size = rest.size();
        std::size_t open = rest.find('{');
        if (open == std::string_view::npos) return;
        if (out.extra.size() < kMostExtra) out.extra.emplace_back(shapes_->templates, rest);
        message_.clear();
        for (; open != std::string_view::npos; open = rest.find('{')) {
            const std::size_t close = std::min(rest.find('}', open), rest.size());
            const std::string_view hole = rest.substr(open + 1, close - open - 1);
            const std::string_view name = hole.substr(0, hole.find_first_of(":,"));
            const bool marked = name.starts_with('@') || name.starts_with('$');
            const JsonMembers::Member* member = members_.find(name.substr(marked ? 1 : 0));
            message_ += rest.substr(0, open);
            if (member != nullptr)
                message_ += member->list.empty() ? member->value : member->list;
            else
                message_ += rest.substr(open, close + 1 - open);
            rest.remove_prefix(std::min(close + 1, rest.size()));
            if (message_.size() > 16 * size + 4096) break; // a few names, large values
        }
        message_ += rest;
        out[TextField::Message] = message_;
    }

    /// The query that stood before its path.
    void joinQuery(Record& out) {
        const bool joins = out[TextField::Path].find('?') == std::string_view::npos;
        if (joins && out.has(TextField::Path))
            assigner_.assign(queryTarget_, query_, out);
        else if (joins || !out[TextField::Path].ends_with(query_))
            out.extra.emplace_back(queryTarget_.name, query_);
    }

    /// The query itself stays where it is.
    void takeQuery(std::string_view query, const TargetMap& targets, Record& out) {
        while (!query.empty()) {
            const std::string_view pair = query.substr(0, query.find('&'));
            query.remove_prefix(std::min(pair.size() + 1, query.size()));
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos) continue;
            if (const auto it = targets.find(pair.substr(0, equals)); it != targets.end())
                assigner_.assign(it->second, pair.substr(equals + 1), out);
        }
    }

    /// What a shape says of a name.
    struct Meaning {
        const Shape* shape = nullptr;
        std::string name = {}, generic = {};
        const Target* target = nullptr;
        bool left = false; ///< out
    };

    /// Lines of one log mostly have the same members at the same places.
    const Meaning& meaningOf(const Shape& shape, const JsonMembers::Member& entry,
                             std::size_t place) {
        if (place >= meanings_.size()) meanings_.resize(place + 1);
        Meaning& meaning = meanings_[place];
        if (meaning.shape == &shape && isSameText(meaning.name, entry.name) &&
            isSameText(meaning.generic, entry.generic))
            return meaning;
        auto it = shape.fields.find(entry.name);
        if (it == shape.fields.end() && !entry.generic.empty())
            it = shape.fields.find(entry.generic);
        meaning.shape = &shape;
        meaning.name = entry.name;
        meaning.generic = entry.generic;
        meaning.target = it == shape.fields.end() ? nullptr : &it->second;
        meaning.left = std::ranges::any_of(
            shape.skip, [&](const std::string& s) { return entry.name.starts_with(s); });
        return meaning;
    }

    /// The same second once more ("time_local" behind "msec") says less than what is known.
    bool assignTime(const Target& target, std::string_view value, Record& out) {
        const WrittenTime known = out.time;
        const std::string_view raw = out[TextField::TimeRaw];
        if (!assigner_.assign(target, value, out)) return false;
        if (known.known() && !isWholeSecond(known) && isWholeSecond(out.time)) {
            out.time = known;
            out[TextField::TimeRaw] = raw;
        }
        return true;
    }

    /// False if this shape cannot be the line's.
    bool take(const Meaning& meaning, const JsonMembers::Member& entry, Record& out) {
        if (const Target* target = meaning.target) {
            if (entry.value.empty()) return true; // so they write what they do not know
            if (shapes_->bytes && target->text == TextField::Message && target->act == Act::Text &&
                !entry.list.empty())
                if (auto text = textOfBytes(entry.list)) {
                    message_ = std::move(*text);
                    return assign(*target, message_, out);
                }
            const Act act = target->act;
            if (!entry.list.empty() && takesList(act) && lists_.size() < kMostLists)
                return assign(*target, lists_.emplace_back(joinedList(entry.list)), out);
            if (act == Act::Query && !out.has(TextField::Path) && !isNothing(entry.value)) {
                queryTarget_ = *target;
                query_ = entry.value;
                return true;
            }
            const bool fits = act == Act::Level && !entry.list.empty()
                                  ? assignLevelOf(*target, entry.list, out)
                                  : assign(*target, entry.value, out);
            if (!fits && isTime(act)) return false;
            if (fits && act != Act::Attempt && entry.list.empty()) return true;
        }
        const std::string_view value = entry.list.empty() ? entry.value : entry.list;
        if (!meaning.left && !value.empty() && !isNothing(value) && out.extra.size() < kMostExtra)
            out.extra.emplace_back(entry.name, value);
        return true;
    }

    /// Of the texts in an array (tags), the first that is a level's name.
    bool assignLevelOf(const Target& target, std::string_view list, Record& out) {
        for (std::size_t at = list.find('"'); at != std::string_view::npos;
             at = list.find('"', at)) {
            const std::size_t end = std::min(list.find('"', at + 1), list.size());
            if (assign(target, list.substr(at + 1, end - at - 1), out)) return true;
            at = std::min(end + 1, list.size());
        }
        return false;
    }

    bool assign(const Target& target, std::string_view value, Record& out) {
        if (isTime(target.act) && out.time.known()) return assignTime(target, value, out);
        if (target.act == Act::Level && !shapes_->levels.empty())
            if (const auto it = shapes_->levels.find(value); it != shapes_->levels.end())
                return out.level = it->second, true;
        const bool done = assigner_.assign(target, value, out);
        return done && (target.act != Act::Level || out.level != Level::None);
    }

    std::shared_ptr<const Shapes> shapes_;
    JsonMembers members_;
    std::vector<Meaning> meanings_; ///< of the members of the last line, by their place
    Assigner assigner_;
    std::string message_, unfolded_;
    std::deque<std::string> lists_; ///< of attempts, as nginx writes them
    Target queryTarget_;
    std::string_view query_; ///< that stood before its path
};

class JsonFormat : public KnownFormat {
public:
    [[nodiscard]] bool readsJson() const override { return true; }
    JsonFormat(About about, Shapes shapes)
        : KnownFormat(std::move(about))
        , shapes_(std::make_shared<const Shapes>(std::move(shapes))) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<JsonParser>(shapes_);
    }

private:
    std::shared_ptr<const Shapes> shapes_;
};

/// `shared`: the file's fields, in all shapes unless they say otherwise of a name.
Result<Shape> readShape(const QJsonObject& object, const TargetMap& shared) {
    Shape shape;
    const std::string kind = object["kind"].toString("message").toStdString();
    for (int i = 0; i < kRecordKinds; ++i)
        if (nameOf(static_cast<RecordKind>(i)) == kind) shape.kind = static_cast<RecordKind>(i);
    shape.when = textsOf(object["when"]);
    shape.skip = textsOf(object["skip"]);
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
    const QJsonObject levels = file["levels"].toObject();
    for (auto it = levels.begin(); it != levels.end(); ++it)
        shapes.levels.emplace(it.key().toStdString(),
                              levelFrom(it.value().toString().toStdString()));
    shapes.postgres = file["postgresql"].toBool();
    shapes.html = file["html"].toBool();
    shapes.bytes = file["bytes"].toBool();
    const QJsonObject queries = file["queries"].toObject();
    for (auto it = queries.begin(); it != queries.end(); ++it) {
        auto targets = readTargetMap(it.value().toObject());
        if (!targets) return std::unexpected(targets.error());
        shapes.queries.emplace(it.key().toStdString(), std::move(*targets));
    }
    const std::string folded = file["folded"].toString().toStdString();
    if (!folded.empty()) shapes.folded = '"' + folded + '"';
    shapes.templates = file["message_template"].toString().toStdString();
    const QJsonArray list = file["shapes"].toArray();
    for (const auto& each : list) {
        auto shape = readShape(each.toObject(), *shared);
        if (!shape) return std::unexpected(shape.error());
        shapes.list.push_back(std::move(*shape));
    }
    return std::make_shared<const JsonFormat>(std::move(about), std::move(shapes));
}

} // namespace postlude
