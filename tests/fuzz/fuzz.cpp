// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace postlude::fuzz {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

std::string_view takeLine(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

namespace {

volatile std::size_t touched = 0; // so that nothing is left out as unused

/// Touches every byte that the record points to: a view of freed memory is seen by the sanitizer.
std::size_t touch(const Record& record) {
    const auto sum = [](std::string_view text) {
        return std::accumulate(text.begin(), text.end(), std::size_t{0}, [](std::size_t s, char c) {
            return s * 31 + static_cast<unsigned char>(c);
        });
    };
    std::size_t all = 0;
    for (int i = 0; i < kTextFields; ++i)
        all += sum(record[static_cast<TextField>(i)]);
    for (const auto& [name, value] : record.extra)
        all += sum(name) + sum(value);
    return all;
}

} // namespace

void readAll(const Format& format, std::string_view text) {
    if (format.wholeDocument()) {
        const auto read = format.readDocument(
            text,
            [&](const Record& record, const RecordPlace& place) {
                require(place.offset + place.bytes <= text.size(),
                        "a record stands within its text");
                touched = touch(record);
            },
            [](const Error&) {});
        if (!read) require(!read.error().what.empty(), "an error says what it is");
        return;
    }
    const auto parser = format.parser();
    Record record;
    while (!text.empty())
        if (parser->parse(takeLine(text), record) == LineVerdict::Record) touched = touch(record);
}

void dialect(const char* name, std::string_view text) {
    Catalogue catalogue;
    const std::string written(takeLine(text));
    const auto added = catalogue.addDialect(name, "fuzz", written);
    if (!added) {
        require(!added.error().what.empty(), "an error says what it is");
        return;
    }
    for (const auto& format : catalogue.formats())
        readAll(*format, text);
}

} // namespace postlude::fuzz
