// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/templates.h"

#include "core/analysis/detail/events.h"
#include "core/base/text.h"

namespace postlude {

bool isFatalMessage(std::string_view text, Level level) {
    if (level >= Level::Critical) return true;
    const std::string words = lowerCase(text);
    for (const std::string_view w : {"fatal", "panic", "segfault", "oom", "deadlock", "corrupted"})
        if (detail::hasWord(words, w)) return true;
    for (const std::string_view w :
         {"out of memory", "outofmemory", "core dumped", "oom-kill", "killed process",
          "no space left", "cannot allocate memory", "exited on signal", "main process exited"})
        if (words.find(w) != words.npos) return true;
    return false;
}

} // namespace postlude
