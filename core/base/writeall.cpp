// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/writeall.h"

#include <cerrno>
#include <unistd.h>

namespace postlude {

int writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return 0;
}

int writeDurably(int descriptor, std::string_view bytes) {
    if (const int code = writeAll(descriptor, bytes); code != 0) return code;
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

} // namespace postlude
