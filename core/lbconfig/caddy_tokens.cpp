// SPDX-License-Identifier: GPL-3.0-or-later
// Caddyfile: one directive a line, a '{' at its end opens a block, a '}' alone closes it. Quoted
// texts and here-documents may hold line breaks; "(name) { … }" is a snippet for `import`.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <map>

namespace postlude::lbconfig {

namespace {

struct Token {
    std::string word;
    std::size_t from = 0, to = 0;
    std::uint64_t line = 0, lastLine = 0;
    bool quoted = false;
};

class Lexer {
public:
    explicit Lexer(std::string_view text)
        : text_(text) {}

    /// False at the end. `broken` tells where a quote stays open.
    bool next(Token& token) {
        skipBlanks();
        if (at_ >= text_.size()) return false;
        token = {{}, at_, at_, line_, line_, false};
        const char c = text_[at_];
        if (c == '"' || c == '`')
            quotedWord(c, token);
        else if (text_.substr(at_, 2) == "<<")
            document(token);
        else
            bareWord(token);
        token.to = at_;
        token.lastLine = line_;
        return true;
    }
    std::optional<std::size_t> broken;

private:
    void skipBlanks() {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n')
                ++line_;
            else if (c == '#')
                at_ = std::min(text_.find('\n', at_), text_.size()) - 1;
            else if (c == '\\' && continues())
                --line_; // the line break that follows is none
            else if (c != ' ' && c != '\t' && c != '\r')
                return;
        }
    }

    [[nodiscard]] bool continues() const {
        return text_.substr(at_ + 1, 1) == "\n" || text_.substr(at_ + 1, 2) == "\r\n";
    }

    void quotedWord(char quote, Token& token) {
        token.quoted = true;
        const std::size_t begin = at_++;
        for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
            if (quote == '"' && text_[at_] == '\\' && text_.substr(at_ + 1, 1) == "\"") ++at_;
            line_ += text_[at_] == '\n' ? 1 : 0;
            token.word += text_[at_];
        }
        if (at_ >= text_.size())
            broken = begin;
        else
            ++at_;
    }

    /// "<<MARK" … a line with the mark alone.
    void document(Token& token) {
        const std::size_t begin = at_;
        const auto end = std::min(text_.find_first_of(" \t\r\n", at_), text_.size());
        const std::string_view mark = text_.substr(at_ + 2, end - at_ - 2);
        const bool opens = !mark.empty() && end < text_.size() &&
                           (text_[end] == '\n' || text_.substr(end, 2) == "\r\n");
        if (!opens) return bareWord(token);
        token.quoted = true;
        at_ = end;
        while (at_ < text_.size()) {
            at_ = std::min(text_.find('\n', at_), text_.size());
            if (at_ >= text_.size()) break;
            ++line_;
            const auto word = std::min(text_.find_first_not_of(" \t", ++at_), text_.size());
            const auto after = text_.substr(std::min(word + mark.size(), text_.size()), 1);
            if (text_.substr(word, mark.size()) == mark &&
                (after.empty() ||
                 std::string_view(" \t\r\n").find(after[0]) != std::string_view::npos)) {
                token.word = text_.substr(end, at_ - end);
                at_ = word + mark.size();
                return;
            }
        }
        broken = begin;
    }

    void bareWord(Token& token) {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return;
            if (c == '\\' && continues()) return;
            if (c == '\\' && text_.substr(at_ + 1, 1) == "\"") continue;
            token.word += c;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
};

/// What a block is called in the sections of its directives. Upstreams are left out, so that a
/// server added does not make every other line of the block look changed.
std::string labelOf(const std::vector<std::string>& words, const std::string& text) {
    if (words.empty()) return "global options";
    if (words[0] != "reverse_proxy") return text;
    const bool matcher = words.size() > 1 && !words[1].empty() &&
                         std::string_view("/*@").find(words[1][0]) != std::string_view::npos;
    return matcher ? words[0] + " " + words[1] : words[0];
}

class Reader {
public:
    explicit Reader(std::string_view text)
        : text_(text)
        , lexer_(text) {}

    Result<std::vector<Directive>> read() {
        Token token;
        while (lexer_.next(token)) {
            if (lexer_.broken) return wrong("a quotation mark is not closed", *lexer_.broken);
            if (!line_.empty() && token.line != line_.back().lastLine && !goesOn())
                if (auto done = endLine(); !done) return std::unexpected(done.error());
            line_.push_back(token);
            if (blocks_.size() > kMostBlocks)
                return wrong("blocks are nested too deep", token.from);
            if (out_.size() > kMostDirectives) return wrong("too many directives", token.from);
        }
        if (auto done = endLine(); !done) return std::unexpected(done.error());
        if (!blocks_.empty()) return wrong("this block is not closed", opened_.back());
        return std::move(out_);
    }

private:
    [[nodiscard]] std::unexpected<Error> wrong(const char* what, std::size_t at) const {
        return std::unexpected(wrongAt(what, text_, at));
    }

    [[nodiscard]] static bool is(const Token& token, std::string_view mark) {
        return !token.quoted && token.word == mark;
    }

    /// Addresses of a site may stand on several lines, with commas between them.
    [[nodiscard]] bool goesOn() const {
        return blocks_.empty() && !line_.back().quoted && line_.back().word.ends_with(',');
    }

    Result<void> endLine() {
        std::vector<Token> line;
        line.swap(line_);
        while (!line.empty() && is(line.front(), "}")) {
            if (blocks_.empty()) return wrong("a '}' too many", line.front().from);
            blocks_.pop_back();
            opened_.pop_back();
            line.erase(line.begin());
        }
        if (line.empty()) return {};
        const bool opens = is(line.back(), "{");
        const std::size_t brace = line.back().from;
        if (opens) line.pop_back();
        std::vector<std::string> words;
        for (const Token& t : line)
            words.push_back(t.word);
        std::string text;
        if (!line.empty())
            text = text_.substr(line.front().from, line.back().to - line.front().from);
        std::ranges::replace(text, '\n', ' ');
        const std::string label = opens ? labelOf(words, text) : std::string();
        if (!words.empty())
            out_.push_back({joinedSection(blocks_), std::move(words), std::move(text),
                            line.front().line, 0, static_cast<std::uint16_t>(blocks_.size()),
                            opens});
        if (!opens) return {};
        blocks_.push_back(label);
        opened_.push_back(brace);
        return {};
    }

    std::string_view text_;
    Lexer lexer_;
    std::vector<Token> line_;
    std::vector<std::string> blocks_;
    std::vector<std::size_t> opened_;
    std::vector<Directive> out_;
};

/// "{args[0]}" and "{args.0}" by what was given.
std::string withArguments(std::string text, const std::vector<std::string>& words) {
    constexpr std::size_t kLongest = 1U << 16U; // snippets within snippets multiply
    for (std::size_t i = 2; i < words.size() && text.find("{args") != std::string::npos; ++i)
        for (const std::string& mark :
             {"{args[" + std::to_string(i - 2) + "]}", "{args." + std::to_string(i - 2) + "}"})
            for (auto at = text.find(mark); at != std::string::npos && text.size() < kLongest;
                 at = text.find(mark, at + words[i].size()))
                text.replace(at, mark.size(), words[i]);
    return text;
}

using Snippets = std::map<std::string, std::vector<Directive>>;

Directive placed(const Directive& inner, const Directive& import, const std::string& label) {
    Directive out = inner;
    std::string rest = out.section.substr(std::min(label.size(), out.section.size()));
    if (import.section.empty() && rest.starts_with(" / ")) rest.erase(0, 3);
    out.section = import.section + withArguments(rest, import.words);
    out.depth = static_cast<std::uint16_t>(import.depth + inner.depth - 1);
    out.text = withArguments(out.text, import.words);
    for (std::string& word : out.words)
        word = withArguments(word, import.words);
    if (std::ranges::find(out.words, "{args[:]}") != out.words.end()) {
        std::erase(out.words, "{args[:]}");
        out.words.insert(out.words.end(), import.words.begin() + 2, import.words.end());
    }
    return out;
}

class Snipper {
public:
    explicit Snipper(BalancerConfig& config)
        : config_(config) {}

    void run() {
        for (const Directive& d : config_.directives)
            take(d, 0);
        config_.directives = std::move(out_);
    }

private:
    void take(const Directive& d, int depth) {
        if (++steps_ > kMostDirectives) return;
        if (depth == 0 && d.depth == 0) inside_ = d.words[0].starts_with('(') ? d.words[0] : "";
        if (depth == 0 && !inside_.empty()) return define(d);
        const auto it = d.words[0] == "import" && d.words.size() > 1 && depth < 10
                            ? snippets_.find("(" + d.words[1] + ")")
                            : snippets_.end();
        if (it == snippets_.end()) {
            out_.push_back(d);
            return;
        }
        for (const Directive& inner : it->second)
            take(placed(inner, d, labels_[it->first]), depth + 1);
    }

    void define(const Directive& d) {
        auto& body = snippets_[inside_];
        labels_.try_emplace(inside_, d.text);
        if (d.depth > 0) body.push_back(d);
    }

    BalancerConfig& config_;
    std::string inside_;
    Snippets snippets_;
    std::map<std::string, std::string> labels_; ///< as their sections begin
    std::vector<Directive> out_;
    std::size_t steps_ = 0;
};

} // namespace

Result<std::vector<Directive>> caddyDirectives(std::string_view text) {
    return Reader(text).read();
}

void expandSnippets(BalancerConfig& config) {
    Snipper(config).run();
}

} // namespace postlude::lbconfig
