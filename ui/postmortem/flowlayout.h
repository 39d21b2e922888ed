// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets beside each other that go on in the next row where the room ends, as words do.
#pragma once

#include <QLayout>
#include <memory>
#include <vector>

namespace postlude {

class FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& room) override;

private:
    int arrange(const QRect& room, bool move) const;
    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

} // namespace postlude
