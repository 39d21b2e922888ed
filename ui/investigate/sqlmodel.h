// SPDX-License-Identifier: GPL-3.0-or-later
// What a question in SQL has given.
#pragma once

#include "core/sql/sql.h"
#include "ui/common/rowmodel.h"

namespace postlude {

struct SqlAnswer {
    std::vector<std::string> names;
    std::vector<std::vector<SqlValue>> rows;
    bool cut = false; ///< there were more rows than are kept
    Duration took{};
};

/// With the names, as spreadsheets take it. Takes a while for a hundred thousand rows.
std::string csvOf(const SqlAnswer& answer);

class SqlModel : public RowModel {
    Q_OBJECT
public:
    using RowModel::RowModel;
    void show(SqlAnswer answer);
    /// Stays as it is when another is shown; any thread may read it.
    [[nodiscard]] std::shared_ptr<const SqlAnswer> answer() const { return answer_; }
    /// Where a row points to: its "source" and "line" or the first of its "evidence", else its
    /// "time". Nothing if it has none of these.
    [[nodiscard]] std::optional<Evidence> evidenceOf(int row) const;

protected:
    [[nodiscard]] int columns() const override { return static_cast<int>(answer_->names.size()); }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] bool isNumeric(int column) const override; ///< by its first value

private:
    [[nodiscard]] const SqlValue* named(int row, std::string_view name) const;
    std::shared_ptr<const SqlAnswer> answer_ = std::make_shared<SqlAnswer>();
};

} // namespace postlude
