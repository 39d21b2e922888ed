// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a report below one another. They are laid out and painted in a thread of their own,
// one by one as they are looked at, so that the window never waits for them.
#pragma once

#include "core/export/print.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QImage>
#include <QPageLayout>

class QThread;

namespace postlude {

/// Lays the pages out and paints them, in the thread where it lives.
class PageMaker : public QObject {
    Q_OBJECT
public:
    PageMaker(std::shared_ptr<const PrintableReport> report, const QPageLayout& paper)
        : report_(std::move(report))
        , paper_(paper) {}
    void layOut();
    void make(int page, double dots);
Q_SIGNALS:
    void laidOut(int pages);
    void made(int page, double dots, const QImage& image);

private:
    std::shared_ptr<const PrintableReport> report_;
    QPageLayout paper_;
    std::unique_ptr<LaidOutPages> pages_;
};

class PageView : public QAbstractScrollArea {
    Q_OBJECT
public:
    PageView(const std::shared_ptr<const PrintableReport>& report, const QPageLayout& paper,
             QWidget* parent = nullptr);
    ~PageView() override;

    /// 0 until they are laid out.
    [[nodiscard]] int pageCount() const { return count_; }
    [[nodiscard]] int currentPage() const; ///< from 1, as are those that one asks for
    void setCurrentPage(int page);
    void zoom(double factor);
    void fitWidth();
    void fitWhole();
    /// True if the page is painted as large as it is shown.
    [[nodiscard]] bool isPainted(int page) const;
Q_SIGNALS:
    void counted(int pages);
    void currentChanged(int page);
    void painted(int page);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Fit : std::uint8_t { Width, Whole, None };
    struct Painted {
        double dots = 0;
        QImage image;
    };
    void takeCount(int pages);
    void take(int page, double dots, const QImage& image);
    void askForNext();
    void settle();
    [[nodiscard]] double dots() const; ///< of the screen, to an inch of the paper
    [[nodiscard]] QSize pageSize() const;
    [[nodiscard]] int step() const; ///< from the top of one page to that of the next
    [[nodiscard]] QRect rectOf(int page) const;

    QSizeF inches_;
    QThread* thread_;
    PageMaker* maker_;
    QHash<int, Painted> pages_;
    Fit fit_ = Fit::Whole;
    double zoom_ = 1;
    int count_ = 0;
    int told_ = 1;
    bool asked_ = false; ///< one page at a time: what was wanted may have been scrolled away
};

} // namespace postlude
