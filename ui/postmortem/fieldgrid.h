// SPDX-License-Identifier: GPL-3.0-or-later
// Fields with their labels, and beside some of them what the logs say. Where the form is narrow
// pairs come below each other, and what stands beside a field comes below it.
#pragma once

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace postlude {

class FieldGrid : public QWidget {
    Q_OBJECT
public:
    explicit FieldGrid(QWidget* parent = nullptr);

    enum class Room : std::uint8_t {
        Half, ///< two of these stand beside each other
        Whole
    };
    /// `check` may be null. Fields and checks become the grid's children.
    void addField(const QString& label, QWidget* field, QWidget* check = nullptr,
                  Room room = Room::Whole);
    /// A field that there is, and whether it is shown with its label.
    void showField(const QWidget* field, bool shown);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Shape : std::uint8_t { Wide, Narrow, Column };
    struct Field {
        QLabel* label;
        QWidget *field, *check;
        Room room;
    };
    [[nodiscard]] Shape wanted() const;
    void arrange();
    void place(const Field& field, int& row, bool& second);
    QGridLayout* grid_;
    std::vector<Field> fields_;
    Shape shape_ = Shape::Wide;
};

} // namespace postlude
