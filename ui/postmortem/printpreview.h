// SPDX-License-Identifier: GPL-3.0-or-later
// The pages as they would be printed, and what becomes of them.
#pragma once

#include "core/export/print.h"

#include <QDialog>

class QPrinter;
class QSpinBox;

namespace postlude {

/// A4 where no printer says what paper it has, with the margins of the PDF.
std::shared_ptr<QPrinter> usualPrinter(const std::string& title);

/// Which pages the printer asks for; painted in the thread that calls.
bool printPages(const PrintableReport& report, QPrinter& printer, const std::stop_token& stop);

/// Asks which printer, or which file. False if nothing is to be printed.
bool askPrinter(QPrinter& printer, QWidget* parent);

class PageView;

class PrintPreview : public QDialog {
    Q_OBJECT
public:
    /// Accepted: they are to be printed on that printer, as it was chosen.
    PrintPreview(const std::shared_ptr<const PrintableReport>& report,
                 const std::shared_ptr<QPrinter>& printer, QWidget* parent = nullptr);

private:
    void addKeys();
    void choosePrinter();
    void settle();
    QWidget* makeRow();
    std::shared_ptr<QPrinter> printer_;
    PageView* pages_;
    QSpinBox* page_;
};

} // namespace postlude
