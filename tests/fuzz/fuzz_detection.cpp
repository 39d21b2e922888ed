// SPDX-License-Identifier: GPL-3.0-or-later
// A source under a meaningless name: detected, then read with what was found.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    static const auto catalogue = Catalogue::builtIn();
    fuzz::require(catalogue.has_value(), "the built-in formats are read");
    const std::string_view text = fuzz::textOf(data, size);
    const Detection found = catalogue->detect(text, true, "x.log");
    fuzz::require(found.score >= 0 && found.score <= 1.000001, "a score is 0…1");
    if (!found.format) return 0;
    const auto again = catalogue->named(found.format->name());
    fuzz::require(again != nullptr,
                  "a format that was found has a name by which it can be asked for");
    fuzz::readAll(*found.format, text);
    return 0;
}
