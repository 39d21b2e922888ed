// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's own log: a prefix, "LOG:  ", the message; what explains it (DETAIL, STATEMENT …)
// follows on lines with the same prefix.
#include "core/format/detail/chars.h"
#include "core/format/detail/postgres.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

#include <QJsonArray>

namespace postlude {

namespace {

/// "42P01", "00000"
bool isStateCode(std::string_view piece) {
    return piece.size() == 5 &&
           std::ranges::all_of(piece, [](char c) { return isDigit(c) || (c >= 'A' && c <= 'Z'); });
}

using Kind = PrefixItem::Kind;
using Prefixes = std::vector<PostgresPrefix>;

constexpr int kMostTries = 400; ///< of a line that fits no prefix

bool isPlaceholder(std::string_view value) {
    return value.empty() || value == "[unknown]" || value == "-";
}

/// Matches one prefix and assigns what it finds.
class PrefixMatcher {
public:
    PrefixMatcher(Assigner& assigner, TimeReader& times)
        : assigner_(assigner)
        , times_(times) {}

    /// Takes the prefix away. False (`text` unchanged) if it is another.
    bool match(const PostgresPrefix& prefix, std::string_view& text, Record& out) {
        pieces_.assign(prefix.items.size(), {});
        tries_ = 0;
        for (const std::size_t count : {prefix.items.size(), prefix.always}) {
            line_ = text;
            end_ = count;
            std::size_t behind = 0;
            if (!from(prefix, 0, 0, behind)) continue;
            if (!assign(prefix, count, out)) return false;
            text.remove_prefix(behind);
            return true;
        }
        return false;
    }

private:
    bool from(const PostgresPrefix& prefix, std::size_t item, std::size_t at, std::size_t& behind) {
        if (++tries_ > kMostTries) return false;
        if (item == end_) {
            behind = at;
            // Amazon writes one blank; behind a time alone others do, too.
            return isSeverity(line_.substr(at), item > 4);
        }
        const PrefixItem& it = prefix.items[item];
        if (it.kind == Kind::Literal) {
            if (line_.compare(at, it.literal.size(), it.literal) != 0) return false;
            return from(prefix, item + 1, at + it.literal.size(), behind);
        }
        if (it.padded)
            while (at < line_.size() && line_[at] == ' ')
                ++at;
        if (it.kind == Kind::Stamp) return fromStamp(prefix, item, at, behind);
        if (it.kind == Kind::Digits) return fromDigits(prefix, item, at, behind);
        if (it.kind == Kind::Code)
            return isStateCode(line_.substr(at, 5)) && taken(prefix, item, at, at + 5, behind);
        return fromText(prefix, item, at, behind);
    }

    bool fromStamp(const PostgresPrefix& prefix, std::size_t item, std::size_t at,
                   std::size_t& behind) {
        std::string_view rest = line_.substr(at);
        WrittenTime time;
        if (!times_.take(rest, time)) return false;
        std::size_t to = line_.size() - rest.size();
        if (!time.offset) { // a zone that has no letters we know
            std::size_t zone = to + 1;
            while (zone < line_.size() && (isAlnum(line_[zone]) || line_[zone] == '/'))
                ++zone;
            if (to < line_.size() && line_[to] == ' ' && zone > to + 1) {
                pieces_[item] = line_.substr(at, zone - at);
                if (from(prefix, item + 1, zone, behind)) {
                    pieces_[item] = line_.substr(at, to - at);
                    return true;
                }
            }
        }
        pieces_[item] = line_.substr(at, to - at);
        return from(prefix, item + 1, to, behind);
    }

    bool fromDigits(const PostgresPrefix& prefix, std::size_t item, std::size_t at,
                    std::size_t& behind) {
        std::size_t to = at;
        while (to < line_.size() && isDigit(line_[to]))
            ++to;
        return taken(prefix, item, at, to, behind);
    }

    /// Up to any place where what comes next stands; the first that lets the rest fit.
    bool fromText(const PostgresPrefix& prefix, std::size_t item, std::size_t at,
                  std::size_t& behind) {
        const std::string_view after =
            item + 1 < end_ ? std::string_view(prefix.items[item + 1].literal) : "";
        for (std::size_t to = at; to <= line_.size(); ++to) {
            to = after.empty() ? nextSeverity(to) : line_.find(after, to);
            if (to == std::string_view::npos) return false;
            if (taken(prefix, item, at, to, behind)) return true;
            if (tries_ > kMostTries) return false;
        }
        return false;
    }

    bool taken(const PostgresPrefix& prefix, std::size_t item, std::size_t at, std::size_t to,
               std::size_t& behind) {
        pieces_[item] = line_.substr(at, to - at);
        const Kind kind = prefix.items[item].kind;
        const bool oneWord = kind == Kind::Word || kind == Kind::Peer;
        if (oneWord && trimmed(pieces_[item]).find(' ') != std::string_view::npos) return false;
        if (oneWord && pieces_[item].ends_with("]:")) return false; // a syslog head's
        const std::size_t comma = pieces_[item].find(',');
        if (oneWord && pieces_[item].find('=', comma) != std::string_view::npos &&
            comma != std::string_view::npos)
            return false; // "app,host=db1" is more than a name
        if (kind == Kind::Peer && !isWhole(pieces_[item], line_.substr(to))) return false;
        if (prefix.items[item].padded)
            while (to < line_.size() && line_[to] == ' ' && item + 1 < end_ &&
                   !prefix.items[item + 1].literal.starts_with(' '))
                ++to;
        return from(prefix, item + 1, to, behind);
    }

    /// Not cut at a colon of its own, as in "2001:db8::7(5432)".
    static bool isWhole(std::string_view peer, std::string_view behind) {
        constexpr std::string_view digits = ":0123456789abcdef";
        if (peer.empty() || !behind.starts_with(':')) return true;
        const std::size_t more = behind.find_first_not_of(digits);
        return peer.find_first_not_of(digits) != std::string_view::npos ||
               more == std::string_view::npos || behind[more] != '(';
    }

    static bool isSeverity(std::string_view text, bool oneBlank) {
        std::size_t n = 0;
        while (n < text.size() && ((text[n] >= 'A' && text[n] <= 'Z') || isDigit(text[n]) ||
                                   static_cast<unsigned char>(text[n]) >= 0x80))
            ++n;
        if (n < 3) return false;
        return text.substr(n, 3) == ":  " || (oneBlank && text.substr(n, 2) == ": " &&
                                              levelFrom(text.substr(0, n)) != Level::None);
    }

    std::size_t nextSeverity(std::size_t from) const {
        for (std::size_t colon = line_.find(":  ", from); colon != std::string_view::npos;
             colon = line_.find(":  ", colon + 1)) {
            std::size_t start = colon;
            while (start > from && line_[start - 1] >= 'A' && line_[start - 1] <= 'Z')
                --start;
            if (colon - start >= 3) return start;
        }
        return std::string_view::npos;
    }

    bool assign(const PostgresPrefix& prefix, std::size_t count, Record& out) {
        for (std::size_t i = 0; i < count; ++i) {
            const PrefixItem& item = prefix.items[i];
            const std::string_view value = trimmed(pieces_[i]);
            if (item.kind == Kind::Literal || isPlaceholder(value)) continue;
            if (item.kind == Kind::Peer)
                assignPeer(value, out);
            else if (!assigner_.assign(item.target, value, out))
                return false;
        }
        return true;
    }

    /// "192.0.2.7(50712)", "192.0.2.7", "[local]"
    static void assignPeer(std::string_view value, Record& out) {
        const std::size_t open = value.find('(');
        if (value.starts_with('[')) {
            out.extra.emplace_back("connection_from", value);
            return;
        }
        out[TextField::ClientIp] = value.substr(0, open);
        if (open == std::string_view::npos || !value.ends_with(')')) return;
        if (const auto port = readWhole(value.substr(open + 1, value.size() - open - 2)))
            out[NumberField::ClientPort] = *port;
    }

    Assigner& assigner_;
    TimeReader& times_;
    std::vector<std::string_view> pieces_;
    std::string_view line_;
    std::size_t end_ = 0;
    int tries_ = 0;
};

/// What lc_messages makes of the severities, as far as it is not English.
struct Translated {
    Level level;
    std::array<std::string_view, 9> words;
};
constexpr Translated kTranslated[] = {
    {Level::Error, {"FEHLER", "ERREUR", "ERRO", "ERRORE", "ОШИБКА", "BŁĄD", "FEL", "错误"}},
    {Level::Critical, {"FATALE", "ВАЖНО", "KATASTROFALNY", "FATALT", "致命错误"}},
    {Level::Emergency, {"PANIK", "PÂNICO", "PANICO", "ПАНИКА", "PANIKA"}},
    {Level::Warning,
     {"WARNUNG", "ATTENTION", "ADVERTENCIA", "AVISO", "ATTENZIONE", "ПРЕДУПРЕЖДЕНИЕ", "OSTRZEŻENIE",
      "VARNING", "警告"}},
    {Level::Notice, {"HINWEIS", "NOTA", "NOTIFICA", "ЗАМЕЧАНИЕ", "UWAGA", "NOTIS"}},
    {Level::Info, {"СООБЩЕНИЕ", "DZIENNIK", "LOGG", "日志"}},
};

Level levelOf(std::string_view severity) {
    for (const auto& [level, words] : kTranslated)
        if (std::ranges::find(words, severity) != words.end()) return level;
    return levelFrom(severity);
}

bool explains(std::string_view severity) {
    static constexpr std::string_view words[] = {
        "DETAIL",    "HINT",       "CONTEXT",      "STATEMENT",   "QUERY",      "LOCATION",
        "BACKTRACE", "TIPP",       "ZUSAMMENHANG", "ANWEISUNG",   "ANFRAGE",    "ORT",
        "DÉTAIL",    "ASTUCE",     "CONTEXTE",     "INSTRUCTION", "REQUÊTE",    "EMPLACEMENT",
        "DETALLE",   "SUGERENCIA", "CONTEXTO",     "SENTENCIA",   "CONSULTA",   "UBICACIÓN",
        "DETALHE",   "DICA",       "COMANDO",      "LOCAL",       "DETTAGLI",   "SUGGERIMENTO",
        "CONTESTO",  "ISTRUZIONE", "POSIZIONE",    "ПОДРОБНОСТИ", "ПОДСКАЗКА",  "КОНТЕКСТ",
        "ОПЕРАТОР",  "ЗАПРОС",     "ПОЛОЖЕНИЕ",    "SZCZEGÓŁY",   "PODPOWIEDŹ", "KONTEKST",
        "WYRAŻENIE", "ZAPYTANIE",  "DETALJ",       "TIPS",        "KONTEXT",    "SATS",
        "FRÅGA",     "详细信息",   "提示",         "上下文",      "语句"};
    return std::ranges::find(words, severity) != std::end(words);
}

class PostgresParser : public LineParser {
public:
    explicit PostgresParser(std::shared_ptr<const Prefixes> prefixes)
        : prefixes_(std::move(prefixes)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        continued_.reset();
        if (trimmed(line).empty()) return LineVerdict::Blank;
        std::string_view text = line;
        if (line.front() != '\t' && takePrefix(text, out)) return readMessage(text, out);
        out.clear();
        return seen_ && !isOfAnotherPrefix(line) ? LineVerdict::Continuation : LineVerdict::Unread;
    }

    /// "DETAIL:  …", without the prefix of its entry.
    [[nodiscard]] std::optional<std::string_view> continued() const override { return continued_; }
    [[nodiscard]] std::optional<std::string> state() const override {
        return seen_ || last_ != 0 ? (seen_ ? "s" : "u") + std::to_string(last_) : std::string();
    }
    void restore(std::string_view state) override {
        if (state.empty()) return;
        seen_ = state.front() == 's';
        const auto last = static_cast<std::size_t>(readWhole(state.substr(1)).value_or(0));
        if (last < prefixes_->size()) last_ = last;
    }

private:
    bool takePrefix(std::string_view& text, Record& out) {
        for (std::size_t i = 0; i < prefixes_->size(); ++i) {
            const std::size_t index = (i + last_) % prefixes_->size();
            out.clear();
            if (!matcher_.match((*prefixes_)[index], text, out)) continue;
            last_ = index;
            return true;
        }
        return false;
    }

    /// An entry of its own, though of a server or a time with a prefix that is not known here.
    bool isOfAnotherPrefix(std::string_view line) {
        if (line.starts_with('[')) line.remove_prefix(1);
        WrittenTime time;
        if (!times_.take(line, time)) return false;
        for (std::size_t colon = line.find(":  "); colon != std::string_view::npos;
             colon = line.find(":  ", colon + 1)) {
            const std::string_view before = line.substr(0, colon);
            const std::size_t start = before.find_last_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + 1;
            const std::string_view word = before.substr(start);
            if (word.size() >= 3 && (levelOf(word) != Level::None || explains(word))) return true;
        }
        return false;
    }

    LineVerdict readMessage(std::string_view text, Record& out) {
        const std::size_t colon = text.find(':');
        const std::string_view severity = text.substr(0, colon);
        const bool more = std::exchange(seen_, true) && explains(severity);
        if (more) continued_ = text;
        text = trimmed(text.substr(colon + 1));
        out.level = levelOf(severity);
        takeState(text, out);
        out[TextField::Message] = text;
        takeStatementDuration(out);
        return more ? LineVerdict::Continuation : LineVerdict::Record;
    }

    /// log_error_verbosity = verbose: "42P01: relation …"
    static void takeState(std::string_view& text, Record& out) {
        if (text.size() < 7 || text.substr(5, 2) != ": ") return;
        const std::string_view code = text.substr(0, 5);
        const bool is = isDigit(code[0]) || isDigit(code[1]) || code.starts_with("XX");
        const auto fits = [](char c) { return isDigit(c) || (c >= 'A' && c <= 'Z'); };
        if (!is || !std::ranges::all_of(code, fits)) return;
        const auto told = [](const auto& e) { return e.first == "sql_state_code"; };
        if (std::ranges::none_of(out.extra, told)) out.extra.emplace_back("sql_state_code", code);
        text = trimmed(text.substr(7));
    }

    std::shared_ptr<const Prefixes> prefixes_;
    Assigner assigner_;
    TimeReader times_;
    PrefixMatcher matcher_{assigner_, times_};
    std::optional<std::string_view> continued_;
    std::size_t last_ = 0;
    bool seen_ = false;
};

class PostgresFormat : public KnownFormat {
public:
    PostgresFormat(About about, Prefixes prefixes, std::string source)
        : KnownFormat(std::move(about))
        , prefixes_(std::make_shared<const Prefixes>(std::move(prefixes)))
        , source_(std::move(source)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<PostgresParser>(prefixes_);
    }
    [[nodiscard]] std::string source() const override { return source_; }

private:
    std::shared_ptr<const Prefixes> prefixes_;
    std::string source_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>>
makePostgresFormat(About about, const std::vector<std::string>& prefixes) {
    Prefixes compiled;
    std::string source = "postgresql";
    for (const std::string& text : prefixes) {
        auto prefix = compilePostgresPrefix(text);
        if (!prefix) return std::unexpected(prefix.error());
        compiled.push_back(std::move(*prefix));
        source += '\n' + text;
    }
    return std::make_shared<const PostgresFormat>(std::move(about), std::move(compiled),
                                                  std::move(source));
}

Result<std::shared_ptr<const KnownFormat>> makePostgresFormat(About about,
                                                              const QJsonObject& file) {
    std::vector<std::string> prefixes;
    const QJsonArray list = file["prefixes"].toArray();
    for (const auto& each : list)
        prefixes.push_back(each.toString().toStdString());
    if (prefixes.empty())
        return std::unexpected(Error{ErrorKind::NotUnderstood, "“prefixes” is missing"});
    return makePostgresFormat(std::move(about), prefixes);
}

} // namespace postlude
