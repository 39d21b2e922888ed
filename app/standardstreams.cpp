// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/standardstreams.h"

#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace postlude {

void keepStandardStreams() {
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(number, F_GETFD) != -1) continue;
        // The lowest number that is free is this one; to be read or written the wrong way round.
        const int mode = number == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (::open("/dev/null", mode) < 0) return;
    }
}

} // namespace postlude
