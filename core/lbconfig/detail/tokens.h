// SPDX-License-Identifier: GPL-3.0-or-later
// From text to directives: one tokenizer a dialect, each with its own rules for quotes,
// escapes, comments and blocks.
#pragma once

#include "core/lbconfig/lbconfig.h"

namespace postlude::lbconfig {

Result<std::vector<Directive>> haproxyDirectives(std::string_view text);
Result<std::vector<Directive>> nginxDirectives(std::string_view text);
Result<std::vector<Directive>> apacheDirectives(std::string_view text);
Result<std::vector<Directive>> caddyDirectives(std::string_view text);

/// Fills frontends and backends from the directives.
void interpretHaproxy(BalancerConfig& config);
void interpretNginx(BalancerConfig& config);
void interpretApache(BalancerConfig& config);
void interpretCaddy(BalancerConfig& config);

/// Walks lines; joins nothing. Takes "\r\n" too.
class Lines {
public:
    explicit Lines(std::string_view text)
        : rest_(text) {}
    bool next(std::string_view& line);
    [[nodiscard]] std::uint64_t number() const { return number_; }

private:
    std::string_view rest_;
    std::uint64_t number_ = 0;
};

/// How a line-based dialect writes words.
struct WordRules {
    bool backslashEscapes = true; ///< outside quotes
    bool singleQuotes = true;
    bool backticks = false;
    bool commentAnywhere = true; ///< '#' begins a comment at the start of any word
};
/// Words of one line and its text without comment. Error text: what is not closed.
struct Words {
    std::vector<std::string> words;
    std::string text;
};
Result<Words> wordsOf(std::string_view line, const WordRules& rules, std::uint64_t number);

std::string lowered(std::string_view text);
std::optional<double> numberFrom(std::string_view text);
/// "http://a:80/x" → "a:80"; "unix:/run/x" stays.
std::string addressOf(std::string_view url);
Error notUnderstood(std::string what, std::uint64_t line);

} // namespace postlude::lbconfig
