// SPDX-License-Identifier: GPL-3.0-or-later
// How long it took to detect and to resolve, incident by incident: a dot each, never a mean of few.
#pragma once

#include "core/postmortem/library.h"

#include <QWidget>

namespace postlude {

class DotChart : public QWidget {
    Q_OBJECT
public:
    explicit DotChart(QWidget* parent = nullptr);
    void setCases(std::vector<CaseOverview> cases);
    void setCurrent(const std::filesystem::path& file);

    struct Dot {
        QPointF at;
        std::size_t of = 0;    ///< which case
        bool resolved = false; ///< else detected
    };
    /// Where they are painted now.
    [[nodiscard]] std::vector<Dot> dots() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void picked(const QString& file);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double y(double seconds) const;
    [[nodiscard]] const Dot* near(const std::vector<Dot>& all, QPointF at) const;
    std::vector<CaseOverview> cases_;
    std::filesystem::path current_;
};

} // namespace postlude
