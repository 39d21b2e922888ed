// SPDX-License-Identifier: GPL-3.0-or-later
// Which field or measured series to draw a chart of, and by which group.
#pragma once

#include "ui/common/fieldvalues.h"
#include "ui/investigate/chartdata.h"

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
    AnotherChartDialog(Session& session, FieldValues& fields, QWidget* parent = nullptr);
    [[nodiscard]] std::optional<Plot> chosen() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void readMeasured();
    void fill();
    void settle();

    Session& session_;
    FieldValues& fields_;
    QStringList measured_;
    bool read_ = false;
    QLineEdit* find_;
    QListWidget* list_;
    QComboBox* group_;
    QLabel* state_;
    QPushButton* add_ = nullptr;
};

} // namespace postlude
