// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for plain text in the lines.
#pragma once

#include <QWidget>

class QLineEdit;
class QLabel;

namespace postlude {

class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QWidget* parent = nullptr);
    void open();
    void tell(const QString& text);

Q_SIGNALS:
    void findWanted(const QString& text);
    void stepWanted(int by);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLineEdit* text_;
    QLabel* told_;
    QString last_;
};

} // namespace postlude
