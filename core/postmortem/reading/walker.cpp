// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/walker.h"

#include "core/base/text.h"

#include <algorithm>

namespace postlude::reading {

namespace {

/// What a block would be called, if it is a heading: the part it names.
std::optional<Name> nameOfHeading(const Block& block) {
    if (block.kind == Block::Kind::Heading || whollyBold(block.text)) {
        if (const auto name = namedExactly(plainText(block.text))) return name;
        if (const auto label = labelOf(block.text)) return namedExactly(label->name);
    }
    return {};
}

/// Parts that nobody names on a line of their own without meaning the part.
bool standsAlone(Name name) {
    return name == Name::RootCause || name == Name::Resolution || name == Name::Tasks ||
           name == Name::Improvements || name == Name::Well || name == Name::Wrong ||
           name == Name::Lucky || name == Name::Declined;
}

} // namespace

void Walker::walk() {
    findSecond();
    findTail();
    headless_ = std::ranges::all_of(blocks_, [&](const Block& block) {
        return block.kind == Block::Kind::Text && !plainHeading(block) && !whollyBold(block.text);
    });
    for (at_ = 0; at_ < blocks_.size(); ++at_) {
        if (at_ == second_) {
            to_.remark(blocks_[at_].first,
                       "another postmortem begins here; it is kept as it stands and not read");
            to_.keep(blocks_[at_].first, blocks_.back().last);
            break;
        }
        take(blocks_[at_]);
    }
    if (toldTimes_ && !to_.clues.start && !to_.clues.end)
        noteTimes(toldTimes_->first, toldTimes_->second);
    to_.finish();
}

/// A second summary, with a second timeline or cause behind it, is another document.
void Walker::findSecond() {
    std::vector<std::pair<std::size_t, Name>> named;
    for (std::size_t i = 0; i < blocks_.size(); ++i)
        if (const auto name = nameOfHeading(blocks_[i])) named.emplace_back(i, *name);
    bool summary = false;
    bool body = false;
    const auto isBody = [](Name name) {
        return name == Name::Timeline || name == Name::Cause || name == Name::RootCause;
    };
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (named[i].second == Name::Summary && summary && body) {
            const bool more =
                std::any_of(named.begin() + static_cast<std::ptrdiff_t>(i), named.end(),
                            [&](const auto& n) { return isBody(n.second); });
            if (!more) return;
            second_ = named[i].first;
            // Its title stands before it.
            for (std::size_t b = named[i].first; b-- > 0 && b + 4 > named[i].first;)
                if (blocks_[b].kind == Block::Kind::Heading &&
                    blocks_[b].level <= blocks_[named[i].first].level) {
                    const auto name = nameOfHeading(blocks_[b]);
                    if (!name || *name == Name::Title) second_ = b;
                    break;
                }
            return;
        }
        const Name name = named[i].second;
        summary =
            summary || name == Name::Summary || name == Name::Impact || name == Name::Duration;
        body = body || isBody(named[i].second);
    }
}

void Walker::findTail() {
    tail_ = blocks_.size();
    while (tail_ > 0) {
        const Block& block = blocks_[tail_ - 1];
        if (block.kind != Block::Kind::Text || whollyBold(block.text)) break;
        const auto label = labelOf(block.text);
        if (label && namedExactly(label->name)) break;
        std::string_view text = block.text;
        if (takeTaskNumber(text) || plainHeading(block)) break;
        --tail_;
    }
}

/// A name that stands alone on its line: "Timeline", "Root cause:".
bool Walker::plainHeading(const Block& block) const {
    if (block.kind != Block::Kind::Text || block.first != block.last || block.text.size() > 80)
        return false;
    const bool colon = block.text.ends_with(':');
    if (!block.afterBlank && !colon) return false;
    const std::string plain = plainText(block.text);
    auto name = namedExactly(plain);
    // "Timeline (all times in UTC):"
    if (!name && (plain.ends_with(')') || plain.ends_with("):")))
        name = namedExactly(trimmed(std::string_view(plain).substr(0, plain.find('('))));
    if (!name) return false;
    if (block.afterBlank && *name <= Name::Conclusion && *name != Name::Title) return true;
    if (block.afterBlank && standsAlone(*name)) return true;
    return colon &&
           (*name <= Name::Conclusion || (block.afterBlank && *name <= Name::Verification));
}

/// Prose behind the list that ends the last part takes leave of the reader.
bool Walker::tailStarts(const Block& block) const {
    const bool listing = section_ == Section::Measures || section_ == Section::Lessons ||
                         section_ == Section::Timeline;
    return listing && at_ >= tail_ && block.afterBlank && pieces_ > 0 &&
           (lastWasItem_ || !lastAfterBlank_);
}

/// "1. Summary", "2. Timeline (CEST)" over deeper items: an outline for a document.
bool Walker::headsItems(const Block& block) const {
    if (block.kind != Block::Kind::Item || block.checked || !groupsTasks(block)) return false;
    const std::string plain = plainText(block.text);
    auto name = namedExactly(plain);
    if (!name && plain.ends_with(')'))
        name = namedExactly(trimmed(std::string_view(plain).substr(0, plain.find('('))));
    if (!name || name == Name::Title) return false;
    const bool field = *name <= Name::Resolution && section_ == Section::Summary;
    return *name <= Name::Conclusion || field || standsAlone(*name);
}

void Walker::take(const Block& block) {
    switch (block.kind) {
    case Block::Kind::Comment:
        return to_.keepBlock(block);
    case Block::Kind::Table:
        sectionEmpty_ = false;
        return table(block);
    case Block::Kind::Code:
        if (section_ == Section::Timeline && open_ && open_->heading &&
            to_.document().timeline.back().text.empty()) {
            to_.document().timeline.back().text = block.text;
            return;
        }
        return to_.keepBlock(block);
    case Block::Kind::Heading:
        return heading(block, block.level, block.text);
    case Block::Kind::Text:
    case Block::Kind::Item:
        break;
    }
    if (block.text.starts_with("![") && block.text.ends_with(')')) return to_.keepBlock(block);
    constexpr int boldLevel = 7;
    constexpr int plainLevel = 8;
    constexpr std::size_t longest = 80;
    if (block.kind == Block::Kind::Text) {
        const auto bold = whollyBold(block.text);
        if (bold && bold->size() <= longest && !bold->ends_with('.'))
            return heading(block, boldLevel, *bold);
        if (plainHeading(block)) return heading(block, plainLevel, block.text);
        if (tailStarts(block)) enter(Section::Conclusion, 0);
    } else if (headsItems(block)) {
        return heading(block,
                       plainLevel + 1 + static_cast<int>(std::min<std::size_t>(block.indent, 40)),
                       block.text);
    } else if (const auto label = labelOf(block.text); label && label->rest.empty()) {
        const auto name = namedExactly(label->name);
        if (name && *name <= Name::Conclusion && *name != Name::Title)
            return heading(
                block, plainLevel + 1 + static_cast<int>(std::min<std::size_t>(block.indent, 40)),
                label->name);
    }
    piece(block, block.text);
    lastAfterBlank_ = block.afterBlank;
    lastWasItem_ = block.kind == Block::Kind::Item;
    ++pieces_;
    sectionEmpty_ = false;
}

} // namespace postlude::reading
