// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a cause's score, each as a bar with its figure.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

namespace postlude {

class ScoreBars : public QWidget {
    Q_OBJECT
public:
    /// Each from 0 to 1, with its name.
    explicit ScoreBars(std::vector<std::pair<std::string, double>> scores,
                       QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;
    std::vector<std::pair<std::string, double>> scores_;
};

} // namespace postlude
