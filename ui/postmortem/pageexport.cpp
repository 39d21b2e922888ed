// SPDX-License-Identifier: GPL-3.0-or-later
// The page's document leaves the house.
#include "core/export/export.h"
#include "core/postmortem/sensitive.h"
#include "ui/common/theme.h"
#include "ui/postmortem/editiondialog.h"
#include "ui/postmortem/forms.h"
#include "ui/postmortem/pageparts.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QTextDocument>

namespace postlude {

/// Empty if nothing was chosen. A name that got its ending here asks before it overwrites.
QString PostmortemPage::askFile(const QString& name) {
    const QString folder =
        QFileInfo(QString::fromStdString(parts_->session->caseFile().file().string())).path();
    QString chosen;
    QString file = QFileDialog::getSaveFileName(
        this, tr("Export the postmortem"), folder + QLatin1Char('/') + name + QStringLiteral(".md"),
        tr("Markdown (*.md);;Web page (*.html);;PDF (*.pdf);;Text document (*.odt);;JSON "
           "(*.json);;Tasks as a table (*.csv)"),
        &chosen);
    if (file.isEmpty() || !QFileInfo(file).suffix().isEmpty()) return file;
    file += chosen.section(QStringLiteral("(*"), 1).remove(QLatin1Char(')'));
    const auto answer =
        QFileInfo::exists(file)
            ? QMessageBox::question(this, tr("Export the postmortem"),
                                    tr("%1 exists. Overwrite it?").arg(QFileInfo(file).fileName()))
            : QMessageBox::Yes;
    return answer == QMessageBox::Yes ? file : QString();
}

void PostmortemPage::exportAs() {
    Parts& p = *parts_;
    if (!p.document.isLoaded()) return;
    const QString file = askFile(QString::fromStdString(fileNameFrom(p.document.now().title)));
    if (!file.isEmpty()) exportTo(file);
}

bool PostmortemPage::exportTo(const QString& file) {
    Parts& p = *parts_;
    if (!p.document.isLoaded() || !p.session) {
        say(tr("There is nothing to export yet."), true);
        return false;
    }
    const Form form = formOf(p.document.now());
    if (!writeTo(file, p.document.now(), {.form = &form})) return false;
    const int differ = p.checks->differing();
    QString text = tr("Exported to %1").arg(file);
    if (differ > 0)
        text += QStringLiteral(". ") +
                tr("%n numbers and times in it do not hold; see Checks", nullptr, differ);
    say(text, differ > 0);
    return true;
}

bool PostmortemPage::writeTo(const QString& file, const Postmortem& document,
                             const ExportOptions& options) {
    QApplication::setOverrideCursor(Qt::WaitCursor);
    const auto written =
        exportPostmortem(document, &parts_->session->query(), parts_->session->analysis().get(),
                         file.toStdString(), options);
    QApplication::restoreOverrideCursor();
    if (!written)
        say(tr("Not exported: %1").arg(QString::fromStdString(describe(written.error()))), true);
    return written.has_value();
}

void PostmortemPage::copyDocument() {
    Parts& p = *parts_;
    if (!p.document.isLoaded()) return;
    const Form form = formOf(p.document.now());
    MarkdownOptions options;
    options.form = &form;
    const QString markdown =
        QString::fromStdString(postlude::toMarkdown(p.document.now(), nullptr, options));
    QTextDocument rich;
    rich.setMarkdown(withoutFootnotes(markdown),
                     QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                         QTextDocument::MarkdownNoHTML);
    auto* data = new QMimeData;
    data->setHtml(rich.toHtml());
    data->setText(markdown);
    QGuiApplication::clipboard()->setMimeData(data);
    say(tr("Copied. The charts are not in it: export for those."), false);
}

void PostmortemPage::exportEdition() {
    Parts& p = *parts_;
    if (!p.document.isLoaded() || !p.session) return;
    const SanitisedEdition edition =
        sanitised(p.document.now(), knownNames(p.document.now(), p.session->query().sources(),
                                               p.session->analysis().get()));
    EditionDialog dialog(edition.replaced, this);
    if (dialog.exec() != QDialog::Accepted) return;
    const QString file =
        askFile(QString::fromStdString(fileNameFrom(edition.document.title + " edition")));
    if (file.isEmpty()) return;
    const Form form = formOf(p.document.now()); // a template of one's own is not named in it
    ExportOptions options{.form = &form, .digests = false};
    options.rename = [&](const std::string& name) { return edition.clean(name); };
    if (writeTo(file, edition.document, options)) say(tr("Edition written to %1").arg(file), false);
}

} // namespace postlude
