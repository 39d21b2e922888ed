// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl-C and the like become a stop token.
#pragma once

#include <filesystem>
#include <stop_token>

namespace postlude::cli {

/// Call once, before any other thread is started. The first SIGINT, SIGTERM or SIGHUP triggers
/// interrupted(); a second one removes the folder given to removeOnExit() and ends the program.
/// Signals that the caller ignores (nohup) stay ignored. SIGPIPE becomes an error of write().
void catchInterrupts();
/// Holds for the whole program.
std::stop_token interrupted();
/// A folder that even an impatient end must not leave behind; empty: none (any more).
void removeOnExit(const std::filesystem::path& folder);

} // namespace postlude::cli
