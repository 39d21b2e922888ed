// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the pointer on a chart: when, and what each line has there, with its colour and counts.
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>
#include <vector>

namespace postlude {

struct ReadoutRow {
    QColor colour;
    QString name, value, count;
    bool operator==(const ReadoutRow&) const = default;
};

/// Lies over the window of the widget it belongs to and takes no mouse. Goes with the next key:
/// what it tells may be no more at the pointer then.
class Readout : public QWidget {
    Q_OBJECT
public:
    explicit Readout(QWidget* of);
    /// `at`: the pointer, in the widget it belongs to.
    void showAt(const QPoint& at, const QString& head, std::vector<ReadoutRow> rows);
    [[nodiscard]] const std::vector<ReadoutRow>& rows() const { return rows_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Widths {
        int name = 0, value = 0, count = 0, all = 0, row = 0;
    };
    [[nodiscard]] Widths widths() const;
    QWidget* of_;
    QString head_;
    std::vector<ReadoutRow> rows_;
};

} // namespace postlude
