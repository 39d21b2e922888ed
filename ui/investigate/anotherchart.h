// SPDX-License-Identifier: GPL-3.0-or-later
// Which field or measured series to draw a chart of, and by which group.
#pragma once

#include "ui/common/fieldvalues.h"
#include "ui/investigate/chartdata.h"
#include "ui/investigate/measured.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace postlude {

class AnotherChartDialog : public QDialog {
    Q_OBJECT
public:
    /// Both must outlive the dialog.
    AnotherChartDialog(Measured& measured, FieldValues& fields, QWidget* parent = nullptr);
    [[nodiscard]] std::optional<Plot> chosen() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    void settle();

    Measured& measured_;
    FieldValues& fields_;
    QLineEdit* find_;
    QListWidget* list_;
    QComboBox* group_;
    QLabel* state_;
    QPushButton* add_ = nullptr;
};

} // namespace postlude
