// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/text_joiner.h"

namespace postlude::detail {

namespace {

constexpr std::size_t kHead = 4096;

} // namespace

std::string TextJoiner::take(std::string_view chunk, bool last) {
    std::string text;
    if (!begun_ && !chunk.empty()) {
        begun_ = true;
        dropped_ = looksBinary(chunk);
        if (dropped_) binary_ = chunk.substr(0, kHead);
        // A part that ends in the middle of a line must not swallow the next one's first.
        if (lastByte_ != '\n') text = "\n";
        lastByte_ = '\n';
    }
    if (!dropped_) {
        std::string decoded = decoder_.decode(chunk, last);
        text = text.empty() ? std::move(decoded) : text + decoded;
        if (!text.empty()) lastByte_ = text.back();
    }
    if (last) {
        decoder_ = {};
        begun_ = dropped_ = false;
    }
    return text;
}

} // namespace postlude::detail
