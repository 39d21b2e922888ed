// SPDX-License-Identifier: GPL-3.0-or-later
// Text formats of lnav: the first of several regular expressions that is found in a line.
#include "core/format/detail/lnav.h"

#include "core/base/text.h"

namespace postlude {

namespace {

struct Pattern {
    boost::regex regex;
    std::vector<std::pair<int, LnavRole>> groups;
};

struct Definition {
    std::shared_ptr<const LnavMeaning> meaning;
    std::vector<Pattern> patterns;
};

class LnavParser : public LineParser {
public:
    explicit LnavParser(std::shared_ptr<const Definition> definition)
        : definition_(std::move(definition))
        , filler_(*definition_->meaning) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        if (trimmed(line).empty()) return LineVerdict::Blank;
        for (const Pattern& pattern : definition_->patterns) {
            if (!matches(pattern, line, out)) continue;
            seen_ = true;
            return LineVerdict::Record;
        }
        out.clear();
        return seen_ && definition_->meaning->multiline ? LineVerdict::Continuation
                                                        : LineVerdict::Unread;
    }

    [[nodiscard]] std::optional<std::string> state() const override { return seen_ ? "1" : ""; }
    void restore(std::string_view state) override { seen_ = !state.empty(); }

private:
    bool matches(const Pattern& pattern, std::string_view line, Record& out) {
        try {
            if (!boost::regex_search(line.data(), line.data() + line.size(), match_, pattern.regex))
                return false;
        } catch (const std::exception&) { // too complex for this line: not ours to read
            return false;
        }
        filler_.begin(out);
        for (const auto& [number, role] : pattern.groups) {
            const auto& piece = match_[number];
            if (piece.matched && piece.first != piece.second)
                filler_.take(role, {piece.first, static_cast<std::size_t>(piece.length())}, out);
        }
        return filler_.finish(out);
    }

    std::shared_ptr<const Definition> definition_;
    LnavFiller filler_;
    boost::cmatch match_;
    bool seen_ = false;
};

class LnavTextFormat : public KnownFormat {
public:
    LnavTextFormat(About about, Definition definition)
        : KnownFormat(std::move(about))
        , definition_(std::make_shared<const Definition>(std::move(definition))) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<LnavParser>(definition_);
    }

private:
    std::shared_ptr<const Definition> definition_;
};

class LnavJsonFormat : public KnownFormat {
public:
    LnavJsonFormat(About about, std::shared_ptr<const LnavMeaning> meaning)
        : KnownFormat(std::move(about))
        , meaning_(std::move(meaning)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return makeLnavJsonParser(meaning_);
    }

private:
    std::shared_ptr<const LnavMeaning> meaning_;
};

std::unexpected<Error> fault(std::string what) {
    return std::unexpected(Error{ErrorKind::NotUnderstood, std::move(what)});
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

Result<Definition> readPatterns(const QJsonObject& regexes, const LnavMeaning& meaning) {
    Definition definition;
    for (auto it = regexes.begin(); it != regexes.end(); ++it) {
        const QJsonObject each = it.value().toObject();
        if (each[QLatin1String("module-format")].toBool()) continue; // for what syslog wraps
        auto regex = compilePcre(each[QLatin1String("pattern")].toString().toStdString());
        if (!regex) {
            Error error = regex.error();
            error.what = "“regex”, " + it.key().toStdString() + ": " + error.what;
            return std::unexpected(error);
        }
        Pattern pattern{std::move(*regex), {}};
        for (const auto& [number, name] : groupNames(pattern.regex))
            pattern.groups.emplace_back(number, meaning.roleOf(name));
        definition.patterns.push_back(std::move(pattern));
    }
    return definition;
}

} // namespace

Result<boost::regex> compilePcre(const std::string& pattern) {
    if (pattern.empty()) return fault("the pattern is empty");
    std::string text = pattern;
    replaceAll(text, "(?P<", "(?<");
    for (std::size_t at = 0; (at = text.find("(?P=", at)) != std::string::npos;) {
        const std::size_t close = text.find(')', at);
        if (close == std::string::npos) break;
        text.replace(at, close + 1 - at, "\\k<" + text.substr(at + 4, close - at - 4) + ">");
    }
    for (const std::string_view verb : {"(*UTF8)", "(*UTF)", "(*UCP)"})
        if (text.starts_with(verb)) text.erase(0, verb.size());
    for (const std::string_view unknown : {"(?P>", "(?J)", "(*", "\\p{", "\\P{"})
        if (const std::size_t at = text.find(unknown); at != std::string::npos)
            return std::unexpected(
                Error{ErrorKind::NotUnderstood,
                      "“" + std::string(unknown) + "” is not known in patterns here",
                      {{}, 0, at + 1}});
    try {
        return boost::regex(text, boost::regex::perl | boost::regex::save_subexpression_location);
    } catch (const boost::regex_error& e) {
        std::string what = e.what();
        what.resize(std::min(what.find("  "), what.size()));
        return std::unexpected(Error{
            ErrorKind::NotUnderstood,
            "the pattern is no regular expression: " + what,
            {{}, 0, static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(0, e.position())) + 1}});
    } catch (const std::exception& e) {
        return fault(std::string("the pattern is no regular expression: ") + e.what());
    }
}

std::vector<std::pair<int, std::string>> groupNames(const boost::regex& regex) {
    std::vector<std::pair<int, std::string>> names;
    for (std::size_t i = 0; i < regex.mark_count(); ++i) { // of these the first is called 0
        const auto [from, to] = regex.subexpression(i);
        std::string_view text(&*from, static_cast<std::size_t>(to - from));
        if (text.starts_with('(')) text.remove_prefix(1); // of "(?<name>" it begins at the '?'
        if (!text.starts_with("?<")) continue;
        names.emplace_back(static_cast<int>(i) + 1, text.substr(2, text.find('>') - 2));
    }
    return names;
}

Result<std::shared_ptr<const KnownFormat>> makeLnavFormat(About about,
                                                          const QJsonObject& definition) {
    auto meaning = readLnavMeaning(definition);
    if (!meaning) return std::unexpected(meaning.error());
    auto shared = std::make_shared<const LnavMeaning>(std::move(*meaning));
    const bool json = definition[QLatin1String("json")].toBool() ||
                      definition[QLatin1String("file-type")].toString() == QLatin1String("json");
    if (json) return std::make_shared<const LnavJsonFormat>(std::move(about), std::move(shared));
    auto patterns = readPatterns(definition[QLatin1String("regex")].toObject(), *shared);
    if (!patterns) return std::unexpected(patterns.error());
    if (patterns->patterns.empty()) return fault("there is no “regex” in it");
    patterns->meaning = std::move(shared);
    return std::make_shared<const LnavTextFormat>(std::move(about), std::move(*patterns));
}

} // namespace postlude
