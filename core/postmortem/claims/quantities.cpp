// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/quantities.h"

#include "core/base/time.h"
#include "core/postmortem/marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace postlude::claims {

namespace {

using Kind = Quantity::Kind;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Spaces that part groups of digits; all are blanks, too.
constexpr std::array<std::string_view, 3> kThin{"\u2009", "\u202F", "\u00A0"};

std::size_t blankAt(std::string_view text, std::size_t at) {
    if (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')) return 1;
    for (const std::string_view thin : kThin)
        if (text.substr(std::min(at, text.size())).starts_with(thin)) return thin.size();
    return 0;
}

class Finder {
public:
    explicit Finder(std::string_view text)
        : text_(text) {}

    std::vector<Quantity> find() {
        for (std::size_t at = 0; at < text_.size();) {
            if (const auto words = mayBeFraction(at) ? fractionAt(text_, at) : std::nullopt) {
                found_.push_back(*words);
                at = words->end();
            } else if (!isDigit(text_[at])) {
                ++at;
            } else if (const auto found = mayBegin(at) ? quantityAt(at) : std::nullopt) {
                found_.push_back(*found);
                at = found->end();
            } else {
                at = endOfWord(at);
            }
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] char charAt(std::size_t at) const { return at < text_.size() ? text_[at] : ' '; }
    [[nodiscard]] bool holds(std::size_t at, std::string_view what) const {
        return at <= text_.size() && text_.substr(at).starts_with(what);
    }
    [[nodiscard]] std::size_t digitsAt(std::size_t at) const {
        std::size_t n = 0;
        while (isDigit(charAt(at + n)))
            ++n;
        return n;
    }
    [[nodiscard]] bool mayBeFraction(std::size_t at) const {
        return isLetter(text_[at]) || (isDigit(text_[at]) && mayBegin(at));
    }
    [[nodiscard]] bool mayBegin(std::size_t at) const {
        if (at == 0) return true;
        constexpr std::string_view minus = "\u2212"; // of an offset: UTC−05:00
        if (at >= minus.size() && text_.substr(at - minus.size(), minus.size()) == minus)
            return false;
        const char before = text_[at - 1];
        return static_cast<unsigned char>(before) >= 0x80 ||
               std::string_view(" \t\n\r([{\"'~,;|*").find(before) != std::string_view::npos;
    }
    /// The rest of what cannot be a quantity: "4.11.2", "5xx".
    [[nodiscard]] std::size_t endOfWord(std::size_t at) const {
        while (at < text_.size() &&
               (isDigit(text_[at]) || isLetter(text_[at]) ||
                std::string_view(".-:/@#").find(text_[at]) != std::string_view::npos))
            ++at;
        return at;
    }
    /// True if a word, and not only its end, goes on here.
    [[nodiscard]] bool goesOn(std::size_t at) const {
        const char c = charAt(at);
        if (isLetter(c) || isDigit(c)) return true;
        const bool joint = std::string_view(".-:/@#").find(c) != std::string_view::npos;
        return joint && (isLetter(charAt(at + 1)) || isDigit(charAt(at + 1)));
    }

    std::optional<Quantity> quantityAt(std::size_t at) {
        if (auto q = momentAt(at)) return q;
        if (auto q = timeAt(at)) return q;
        auto q = numberAt(at);
        if (!q) return {};
        if (takePercent(*q)) return q;
        if (takeUnits(*q)) return q;
        return goesOn(q->end()) ? std::nullopt : q;
    }

    /// A date, with a time and zone if it goes on with "T".
    std::optional<Quantity> momentAt(std::size_t at) const {
        const bool date = digitsAt(at) == 4 && charAt(at + 4) == '-' && digitsAt(at + 5) == 2 &&
                          charAt(at + 7) == '-' && digitsAt(at + 8) == 2;
        if (!date) return {};
        std::size_t end = at + 10;
        if (charAt(end) == 'T')
            while (isDigit(charAt(end)) || isLetter(charAt(end)) ||
                   std::string_view(":.+-").find(charAt(end)) != std::string_view::npos)
                ++end;
        while (charAt(end - 1) == '.' || charAt(end - 1) == ':')
            --end;
        const bool withTime = end > at + 10;
        if (!withTime && goesOn(end)) return {};
        std::string written(text_.substr(at, end - at));
        if (!withTime) written += "T00:00:00Z";
        const auto instant = fromRfc3339(written);
        if (!instant) return {};
        const double value = static_cast<double>(nanoseconds(*instant)) * 1e-9;
        if (withTime) return Quantity{Kind::Moment, at, end - at, value, 1};
        return Quantity{Kind::Date, at, end - at, value / 86400, 1};
    }

    /// "9:59", "09:59:17.4", "9:59 pm".
    std::optional<Quantity> timeAt(std::size_t at) const {
        const std::size_t hours = digitsAt(at);
        if (hours == 0 || hours > 2 || charAt(at + hours) != ':') return {};
        std::size_t end = at + hours + 1;
        if (digitsAt(end) != 2) return {};
        double value = numeric(at, hours) * 3600 + numeric(end, 2) * 60;
        double unit = 60;
        end += 2;
        if (charAt(end) == ':' && digitsAt(end + 1) == 2) {
            value += numeric(end + 1, 2);
            unit = 1;
            end += 3;
            if (charAt(end) == '.' && isDigit(charAt(end + 1))) end += 1 + digitsAt(end + 1);
        }
        if (goesOn(end) || value >= 86400 + 60) return {};
        const std::size_t half = end + blankAt(text_, end);
        if (value < 12 * 3600 + 3600 && (holds(half, "pm") || holds(half, "PM"))) {
            if (value < 12 * 3600) value += 12 * 3600;
            end = half + 2;
        } else if (holds(half, "am") || holds(half, "AM")) {
            if (value >= 12 * 3600 && value < 13 * 3600) value -= 12 * 3600;
            end = half + 2;
        }
        return Quantity{Kind::TimeOfDay, at, end - at, value, unit};
    }

    [[nodiscard]] double numeric(std::size_t at, std::size_t digits) const {
        double value = 0;
        for (std::size_t i = 0; i < digits; ++i)
            value = value * 10 + (text_[at + i] - '0');
        return value;
    }

    /// What parts a group of three digits from the one before.
    [[nodiscard]] std::size_t separatorAt(std::size_t at) const {
        std::size_t size = blankAt(text_, at);
        if (size == 0 && (charAt(at) == ',' || charAt(at) == '\'')) size = 1;
        if (size == 0 || digitsAt(at + size) != 3) return 0;
        return charAt(at) == '\n' ? 0 : size;
    }

    std::optional<Quantity> numberAt(std::size_t at) const {
        std::size_t digits = digitsAt(at);
        if (digits > 15) return {};
        std::size_t end = at + digits;
        double value = numeric(at, digits);
        const bool groups = digits <= 3 && text_[at] != '0';
        // More groups than fit a count are no number.
        for (std::size_t size = 0; groups && value < 1e15 && (size = separatorAt(end)) > 0;) {
            value = value * 1000 + numeric(end + size, 3);
            end += size + 3;
        }
        double unit = 1;
        if ((charAt(end) == '.' || charAt(end) == ',') && isDigit(charAt(end + 1))) {
            digits = std::min<std::size_t>(digitsAt(end + 1), 12);
            unit = std::pow(10, -static_cast<double>(digits));
            value += numeric(end + 1, digits) * unit;
            end += 1 + digits;
        }
        return Quantity{Kind::Number, at, end - at, value, unit};
    }

    /// Bytes of the unit behind `at`, a blank before it included; 0: another word stands there.
    [[nodiscard]] std::size_t wordAt(std::size_t at, std::string_view word) const {
        const std::size_t from = at + blankAt(text_, at);
        if (!holds(from, word)) return 0;
        const std::size_t end = from + word.size();
        if (isLetter(charAt(end)) || isDigit(charAt(end))) return 0;
        return end - at;
    }

    bool takePercent(Quantity& q) const {
        const std::size_t sign = q.end() + blankAt(text_, q.end());
        if (charAt(sign) == '%') {
            q.size = sign + 1 - q.at;
            q.kind = Kind::Percent;
            return true;
        }
        for (const std::string_view word : {"percent", "per cent", "Prozent", "pct"})
            if (const std::size_t size = wordAt(q.end(), word)) {
                q.size += size;
                q.kind = Kind::Percent;
                return true;
            }
        return false;
    }

    struct Unit {
        std::string_view word;
        double seconds;
    };
    [[nodiscard]] std::optional<std::pair<std::size_t, double>> unitAt(std::size_t at) const {
        static constexpr std::array<Unit, 26> units{{{"milliseconds", 1e-3},
                                                     {"ms", 1e-3},
                                                     {"seconds", 1},
                                                     {"second", 1},
                                                     {"secs", 1},
                                                     {"sec", 1},
                                                     {"s", 1},
                                                     {"Sekunden", 1},
                                                     {"minutes", 60},
                                                     {"minute", 60},
                                                     {"mins", 60},
                                                     {"min", 60},
                                                     {"Minuten", 60},
                                                     {"m", 60},
                                                     {"hours", 3600},
                                                     {"hour", 3600},
                                                     {"hrs", 3600},
                                                     {"hr", 3600},
                                                     {"h", 3600},
                                                     {"Stunden", 3600},
                                                     {"Stunde", 3600},
                                                     {"days", 86400},
                                                     {"day", 86400},
                                                     {"d", 86400},
                                                     {"Tage", 86400},
                                                     {"Sekunde", 1}}};
        for (const Unit& unit : units)
            if (const std::size_t size = wordAt(at, unit.word)) return {{size, unit.seconds}};
        return {};
    }

    /// "2 min 53 s", "2 minutes and 53 seconds", "700ms".
    bool takeUnits(Quantity& q) const {
        auto unit = unitAt(q.end());
        if (!unit) return false;
        q.kind = Kind::Length;
        q.size += unit->first;
        q.value *= unit->second;
        q.unit *= unit->second;
        while (true) {
            std::size_t next = q.end() + blankAt(text_, q.end());
            if (holds(next, "and ")) next += 4;
            if (!isDigit(charAt(next))) return true;
            const auto more = numberAt(next);
            const auto smaller = more ? unitAt(more->end()) : std::nullopt;
            if (!smaller || smaller->second >= unit->second) return true;
            q.value += more->value * smaller->second;
            q.unit = more->unit * smaller->second;
            q.size = more->end() + smaller->first - q.at;
            unit = smaller;
        }
    }

    std::string_view text_;
    std::vector<Quantity> found_;
};

} // namespace

std::vector<Quantity> quantitiesIn(std::string_view text) {
    return Finder(text).find();
}

std::string maskOf(std::string_view text, const std::vector<Quantity>& quantities) {
    std::string mask;
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const Mark mark = markAt(text, at); mark.size > 0) {
            at = mark.end();
        } else if (next < quantities.size() && quantities[next].at == at) {
            const Quantity& q = quantities[next++];
            mask += '\1';
            mask += static_cast<char>('a' + static_cast<int>(q.kind));
            at = q.end();
        } else if (const std::size_t blank = blankAt(text, at)) {
            if (!mask.empty() && mask.back() != ' ') mask += ' ';
            at += blank;
        } else {
            mask += text[at++];
        }
    }
    while (!mask.empty() && mask.back() == ' ')
        mask.pop_back();
    return mask;
}

bool agree(const Quantity& a, const Quantity& b) {
    if (a.kind != b.kind) return false;
    return std::abs(a.value - b.value) <= std::max(a.unit, b.unit) / 2 + 1e-9 * std::abs(a.value);
}

} // namespace postlude::claims
