// SPDX-License-Identifier: GPL-3.0-or-later
// Errors are values. Every call of core/ that can fail returns a Result.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace postlude {

enum class ErrorKind : std::uint8_t {
    Usage,         ///< the caller asked for something that does not exist or makes no sense
    NotFound,      ///< no such file, source, record
    Permission,    ///< the system refuses to let us read or write
    Unreadable,    ///< an input/output error while reading
    Damaged,       ///< truncated or corrupt archive, gzip stream, case file
    NotUnderstood, ///< readable, but no format we know
    TooLarge,      ///< beyond a stated limit (archive bomb, endless line)
    Write,         ///< could not write
    DiskFull,      ///< could not write: no space left
    Busy,          ///< the case is open for writing elsewhere
    NewerVersion,  ///< the case was written by a newer Postlude
    OlderVersion,  ///< the case was written by an older one whose files are no longer read
    Cancelled,     ///< the stop token was triggered
    Internal,      ///< a fault of Postlude's own
};

/// Where something is: a source or file, and inside it a line (1-based, 0 = unknown)
/// and a byte offset (from the start of the unpacked text).
struct Place {
    std::string source;
    std::uint64_t line = 0;
    std::uint64_t offset = 0;
};

/// What went wrong, where, and what the user can do. Texts are plain sentences in English
/// without a full stop; `ui/` shows them as they are. `what` never holds unescaped log text.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string what;
    Place place = {};
    std::string remedy = {};
};

template <class T>
using Result = std::expected<T, Error>;

/// One line for a terminal or a status bar: "lb/haproxy.log, line 3: … (remedy)".
std::string describe(const Error& error);

/// The exit status of `postlude-cli` for this error (see the man page).
int exitStatus(ErrorKind kind);

} // namespace postlude
