// SPDX-License-Identifier: GPL-3.0-or-later
// One parsed log entry, as the scanners produce it and as every room after them knows it.
#pragma once

#include "core/base/time.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postlude {

enum class RecordKind : std::uint8_t { Request, Message, ServerState, Change, Alert, Chat };
inline constexpr int kRecordKinds = 6;
/// "request", "message", "server_state", "change", "alert", "chat".
std::string_view nameOf(RecordKind kind);
std::optional<RecordKind> kindNamed(std::string_view name);

enum class Level : std::uint8_t {
    None, Trace, Debug, Info, Notice, Warning, Error, Critical, Alert, Emergency
};
/// "trace" … "emergency"; "" for None.
std::string_view nameOf(Level level);
/// Any spelling logs use ("WARN", "warning", "err", "crit", "E", "LOG", "FATAL", "PANIC" …).
Level levelFrom(std::string_view text);

/// Text columns. The names of `cli.md` are given by nameOf().
enum class TextField : std::uint8_t {
    ClientIp,    ///< the client as the log tells it: first untrusted hop where X-Forwarded-For is logged
    Method, Path, HttpVersion,
    Frontend, Backend,
    Server,      ///< as written: a name, or address:port
    Termination, ///< HAProxy's session state at disconnection, with cookie flags where logged
    UserAgent, Referrer, RequestId,
    Host,        ///< the machine named in the line
    Process,     ///< program, logger or system that wrote it (of a change: the system changed)
    Message,     ///< free text; of an alert its summary, of a change what was done
    User,        ///< who: chat author, deployer, committer
    State,       ///< server state: up down drain maint reload stop; alert: firing resolved; change: its result
    Subject,     ///< alert: its name; change: kind (deploy, config, commit …)
    TimeRaw,     ///< the time stamp as written
};
inline constexpr int kTextFields = 18;
std::string_view nameOf(TextField field);
std::optional<TextField> textFieldNamed(std::string_view name);

/// Whole-number columns. Durations are nanoseconds here; cli.md's milliseconds are made on output.
enum class NumberField : std::uint8_t {
    Status, ClientPort, BytesSent, BytesReceived,
    Duration, ///< ns, whole request as the writer saw it
    Queue,    ///< ns waiting in queues
    Connect,  ///< ns
    Response, ///< ns, the server's
    Retries, Pid,
    End,      ///< alert: ns since epoch when it ended, if the record says so
};
inline constexpr int kNumberFields = 11;
/// cli.md's name: "status", "duration_ms" … (the unit is part of the name).
std::string_view nameOf(NumberField field);
std::optional<NumberField> numberFieldNamed(std::string_view name);
/// True for Duration, Queue, Connect and Response: stored in ns, shown in ms.
bool isDuration(NumberField field);

inline constexpr std::int64_t kAbsent = std::numeric_limits<std::int64_t>::min();

/// The time as the line states it, before zone and year are settled.
struct WrittenTime {
    std::int64_t local = kAbsent;    ///< ns since the epoch, the digits read as if they were UTC
    std::optional<int> offset = {};  ///< seconds east, where the line says so
    bool hasYear = true;             ///< false: `local` is in 1972 (a leap year), to be moved
    bool isEnd = false;              ///< written when the request ended, not when it began
    [[nodiscard]] bool known() const { return local != kAbsent; }
};

/// One entry. All views point into the line (or document) given to the parser, or into the
/// parser's own scratch space, and hold only until the next call of that parser.
/// An absent text is a view with a null data(); an empty text was logged as empty.
struct Record {
    RecordKind kind = RecordKind::Message;
    Level level = Level::None;
    WrittenTime time;
    std::array<std::string_view, kTextFields> texts{};
    std::array<std::int64_t, kNumberFields> numbers;
    std::vector<std::pair<std::string_view, std::string_view>> extra; ///< by the log's own names

    Record() { clear(); }
    void clear();
    std::string_view& operator[](TextField f) { return texts[static_cast<std::size_t>(f)]; }
    std::string_view operator[](TextField f) const { return texts[static_cast<std::size_t>(f)]; }
    std::int64_t& operator[](NumberField f) { return numbers[static_cast<std::size_t>(f)]; }
    std::int64_t operator[](NumberField f) const { return numbers[static_cast<std::size_t>(f)]; }
    [[nodiscard]] bool has(TextField f) const { return (*this)[f].data() != nullptr; }
    [[nodiscard]] bool has(NumberField f) const { return (*this)[f] != kAbsent; }
};

} // namespace postlude
