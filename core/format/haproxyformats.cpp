// SPDX-License-Identifier: GPL-3.0-or-later
// Log formats in haproxy.cfg: log-format, error-log-format and the options that stand for one, with
// what sections have from their defaults and which headers they capture.
#include "core/format/detail/configformats.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace postlude {

namespace {

/// What a backslash and the letter behind it stand for; nothing: for themselves.
std::optional<char> unhidden(char letter) {
    switch (letter) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case ' ':
    case '#':
    case '"':
    case '\'':
    case '\\':
        return letter;
    default:
        return {};
    }
}

/// One argument of a haproxy.cfg line: HAProxy's quoting rules (configuration manual, 2.2).
std::string takeArgument(std::string_view& line) {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    std::string out;
    char quote = 0;
    std::size_t i = 0;
    for (; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && (c == ' ' || c == '\t')) break;
        if (quote == 0 && c == '#') {
            i = line.size();
            break;
        }
        const auto meant = c == '\\' && quote != '\'' && i + 1 < line.size()
                               ? unhidden(line[i + 1])
                               : std::optional<char>{};
        if (meant)
            out += *meant, ++i;
        else if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = 0;
        else
            out += c;
    }
    line.remove_prefix(i);
    return out;
}

constexpr bool isSection(std::string_view word) {
    return word == "frontend" || word == "backend" || word == "listen" || word == "defaults" ||
           word == "global" || word == "userlist" || word == "peers" || word == "resolvers" ||
           word == "cache" || word == "program" || word == "mailers" || word == "ring" ||
           word == "http-errors" || word == "log-forward" || word == "crt-store" ||
           word == "log-profile" || word == "acme" || word == "traces";
}

/// What a section says, or has from its defaults, about what it logs.
struct Settings {
    std::string format, errorFormat, structured;
    std::uint64_t line = 0; ///< where `format` stands
};

/// Captures may stand behind the log-format, so formats are finished at the section's end.
class HaproxyFormats {
public:
    std::vector<DefinedFormat> run(std::string_view config) {
        while (!config.empty()) {
            std::string_view line = takeConfigLine(config);
            ++number_;
            readLine(line);
        }
        endSection();
        joinFrontends();
        // The same string with the captures of a section that has it from there reads more.
        for (DefinedFormat& format : fromDefaults_)
            if (std::ranges::find(found_, format.line, &DefinedFormat::line) == found_.end())
                found_.push_back(std::move(format));
        return std::move(found_);
    }

private:
    void readLine(std::string_view line) {
        const std::string word = takeArgument(line);
        if (isSection(word)) {
            endSection();
            beginSection(word, line);
        } else if (word == "log-format") {
            setFormat(takeArgument(line));
        } else if (word == "error-log-format") {
            settings_.errorFormat = takeArgument(line);
            own_ = true;
        } else if (word == "log-format-sd") {
            settings_.structured = takeArgument(line);
            own_ = true;
        } else if (word == "on" && word_ == "log-profile") {
            readStep(line);
        } else if (word == "option") {
            readOption(line);
        } else if (word == "capture") {
            readCapture(line);
        } else if (word == "declare") {
            declareSlot(line);
        } else if (word == "http-request" || word == "tcp-request") {
            readRule(line);
        }
    }

    /// "frontend www from base"
    void beginSection(const std::string& word, std::string_view line) {
        word_ = word;
        name_ = takeArgument(line);
        const bool named = takeArgument(line) == "from";
        const std::string from = named ? takeArgument(line) : lastDefaults_;
        settings_ = word == "defaults" && !named ? Settings{} : defaults_[from];
    }

    void setFormat(std::string text) {
        settings_.format = std::move(text);
        settings_.line = number_;
        own_ = true;
    }

    /// "option httplog", "option httplog clf" …
    void readOption(std::string_view line) {
        const std::string option = takeArgument(line);
        const bool clf = takeArgument(line) == "clf";
        if (option == "httplog") setFormat(clf ? "clf" : option);
        if (option == "tcplog") setFormat(clf ? "tcpclf" : option);
        if (option == "httpslog") setFormat(option);
    }

    /// "on close format STRING sd STRING": the format of one step of a profile (3.1).
    void readStep(std::string_view line) {
        takeArgument(line);
        HaproxyCaptures captures;
        std::string format;
        for (std::string word = takeArgument(line); !word.empty(); word = takeArgument(line)) {
            if (word == "format") format = takeArgument(line);
            if (word == "sd") captures.structured = takeArgument(line);
        }
        if (!format.empty())
            found_.push_back({"haproxy", name_, std::move(format), std::move(captures), number_});
    }

    std::vector<std::string>& sideOf(std::string_view side) {
        return side == "request" ? captures_.request : captures_.response;
    }

    /// "capture request header Host len 40"
    void readCapture(std::string_view line) {
        const std::string side = takeArgument(line);
        if (takeArgument(line) != "header") return;
        sideOf(side).push_back(takeArgument(line));
    }

    /// "declare capture request len 40": rules fill it.
    void declareSlot(std::string_view line) {
        if (takeArgument(line) != "capture") return;
        const std::string side = takeArgument(line);
        auto& slots = sideOf(side);
        slots.push_back(fmt::format("capture.{}.hdr({})", side.substr(0, 3), slots.size()));
    }

    /// "http-request capture req.hdr(Host) len 40" makes a slot of its own.
    void readRule(std::string_view line) {
        std::string verb = takeArgument(line);
        if (verb == "content") verb = takeArgument(line);
        if (verb != "capture") return;
        const std::string sample = takeArgument(line);
        if (takeArgument(line) != "len") return;
        const bool header = sample.starts_with("req.hdr(") && sample.ends_with(')');
        captures_.request.push_back(header ? sample.substr(8, sample.size() - 9) : sample);
    }

    void endSection() {
        if (word_ == "defaults") {
            defaults_[name_] = settings_;
            lastDefaults_ = name_;
        }
        const bool logs = word_ == "frontend" || word_ == "listen" || word_ == "defaults";
        const bool differs = own_ || captures_ != HaproxyCaptures{};
        if (logs && differs && !settings_.format.empty()) {
            captures_.errorFormat = settings_.errorFormat;
            captures_.structured = settings_.structured;
            auto& list = word_ == "defaults" ? fromDefaults_ : found_;
            list.push_back({"haproxy", name_.empty() ? word_ : name_, settings_.format,
                            std::move(captures_), settings_.line});
        }
        captures_ = {};
        own_ = false;
        word_.clear();
    }

    /// Frontends in one log can only be told by their names, so that one format must know what
    /// each captures.
    void joinFrontends() {
        for (std::size_t i = 0; i < found_.size(); ++i) {
            HaproxyCaptures& first = found_[i].captures;
            for (std::size_t j = i + 1; j < found_.size();) {
                HaproxyCaptures& other = found_[j].captures;
                const bool same = found_[j].text == found_[i].text &&
                                  other.errorFormat == first.errorFormat &&
                                  other.structured == first.structured;
                if (!same) {
                    ++j;
                    continue;
                }
                first.others.push_back(
                    {found_[j].name, std::move(other.request), std::move(other.response)});
                found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(j));
            }
        }
    }

    std::uint64_t number_ = 0;
    std::string word_, name_; ///< of the section
    bool own_ = false;        ///< the section says itself what it logs
    Settings settings_;
    HaproxyCaptures captures_;
    std::map<std::string, Settings, std::less<>> defaults_;
    std::string lastDefaults_;
    std::vector<DefinedFormat> found_, fromDefaults_;
};

} // namespace

std::vector<DefinedFormat> haproxyFormats(std::string_view config) {
    return HaproxyFormats{}.run(config);
}

} // namespace postlude
