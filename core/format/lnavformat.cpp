// SPDX-License-Identifier: GPL-3.0-or-later
// Text formats of lnav: the first of several regular expressions that is found in a line.
#include "core/format/detail/lnav.h"

#include "core/base/text.h"

namespace postlude {

namespace {

struct Pattern {
    Regex regex;
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
        gaveUp_ = false;
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

    [[nodiscard]] std::string_view fault() const override {
        return gaveUp_ ? kTooComplex : std::string_view();
    }
    [[nodiscard]] std::optional<std::string> state() const override { return seen_ ? "1" : ""; }
    void restore(std::string_view state) override { seen_ = !state.empty(); }

private:
    bool matches(const Pattern& pattern, std::string_view line, Record& out) {
        const RegexMatch::Verdict verdict = match_.find(pattern.regex, line);
        gaveUp_ = gaveUp_ || verdict == RegexMatch::Verdict::TooComplex;
        if (verdict != RegexMatch::Verdict::Yes) return false;
        filler_.begin(out);
        for (const auto& [number, role] : pattern.groups) {
            const std::string_view piece = match_[number];
            if (!piece.empty()) filler_.take(role, piece, out);
        }
        return filler_.finish(out);
    }

    std::shared_ptr<const Definition> definition_;
    LnavFiller filler_;
    RegexMatch match_;
    bool seen_ = false;
    bool gaveUp_ = false; ///< on the last line
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

Result<Definition> readPatterns(const QJsonObject& regexes, const LnavMeaning& meaning) {
    Definition definition;
    for (auto it = regexes.begin(); it != regexes.end(); ++it) {
        const QJsonObject each = it.value().toObject();
        if (each[QLatin1String("module-format")].toBool()) continue; // for what syslog wraps
        auto regex = Regex::compile(each[QLatin1String("pattern")].toString().toStdString());
        if (!regex) {
            Error error = regex.error();
            error.what = "“regex”, " + it.key().toStdString() + ": " + error.what;
            return std::unexpected(error);
        }
        Pattern pattern{std::move(*regex), {}};
        for (const auto& [number, name] : pattern.regex.names())
            pattern.groups.emplace_back(number, meaning.roleOf(name));
        definition.patterns.push_back(std::move(pattern));
    }
    return definition;
}

} // namespace

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
