// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "core/case/segment.h"
#include "core/format/batch.h"

#include <algorithm>
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

bool isSame(Record a, Record b) {
    const auto same = [](std::string_view one, std::string_view other) {
        return one == other && (one.data() == nullptr) == (other.data() == nullptr);
    };
    std::ranges::sort(a.extra);
    std::ranges::sort(b.extra);
    return a.kind == b.kind && a.level == b.level && a.time.local == b.time.local &&
           a.time.offset == b.time.offset && a.time.hasYear == b.time.hasYear &&
           a.time.isEnd == b.time.isEnd && a.numbers == b.numbers && a.extra == b.extra &&
           std::ranges::equal(a.texts, b.texts, same);
}

/// Lines that are read together say what each of them says by itself, and can be made a segment.
void readTogether(const Format& format, std::string_view text) {
    const auto together = format.parser();
    auto* const many = dynamic_cast<BatchParser*>(together.get());
    if (many == nullptr) return;
    const auto alone = format.parser();
    const auto batch = std::make_unique<RecordBatch>();
    SegmentBuilder segment;
    Record record;
    Record other;
    while (!text.empty()) {
        const std::size_t taken =
            many->parseMany(text, text.size(), kSegmentRows - segment.rows(), *batch);
        require(taken <= text.size(), "no more is read than there is");
        text.remove_prefix(taken);
        for (std::size_t row = 0; taken > 0 && row < batch->rows; ++row)
            require(alone->parse(batch->lines[row], record) == LineVerdict::Record &&
                        isSame(record, batch->record(row)),
                    "a line says the same among others");
        if (taken > 0) {
            segment.add(*batch, {});
            continue;
        }
        std::string_view line = takeLine(text);
        if (line.ends_with('\r')) line.remove_suffix(1);
        const LineVerdict verdict = together->parse(line, other);
        require(alone->parse(line, record) == verdict, "a line is read the same behind others");
        if (verdict == LineVerdict::Record)
            require(isSame(record, other), "a line says the same behind others");
    }
    static_cast<void>(encode(segment.segment()));
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
    for (std::string_view rest = text; !rest.empty();)
        if (parser->parse(takeLine(rest), record) == LineVerdict::Record) touched = touch(record);
    readTogether(format, text);
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
