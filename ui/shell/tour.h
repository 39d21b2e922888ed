// SPDX-License-Identifier: GPL-3.0-or-later
// A walk in five steps past what matters in the window: dims everything but the part it speaks of.
#pragma once

#include <QPointer>
#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;

namespace postlude {

struct TourStep {
    QPointer<QWidget> at; ///< shown bright, and spoken of; a step without one stands in the middle
    QString title;
    QString text;
};

/// Covers the window it is made in until it is left: Escape, its button, or the last step. Arrow
/// keys, Enter and Tab work; no key reaches the window meanwhile. Deletes itself.
class Tour : public QWidget {
    Q_OBJECT
public:
    Tour(std::vector<TourStep> steps, QWidget* window);
    ~Tour() override;
    [[nodiscard]] int step() const { return step_; }
    void leave();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void showStep(int step);
    void place();
    bool turns(int key);
    [[nodiscard]] QRect spot() const; ///< what is shown bright, empty if nothing is

    std::vector<TourStep> steps_;
    int step_ = 0;
    QPointer<QWidget> focusBefore_;
    QWidget* bubble_;
    QLabel* title_;
    QLabel* text_;
    QLabel* count_;
    QPushButton* leave_;
    QPushButton* back_;
    QPushButton* next_;
};

} // namespace postlude
