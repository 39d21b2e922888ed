// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps, one a line; the reader remembers the day of the one before.
#include "core/format/detail/timestamp.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    std::string_view text = fuzz::textOf(data, size);
    TimeReader warm;
    while (!text.empty()) {
        const std::string_view line = fuzz::takeLine(text);
        TimeReader cold;
        WrittenTime remembered, fresh;
        std::string_view restWarm = line, restCold = line;
        const bool readWarm = warm.take(restWarm, remembered);
        const bool readCold = cold.take(restCold, fresh);
        fuzz::require(readWarm == readCold && restWarm.size() == restCold.size(),
                      "what was read before changes nothing");
        fuzz::require(!readWarm || restWarm.size() < line.size(), "a time stamp has characters");
        if (readWarm)
            fuzz::require(remembered.local == fresh.local && remembered.offset == fresh.offset,
                          "the same text is the same time");
        WrittenTime whole;
        if (cold.whole(line, whole)) fuzz::require(readCold, "a whole time stamp begins the text");
    }
    return 0;
}
