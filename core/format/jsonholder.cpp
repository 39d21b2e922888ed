// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/jsonholder.h"

namespace postlude {

namespace {

constexpr int kDeepest = 16; ///< of arrays and objects that are gone into

class Walk {
public:
    Walk(std::string_view text, std::vector<JsonPiece>& found)
        : text_(text)
        , found_(found) {}

    /// All documents; false if the text ends within one.
    bool all(std::string_view path) {
        for (skipBlanks(); at_ < text_.size(); skipBlanks()) {
            const std::size_t before = at_;
            if (!value(path, 0)) return false;
            if (at_ == before) ++at_; // stray bytes between documents
        }
        return true;
    }

private:
    [[nodiscard]] bool more() const { return at_ < text_.size(); }

    void skipBlanks() {
        while (more() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' ||
                          text_[at_] == '\r'))
            ++at_;
    }

    /// Behind the closing quote; the inside to `inside`, not unescaped.
    bool string(std::string_view& inside) {
        const std::size_t start = ++at_;
        for (; more(); ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            else if (text_[at_] == '"')
                break;
        }
        if (!more()) return false;
        inside = text_.substr(start, at_ - start);
        ++at_;
        return true;
    }

    bool skip() {
        std::string_view ignored;
        std::size_t open = 0;
        for (; more(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                if (!string(ignored)) return false;
                if (open == 0) return true;
                --at_; // behind it already
            } else if (c == '{' || c == '[') {
                ++open;
            } else if (c == '}' || c == ']') {
                if (open == 0) return true; // of what this value stands in
                if (--open == 0) return ++at_, true;
            } else if (open == 0 && (c == ',' || c == '\n' || c == ' ')) {
                return true;
            }
        }
        return open == 0;
    }

    /// The value here: looked into as far as the path wants, else skipped.
    bool value(std::string_view path, int depth) {
        skipBlanks();
        if (!more()) return false;
        const char c = text_[at_];
        if (depth > kDeepest || (c != '[' && c != '{')) return skip();
        if (c == '[') return array(path, depth);
        if (!path.empty()) return object(path, depth);
        const std::size_t start = at_;
        if (!skip()) return false;
        found_.push_back({text_.substr(start, at_ - start), start});
        return true;
    }

    bool array(std::string_view path, int depth) {
        for (++at_;;) {
            skipBlanks();
            if (!more()) return false;
            if (text_[at_] == ']') return ++at_, true;
            if (text_[at_] == ',' || text_[at_] == '}') {
                ++at_;
                continue;
            }
            if (!value(path, depth + 1)) return false;
        }
    }

    bool object(std::string_view path, int depth) {
        const std::size_t dot = path.find('.');
        const std::string_view wanted = path.substr(0, dot);
        const std::string_view rest =
            dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
        for (++at_;;) {
            skipBlanks();
            if (!more()) return false;
            if (text_[at_] == '}') return ++at_, true;
            if (text_[at_] != '"') {
                ++at_;
                continue;
            }
            std::string_view key;
            if (!string(key)) return false;
            skipBlanks();
            if (!more()) return false;
            if (text_[at_] != ':') continue;
            ++at_;
            skipBlanks();
            if (key == wanted ? !value(rest, depth + 1) : !skip()) return false;
        }
    }

    std::string_view text_;
    std::vector<JsonPiece>& found_;
    std::size_t at_ = 0;
};

} // namespace

std::vector<JsonPiece> objectsAt(std::string_view text, std::string_view path, bool& complete) {
    std::vector<JsonPiece> found;
    complete = Walk(text, found).all(path);
    return found;
}

} // namespace postlude
