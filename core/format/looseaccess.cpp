// SPDX-License-Identifier: GPL-3.0-or-later
// Access logs in an order that somebody has thought of, whose format string is not at hand: a
// request line tells that it is one; what else there is is known by how it looks and by its label.
#include "core/format/detail/chars.h"
#include "core/format/detail/envelope.h"
#include "core/format/detail/labels.h"
#include "core/format/detail/leadinglevel.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMostPieces = 64;

struct Place {
    std::size_t from = kNone, to = kNone;
    [[nodiscard]] bool found() const { return from != kNone; }
    [[nodiscard]] bool holds(std::size_t at) const { return found() && at >= from && at < to; }
};

bool isMethod(std::string_view word) {
    static constexpr std::string_view known[] = {
        "GET",     "POST",     "HEAD",      "PUT",  "DELETE", "OPTIONS", "PATCH",
        "CONNECT", "PROPFIND", "PROPPATCH", "LOCK", "MKCOL",  "TRACE",   "PURGE"};
    return std::ranges::find(known, word) != std::end(known);
}

bool isStatus(std::string_view text);

/// A request line, perhaps with tabs or bars between its parts.
struct Request {
    Place place;
    std::string_view method, path, version;
};

std::string_view wordAt(std::string_view line, std::size_t at) {
    if (at >= line.size()) return {};
    return line.substr(at, std::min(line.find_first_of(" |\t\",;", at), line.size()) - at);
}

/// "/x HTTP/1.1" or, where a status follows it at once, "/x" alone.
bool readTarget(std::string_view line, std::size_t from, Request& request) {
    request.path = wordAt(line, from);
    const std::size_t behind = from + request.path.size();
    std::size_t next = std::min(line.find_first_not_of(" |\t", behind), line.size());
    request.version = wordAt(line, next);
    request.place.to = behind;
    if (request.version.starts_with("HTTP/")) {
        request.place.to = next + request.version.size();
        return !request.path.empty();
    }
    const bool alone = isStatus(request.version);
    request.version = {};
    return alone && (request.path.starts_with('/') || request.path.starts_with("http"));
}

/// The first request in a line. One in quotes goes to the next quote.
bool findRequest(std::string_view line, Request& request) {
    for (std::size_t gap = line.find_first_of(" \t|"); gap != kNone;
         gap = line.find_first_of(" \t|", gap + 1)) {
        std::size_t from = gap;
        while (from > 0 && line[from - 1] >= 'A' && line[from - 1] <= 'Z')
            --from;
        request.method = line.substr(from, gap - from);
        if (!isMethod(request.method) || (from > 0 && isAlnum(line[from - 1]))) continue;
        request.place.from = from;
        if (from > 0 && line[from - 1] == '"') {
            request.place.to = std::min(line.find('"', gap), line.size());
            request.path = {};
            return true;
        }
        if (readTarget(line, line.find_first_not_of(" \t|", gap), request)) return true;
    }
    return false;
}

bool isStatus(std::string_view text) {
    return text.size() == 3 && text[0] >= '1' && text[0] <= '5' && isDigit(text[1]) &&
           isDigit(text[2]);
}

bool isWhole(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == kNone;
}

const Target& columnOf(std::string_view name) {
    static const std::map<std::string, Target, std::less<>> columns = [] {
        std::map<std::string, Target, std::less<>> all;
        for (const std::string_view each :
             {"request", "forwarded_for", "address", "bytes_sent", "status", "attempts",
              "duration_written", "frontend", "backend", "server", "queue_ms", "connect_ms",
              "response_ms", "duration_ms", "retries", "termination"})
            all.emplace(each, *targetNamed(each));
        return all;
    }();
    return columns.find(name)->second;
}

/// "12ms", "1.5s", "850µs"
bool isSpan(std::string_view text) {
    const std::size_t unit = text.find_first_not_of("0123456789.");
    if (unit == kNone || unit == 0) return false;
    const std::string_view name = text.substr(unit);
    return name == "ms" || name == "s" || name == "us" || name == "\u00b5s" || name == "ns";
}

/// HAProxy's "0/0/1/18/19": how many numbers there are; 0 if it is something else.
std::size_t numbersIn(std::string_view text, std::array<std::string_view, 8>& numbers) {
    std::size_t count = 0;
    while (count < numbers.size()) {
        const std::size_t end = std::min(text.find('/'), text.size());
        const std::string_view number = text.substr(0, end);
        if (number.empty() || number.find_first_not_of("0123456789+-") != kNone) return 0;
        numbers[count++] = number;
        if (end == text.size()) return count;
        text.remove_prefix(end + 1);
    }
    return 0;
}

/// "----", "SC--", "sHVN"
bool isTermination(std::string_view text) {
    return text.size() == 4 && std::ranges::all_of(text, [](char c) {
               return c == '-' || (c >= 'A' && c <= 'Z') || c == 'c' || c == 's';
           });
}

class LooseParser : public RankedParser {
public:
    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        viaFallback = true; // whoever knows the format goes before
        if (trimmed(line).empty()) return LineVerdict::Blank;
        if (takeEnvelope(line, times_, out)) out.level = Level::None;
        Request request;
        if (!findRequest(line, request)) return unread(out);
        request_ = request.place;
        out.kind = RecordKind::Request;
        assigner_.begin();
        stamp_ = {};
        takeTime(line, out);
        if (!out.time.known()) return unread(out);
        out.level = leadingLevel(trimmed(line.substr(stamp_.found() ? stamp_.to : 0)));
        if (request.path.empty()) {
            const auto whole = line.substr(request_.from, request_.to - request_.from);
            assigner_.assign(columnOf("request"), whole, out);
        } else {
            out[TextField::Method] = request.method;
            out[TextField::Path] = request.path;
            if (!request.version.empty()) out[TextField::HttpVersion] = request.version;
        }
        readBefore(line, out);
        readBehind(line, out);
        return out.has(NumberField::Status) ? LineVerdict::Record : unread(out);
    }
    [[nodiscard]] std::optional<std::string> state() const override { return std::string(); }

private:
    static LineVerdict unread(Record& out) {
        out.clear();
        return LineVerdict::Unread;
    }

    /// The first time stamp outside of the request; one of whole seconds gives way to an epoch in
    /// milliseconds.
    void takeTime(std::string_view line, Record& out) {
        for (std::size_t at = 0; at < line.size(); ++at) {
            const bool begins =
                at == 0 || std::string_view(" [(\"<|\t=").find(line[at - 1]) != kNone;
            if (!begins || request_.holds(at) || !isAlnum(line[at])) continue;
            std::string_view rest = line.substr(at);
            WrittenTime time;
            if (!times_.take(rest, time) || !time.known()) continue;
            const Place place{at, line.size() - rest.size()};
            const std::string_view text = line.substr(at, place.to - at);
            const bool epoch = text.size() == 14 && text[10] == '.';
            if (text.find(':') == kNone && !epoch) continue;
            if (!stamp_.found() || (epoch && out.time.local % 1'000'000'000 == 0)) {
                out.time = time;
                out.time.isEnd = true;
                out[TextField::TimeRaw] = text;
            }
            if (stamp_.found()) {
                second_ = place;
                return;
            }
            stamp_ = place;
            second_ = {};
            at = place.to;
        }
    }

    /// The pieces of a line from `from` to `to` that are no time stamps.
    template <class Use>
    void eachPiece(std::string_view line, std::size_t from, std::size_t to, Use use) {
        std::array<Place, 2> stamps{stamp_, second_};
        if (second_.found() && second_.from < stamp_.from) std::swap(stamps[0], stamps[1]);
        for (const Place& stamp : stamps) {
            if (!stamp.found() || stamp.from < from || stamp.to > to) continue;
            eachWithin(line.substr(from, stamp.from - from), use);
            from = stamp.to;
        }
        eachWithin(line.substr(from, to - from), use);
    }

    template <class Use>
    void eachWithin(std::string_view text, Use use) {
        while (!text.empty() && std::string_view("[(<\"").find(text.back()) != kNone &&
               std::ranges::count(text, text.back()) % 2 == 1)
            text.remove_suffix(1); // what encloses the stamp or the request behind it
        Piece piece;
        for (std::size_t count = 0; count < kMostPieces; ++count) {
            text.remove_prefix(std::min(text.find_first_not_of(" \t|,;:])>"), text.size()));
            if (!takePiece(text, piece)) return;
            use(piece);
        }
    }

    /// What HAProxy writes, in whatever order: "www pool/app1 0/0/1/18/19 … ---- 5/5/4/1/0".
    bool takeHaproxys(std::string_view text, Record& out) {
        std::array<std::string_view, 8> numbers;
        const std::size_t count = numbersIn(text, numbers);
        const bool timers = count >= 5 && !out.has(NumberField::Duration);
        if (timers) {
            out.time.isEnd = false; // of the accept
            constexpr std::array columns = {"queue_ms", "connect_ms", "response_ms", "duration_ms"};
            for (std::size_t i = 0; i < columns.size(); ++i)
                assigner_.assign(columnOf(columns[i]), numbers[count - columns.size() + i], out);
            const std::size_t slash = last_.find('/');
            if (slash != kNone && last_.find('/', slash + 1) == kNone) {
                assigner_.assign(columnOf("frontend"), beforeLast_, out);
                assigner_.assign(columnOf("backend"), last_.substr(0, slash), out);
                assigner_.assign(columnOf("server"), last_.substr(slash + 1), out);
            }
        } else if (count == 5) {
            assigner_.assign(columnOf("retries"), numbers[4], out);
        } else if (count < 2 && isTermination(text) &&
                   (text.find('-') != kNone || out.has(NumberField::Queue))) {
            assigner_.assign(columnOf("termination"), text, out);
            return true;
        }
        beforeLast_ = std::exchange(last_, text);
        return count > 1;
    }

    void readBefore(std::string_view line, Record& out) {
        std::string_view status;
        bool wantsBytes = false;
        int captures = 0;
        last_ = beforeLast_ = {};
        eachPiece(line, 0, request_.from, [&](const Piece& piece) {
            const bool bytes = std::exchange(wantsBytes, false);
            if (!piece.label.empty()) {
                assignLabelled(piece.label, piece.text, piece.equals, assigner_, out);
            } else if (isAddressList(piece.text)) {
                const bool hops = piece.open != '\0' || piece.text.find(',') != kNone;
                takeAddress(piece.text, hops, out);
            } else if (bytes && isWhole(piece.text)) {
                assigner_.assign(columnOf("bytes_sent"), piece.text, out);
            } else if (isStatus(piece.text)) {
                status = piece.text;
                wantsBytes = true;
            } else if (piece.open == '\0') {
                takeHaproxys(piece.text, out);
            } else if (piece.open == '{' && !piece.text.empty()) {
                out.extra.emplace_back(captures++ == 0 ? "request_headers" : "response_headers",
                                       piece.text);
            }
        });
        before_ = status;
    }

    void takeAddress(std::string_view text, bool hops, Record& out) {
        if (hops || out.has(TextField::ClientIp))
            assigner_.assign(columnOf("forwarded_for"), text, out);
        else
            assigner_.assign(columnOf("address"), text, out);
    }

    void readBehind(std::string_view line, Record& out) {
        const bool quoted = request_.to < line.size() && line[request_.to] == '"';
        const std::size_t from = request_.to + (quoted ? 1 : 0);
        const std::string_view whole = trimmed(line.substr(from));
        bool wantsBytes = false;
        bool left = false;
        BareSeconds seconds;
        eachPiece(line, from, line.size(), [&](const Piece& piece) {
            const bool bytes = std::exchange(wantsBytes, false);
            if (!piece.label.empty()) {
                left =
                    !assignLabelled(piece.label, piece.text, piece.equals, assigner_, out) || left;
            } else if (bytes && (isWhole(piece.text) || piece.text == "-")) {
                assigner_.assign(columnOf("bytes_sent"), piece.text, out);
            } else if (piece.open == '"') {
                takeQuoted(piece.text, out);
            } else if (isStatus(piece.text) && !out.has(NumberField::Status)) {
                assigner_.assign(columnOf("status"), piece.text, out);
                wantsBytes = true;
            } else if (isAddressList(piece.text)) {
                const bool port = std::ranges::count(piece.text, ':') == 1 || piece.text[0] == '[';
                if (port)
                    assigner_.assign(columnOf("attempts"), piece.text, out);
                else
                    takeAddress(piece.text, true, out);
            } else if (seconds.take(piece.text)) {
                return;
            } else if (isSpan(piece.text) && !out.has(NumberField::Duration)) {
                assigner_.assign(columnOf("duration_written"), piece.text, out);
            } else if (piece.text != "-" && piece.text != "msec" && piece.text != "ms" &&
                       !takeHaproxys(piece.text, out)) {
                left = true;
            }
        });
        if (!before_.empty() && !out.has(NumberField::Status))
            assigner_.assign(columnOf("status"), before_, out);
        seconds.settle(assigner_, out);
        if (left && !whole.empty()) out.extra.emplace_back("more", whole);
    }

    void takeQuoted(std::string_view text, Record& out) {
        if (text.empty() || text == "-") return;
        if (isAddressList(text))
            takeAddress(text, true, out);
        else if (text.find("://") != kNone && text.find(' ') == kNone &&
                 !out.has(TextField::Referrer))
            out[TextField::Referrer] = text;
        else if (!out.has(TextField::UserAgent) && text.find('/') != kNone)
            out[TextField::UserAgent] = text;
    }

    TimeReader times_;
    Assigner assigner_;
    Place request_, stamp_, second_;
    std::string_view before_;            ///< a status in front of the request
    std::string_view last_, beforeLast_; ///< words that were none of the known
};

class LooseFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<LooseParser>();
    }
    [[nodiscard]] std::vector<std::string> recordPatterns() const override {
        return {"(?s).*(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH|CONNECT|PROPFIND|PROPPATCH|LOCK|"
                "MKCOL|TRACE|PURGE)[ \\t|].*"};
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makeLooseAccessFormat(About about) {
    return std::make_shared<const LooseFormat>(std::move(about));
}

} // namespace postlude
