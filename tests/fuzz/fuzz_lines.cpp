// SPDX-License-Identifier: GPL-3.0-or-later
// First byte: one of the built-in formats; the rest: a source read with it.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    static const auto catalogue = Catalogue::builtIn();
    fuzz::require(catalogue.has_value(), "the built-in formats are read");
    static const auto formats = catalogue->formats();
    if (size == 0) return 0;
    fuzz::readAll(*formats[data[0] % formats.size()], fuzz::textOf(data + 1, size - 1));
    return 0;
}
