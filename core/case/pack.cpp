// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/pack.h"

#include <zstd.h>

#include <memory>

namespace postlude {

namespace {

/// A block of 128 KiB of one byte takes four bytes.
constexpr std::size_t kBestRatio = 32768;

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

} // namespace

std::string pack(std::string_view bytes, Effort effort) {
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size(),
                          static_cast<int>(effort));
    packed.resize(ZSTD_isError(size) != 0U ? 0 : size);
    return packed;
}

std::optional<std::string> unpack(std::string_view bytes, std::size_t most) {
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most ||
        size / kBestRatio > bytes.size())
        return {};
    std::string text(static_cast<std::size_t>(size), '\0');
    const std::size_t got =
        ZSTD_decompressDCtx(context.get(), text.data(), text.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0U || got != text.size()) return {};
    return text;
}

} // namespace postlude
