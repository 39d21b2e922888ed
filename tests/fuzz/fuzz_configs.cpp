// SPDX-License-Identifier: GPL-3.0-or-later
// First line: the path of a configuration; the others: its text.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    std::string_view text = fuzz::textOf(data, size);
    const std::string path(fuzz::takeLine(text));
    Catalogue catalogue;
    (void)catalogue.configDialect(text, true, path);
    for (const Error& error : catalogue.addFromConfig(text, path))
        fuzz::require(!error.what.empty(), "an error says what it is");
    return 0;
}
