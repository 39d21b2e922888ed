// SPDX-License-Identifier: GPL-3.0-or-later
// Root may read and write everything; tests of what may not be are run as nobody.
#pragma once

#include <filesystem>
#include <unistd.h>

namespace postlude::test {

/// As long as it lives, root is nobody, to whom `folder` and all that is in it belongs then. For
/// other users it does nothing. The effective user is that of all threads.
class AsNobody {
public:
    explicit AsNobody(const std::filesystem::path& folder) {
        if (::geteuid() != 0) return;
        give(folder);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            give(entry.path());
        was_ = ::seteuid(kNobody) == 0;
    }
    ~AsNobody() {
        if (was_) (void)!::seteuid(0);
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    static constexpr uid_t kNobody = 65534;
    static void give(const std::filesystem::path& path) {
        (void)!::lchown(path.c_str(), kNobody, gid_t(-1));
    }
    bool was_ = false;
};

} // namespace postlude::test
