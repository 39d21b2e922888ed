// SPDX-License-Identifier: GPL-3.0-or-later
// A chart of what a question in SQL has given: over time, over a number, or a bar a name.
#pragma once

#include "ui/investigate/sqlmodel.h"

#include <qcustomplot.h>

namespace postlude {

struct SqlLine {
    QString name;
    std::vector<std::pair<double, double>> points; ///< by x; of Names the number of the row
};

/// What of an answer can be drawn; no widget in it.
struct SqlDrawing {
    enum Across : std::uint8_t { Nothing, Times, Numbers, Names };
    Across across = Nothing;
    QString axis;      ///< name of the column along the axis
    QStringList names; ///< of Names
    bool cut = false;  ///< there are more rows or columns than can be told apart
    std::vector<SqlLine> lines;
};

/// The first column of instants, else of text, else of numbers, is the axis; the columns of numbers
/// are lines. With instants, numbers and one text (time, server, requests), a line each text.
SqlDrawing drawingOf(const SqlAnswer& answer);

class SqlChart : public QCustomPlot {
    Q_OBJECT
public:
    explicit SqlChart(QWidget* parent = nullptr);
    void show(SqlDrawing drawing);
    [[nodiscard]] const SqlDrawing& drawing() const { return drawing_; }

private:
    void paint();
    void paintLines();
    void paintBars();
    void dress(QCPAxis& axis) const;
    void describe();
    SqlDrawing drawing_;
};

} // namespace postlude
