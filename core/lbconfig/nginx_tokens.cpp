// SPDX-License-Identifier: GPL-3.0-or-later
// nginx: words, ended by ';', or by '{' which opens a block.
#include "core/lbconfig/detail/tokens.h"

namespace postlude::lbconfig {

namespace {

class Scanner {
public:
    explicit Scanner(std::string_view text)
        : text_(text) {}

    Result<std::vector<Directive>> scan() {
        while (skipBlanks()) {
            const char c = text_[at_];
            if (c == ';' || c == '{' || c == '}') {
                if (!endDirective(c)) return wrong("a '}' too many", at_);
                ++at_;
            } else if (const std::size_t begin = at_; !word()) {
                return wrong("a quotation mark is not closed", begin);
            }
            if (blocks_.size() > kMostBlocks) return wrong("blocks are nested too deep", at_);
            if (out_.size() > kMostDirectives) return wrong("too many directives", at_);
        }
        if (!blocks_.empty()) return wrong("this block is not closed", opened_.back());
        if (!words_.empty()) return wrong("a ';' or a block is missing", from_);
        return std::move(out_);
    }

private:
    std::unexpected<Error> wrong(const char* what, std::size_t at) const {
        return std::unexpected(wrongAt(what, text_, at));
    }

    bool skipBlanks() {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n')
                ++line_;
            else if (c == '#')
                at_ = std::min(text_.find('\n', at_), text_.size()) - 1;
            else if (c != ' ' && c != '\t' && c != '\r')
                return true;
        }
        return false;
    }

    static bool endsWord(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';' || c == '{';
    }

    bool word() {
        if (words_.empty()) {
            begun_ = line_;
            from_ = at_;
        }
        std::string out;
        const char quote = text_[at_] == '"' || text_[at_] == '\'' ? text_[at_] : '\0';
        if (quote) ++at_;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (quote ? c == quote : endsWord(c)) break;
            const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
            line_ += c == '\n' ? 1 : 0;
            if (c == '\\' && (next == '"' || next == '\'' || next == '\\')) {
                out += text_[++at_];
            } else if (c == '$' && next == '{') {
                out += "${";
                ++at_;
            } else {
                out += c;
                if (c == '\\' && next != '\0' && next != '\n') out += text_[++at_];
            }
        }
        if (quote && at_ >= text_.size()) return false;
        if (quote) ++at_;
        words_.push_back(std::move(out));
        to_ = at_;
        return true;
    }

    /// The directive as one line.
    [[nodiscard]] std::string written() const {
        std::string out;
        for (const char c : text_.substr(from_, to_ - from_))
            if (c != '\n' && c != '\r' && c != '\t')
                out += c;
            else if (!out.empty() && out.back() != ' ')
                out += ' ';
        return out;
    }

    bool endDirective(char mark) {
        const std::string text = words_.empty() ? std::string() : written();
        const bool opens = mark == '{';
        if (!words_.empty())
            out_.push_back({joinedSection(blocks_), words_, text, begun_, 0,
                            static_cast<std::uint16_t>(blocks_.size()), opens});
        if (opens && !words_.empty() && words_[0].ends_with("_by_lua_block")) {
            skipProgram();
        } else if (opens) {
            blocks_.push_back(text);
            opened_.push_back(at_);
        }
        words_.clear();
        if (mark != '}') return true;
        if (blocks_.empty()) return false;
        blocks_.pop_back();
        opened_.pop_back();
        return true;
    }

    /// Lua between braces; those in its texts and comments do not count.
    void skipProgram() {
        std::size_t depth = 0;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            line_ += c == '\n' ? 1 : 0;
            if (c == '"' || c == '\'')
                skipText(c);
            else if (text_.substr(at_, 2) == "--")
                while (at_ + 1 < text_.size() && text_[at_ + 1] != '\n')
                    ++at_;
            else if (c == '{')
                ++depth;
            else if (c == '}' && --depth == 0)
                return;
        }
        --at_;
    }

    void skipText(char quote) {
        for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_)
            if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') --at_;
    }

    std::string_view text_;
    std::size_t at_ = 0, from_ = 0, to_ = 0;
    std::uint64_t line_ = 1, begun_ = 1;
    std::vector<std::string> words_, blocks_;
    std::vector<std::size_t> opened_;
    std::vector<Directive> out_;
};

} // namespace

Result<std::vector<Directive>> nginxDirectives(std::string_view text) {
    return Scanner(text).scan();
}

} // namespace postlude::lbconfig
