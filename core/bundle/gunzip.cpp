// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/detail/gunzip.h"

#include <isa-l/igzip_lib.h>

namespace postlude::detail {

namespace {

constexpr std::size_t kOut = 256 * 1024;

Error damaged(const char* why) {
    return {ErrorKind::Damaged,
            std::string("is truncated or damaged: ") + why,
            {},
            "fetch it again; what stood before is read"};
}

const char* nameOf(int result) {
    switch (result) {
    case ISAL_INCORRECT_CHECKSUM:
        return "incorrect checksum";
    case ISAL_INVALID_WRAPPER:
    case ISAL_UNSUPPORTED_METHOD:
        return "no gzip data";
    case ISAL_NEED_DICT:
        return "it needs a dictionary";
    default:
        return "invalid packed data";
    }
}

} // namespace

struct Gunzip::Stream {
    inflate_state state;
    std::string out = std::string(kOut, '\0');
    std::optional<Error> fault; ///< the rest cannot be unpacked, or is not what was packed
    bool inMember = false;
    bool gave = false; ///< the member has given bytes
    bool first = true; ///< no member has ended yet
    Stream() { isal_inflate_init(&state), begin(); }
    void begin() {
        isal_inflate_reset(&state);
        state.crc_flag = ISAL_GZIP; // its head is read and its checksum verified
        inMember = gave = false;
    }
};

Gunzip::Gunzip(Pull packed)
    : packed_(std::move(packed))
    , stream_(std::make_unique<Stream>()) {}

Gunzip::~Gunzip() = default;

/// False at the end of what is packed.
Result<bool> Gunzip::refill() {
    inflate_state& state = stream_->state;
    if (state.avail_in > 0) return true;
    const Result<std::string_view> more = packed_();
    if (!more) return std::unexpected(more.error());
    state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(more->data()));
    state.avail_in = static_cast<std::uint32_t>(more->size());
    return !more->empty();
}

/// Takes a step; what stands behind the last member is not ours.
void Gunzip::inflateOnce() {
    Stream& s = *stream_;
    const std::uint32_t in = s.state.avail_in;
    const std::uint32_t out = s.state.avail_out;
    if (!s.first && !s.inMember && *s.state.next_in != 0x1f) {
        ended_ = true;
        return;
    }
    s.inMember = true;
    const int result = isal_inflate(&s.state);
    s.gave = s.gave || s.state.avail_out < out;
    const bool stuck = s.state.avail_in == in && s.state.avail_out == out;
    if (result == ISAL_DECOMP_OK && s.state.block_state == ISAL_BLOCK_FINISH) {
        s.first = false;
        s.begin();
    } else if (result != ISAL_DECOMP_OK || stuck) {
        const bool behind = !s.first && !s.gave && result == ISAL_INVALID_WRAPPER;
        ended_ = true;
        if (!behind) s.fault = damaged(nameOf(result));
    }
}

/// Goes on until some bytes are unpacked, or none are left.
Result<void> Gunzip::inflateSome() {
    Stream& s = *stream_;
    while (s.state.avail_out == kOut && !ended_ && !s.fault) {
        const Result<bool> more = refill();
        if (!more) return std::unexpected(more.error());
        if (*more) {
            inflateOnce();
            continue;
        }
        ended_ = true;
        if (s.inMember || s.first) s.fault = damaged("its end is missing");
    }
    return {};
}

Result<std::string_view> Gunzip::pull() {
    Stream& s = *stream_;
    if (s.fault) return std::string_view{};
    s.state.next_out = reinterpret_cast<std::uint8_t*>(s.out.data());
    s.state.avail_out = kOut;
    if (auto done = inflateSome(); !done) return std::unexpected(done.error());
    return std::string_view(s.out).substr(0, kOut - s.state.avail_out);
}

const std::optional<Error>& Gunzip::fault() const {
    return stream_->fault;
}

} // namespace postlude::detail
