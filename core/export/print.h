// SPDX-License-Identifier: GPL-3.0-or-later
// The postmortem on paper: the pages of the PDF, on whatever paper a printer has.
#pragma once

#include "core/export/export.h"

#include <memory>

class QImage;
class QPagedPaintDevice;
class QPageLayout;

namespace postlude {

class LaidOutPages;

/// What is counted and read for a report, so that its pages can be made at any time.
class PrintableReport {
public:
    struct Parts;
    explicit PrintableReport(std::unique_ptr<const Parts> parts);
    ~PrintableReport();
    PrintableReport(const PrintableReport&) = delete;
    PrintableReport& operator=(const PrintableReport&) = delete;

    /// Lays it out for the paper and the margins of `device` and paints its pages, all or those of
    /// the ranges that the device has. On any thread. False if the device cannot be painted on, or
    /// it was stopped.
    [[nodiscard]] bool printOn(QPagedPaintDevice& device, const std::stop_token& stop = {}) const;

private:
    friend std::unique_ptr<LaidOutPages> laidOut(const std::shared_ptr<const PrintableReport>&,
                                                 const QPageLayout&);
    std::unique_ptr<const Parts> parts_;
};

/// Its pages to be looked at, laid out once. Made, asked and destroyed in one thread, any: fonts
/// are that thread's own.
class LaidOutPages {
public:
    struct Parts;
    explicit LaidOutPages(std::unique_ptr<Parts> parts);
    ~LaidOutPages();
    LaidOutPages(const LaidOutPages&) = delete;
    LaidOutPages& operator=(const LaidOutPages&) = delete;

    [[nodiscard]] int count() const;
    /// A page of the paper, from 0, with so many dots an inch. Null if there is no memory for it.
    [[nodiscard]] QImage image(int page, double dots) const;

private:
    std::unique_ptr<Parts> parts_;
};

/// The pages on paper of that size and with these margins.
std::unique_ptr<LaidOutPages> laidOut(const std::shared_ptr<const PrintableReport>& report,
                                      const QPageLayout& paper);

/// `query` and `analysis` may be null: then there are no charts. On any thread. Errors: Cancelled
/// and those of Query::series. Needs a QGuiApplication, as exportPostmortem() does.
Result<std::shared_ptr<const PrintableReport>>
printableReport(const Postmortem& document, const Query* query, const Analysis* analysis,
                const ExportOptions& options = {}, const std::stop_token& stop = {},
                const ProgressSink& progress = {});

} // namespace postlude
