// SPDX-License-Identifier: GPL-3.0-or-later
// The two tables of the format dialog: the formats a source may be in, and its first lines as
// one of them reads them.
#pragma once

#include "core/ingest/preview.h"
#include "ui/common/rowmodel.h"

namespace postlude {

class ChoicesModel : public RowModel {
    Q_OBJECT
public:
    using RowModel::RowModel;
    void show(std::vector<FormatChoice> choices);
    [[nodiscard]] const std::vector<FormatChoice>& choices() const { return choices_; }

protected:
    [[nodiscard]] int columns() const override { return 3; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;

private:
    std::vector<FormatChoice> choices_;
};

class PreviewModel : public RowModel {
    Q_OBJECT
public:
    using RowModel::RowModel;
    /// Times are shown in `zone`.
    void show(Preview preview, const Zone& zone);

protected:
    [[nodiscard]] int columns() const override;
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;

private:
    [[nodiscard]] QString textOf(const PreviewRow& row, int column) const;
    Preview preview_;
    Zone zone_;
    std::vector<std::string> named_; ///< the columns but time, which stands in front
};

} // namespace postlude
