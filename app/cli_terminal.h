// SPDX-License-Identifier: GPL-3.0-or-later
// What goes out of the command-line program: results on standard output, messages and, on a
// terminal, progress on standard error.
#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"

#include <string>
#include <string_view>

namespace postlude::cli {

inline constexpr int kDone = 0;
inline constexpr int kCouldNotWrite = 4;

/// Buffered standard output. Not thread-safe.
class Output {
public:
    void write(std::string_view text);
    /// False once nothing more can be written: whoever read it has gone, or an error.
    [[nodiscard]] bool wanted() const { return error_ == 0; }
    /// Writes what is left. The exit status: a reader who has seen enough (`| head`) is no
    /// failure, a full disk is.
    [[nodiscard]] int finish();

private:
    void flush();
    std::string buffer_;
    int error_ = 0;
};

/// A message on standard error, one line, with the program's name. Safe for any text.
void say(std::string_view text);
/// say(describe(error)), and the exit status that belongs to it.
int fail(const Error& error);
/// The same for an error that came up while writing what the user asked for.
int failWriting(const Error& error);

/// One line of standard error that is written over and over, if that is a terminal; gone when
/// this is. The sink may be called from any one thread.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    [[nodiscard]] ProgressSink sink() const;

private:
    bool terminal_;
};

} // namespace postlude::cli
