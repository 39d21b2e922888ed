// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/postgres.h"

#include "core/format/detail/chars.h"

#include <fmt/format.h>

namespace postlude {

namespace {

using Kind = PrefixItem::Kind;

struct Escape {
    char letter;
    Kind kind;
    Target target;
};

/// Names that csvlog has no column of ours for are as its manual calls them.
const Escape* escapeOf(char letter) {
    static const Escape escapes[] = {{'a', Kind::Text, textTarget(TextField::Process)},
                                     {'b', Kind::Text, extraTarget("backend_type")},
                                     {'c', Kind::Word, extraTarget("session_id")},
                                     {'d', Kind::Word, extraTarget("database")},
                                     {'e', Kind::Code, extraTarget("sql_state_code")},
                                     {'h', Kind::Peer, {}},
                                     {'i', Kind::Text, extraTarget("command_tag")},
                                     {'l', Kind::Digits, extraTarget("session_line_num")},
                                     {'L', Kind::Word, extraTarget("local_host")},
                                     {'m', Kind::Stamp, actTarget(Act::Time)},
                                     {'n', Kind::Stamp, actTarget(Act::Time)},
                                     {'p', Kind::Digits, numberTarget(NumberField::Pid)},
                                     {'P', Kind::Digits, extraTarget("leader_pid")},
                                     {'Q', Kind::Word, extraTarget("query_id")},
                                     {'r', Kind::Peer, {}},
                                     {'s', Kind::Stamp, extraTarget("session_start_time")},
                                     {'t', Kind::Stamp, actTarget(Act::Time)},
                                     {'u', Kind::Word, textTarget(TextField::User)},
                                     {'v', Kind::Word, extraTarget("virtual_transaction_id")},
                                     {'x', Kind::Digits, extraTarget("transaction_id")}};
    const auto* it = std::ranges::find(escapes, letter, &Escape::letter);
    return it == std::end(escapes) ? nullptr : it;
}

std::unexpected<Error> fault(std::size_t column, const std::string& why) {
    Error e{ErrorKind::NotUnderstood,
            fmt::format("log_line_prefix, column {}: {}", column + 1, why)};
    e.place.offset = column + 1;
    return std::unexpected(std::move(e));
}

void addText(std::vector<PrefixItem>& items, char c) {
    if (items.empty() || items.back().kind != Kind::Literal) items.emplace_back();
    items.back().literal += c;
}

bool endsItself(Kind kind) {
    return kind == Kind::Stamp || kind == Kind::Digits;
}

class Compiler {
public:
    explicit Compiler(std::string_view text)
        : text_(text) {}

    Result<PostgresPrefix> run() {
        bool split = false;
        while (at_ < text_.size()) {
            const std::size_t start = at_;
            if (text_[at_] != '%') {
                addText(prefix_.items, text_[at_++]);
                continue;
            }
            ++at_;
            const bool padded = skipPadding();
            if (at_ == text_.size()) return fault(start, "there is nothing behind the “%”");
            const char letter = text_[at_++];
            if (letter == '%') {
                addText(prefix_.items, '%');
            } else if (letter == 'q') {
                if (!std::exchange(split, true)) cut();
            } else if (const Escape* escape = escapeOf(letter)) {
                if (auto done = addField(*escape, padded, start); !done)
                    return std::unexpected(done.error());
            } else {
                return fault(start, fmt::format("there is no escape “%{}”", letter));
            }
        }
        if (!split) prefix_.always = prefix_.items.size();
        return std::move(prefix_);
    }

private:
    bool skipPadding() {
        const std::size_t from = at_;
        while (at_ < text_.size() && (text_[at_] == '-' || isDigit(text_[at_])))
            ++at_;
        return at_ > from;
    }

    /// Literal text must not run across the place where other processes' prefixes end.
    void cut() {
        prefix_.always = prefix_.items.size();
        prefix_.items.emplace_back();
    }

    Result<void> addField(const Escape& escape, bool padded, std::size_t column) {
        const auto& items = prefix_.items;
        const bool unclear = !items.empty() && items.back().kind != Kind::Literal &&
                             !endsItself(items.back().kind) && !padded;
        if (unclear) return fault(column, "where the field before this one ends cannot be told");
        prefix_.items.push_back({escape.kind, {}, escape.target, padded});
        return {};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    PostgresPrefix prefix_;
};

} // namespace

Result<PostgresPrefix> compilePostgresPrefix(std::string_view text) {
    if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
        text = text.substr(1, text.size() - 2);
    auto prefix = Compiler(text).run();
    if (!prefix) return prefix;
    const bool any =
        std::ranges::any_of(prefix->items, [](const auto& i) { return i.kind != Kind::Literal; });
    if (!any) return fault(0, "there is no field in it");
    return prefix;
}

void takeStatementDuration(Record& out) {
    constexpr std::string_view start = "duration: ";
    std::string_view text = out[TextField::Message];
    if (!text.starts_with(start)) return;
    text.remove_prefix(start.size());
    const auto span = readSpan(text.substr(0, text.find(" ms")), 1'000'000);
    if (span) out[NumberField::Duration] = *span;
}

} // namespace postlude
