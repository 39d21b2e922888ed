// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/pageview.h"

#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QScrollBar>
#include <QThread>

#include <algorithm>
#include <cmath>

namespace postlude {

namespace {

constexpr int kGap = 14;       ///< around pages
constexpr double kLeast = 24;  ///< dots an inch
constexpr double kMost = 480;  ///< a page of A4 takes 90 MB then
constexpr qsizetype kHeld = 8; ///< pages that stay painted

} // namespace

void PageMaker::layOut() {
    pages_ = postlude::laidOut(report_, paper_);
    Q_EMIT laidOut(pages_->count());
}

void PageMaker::make(int page, double dots) {
    if (pages_) Q_EMIT made(page, dots, pages_->image(page, dots));
}

PageView::PageView(const std::shared_ptr<const PrintableReport>& report, const QPageLayout& paper,
                   QWidget* parent)
    : QAbstractScrollArea(parent)
    , inches_(paper.fullRect(QPageLayout::Millimeter).size() / 25.4)
    , thread_(new QThread(QCoreApplication::instance()))
    , maker_(new PageMaker(report, paper)) {
    maker_->moveToThread(thread_);
    connect(thread_, &QThread::finished, maker_, &QObject::deleteLater);
    connect(thread_, &QThread::finished, thread_, &QObject::deleteLater);
    connect(thread_, &QThread::started, maker_, &PageMaker::layOut);
    connect(maker_, &PageMaker::laidOut, this, &PageView::takeCount);
    connect(maker_, &PageMaker::made, this, &PageView::take);
    // Whoever closes the view need not wait for it; the program does.
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, thread_,
            [thread = thread_] {
                thread->quit();
                thread->wait();
            });
    thread_->start(QThread::LowPriority);
    setFocusPolicy(Qt::StrongFocus);
}

PageView::~PageView() {
    maker_->disconnect(this);
    thread_->quit();
}

void PageView::takeCount(int pages) {
    count_ = pages;
    settle();
    Q_EMIT counted(pages);
}

void PageView::take(int page, double dots, const QImage& image) {
    asked_ = false;
    pages_[page] = {dots, image};
    // The farthest from what is looked at goes first.
    const int here = currentPage() - 1;
    while (pages_.size() > kHeld) {
        const auto far =
            std::ranges::max(pages_.keys(), {}, [&](int p) { return std::abs(p - here); });
        pages_.remove(far);
    }
    viewport()->update(rectOf(page));
    Q_EMIT painted(page + 1);
    askForNext();
}

bool PageView::isPainted(int page) const {
    const auto found = pages_.find(page - 1);
    return found != pages_.end() && found->dots == dots();
}

/// The first page in sight that is not there, or not as large.
void PageView::askForNext() {
    if (asked_ || count_ == 0) return;
    for (int page = 0; page < count_; ++page) {
        if (!rectOf(page).intersects(viewport()->rect()) || isPainted(page + 1)) continue;
        asked_ = true;
        QMetaObject::invokeMethod(
            maker_, [maker = maker_, page, dots = dots()] { maker->make(page, dots); },
            Qt::QueuedConnection);
        return;
    }
}

double PageView::dots() const {
    return pageSize().width() * devicePixelRatioF() / inches_.width();
}

QSize PageView::pageSize() const {
    const QSize room = viewport()->size() - QSize(2 * kGap, 2 * kGap);
    const double wide = room.width() / inches_.width();
    const double high = room.height() / inches_.height();
    const double each = fit_ == Fit::Width   ? wide
                        : fit_ == Fit::Whole ? std::min(wide, high)
                                             : zoom_ * logicalDpiX();
    return (inches_ * std::clamp(each, kLeast, kMost)).toSize();
}

int PageView::step() const {
    return pageSize().height() + kGap;
}

QRect PageView::rectOf(int page) const {
    const QSize size = pageSize();
    const int left = std::max(kGap, (viewport()->width() - size.width()) / 2);
    return {QPoint(left - horizontalScrollBar()->value(),
                   kGap + page * step() - verticalScrollBar()->value()),
            size};
}

void PageView::settle() {
    const QSize size = pageSize();
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 3);
    verticalScrollBar()->setRange(0, std::max(0, kGap + count_ * step() - viewport()->height()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, size.width() + 2 * kGap - viewport()->width()));
    viewport()->update();
    askForNext();
}

int PageView::currentPage() const {
    if (count_ == 0) return 1;
    const int middle = verticalScrollBar()->value() + std::min(viewport()->height(), step()) / 2;
    return std::clamp((middle - kGap) / step() + 1, 1, count_);
}

void PageView::setCurrentPage(int page) {
    told_ = page;
    verticalScrollBar()->setValue((page - 1) * step());
}

void PageView::zoom(double factor) {
    const int page = currentPage();
    zoom_ =
        std::clamp(pageSize().width() / inches_.width() * factor, kLeast, kMost) / logicalDpiX();
    fit_ = Fit::None;
    settle();
    setCurrentPage(page);
}

void PageView::fitWidth() {
    const int page = currentPage();
    fit_ = Fit::Width;
    settle();
    setCurrentPage(page);
}

void PageView::fitWhole() {
    const int page = currentPage();
    fit_ = Fit::Whole;
    settle();
    setCurrentPage(page);
}

void PageView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(viewport());
    const Theme& theme = Theme::current();
    painter.fillRect(viewport()->rect(), theme.window);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (count_ == 0) {
        painter.setPen(theme.muted);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("Laying out the pages …"));
    }
    for (int page = 0; page < count_; ++page) {
        const QRect rect = rectOf(page);
        if (!rect.intersects(viewport()->rect())) continue;
        const auto found = pages_.find(page);
        if (found != pages_.end() && !found->image.isNull())
            painter.drawImage(rect, found->image);
        else
            painter.fillRect(rect, Qt::white);
        painter.setPen(theme.border);
        painter.drawRect(rect.adjusted(-1, -1, 0, 0));
    }
}

void PageView::resizeEvent(QResizeEvent* event) {
    const int page = told_;
    QAbstractScrollArea::resizeEvent(event);
    settle();
    if (count_ > 0) setCurrentPage(page);
}

void PageView::scrollContentsBy(int /*dx*/, int /*dy*/) {
    viewport()->update();
    askForNext();
    if (const int page = currentPage(); page != std::exchange(told_, page))
        Q_EMIT currentChanged(page);
}

} // namespace postlude
