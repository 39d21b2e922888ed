// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/detail/gunzip.h"

#include <zlib.h>

namespace postlude::detail {

namespace {

constexpr std::size_t kOut = 256 * 1024;
constexpr int kGzipOnly = 15 + 16; // zlib: the largest window, a gzip head, checksums verified

Error damaged(const char* why) {
    return {ErrorKind::Damaged,
            std::string("is truncated or damaged: ") + why,
            {},
            "fetch it again; what stood before is read"};
}

} // namespace

struct Gunzip::Stream {
    z_stream z{};
    std::string out = std::string(kOut, '\0');
    std::optional<Error> fault; ///< the rest cannot be unpacked, or is not what was packed
    bool inMember = false;
    bool first = true; ///< no member has ended yet
    Stream() { inflateInit2(&z, kGzipOnly); }
    ~Stream() { inflateEnd(&z); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
};

Gunzip::Gunzip(Pull packed)
    : packed_(std::move(packed))
    , stream_(std::make_unique<Stream>()) {}

Gunzip::~Gunzip() = default;

/// False at the end of what is packed.
Result<bool> Gunzip::refill() {
    z_stream& z = stream_->z;
    if (z.avail_in > 0) return true;
    const Result<std::string_view> more = packed_();
    if (!more) return std::unexpected(more.error());
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(more->data()));
    z.avail_in = static_cast<uInt>(more->size());
    return !more->empty();
}

/// Goes on until some bytes are unpacked, or none are left.
Result<void> Gunzip::inflateSome() {
    Stream& s = *stream_;
    while (s.z.avail_out == kOut && !ended_ && !s.fault) {
        const Result<bool> more = refill();
        if (!more) return std::unexpected(more.error());
        if (!*more) {
            ended_ = true;
            if (s.inMember || s.first) s.fault = damaged("its end is missing");
            return {};
        }
        s.inMember = true;
        const int result = inflate(&s.z, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            s.inMember = s.first = false;
            inflateReset(&s.z);
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            const bool behind = !s.first && s.z.total_out == 0; // no further member: not ours
            ended_ = true;
            if (!behind) s.fault = damaged(s.z.msg ? s.z.msg : "no gzip data");
        }
    }
    return {};
}

Result<std::string_view> Gunzip::pull() {
    Stream& s = *stream_;
    if (s.fault) return std::string_view{};
    s.z.next_out = reinterpret_cast<Bytef*>(s.out.data());
    s.z.avail_out = kOut;
    if (auto done = inflateSome(); !done) return std::unexpected(done.error());
    return std::string_view(s.out).substr(0, kOut - s.z.avail_out);
}

const std::optional<Error>& Gunzip::fault() const {
    return stream_->fault;
}

} // namespace postlude::detail
