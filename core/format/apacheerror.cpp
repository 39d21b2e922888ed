// SPDX-License-Identifier: GPL-3.0-or-later
// Apache httpd's error log, as ErrorLogFormat says it: an expression of optional groups, because
// httpd leaves out what stands between two blanks if an item in it has nothing to say.
#include "core/format/detail/apacheerror.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/items.h"
#include "core/format/detail/readers.h"

#include <QJsonArray>
#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

std::string literally(char c) {
    static constexpr std::string_view special = "\\^$.|?*+()[]{}-/";
    return special.find(c) == std::string_view::npos ? std::string(1, c) : std::string{'\\', c};
}

/// A group of an expression may only have letters and digits in its name.
std::string groupName(std::string_view name) {
    std::string low(name);
    std::ranges::transform(low, low.begin(), lower);
    if (low == "referer") return "referrer";
    if (low == "user-agent") return "user_agent";
    if (low == "x-forwarded-for") return "forwarded_for";
    std::string group = "x_";
    for (const char c : name)
        group += isAlnum(c) ? c : '_';
    return group;
}

std::string capture(std::string_view name, std::string_view pattern) {
    return fmt::format("(?<{}>{})", name, pattern);
}

std::string timePattern(std::string_view argument) {
    const bool compact = argument.find('c') != std::string_view::npos;
    return capture("time", compact
                               ? R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: ?[-+]\d\d:?\d\d)?)"
                               : R"(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \d{4}|)"
                                 R"(\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [-+]\d{4})");
}

/// What an item writes, if it writes something; "" if httpd has no such item.
std::string itemPattern(char letter, std::string_view argument) {
    switch (letter) {
    case 'a':
        if (argument == "ip")
            return R"((?:(?<client_ip>[0-9a-fA-F]*(?::[0-9a-fA-F.]*){2,})|)" +
                   capture("client", R"([^ \]]+)") + ")";
        return capture(argument == "c" ? "x_peer_address" : "client", R"(\[[^ \]]+\]:\d+|[^ \]]+)");
    case 'A':
        return capture("x_local_address", R"([^ \]]+)");
    case 'e':
    case 'i':
    case 'n':
        return capture(groupName(argument), R"(.*?)");
    case 'E':
        return R"(\((?<x_errno>\d+)\)(?<x_error>.*?))";
    case 'F':
        return capture("x_file", R"([\w.\/-]+\(\d+\))");
    case 'k':
        return capture("x_keepalive", R"(\d+)");
    case 'l':
        return capture("level", R"(\w+)");
    case 'L':
        return capture(argument.empty() ? "x_log_id" : "x_connection_log_id", R"([^ \]]+)");
    case 'm':
        return capture("process", R"([\w-]+)") + '?';
    case 'M':
        return capture("message", R"(.*?)");
    case 'P':
        return capture("pid", R"(\d+)");
    case 'T':
        return capture(argument.empty() ? "x_tid" : "x_system_tid", R"(\d+)");
    case 't':
        return timePattern(argument);
    case 'v':
    case 'V':
        return capture("x_server_name", R"([^ \]]*)");
    default:
        return {};
    }
}

class Compiler {
public:
    explicit Compiler(std::string_view text)
        : text_(text) {}

    Result<std::string> run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == ' ' || text_.substr(at_, 2) == "% ") {
                endGroup();
                group_.assign(c == ' ' ? 1 : 0, ' ');
                at_ += c == ' ' ? 1 : 2;
            } else if (c == '%') {
                if (auto done = readItem(); !done) return std::unexpected(done.error());
            } else {
                if (c == '\\' && at_ + 1 < text_.size()) ++at_;
                group_ += literally(text_[at_++]);
            }
        }
        endGroup();
        if (!any_) return std::unexpected(formatFault("Apache error", 0, "there is no item in it"));
        return pattern_;
    }

private:
    /// '%', modifiers ("-": a hyphen if there is nothing, "7": only from that level on), "{…}",
    /// letter
    Result<void> readItem() {
        const std::size_t start = at_++;
        bool hyphen = false;
        std::string_view argument;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            hyphen = hyphen || c == '-';
            if (c == '{') {
                const std::size_t close = std::min(text_.find('}', at_), text_.size());
                argument = text_.substr(at_ + 1, close - at_ - 1);
                at_ = std::min(close, text_.size() - 1);
            } else if (c != '-' && c != '+' && !isDigit(c)) {
                break;
            }
        }
        const char letter = at_ < text_.size() ? text_[at_++] : '%';
        if (letter == '%') {
            group_ += '%';
            return {};
        }
        const std::string item = itemPattern(letter, argument);
        if (item.empty())
            return std::unexpected(formatFault("Apache error", start,
                                               fmt::format("“{}” is no item of ErrorLogFormat",
                                                           text_.substr(start, at_ - start))));
        group_ += item;
        // These always have something to say.
        const bool sure = std::string_view("tlPTmM").find(letter) != std::string_view::npos;
        optional_ = optional_ || (!hyphen && !sure);
        return any_ = true, Result<void>{};
    }

    void endGroup() {
        pattern_ += optional_ ? "(?:" + group_ + ")?" : group_;
        group_.clear();
        optional_ = false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string group_, pattern_;
    bool optional_ = false, any_ = false;
};

/// Reads what the pattern calls the message further.
class ErrorParser : public LineParser {
public:
    explicit ErrorParser(std::unique_ptr<LineParser> lines)
        : lines_(std::move(lines)) {}
    LineVerdict parse(std::string_view line, Record& out) override {
        const LineVerdict verdict = lines_->parse(line, out);
        if (verdict == LineVerdict::Record && out.has(TextField::Message)) readApacheMessage(out);
        return verdict;
    }
    [[nodiscard]] std::optional<std::string> state() const override { return lines_->state(); }
    void restore(std::string_view state) override { lines_->restore(state); }

private:
    std::unique_ptr<LineParser> lines_;
};

class ErrorFormat : public KnownFormat {
public:
    ErrorFormat(About about, std::shared_ptr<const KnownFormat> lines, std::string source)
        : KnownFormat(std::move(about))
        , lines_(std::move(lines))
        , source_(std::move(source)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<ErrorParser>(lines_->parser());
    }
    [[nodiscard]] std::string source() const override { return source_; }

private:
    std::shared_ptr<const KnownFormat> lines_;
    std::string source_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>>
makeApacheErrorFormat(About about, const std::vector<std::string>& formatStrings) {
    QJsonArray patterns;
    std::string source = "apache-error";
    for (const std::string& text : formatStrings) {
        auto pattern = Compiler(text).run();
        if (!pattern) return std::unexpected(pattern.error());
        patterns.append(QJsonObject{{"pattern", QString::fromStdString(*pattern)}});
        source += '\n' + text;
    }
    // What httpd says before it has opened its log has no head.
    patterns.append(QJsonObject{{"pattern", R"((?<message>AH\d{5}: .*))"}, {"same_time", true}});
    auto lines =
        makeRegexFormat(about, QJsonObject{{"patterns", patterns}, {"continuation", true}});
    if (!lines) return lines;
    return std::make_shared<const ErrorFormat>(std::move(about), std::move(*lines),
                                               std::move(source));
}

} // namespace postlude
