// SPDX-License-Identifier: GPL-3.0-or-later
// How long work in core/ tells what it is doing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace postlude {

/// A snapshot; every number only ever grows within one piece of work.
struct Progress {
    std::string stage;               ///< "Unpacking", "Reading", "Analysing": shown as it is
    std::string source;              ///< what is being worked on, may be empty
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0;    ///< 0 = not known yet
    std::uint64_t linesDone = 0;
};

/// Called from the working thread, at most some ten times a second. May be empty.
using ProgressSink = std::function<void(const Progress&)>;

} // namespace postlude
