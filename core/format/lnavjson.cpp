// SPDX-License-Identifier: GPL-3.0-or-later
// JSON formats of lnav: one object a line; a member of a member is called "outer/inner", an
// element of a list "name#".
#include "core/format/detail/lnav.h"

#include "core/base/text.h"

#include <deque>
#include <fmt/format.h>
#include <simdjson.h>

namespace postlude {

namespace {

constexpr std::size_t kMostMembers = 256;
constexpr std::size_t kMostNames = 4096; ///< remembered; a hostile log has more
constexpr int kDeepest = 8;

std::string scalarText(const simdjson::dom::element& value) {
    std::int64_t whole = 0;
    std::uint64_t large = 0;
    bool truth = false;
    if (!value.get(whole)) return std::to_string(whole);
    if (!value.get(large)) return std::to_string(large);
    if (!value.get(truth)) return truth ? "true" : "false";
    double number = 0;
    return value.get(number) ? std::string() : fmt::format("{}", number);
}

class LnavJsonParser : public LineParser {
public:
    explicit LnavJsonParser(std::shared_ptr<const LnavMeaning> meaning)
        : meaning_(std::move(meaning))
        , filler_(*meaning_) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        const std::string_view text = trimmed(line);
        if (text.empty()) return LineVerdict::Blank;
        simdjson::dom::object object;
        try {
            if (text.front() != '{' || parser_.parse(text.data(), text.size()).get(object))
                return LineVerdict::Unread;
        } catch (const std::exception&) {
            return LineVerdict::Unread;
        }
        filler_.begin(out);
        count_ = 0;
        hasTime_ = false;
        texts_.clear();
        spare_.clear();
        add(object, {}, 0, out);
        const bool read = filler_.finish(out) && hasTime_;
        if (!read) out.clear();
        return read ? LineVerdict::Record : LineVerdict::Unread;
    }
    [[nodiscard]] std::optional<std::string> state() const override { return std::string(); }

private:
    const LnavRole& roleOf(const std::string& name) {
        if (const auto it = roles_.find(name); it != roles_.end()) return it->second;
        if (roles_.size() >= kMostNames) return spare_.emplace_back(meaning_->roleOf(name));
        return roles_.emplace(name, meaning_->roleOf(name)).first->second;
    }

    void add(simdjson::dom::object object, const std::string& prefix, int depth, Record& out) {
        for (const auto& [key, value] : object)
            addValue(value, prefix + std::string(key), depth, out);
    }

    void addValue(simdjson::dom::element value, const std::string& name, int depth, Record& out) {
        simdjson::dom::object object;
        simdjson::dom::array array;
        if (depth < kDeepest && !value.get(object)) return add(object, name + '/', depth + 1, out);
        if (depth < kDeepest && !value.get(array)) {
            for (const simdjson::dom::element each : array)
                addValue(each, name + '#', depth + 1, out);
            return;
        }
        if (value.is_null() || ++count_ > kMostMembers) return;
        const LnavRole& role = roleOf(name);
        hasTime_ = hasTime_ || role.is == LnavRole::Is::Time || role.is == LnavRole::Is::Start;
        std::string_view text;
        if (value.get(text)) {
            texts_.push_back(scalarText(value));
            text = texts_.back();
        }
        filler_.take(role, text, out);
    }

    std::shared_ptr<const LnavMeaning> meaning_;
    LnavFiller filler_;
    simdjson::dom::parser parser_;
    std::map<std::string, LnavRole, std::less<>> roles_;
    std::deque<std::string> texts_; // of numbers
    std::deque<LnavRole> spare_;
    std::size_t count_ = 0;
    bool hasTime_ = false;
};

} // namespace

std::unique_ptr<LineParser> makeLnavJsonParser(std::shared_ptr<const LnavMeaning> meaning) {
    return std::make_unique<LnavJsonParser>(std::move(meaning));
}

} // namespace postlude
