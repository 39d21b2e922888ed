// SPDX-License-Identifier: GPL-3.0-or-later
// From text to directives: one tokenizer a dialect, each with its own rules for quotes,
// escapes, comments and blocks; and small readers of values.
#pragma once

#include "core/base/lowercase.h"
#include "core/lbconfig/lbconfig.h"

namespace postlude::lbconfig {

Result<std::vector<Directive>> haproxyDirectives(std::string_view text);
Result<std::vector<Directive>> nginxDirectives(std::string_view text);
Result<std::vector<Directive>> apacheDirectives(std::string_view text);
Result<std::vector<Directive>> caddyDirectives(std::string_view text);

/// Directives of the text and of all it includes, into config.directives, config.files and
/// config.missing. Error: of any of the files, named in its place.
Result<void> readWithIncludes(BalancerConfig& config, std::string_view text,
                              const ConfigFiles& others);
/// Puts Caddy's snippets "(name) { … }" where they are imported.
void expandSnippets(BalancerConfig& config);

/// Fills frontends and backends from the directives.
void interpretHaproxy(BalancerConfig& config);
void interpretNginx(BalancerConfig& config);
void interpretApache(BalancerConfig& config);
void interpretCaddy(BalancerConfig& config);
/// Of YAML, JSON and TOML; the directives are the members that hold a plain value.
Result<void> readTraefik(BalancerConfig& config, std::string_view text);
Result<void> readEnvoy(BalancerConfig& config, std::string_view text);

/// Walks lines; joins nothing. Takes "\r\n" too.
class Lines {
public:
    explicit Lines(std::string_view text)
        : text_(text) {}
    bool next(std::string_view& line);
    [[nodiscard]] std::uint64_t number() const { return number_; }
    /// Of the line's first byte.
    [[nodiscard]] std::size_t offset() const { return begun_; }

private:
    std::string_view text_;
    std::size_t at_ = 0, begun_ = 0;
    std::uint64_t number_ = 0;
};

/// How a line-based dialect writes words.
struct WordRules {
    bool backslashEscapes = true;           ///< outside quotes
    std::string_view escapable = " \\#'\""; ///< before all else a backslash stands for itself
    bool singleQuotes = true;
    bool backticks = false;
    bool comments = true;          ///< '#' begins one at the start of a word, not of a line alone
    bool commentInsideWord = true; ///< … and within a word
};
/// Words of one line and its text without comment.
struct Words {
    std::vector<std::string> words;
    std::string text;
};
/// Error: the quotation mark that is not closed; its offset is that within the line.
Result<Words> wordsOf(std::string_view line, const WordRules& rules, std::uint64_t number);

std::optional<double> numberFrom(std::string_view text);
/// A number that is a count; nothing if it is negative, broken or beyond 2^53.
std::optional<std::uint64_t> countFrom(std::string_view text);
/// "2s", "1m30s", "500", "1.5s" with the unit that a bare number has, in milliseconds.
std::optional<double> millisecondsFrom(std::string_view text, double bareUnitMs);
/// "http://a:80/x" → "a:80"; "unix:/run/x" stays.
std::string addressOf(std::string_view url);
/// Of "host:port"; nothing without one or if it is no number.
std::optional<std::uint16_t> portOf(std::string_view address);
std::string joined(const std::vector<std::string>& words, std::size_t from);
/// "http / upstream app".
std::string joinedSection(const std::vector<std::string>& blocks);

/// Bounds that keep a hostile text from filling the memory.
inline constexpr std::size_t kMostBlocks = 100;         ///< within each other
inline constexpr std::size_t kMostDirectives = 300'000; ///< with those included

/// The error at a byte of the text.
Error wrongAt(const std::string& what, std::string_view text, std::size_t at);
/// The places of errors: `column` from 1, in bytes.
Error notUnderstood(const std::string& what, std::uint64_t line, std::uint64_t column,
                    std::uint64_t offset);

} // namespace postlude::lbconfig
