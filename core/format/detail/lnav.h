// SPDX-License-Identifier: GPL-3.0-or-later
// lnav's format definitions (its documentation, "Log formats"): regular expressions or JSON,
// time stamps, level maps. What only concerns lnav's display is passed over.
#pragma once

#include "core/format/detail/readers.h"
#include "core/format/detail/regex.h"
#include "core/format/detail/timepattern.h"

#include <QJsonObject>

namespace postlude {

/// What one captured value, or member of a JSON line, is to a record.
struct LnavRole {
    enum class Is : std::uint8_t {
        Time,
        TimeOfDay,
        Start,
        Level,
        Body,
        Operation,
        Stem,
        Query,
        Column,
        Other
    } is = Is::Other;
    Target target = {};
    std::string name;
};

/// A definition's part that text and JSON lines share.
struct LnavMeaning {
    std::string timestamp = "timestamp", timeOfDay, start, level = "level", body = "body",
                operation, module, duration;
    std::vector<TimePattern> times;
    double divisor = 0; ///< of a numeric time stamp: so many units a second; 0: not stated
    std::vector<std::pair<Level, Regex>> levels;        ///< the least severe first
    std::vector<std::pair<Level, std::string>> numbers; ///< levels stated as numbers
    std::map<std::string, std::int64_t> units;          ///< of spans, in ns
    bool timeIsStart = false;
    bool multiline = true;

    [[nodiscard]] LnavRole roleOf(const std::string& name) const;
};
Result<LnavMeaning> readLnavMeaning(const QJsonObject& definition);

/// Puts captured values into a record; not thread-safe. Views in the record point into what was
/// given and into this.
class LnavFiller {
public:
    explicit LnavFiller(const LnavMeaning& meaning)
        : meaning_(meaning) {}
    void begin(Record& out);
    void take(const LnavRole& role, std::string_view value, Record& out);
    /// False if there was a time stamp that could not be read.
    bool finish(Record& out);

private:
    void takeColumn(const LnavRole& role, std::string_view value, Record& out);
    bool readTime(std::string_view text, WrittenTime& out);
    [[nodiscard]] Level levelOf(std::string_view value);

    const LnavMeaning& meaning_;
    std::string_view date_, clock_, start_, stem_, query_;
    std::string path_, stamp_;
    Assigner assigner_;
    TimeReader times_;
    RegexMatch match_;
};

/// One member of a format file. NotUnderstood says what is wrong in it.
Result<std::shared_ptr<const KnownFormat>> makeLnavFormat(About about,
                                                          const QJsonObject& definition);
std::unique_ptr<LineParser> makeLnavJsonParser(std::shared_ptr<const LnavMeaning> meaning);

} // namespace postlude
