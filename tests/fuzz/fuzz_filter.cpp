// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    const std::string_view text = fuzz::textOf(data, size);
    const auto filter = Filter::parse(text);
    if (!filter)
        fuzz::require(!filter.error().what.empty() && filter.error().place.offset <= text.size(),
                      "an error says what it is, and where");
    return 0;
}
