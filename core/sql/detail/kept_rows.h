// SPDX-License-Identifier: GPL-3.0-or-later
// Tables small enough to be made at once.
#pragma once

#include "core/base/precisetime.h"
#include "core/sql/detail/table.h"

namespace postlude::sql {

using KeptRow = std::vector<SqlValue>;

/// NULL for what is not known.
inline SqlValue orNull(const std::optional<double>& value) {
    return value ? SqlValue(*value) : SqlValue();
}
inline SqlValue orNull(const std::optional<Instant>& at) {
    return at ? SqlValue(preciseTime(*at)) : SqlValue();
}
inline SqlValue whole(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

class KeptRows final : public Rows {
public:
    explicit KeptRows(std::vector<KeptRow> rows)
        : rows_(std::move(rows)) {}
    Result<bool> next() override { return at_++ < rows_.size(); }
    Result<Cell> cell(std::size_t column) override {
        return std::visit([](const auto& value) { return Cell(value); }, rows_[at_ - 1][column]);
    }
    std::int64_t number() const override { return static_cast<std::int64_t>(at_); }

private:
    std::vector<KeptRow> rows_;
    std::size_t at_ = 0; ///< one behind the row at hand
};

} // namespace postlude::sql
