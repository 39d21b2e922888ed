// SPDX-License-Identifier: GPL-3.0-or-later
// Where a piece of a line goes, and how it is read on the way. Shared by field programs, JSON
// maps and regular expressions.
#pragma once

#include "core/base/zone.h"
#include "core/format/detail/timestamp.h"

#include <array>

namespace postlude {

enum class Act : std::uint8_t {
    Skip,
    Text,    ///< `text`; "-" is absent
    Number,  ///< `number`, a whole number; a sign is allowed (HAProxy's "+3")
    Span,    ///< `number`, a decimal × `unit` ns; negative or "-" is absent
    Time,    ///< when it began
    TimeEnd, ///< when it ended
    Zone,    ///< of a time read before that has none: "Europe/Berlin"; an unknown one is left
    Level,
    Priority,    ///< syslog's <pri>: its level
    Request,     ///< "GET /x HTTP/1.1", or what is left of it
    Server,      ///< "<NOSRV>" is absent
    Backend,     ///< as Server, of the backend
    Frontend,    ///< without HAProxy's '~' for TLS
    ServerUrl,   ///< "http://127.0.0.1:80/x" → "127.0.0.1:80"
    BackendUrl,  ///< "balancer://app" → "app"
    AddressPort, ///< "::1:80", "[::1]:80", "127.0.0.1:80" → client address and port
    Peer,        ///< the connection's other end: the client, unless Forwarded has told a better one
    Forwarded,   ///< X-Forwarded-For: overrides the client address
    Attempts,    ///< nginx's "a, b : c" of servers: the last; how many before it = retries
    LastSpan,    ///< the same of times: `number` of the last
    Captures,    ///< HAProxy's "{a|b}", each to one of `parts`
    Part,        ///< a span that is a part of the duration: added to it, and to `number` or extra
    TargetGroup, ///< an ARN of AWS: the group's short name is the backend, the whole is extra
    RequestUrl,  ///< as Request, with the target as Url
    Url,         ///< "http://a.example:80/x": the path; what is before it is extra "origin"
    Words,       ///< HAProxy's "a" "b" (CLF style captures), each to one of `parts`
    ProxyUrl,    ///< as RequestUrl; a request for a path alone is none of this format
    ServerHost,  ///< the server's address or name, its port being elsewhere
    ServerPort,  ///< that port
    Attempt,     ///< a ServerHost of a list of them: the last is the server
    Address,     ///< the client's address, perhaps with a port: "::1", "[::1]:80", "127.0.0.1:80"
    Nanos,       ///< ns to be added to the Time, whichever of the two comes first
    Date,        ///< of a Clock to come: "2024-01-15", "01/15/24", "1/15/2024"
    Clock,       ///< the time of day of the last Date
    ClockEnd,    ///< the same, when it ended
    UsTime,      ///< "01/15/2024:09:57:40 GMT" (a first number above 12 is the day)
    UntilTime,   ///< when it ended; the duration is since its Time, if both are finer than seconds
    Noted,       ///< a span kept aside as note[`note`] and in extra
    Query,       ///< "?a=b" or "a=b": goes behind the path that was read before
    AttemptCount, ///< how many servers were tried, the last one included
    Upstreams,    ///< as Attempts; one alone does not say that it was the first
    HexAddress,   ///< the client's address in hexadecimal digits: "7F000001"
    HexNumber,    ///< `number`, in hexadecimal digits
    HexTime,      ///< the seconds since 1970, in hexadecimal digits
    Extra,        ///< by `name`
};

enum class Note : std::uint8_t { Handshake, Idle, ToRequest, Head }; ///< %Th, %Ti, %Tq, %TR
using Notes = std::array<std::int64_t, 4>;                           ///< kAbsent: not known

struct Target {
    Act act = Act::Skip;
    TextField text = TextField::Message;
    NumberField number = NumberField::Status;
    std::int64_t unit = 1; ///< ns a unit, for Span, LastSpan, Noted
    Note note = Note::Handshake;
    std::string name = {}; ///< for Extra and Noted
    bool utc = false;      ///< a time without zone is UTC
    std::vector<Target> parts = {};
};

Target textTarget(TextField field);
Target numberTarget(NumberField field);
Target spanTarget(NumberField field, std::int64_t unit);
Target actTarget(Act act);
Target extraTarget(std::string name);

/// By the names data files use: the columns of cli.md ("client_ip", "status"), durations with
/// their unit ("duration_s", "response_us", "duration_go"), and "time", "time_end", "level",
/// "priority", "request", "client" (address and port), "peer" (of whom X-Forwarded-For told more),
/// "zone", "server_url", "forwarded_for", "attempts", "request_url", "url", "target_group",
/// "request_absolute", "query", "address", "date", "clock", "clock_end", "time_us",
/// "time_until:name", "server_host", "server_port", "attempt", "attempt_count", "upstreams",
/// "nanos", "skip"; a time's name with "_utc" behind it: is UTC unless it says otherwise; "x_name"
/// is extra "name", "part_queue_s" and "part_x_name_s" are parts of the duration, "last_response_s"
/// is the last of a list of them.
std::optional<Target> targetNamed(std::string_view name);

/// "-", "<NOSRV>", Azure's "N/A" and PostgreSQL's "[unknown]".
inline bool isNothing(std::string_view piece) {
    if (piece.empty()) return false;
    const char c = piece.front();
    if (c == '-') return piece.size() == 1;
    if (c != '<' && c != '[' && c != 'N') return false;
    return piece == "N/A" || piece == "<NOSRV>" || piece == "[unknown]";
}

/// Takes pieces in; not thread-safe.
class Assigner {
public:
    void begin() {
        notes_.fill(kAbsent);
        parts_ = 0;
        ended_ = kAbsent;
        date_ = {};
        nanos_ = 0;
        serverHost_ = serverPort_ = {};
        attempts_ = 0;
    }
    /// False if `piece` is not what the target says (then the line is none of this format).
    bool assign(const Target& target, std::string_view piece, Record& out);
    [[nodiscard]] const Notes& notes() const { return notes_; }

private:
    bool assignTimes(const Target& target, std::string_view piece, Record& out);
    bool assignRequest(const Target& target, std::string_view piece, Record& out);
    bool assignServer(const Target& target, std::string_view piece, Record& out);
    bool assignPeer(const Target& target, std::string_view piece, Record& out);
    bool assignTime(std::string_view piece, bool end, bool utc, Record& out);
    bool assignPart(const Target& target, std::string_view piece, Record& out);
    bool assignNanos(const Target& target, std::string_view piece, Record& out);
    bool assignClock(const Target& target, std::string_view piece, Record& out);
    bool assignUsTime(std::string_view piece, Record& out);
    bool assignUntil(const Target& target, std::string_view piece, Record& out);
    bool assignHex(const Target& target, std::string_view piece, Record& out);
    void assignZone(std::string_view name, Record& out);
    void assignQuery(const Target& target, std::string_view piece, Record& out);
    void assignForwarded(std::string_view piece, Record& out);
    void joinServer(Record& out);
    void settleDuration(Record& out) const;
    TimeReader times_;
    Notes notes_{};
    std::int64_t parts_ = 0;       ///< their sum so far; kAbsent once one of them is
    std::int64_t ended_ = kAbsent; ///< by UntilTime
    std::int64_t nanos_ = 0;       ///< for a Time to come
    std::string_view date_;        ///< as written
    std::string_view serverHost_, serverPort_;
    std::int64_t attempts_ = 0;
    std::string stamp_, path_, server_, port_, address_; ///< put together from several pieces
    std::string zoneName_;                               ///< the last one …
    std::optional<Zone> zone_;                           ///< … and what it is
};

inline constexpr std::int64_t kAsGo = 0;     ///< a unit: whatever Go's zap was told to write
inline constexpr std::int64_t kWritten = -1; ///< a unit: only what is written behind the number

/// "12.345" × unit, in ns; kAbsent for "-", "" and negative ones; nothing if it is no number.
std::optional<std::int64_t> readSpan(std::string_view piece, std::int64_t unit);
/// False for what is no address nor host name alone: a syslog head in front of it, a port behind
/// it, another field. Then the line is of another format.
bool mayBeAddress(std::string_view piece);
/// A whole number with optional sign; kAbsent for "-" and ""; nothing if it is none.
std::optional<std::int64_t> readWhole(std::string_view piece);
/// An address without its port and brackets; the port, if there is one, to `port`.
std::string_view bareAddress(std::string_view piece, std::string_view& port);
/// Method, path and version of a request line, also of a broken one.
void readRequestLine(std::string_view piece, Record& out);
/// The path of an URL, with its query, to `out`; what stands before it to extra "origin".
void readUrl(std::string_view url, Record& out);
/// The host and port of an URL, or the text itself if it is none.
std::string_view hostOfUrl(std::string_view url);

} // namespace postlude
