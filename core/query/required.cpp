// SPDX-License-Identifier: GPL-3.0-or-later
// Walks through the expression once. A part is known either exactly, as the few texts that it can
// be, or only by texts of which its matches hold one. Parts known exactly that follow each other
// are multiplied out: 50[24] becomes 502 and 504.
#include "core/query/detail/required.h"

#include <algorithm>
#include <optional>

namespace postlude {

namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kMostTexts = 16;
constexpr int kDeepest = 40;

struct Part {
    bool exact = false;
    bool plain = false; ///< exact, and nothing stands in it that looks around (^, \b)
    Texts texts;        ///< empty and not exact: nothing is known
};

struct NotUnderstood {};

std::size_t shortest(const Texts& texts) {
    std::size_t size = texts.empty() ? 0 : texts.front().size();
    for (const std::string& text : texts)
        size = std::min(size, text.size());
    return size;
}

/// Longer ones are rarer; fewer ones are found faster.
bool isBetter(const Texts& a, const Texts& b) {
    const auto worth = [](const Texts& texts) {
        return 8 * static_cast<int>(std::min<std::size_t>(shortest(texts), 16)) -
               static_cast<int>(texts.size());
    };
    return shortest(a) > 0 && (shortest(b) == 0 || worth(a) > worth(b));
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Parts one after the other.
class Chain {
public:
    void add(const Part& part) {
        plain_ = plain_ && part.plain;
        if (part.exact && run_.size() * part.texts.size() <= kMostTexts) {
            Texts longer;
            for (const std::string& head : run_)
                for (const std::string& tail : part.texts)
                    longer.push_back(head + tail);
            run_ = std::move(longer);
            return;
        }
        cut();
        if (part.exact)
            run_ = part.texts;
        else
            offer(part.texts);
    }
    /// What comes next does not join what was before.
    void cut() {
        whole_ = false;
        offer(run_);
        run_ = {""};
    }
    Part take() {
        if (whole_) return {true, plain_, run_};
        cut();
        return {false, false, best_};
    }

private:
    void offer(const Texts& texts) {
        if (isBetter(texts, best_)) best_ = texts;
    }
    Texts run_{""}, best_;
    bool whole_ = true, plain_ = true;
};

class Walk {
public:
    explicit Walk(std::string_view pattern)
        : left_(pattern) {}

    Required walk() {
        Required required;
        anyCase_ = required.anyCase = takeFlags();
        const Part part = alternatives(0);
        if (!left_.empty()) throw NotUnderstood{};
        if (shortest(part.texts) == 0) return {};
        required.texts = part.texts;
        required.whole = part.exact && part.plain;
        return required;
    }

private:
    /// (?i) and its like at the very beginning: whether case does not count.
    bool takeFlags() {
        if (!left_.starts_with("(?")) return false;
        const std::size_t end = left_.find_first_not_of("imsU", 2);
        if (end == std::string_view::npos || end == 2 || left_[end] != ')') return false;
        const bool anyCase = left_.substr(2, end - 2).find('i') != std::string_view::npos;
        left_.remove_prefix(end + 1);
        return anyCase;
    }

    Part alternatives(int depth) {
        if (depth > kDeepest) throw NotUnderstood{};
        Part all = sequence(depth);
        while (take('|')) {
            Part next = sequence(depth);
            all.exact = all.exact && next.exact;
            all.plain = all.plain && next.plain;
            const bool known = shortest(all.texts) > 0 && shortest(next.texts) > 0;
            all.texts.insert(all.texts.end(), next.texts.begin(), next.texts.end());
            if (all.texts.size() > kMostTexts || (!all.exact && !known)) all = {};
        }
        return all;
    }

    Part sequence(int depth) {
        Chain chain;
        while (!left_.empty() && left_.front() != '|' && left_.front() != ')') {
            const Part one = atom(depth);
            repeat(one, chain);
        }
        return chain.take();
    }

    /// Adds the atom as often as what stands behind it says.
    void repeat(const Part& one, Chain& chain) {
        std::size_t least = 1;
        bool once = true;
        while (const auto times = takeRepeat()) {
            least *= *times;
            once = false;
            take('?');
        }
        if (once) return chain.add(one);
        if (least > 0) chain.add(one);
        chain.cut();
    }

    /// The least number of times that the next sign asks for.
    std::optional<std::size_t> takeRepeat() {
        if (take('*') || take('?')) return 0;
        if (take('+')) return 1;
        if (left_.size() < 2 || left_.front() != '{' || !isDigit(left_[1])) return {};
        const std::size_t end = left_.find('}');
        if (end == std::string_view::npos ||
            left_.substr(1, end - 1).find_first_not_of("0123456789,") != std::string_view::npos)
            throw NotUnderstood{};
        const bool never = left_.substr(1, left_.find_first_of(",}") - 1).find_first_not_of('0') ==
                           std::string_view::npos;
        left_.remove_prefix(end + 1);
        return never ? 0 : 1;
    }

    Part atom(int depth) {
        const char c = left_.front();
        left_.remove_prefix(1);
        switch (c) {
        case '(':
            return group(depth);
        case '[':
            return bracketed();
        case '\\':
            return escaped();
        case '.':
            return {};
        case '^':
        case '$':
            return {true, false, {""}};
        case '*':
        case '+':
        case '?':
            throw NotUnderstood{};
        default:
            return literal(c);
        }
    }

    Part group(int depth) {
        if (left_.starts_with("?:"))
            left_.remove_prefix(2);
        else if (left_.starts_with("?P<"))
            left_.remove_prefix(std::min(left_.find('>'), left_.size() - 1) + 1);
        else if (left_.starts_with('?'))
            throw NotUnderstood{};
        Part inner = alternatives(depth + 1);
        if (!take(')')) throw NotUnderstood{};
        return inner;
    }

    Part literal(char first) {
        std::string text(1, first);
        // One character, however many bytes: what repeats it repeats all of them.
        while (!left_.empty() && (static_cast<unsigned char>(first) & 0x80U) != 0 &&
               (static_cast<unsigned char>(left_.front()) & 0xC0U) == 0x80U) {
            text += left_.front();
            left_.remove_prefix(1);
        }
        if (!anyCase_) return {true, true, {text}};
        if (text.size() > 1) return {};
        const char low = isLetter(first) ? static_cast<char>(first | 0x20) : first;
        // K and S have relatives outside of ASCII that are the same to RE2: the signs of Kelvin
        // and of the long s.
        if (low == 'k') return {true, true, {"k", "\xe2\x84\xaa"}};
        if (low == 's') return {true, true, {"s", "\xc5\xbf"}};
        return {true, true, {std::string(1, low)}};
    }

    Part escaped() {
        if (left_.empty()) throw NotUnderstood{};
        const char c = left_.front();
        left_.remove_prefix(1);
        switch (c) {
        case 'd':
        case 'D':
        case 's':
        case 'S':
        case 'w':
        case 'W':
            return {};
        case 'b':
        case 'B':
        case 'A':
        case 'z':
            return {true, false, {""}};
        case 't':
            return literal('\t');
        case 'n':
            return literal('\n');
        default:
            if (isLetter(c) || isDigit(c) || static_cast<unsigned char>(c) >= 0x80)
                throw NotUnderstood{};
            return literal(c);
        }
    }

    /// A class of a few plain characters, or of a short range, is known exactly.
    Part bracketed() {
        std::string members;
        bool known = !left_.starts_with('^');
        if (!known) left_.remove_prefix(1);
        for (bool first = true; first || !left_.starts_with(']'); first = false) {
            if (left_.empty()) throw NotUnderstood{};
            if (left_.starts_with("[:") || left_.starts_with("\\p") || left_.starts_with("\\P") ||
                left_.starts_with("\\Q") || left_.starts_with("\\x"))
                throw NotUnderstood{};
            known = takeMember(members) && known;
        }
        left_.remove_prefix(1);
        if (!known || members.size() > kMostTexts) return {};
        Part part{true, true, {}};
        for (const char c : members) {
            const Part one = literal(c);
            if (!one.exact) return {};
            part.texts.insert(part.texts.end(), one.texts.begin(), one.texts.end());
        }
        return part;
    }

    /// False if what it stands for is not added to `members`.
    bool takeMember(std::string& members) {
        char c = left_.front();
        left_.remove_prefix(1);
        if (static_cast<unsigned char>(c) >= 0x80) return false;
        if (c == '\\') {
            if (left_.empty()) throw NotUnderstood{};
            c = left_.front();
            left_.remove_prefix(1);
            if (isLetter(c) || isDigit(c)) return false;
        }
        char last = c;
        if (left_.size() > 1 && left_.front() == '-' && left_[1] != ']') {
            last = left_[1];
            if (last == '\\' || last == '[' || static_cast<unsigned char>(last) >= 0x80)
                throw NotUnderstood{};
            left_.remove_prefix(2);
        }
        if (last < c || last - c >= static_cast<int>(kMostTexts)) return false;
        for (int member = c; member <= last; ++member)
            members += static_cast<char>(member);
        return true;
    }

    bool take(char c) {
        if (!left_.starts_with(c)) return false;
        left_.remove_prefix(1);
        return true;
    }

    std::string_view left_;
    bool anyCase_ = false;
};

} // namespace

Required requiredBy(std::string_view pattern) {
    try {
        return Walk(pattern).walk();
    } catch (const NotUnderstood&) {
        return {};
    }
}

} // namespace postlude
