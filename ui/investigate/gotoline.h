// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a source and a line of it.
#pragma once

#include "core/case/case.h"

#include <QDialog>

class QComboBox;
class QSpinBox;

namespace postlude {

class GoToLineDialog : public QDialog {
    Q_OBJECT
public:
    GoToLineDialog(const std::vector<SourceInfo>& sources, const QString& current, QWidget* parent);
    [[nodiscard]] QString source() const;
    [[nodiscard]] std::uint64_t line() const;

private:
    QComboBox* source_;
    QSpinBox* line_;
};

} // namespace postlude
