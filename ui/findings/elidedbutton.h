// SPDX-License-Identifier: GPL-3.0-or-later
// A button whose text is shortened where it has no room, instead of making others give way.
#pragma once

#include <QPushButton>

namespace postlude {

class ElidedButton : public QPushButton {
    Q_OBJECT
public:
    explicit ElidedButton(const QString& text, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace postlude
