// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/cells.h"

#include <fmt/format.h>

namespace postlude {

namespace {

std::string timeOf(const WrittenTime& time) {
    std::string text = toRfc3339(instant(time.local), time.local % 1'000'000 == 0 ? 3 : 9);
    text.pop_back();
    if (!time.hasYear) text.replace(0, 4, "----");
    if (!time.offset) return text;
    if (*time.offset == 0) return text + 'Z';
    const int minutes = std::abs(*time.offset) / 60;
    return text +
           fmt::format("{}{:02}:{:02}", *time.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string numberOf(NumberField field, std::int64_t value) {
    return isDuration(field) ? fmt::format("{}", static_cast<double>(value) / 1e6)
                             : fmt::format("{}", value);
}

} // namespace

Cells cellsOf(const Record& record) {
    Cells cells;
    cells.emplace_back("kind", nameOf(record.kind));
    if (record.time.known()) cells.emplace_back("time", timeOf(record.time));
    if (record.level != Level::None) cells.emplace_back("level", nameOf(record.level));
    for (int i = 0; i < kTextFields; ++i)
        if (const auto field = static_cast<TextField>(i); record.has(field))
            cells.emplace_back(nameOf(field), record[field]);
    for (int i = 0; i < kNumberFields; ++i)
        if (const auto field = static_cast<NumberField>(i); record.has(field))
            cells.emplace_back(nameOf(field), numberOf(field, record[field]));
    for (const auto& [name, value] : record.extra)
        cells.emplace_back(name, value);
    return cells;
}

} // namespace postlude
