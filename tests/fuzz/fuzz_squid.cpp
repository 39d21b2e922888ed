// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    postlude::fuzz::dialect("squid", postlude::fuzz::textOf(data, size));
    return 0;
}
