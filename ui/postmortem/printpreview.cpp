// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/printpreview.h"

#include "core/base/text.h"
#include "ui/common/layouts.h"
#include "ui/common/theme.h"
#include "ui/postmortem/flowlayout.h"
#include "ui/postmortem/pageview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPageRanges>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr double kStep = 1.2; ///< of zooming

} // namespace

std::shared_ptr<QPrinter> usualPrinter(const std::string& title) {
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    if (printer->printerName().isEmpty()) printer->setPageSize(QPageSize(QPageSize::A4));
    printer->setPageMargins(QMarginsF(18, 18, 18, 14), QPageLayout::Millimeter);
    printer->setDocName(QString::fromStdString(fileNameFrom(title)));
    printer->setCreator(QStringLiteral("Postlude"));
    return printer;
}

bool printPages(const PrintableReport& report, QPrinter& printer, const std::stop_token& stop) {
    const bool some = printer.printRange() == QPrinter::PageRange;
    if (!some) printer.setPageRanges({});
    return report.printOn(printer, stop);
}

bool askPrinter(QPrinter& printer, QWidget* parent) {
    QPrintDialog dialog(&printer, parent);
    dialog.setWindowTitle(PrintPreview::tr("Print the postmortem"));
    return dialog.exec() == QDialog::Accepted;
}

PrintPreview::PrintPreview(const std::shared_ptr<const PrintableReport>& report,
                           const std::shared_ptr<QPrinter>& printer, QWidget* parent)
    : QDialog(parent)
    , printer_(printer)
    , pages_(new PageView(report, printer->pageLayout(), this))
    , page_(new QSpinBox(this)) {
    setWindowTitle(tr("Print preview"));
    const int em = fontMetrics().height();
    resizeWithin(*this, {em * 52, em * 46});
    pages_->setObjectName(QStringLiteral("printPages"));
    pages_->setAccessibleName(tr("Pages as they would be printed"));
    addKeys();
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeRow());
    column->addWidget(pages_, 1);
    connect(pages_, &PageView::counted, this, &PrintPreview::settle);
    connect(pages_, &PageView::currentChanged, this, [this](int page) {
        const QSignalBlocker quiet(page_);
        page_->setValue(page);
    });
    connect(page_, &QSpinBox::valueChanged, pages_, &PageView::setCurrentPage);
    page_->setFocus();
}

/// Also where the number of the page would take them for its own.
void PrintPreview::addKeys() {
    const auto add = [this](const QKeySequence& keys, const auto& press) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, press);
    };
    add(Qt::Key_PageDown, [this] { page_->stepUp(); });
    add(Qt::Key_PageUp, [this] { page_->stepDown(); });
    add(QKeySequence::Print, [this] { choosePrinter(); });
    add(QKeySequence::ZoomIn, [this] { pages_->zoom(kStep); });
    add(QKeySequence::ZoomOut, [this] { pages_->zoom(1 / kStep); });
}

void PrintPreview::choosePrinter() {
    if (askPrinter(*printer_, this)) accept();
}

QWidget* PrintPreview::makeRow() {
    auto* bar = new QWidget(this);
    auto* row = new FlowLayout(bar); // large letters take two rows on a small screen
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() / 2);
    const auto button = [&](const char* name, const QString& text, const auto& press) {
        auto* made = new QPushButton(text, bar);
        made->setObjectName(QLatin1String(name));
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, press);
        return made;
    };
    auto* number = new QWidget(bar);
    auto* beside = new QHBoxLayout(number);
    beside->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Pa&ge"), number);
    label->setBuddy(page_);
    page_->setObjectName(QStringLiteral("printPage"));
    page_->setRange(1, 1);
    beside->addWidget(label);
    beside->addWidget(page_);
    auto* print = button("printNow", tr("&Print…"), [this] { choosePrinter(); });
    setRole(print, "primary");
    row->addWidget(number);
    row->addWidget(button("printWidth", tr("Fit the wi&dth"), [this] { pages_->fitWidth(); }));
    row->addWidget(button("printWhole", tr("&Whole page"), [this] { pages_->fitWhole(); }));
    row->addWidget(button("printSmaller", tr("&Smaller"), [this] { pages_->zoom(1 / kStep); }));
    row->addWidget(button("printLarger", tr("&Larger"), [this] { pages_->zoom(kStep); }));
    row->addWidget(button("printClose", tr("&Close"), [this] { reject(); }));
    row->addWidget(print);
    return bar;
}

/// The pages are there, or others are.
void PrintPreview::settle() {
    const QSignalBlocker quiet(page_);
    page_->setRange(1, std::max(pages_->pageCount(), 1));
    page_->setSuffix(tr(" of %1", "pages: 2 of 5").arg(pages_->pageCount()));
    page_->setValue(pages_->currentPage());
}

} // namespace postlude
