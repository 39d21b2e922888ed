// SPDX-License-Identifier: GPL-3.0-or-later
// Squid's logformat strings (squid.conf, directive logformat; 3.x to 6).
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"

namespace postlude {

namespace {

struct Code {
    std::string_view name, target; ///< the latter as targetNamed() knows it
    std::string_view shape = {};   ///< of times
};
constexpr std::string_view kLocal = "15/Jan/2024:09:57:40 +0000";

/// Codes that have a column of ours; all others are kept by what stands behind their '%'.
constexpr Code kCodes[] = {
    {">a", "client_ip"},
    {">A", "client_ip"},
    {">p", "client_port"},
    {"ts", "time_end", "1705312660"},
    {"tu", "time_end", "143"},
    {"tl", "time_end", kLocal},
    {"tg", "time_end", kLocal},
    {"tS", "time", "1705312660.143"},
    {"tr", "duration_ms"},
    {"<pt", "response_ms"},
    {"rm", "method"},
    {">rm", "method"},
    {"ru", "url"},
    {">ru", "url"},
    {"rp", "path"},
    {">rp", "path"},
    {"rv", "http_version"},
    {">rv", "http_version"},
    {">Hs", "status"},
    {"Hs", "status"},
    {"<st", "bytes_sent"},
    {">st", "bytes_received"},
    {"<a", "server"},
    {"<A", "server"},
    {"un", "user"},
    {"ul", "user"},
    {"ui", "x_ident"},
    {"us", "user"},
    {"ue", "user"},
    {"Ss", "x_result_code"},
    {"Sh", "x_hierarchy"},
    {"mt", "x_mime_type"},
};

bool isCodeChar(char c) {
    return isAlnum(c) || c == '_' || c == ':' || c == '<' || c == '>';
}

/// "%[encoding][-][width][.precision][{argument}]code[{argument}]", its '%' left off.
struct Directive {
    bool padded = false;
    std::string argument;
    std::string_view code;
};

class Reader {
public:
    explicit Reader(std::string_view format)
        : format_(format) {}

    Result<Program> run() {
        while (at_ < format_.size()) {
            const std::size_t column = at_;
            if (format_[at_] != '%') {
                addLiteral(items_, format_.substr(at_++, 1), column);
            } else if (format_.substr(at_).starts_with("%%")) {
                addLiteral(items_, "%", column);
                at_ += 2;
            } else {
                ++at_;
                const Directive directive = take();
                if (directive.code.empty())
                    return std::unexpected(
                        formatFault("Squid", column, "there is no code behind “%”"));
                Item item = itemOf(directive, column);
                if (item.target.act == Act::Text && item.target.text == TextField::HttpVersion)
                    takeProtocol();
                items_.push_back(std::move(item));
            }
        }
        return link(std::move(items_), "Squid");
    }

private:
    /// "HTTP/%rv": the name in front of the number is a part of the version, as everywhere else.
    void takeProtocol() {
        constexpr std::string_view name = "HTTP/";
        if (items_.empty() || !items_.back().literal.ends_with(name)) return;
        std::string& literal = items_.back().literal;
        literal.resize(literal.size() - name.size());
        if (literal.empty()) items_.pop_back();
    }

    [[nodiscard]] char here() const { return at_ < format_.size() ? format_[at_] : '\0'; }

    std::string braces() {
        if (here() != '{') return {};
        const std::size_t close = std::min(format_.find('}', at_), format_.size());
        std::string inside(format_.substr(at_ + 1, close - at_ - 1));
        at_ = std::min(close + 1, format_.size());
        return inside;
    }

    Directive take() {
        Directive directive;
        if (std::string_view("\"[#/'").find(here()) != std::string_view::npos && here() != '\0')
            ++at_; // how it is escaped
        if (here() == '-') ++at_;
        directive.padded = isDigit(here()) && here() != '0';
        while (isDigit(here()) || here() == '.')
            ++at_;
        directive.argument = braces();
        directive.code = code();
        if (directive.argument.empty()) directive.argument = braces();
        return directive;
    }

    /// The longest one that is known, else all letters: "%Ss/%03>Hs" has its slash behind it.
    std::string_view code() {
        std::string_view rest = format_.substr(at_);
        std::size_t size = 0;
        for (const Code& known : kCodes)
            if (rest.starts_with(known.name)) size = std::max(size, known.name.size());
        const bool goesOn = size > 0 && size < rest.size() && isAlnum(rest[size]);
        if (size == 0 || goesOn)
            for (size = 0; size < rest.size() && isCodeChar(rest[size]);)
                ++size;
        while (size > 1 && rest[size - 1] == ':') // "%>a:%>p"
            --size;
        at_ += size;
        return rest.substr(0, size);
    }

    static Item itemOf(const Directive& directive, std::size_t column) {
        std::string name(directive.code);
        if (!directive.argument.empty() && directive.code.ends_with("h"))
            return padded(fieldItem(directive.argument,
                                    headerTarget(directive.argument, directive.argument), column),
                          directive);
        const auto* known = std::ranges::find(kCodes, directive.code, &Code::name);
        if (known == std::end(kCodes)) {
            if (!directive.argument.empty()) name += '{' + directive.argument + '}';
            return padded(fieldItem(name, extraTarget(name), column), directive);
        }
        Item item = fieldItem(name, *targetNamed(known->target), column);
        item.shape = known->shape;
        if (!directive.argument.empty() && !item.shape.empty())
            item.shape = strftimeShape(directive.argument).value_or("");
        const bool isTime = item.target.act == Act::Time || item.target.act == Act::TimeEnd;
        if (isTime && item.shape.empty()) item.target = extraTarget(name);
        return padded(std::move(item), directive);
    }

    static Item padded(Item item, const Directive& directive) {
        item.padded = directive.padded;
        return item;
    }

    std::string_view format_;
    std::size_t at_ = 0;
    std::vector<Item> items_;
};

} // namespace

Result<Program> compileSquid(std::string_view format) {
    return Reader(format).run();
}

} // namespace postlude
