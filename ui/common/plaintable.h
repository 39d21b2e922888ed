// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of our dialogs, alike: whole rows, no grid, no row heads, one line a row.
#pragma once

#include <QTableView>

namespace postlude {

/// `parent` owns it. `name`: for those who do not see it.
QTableView* plainTable(QAbstractItemModel* model, const QString& name, QWidget* parent);

} // namespace postlude
