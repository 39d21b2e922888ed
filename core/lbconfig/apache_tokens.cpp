// SPDX-License-Identifier: GPL-3.0-or-later
// Apache httpd: one directive a line ('\' continues it), <Section> … </Section>.
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

namespace postlude::lbconfig {

namespace {

constexpr WordRules kRules{.backslashEscapes = false,
                           .escapable = "\"\\",
                           .singleQuotes = true,
                           .backticks = false,
                           .comments = false,
                           .commentInsideWord = false};

/// Lines joined where a '\' ends them.
class Joined {
public:
    explicit Joined(std::string_view text)
        : lines_(text) {}
    bool next(std::string& out) {
        std::string_view line;
        if (!lines_.next(line)) return false;
        number = lines_.number();
        offset = lines_.offset();
        out = line;
        while (!out.empty() && out.back() == '\\' && lines_.next(line)) {
            out.pop_back();
            out += line;
        }
        return true;
    }
    std::uint64_t number = 0; ///< of the first
    std::size_t offset = 0;

private:
    Lines lines_;
};

struct Block {
    std::string text, name;
    std::size_t offset = 0;
};

class Reader {
public:
    explicit Reader(std::string_view text)
        : text_(text)
        , lines_(text) {}

    Result<std::vector<Directive>> read() {
        std::string line;
        while (lines_.next(line)) {
            const std::string_view body = trimmed(line);
            if (const auto read = body.starts_with("</") ? end(body) : one(line, body); !read)
                return std::unexpected(read.error());
            if (blocks_.size() > kMostBlocks) return wrong("sections are nested too deep");
            if (out_.size() > kMostDirectives) return wrong("too many directives");
        }
        if (!blocks_.empty())
            return std::unexpected(
                wrongAt("this section is not closed", text_, blocks_.back().offset));
        return std::move(out_);
    }

private:
    [[nodiscard]] std::unexpected<Error> wrong(const std::string& what) const {
        return std::unexpected(wrongAt(what, text_, lines_.offset));
    }

    Result<void> end(std::string_view body) {
        if (blocks_.empty()) return wrong("a section ends that was not begun");
        const std::string name = lowerCase(body.substr(2, body.find_first_of(" >\t", 2) - 2));
        if (name != blocks_.back().name)
            return wrong("<" + visible(blocks_.back().name) + "> ends as </" + visible(name) + ">");
        blocks_.pop_back();
        return {};
    }

    Result<void> one(const std::string& line, std::string_view body) {
        const bool opens = body.starts_with('<') && body.ends_with('>');
        const std::string_view inner = opens ? body.substr(1, body.size() - 2) : line;
        auto words = wordsOf(inner, kRules, lines_.number);
        if (!words) {
            words.error().place.offset += lines_.offset;
            return std::unexpected(words.error());
        }
        if (words->words.empty()) return {};
        const std::string written(opens ? body : std::string_view(words->text));
        const std::string name = lowerCase(words->words[0]);
        std::vector<std::string> sections;
        for (const Block& b : blocks_)
            sections.push_back(b.text);
        out_.push_back({joinedSection(sections), std::move(words->words), written, lines_.number, 0,
                        static_cast<std::uint16_t>(blocks_.size()), opens});
        if (opens) blocks_.push_back({written, name, lines_.offset});
        return {};
    }

    std::string_view text_;
    Joined lines_;
    std::vector<Block> blocks_;
    std::vector<Directive> out_;
};

} // namespace

Result<std::vector<Directive>> apacheDirectives(std::string_view text) {
    return Reader(text).read();
}

} // namespace postlude::lbconfig
