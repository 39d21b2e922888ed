// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/batch.h"

namespace postlude {

Record RecordBatch::record(std::size_t row) const {
    Record record;
    record.kind = kind;
    record.time = times[row];
    for (std::size_t i = 0; i < kTextFields; ++i)
        if (hasText[i]) record.texts[i] = texts[i][row];
    for (std::size_t i = 0; i < kNumberFields; ++i)
        if (hasNumber[i]) record.numbers[i] = numbers[i][row];
    for (const Extra& each : extra)
        if (each.values[row].data() != nullptr)
            record.extra.emplace_back(each.name, each.values[row]);
    return record;
}

} // namespace postlude
