// SPDX-License-Identifier: GPL-3.0-or-later
// gzip with its checksums verified, which libarchive does not do.
#pragma once

#include "core/bundle/detail/archive.h"

namespace postlude::detail {

/// Unpacks what `packed` gives, all members of it; zeros and other bytes behind the last one do not
/// count. Not thread-safe.
class Gunzip {
public:
    explicit Gunzip(Pull packed);
    ~Gunzip();
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;

    static bool isGzip(std::string_view head) { return head.starts_with("\x1f\x8b"); }
    /// The next unpacked bytes, which hold until the next call; empty at the end, also where it
    /// is damaged. Errors: those of `packed`.
    Result<std::string_view> pull();
    /// Damaged, if the end came so.
    [[nodiscard]] const std::optional<Error>& fault() const;

private:
    struct Stream;
    Result<void> inflateSome();
    Result<bool> refill();
    void inflateOnce();

    Pull packed_;
    std::unique_ptr<Stream> stream_;
    bool ended_ = false;
};

} // namespace postlude::detail
