// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/blocks.h"

#include "core/base/text.h"
#include "core/postmortem/detail/lines.h"

#include <algorithm>

namespace postlude::reading {

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("\r\n");
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    return lines;
}

std::string verbatim(const std::vector<std::string_view>& lines, std::size_t first,
                     std::size_t last) {
    std::string out;
    for (std::size_t i = first; i <= last && i < lines.size(); ++i) {
        if (i > first) out += '\n';
        out += lines[i];
    }
    return out;
}

namespace {

class Taker {
public:
    Taker(const std::vector<std::string_view>& lines, std::size_t from)
        : lines_(lines)
        , at_(from)
        , fences_(lines)
        , wrapped_(isHardWrapped(lines, from)) {}

    std::vector<Block> take() {
        while (at_ < lines_.size()) {
            if (blankLine(lines_[at_])) {
                afterBlank_ = true;
                ++at_;
                continue;
            }
            const std::size_t before = blocks_.size();
            takeOne();
            if (blocks_.size() > before) afterBlank_ = false;
        }
        return std::move(blocks_);
    }

private:
    void takeOne() {
        const std::string_view line = lines_[at_];
        if (fences_.opens(at_)) return takeFence();
        if (trimmed(line).starts_with("<!--")) return takeComment();
        if (startsTable(lines_, at_)) return takeTable();
        if (const auto heading = headingOf(line)) return takeHeading(*heading);
        if (isRule(line)) return underlineOrRule();
        if (const auto item = itemOf(line)) return takeItem(*item);
        takeLine(line);
    }

    Block& add(Block::Kind kind, std::size_t last) {
        Block block;
        block.kind = kind;
        block.first = at_;
        block.last = last;
        block.afterBlank = afterBlank_;
        block.indent = indentOf(lines_[at_]);
        at_ = last + 1;
        blocks_.push_back(std::move(block));
        return blocks_.back();
    }

    void takeFence() {
        const std::size_t close = fences_.closeOf(at_);
        const std::string inside =
            close > at_ + 1 ? verbatim(lines_, at_ + 1, close - 1) : std::string();
        add(Block::Kind::Code, close).text = inside;
    }

    /// To the line that ends it; one that is never ended is this line alone.
    void takeComment() {
        std::size_t last = at_;
        if (nextCommentEnd_ == npos || nextCommentEnd_ < at_) {
            nextCommentEnd_ = at_;
            while (nextCommentEnd_ < lines_.size() &&
                   lines_[nextCommentEnd_].find("-->") == std::string_view::npos)
                ++nextCommentEnd_;
        }
        if (nextCommentEnd_ < lines_.size()) last = nextCommentEnd_;
        Block& block = add(Block::Kind::Comment, last);
        block.text = verbatim(lines_, block.first, block.last);
    }

    void takeTable() {
        std::size_t last = at_ + 1;
        while (last + 1 < lines_.size() && lines_[last + 1].find('|') != std::string_view::npos)
            ++last;
        Block& block = add(Block::Kind::Table, last);
        for (std::size_t i = block.first; i <= last; ++i)
            if (i != block.first + 1) block.rows.push_back(cellsOf(lines_[i]));
    }

    void takeHeading(const HeadingLine& heading) {
        Block& block = add(heading.level > 0 ? Block::Kind::Heading : Block::Kind::Item, at_);
        block.level = heading.level;
        block.text = heading.text;
    }

    /// "Timeline" over "--------" is a heading; a rule alone says nothing.
    void underlineOrRule() {
        const bool follows = !afterBlank_ && !blocks_.empty() && blocks_.back().last + 1 == at_;
        const std::string_view rule = trimmed(lines_[at_]);
        const bool line = rule.find_first_not_of(rule.front()) == std::string_view::npos &&
                          (rule.front() == '=' || rule.front() == '-');
        if (follows && line && blocks_.back().kind == Block::Kind::Text &&
            blocks_.back().first == blocks_.back().last && blocks_.back().text.size() <= 100) {
            blocks_.back().kind = Block::Kind::Heading;
            blocks_.back().level = rule.front() == '=' ? 1 : 2;
            blocks_.back().last = at_;
        }
        ++at_;
    }

    void takeItem(const ItemLine& item) {
        Block& block = add(Block::Kind::Item, at_);
        block.ordered = item.ordered;
        block.checked = item.checked;
        block.text = item.text;
    }

    void takeLine(std::string_view line) {
        if (continues(line)) {
            Block& block = blocks_.back();
            block.text += ' ';
            block.text += trimmed(line);
            block.last = at_++;
            return;
        }
        const std::string_view text = unquoted(line);
        Block& block = add(Block::Kind::Text, at_);
        block.text = text;
    }

    [[nodiscard]] bool continues(std::string_view line) const {
        if (afterBlank_ || blocks_.empty() || blocks_.back().last + 1 != at_) return false;
        const Block& before = blocks_.back();
        if (before.kind != Block::Kind::Text && before.kind != Block::Kind::Item) return false;
        if (whollyBold(before.text)) return false;
        return goesOn(lines_[at_ - 1], line, wrapped_);
    }

    static constexpr std::size_t npos = std::string_view::npos;
    const std::vector<std::string_view>& lines_;
    std::size_t at_;
    Fences fences_;
    bool wrapped_;
    bool afterBlank_ = true;
    std::size_t nextCommentEnd_ = npos;
    std::vector<Block> blocks_;
};

} // namespace

std::vector<Block> blocksOf(const std::vector<std::string_view>& lines, std::size_t from) {
    return Taker(lines, from).take();
}

} // namespace postlude::reading
