// SPDX-License-Identifier: GPL-3.0-or-later
// The page's document on paper.
#include "ui/common/shown.h"
#include "ui/postmortem/forms.h"
#include "ui/postmortem/pageparts.h"
#include "ui/postmortem/printpreview.h"

#include <QPrinter>

namespace postlude {

namespace {

constexpr QLatin1StringView kPrint("print");

} // namespace

/// What the pages need is read behind the window.
void PostmortemPage::print(bool preview) {
    Parts& p = *parts_;
    if (!p.document.isLoaded() || !p.session)
        return say(tr("There is nothing to print yet."), true);
    struct Asked {
        Postmortem document;
        Form form;
    };
    const auto asked =
        std::make_shared<const Asked>(Asked{p.document.now(), formOf(p.document.now())});
    const auto tell = [this](const QString& text) {
        offer(text, tr("Cancel"), [this] { parts_->session->drop(QString(kPrint)); });
    };
    tell(tr("Making the pages …"));
    using Pages = Result<std::shared_ptr<const PrintableReport>>;
    p.session->runTelling<Progress>(
        QString(kPrint), this,
        [asked, query = p.session->sharedQuery(), analysis = p.session->analysis()](
            const std::stop_token& stop, const ProgressSink& progress) -> Pages {
            return printableReport(asked->document, query.get(), analysis.get(),
                                   {.form = &asked->form}, stop, progress);
        },
        [tell](const Progress& progress) {
            tell(tr("Making the pages: %1 …").arg(shown(progress.stage)));
        },
        [this, asked, preview](const Pages& pages) {
            if (!pages) return say(tr("Not printed: %1").arg(shown(describe(pages.error()))), true);
            say({}, false);
            const auto printer = usualPrinter(asked->document.title);
            const bool wanted =
                preview ? PrintPreview(*pages, printer, this).exec() == QDialog::Accepted
                        : askPrinter(*printer, this);
            if (wanted) printOn(*pages, printer);
        });
}

void PostmortemPage::printOn(const std::shared_ptr<const PrintableReport>& pages,
                             const std::shared_ptr<QPrinter>& printer) {
    Parts& p = *parts_;
    if (!p.session) return;
    const QString where =
        printer->outputFileName().isEmpty() ? printer->printerName() : printer->outputFileName();
    offer(tr("Printing to %1 …").arg(where), tr("Cancel"),
          [this] { parts_->session->drop(QString(kPrint)); });
    p.session->run(
        QString(kPrint), this,
        [pages, printer](const std::stop_token& stop) {
            const bool done = printPages(*pages, *printer, stop);
            if (!done) printer->abort();
            return done;
        },
        [this, where](bool done) {
            done ? say(tr("Printed to %1").arg(where), false)
                 : say(tr("Not printed: %1 does not take the pages.").arg(where), true);
        });
}

} // namespace postlude
