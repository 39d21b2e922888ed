// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as a postmortem: read, exported, and the export read again.
#include "core/export/export.h"
#include "core/postmortem/reading.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    const auto reading = readPostmortem(fuzz::textOf(data, size));
    if (!reading) {
        fuzz::require(!reading.error().what.empty(), "an error says what it is");
        return 0;
    }
    MarkdownOptions options;
    options.exact = true;
    const std::string markdown = toMarkdown(reading->document, nullptr, options);
    const auto again = readPostmortem(markdown);
    fuzz::require(again.has_value(), "an export is read");
    fuzz::require(toMarkdown(again->document, nullptr, options) == markdown,
                  "and written the same");
    fuzz::require(postmortemFromJson(toJson(reading->document)).has_value(), "its JSON is read");
    return 0;
}
