// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/sample.h"

namespace postlude::detail {

std::vector<std::string> linesFurtherOn(const Case::Store& store, SourceId source) {
    constexpr std::uint64_t piece = 32U << 10U;
    std::vector<std::string> pieces;
    const auto size = store.textSize(source);
    if (!size || *size < kSampleBytes + 4 * piece) return pieces;
    for (const std::uint64_t third : {1U, 2U, 3U}) {
        const std::uint64_t from = kSampleBytes + (*size - kSampleBytes - piece) / 3 * third;
        auto text = store.readText(source, from, piece);
        if (!text) return {};
        const std::size_t first = text->find('\n');
        const std::size_t last = text->rfind('\n');
        if (first != last) pieces.push_back(text->substr(first + 1, last - first));
    }
    return pieces;
}

} // namespace postlude::detail
