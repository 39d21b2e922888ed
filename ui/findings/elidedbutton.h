// SPDX-License-Identifier: GPL-3.0-or-later
// A button that says less where it has no room, instead of making others give way.
#pragma once

#include <QPushButton>

namespace postlude {

class ElidedButton : public QPushButton {
    Q_OBJECT
public:
    /// `texts`: the same thing said at length first, then ever shorter; the first that fits is
    /// shown, and the last is cut if even that does not.
    explicit ElidedButton(const QStringList& texts, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString fitting(int room) const;
    QStringList texts_;
};

} // namespace postlude
