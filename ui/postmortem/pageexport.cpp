// SPDX-License-Identifier: GPL-3.0-or-later
// The page's document leaves the house.
#include "core/export/export.h"
#include "core/postmortem/sensitive.h"
#include "ui/common/shown.h"
#include "ui/postmortem/editiondialog.h"
#include "ui/postmortem/forms.h"
#include "ui/postmortem/pageparts.h"

#include <QApplication>
#include <QClipboard>
#include <QEventLoop>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QTextDocument>

namespace postlude {

namespace {

constexpr const char* kFolder = "export/folder";

/// Where one exported to last; else beside the case, unless it lies where programs keep theirs.
QString exportFolder(const Case& of) {
    const QString last = QSettings().value(QLatin1String(kFolder)).toString();
    if (!last.isEmpty() && QFileInfo(last).isDir()) return last;
    const QString beside = QFileInfo(QString::fromStdString(of.file().string())).absolutePath();
    const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    if (!beside.startsWith(own + QLatin1Char('/'))) return beside;
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

} // namespace

/// Empty if nothing was chosen. A name that got its ending here asks before it overwrites.
QString PostmortemPage::askFile(const QString& name) {
    const QString folder = exportFolder(parts_->session->caseFile());
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

/// All that an export needs, so that the document may be written on meanwhile.
struct PostmortemPage::Export {
    QString file;
    Postmortem document;
    Form form; ///< a template of one's own is not named in the document
    /// What names are replaced by; null: none are.
    std::shared_ptr<const SanitisedEdition> edition = nullptr;

    [[nodiscard]] ExportOptions options() const {
        ExportOptions options{.form = &form, .digests = !edition};
        if (edition)
            options.rename = [e = edition](const std::string& name) { return e->clean(name); };
        return options;
    }
};

void PostmortemPage::exportTo(const QString& file) {
    Parts& p = *parts_;
    QSettings().setValue(QLatin1String(kFolder), QFileInfo(file).absolutePath());
    if (!p.document.isLoaded() || !p.session)
        return say(tr("There is nothing to export yet."), true);
    write(std::make_shared<Export>(Export{file, p.document.now(), formOf(p.document.now())}));
}

/// Not stopped when the session ends: what one asked for is written to its end.
void PostmortemPage::write(const std::shared_ptr<const Export>& what) {
    Parts& p = *parts_;
    if (!p.exporting.isEmpty()) return say(tr("%1 is still being written.").arg(p.exporting), true);
    p.exporting = what->file;
    const auto stop = std::make_shared<std::stop_source>();
    const auto tell = [this, what, stop](const QString& text) {
        offer(text, tr("Cancel"), [stop] { stop->request_stop(); });
    };
    tell(tr("Exporting to %1 …").arg(what->file));
    p.session->runTelling<Progress>(
        QStringLiteral("export"), this,
        [what, stop, query = p.session->sharedQuery(), analysis = p.session->analysis()](
            std::stop_token, const ProgressSink& progress) -> std::optional<Error> {
            const auto written = exportPostmortem(what->document, query.get(), analysis.get(),
                                                  what->file.toStdString(), what->options(),
                                                  stop->get_token(), progress);
            return written ? std::nullopt : std::optional(written.error());
        },
        [tell, what](const Progress& progress) {
            tell(tr("Exporting to %1: %2 …").arg(what->file, shown(progress.stage)));
        },
        [this, what](const std::optional<Error>& failure) { finish(*what, failure); });
}

void PostmortemPage::finish(const Export& what, const std::optional<Error>& failure) {
    Parts& p = *parts_;
    p.exporting.clear();
    const int differ = what.edition ? 0 : p.checks->differing();
    if (failure && failure->kind == ErrorKind::Cancelled)
        say(tr("The export to %1 was stopped.").arg(what.file), false);
    else if (failure)
        say(tr("Not exported: %1").arg(shown(describe(*failure))), true);
    else if (what.edition)
        say(tr("Edition written to %1").arg(what.file), false);
    else if (differ > 0)
        say(tr("Exported to %1. %n numbers and times in it do not hold; see Checks", nullptr,
               differ)
                .arg(what.file),
            true);
    else
        say(tr("Exported to %1").arg(what.file), false);
    Q_EMIT exported(what.file, !failure);
}

bool PostmortemPage::finishExport() {
    if (parts_->exporting.isEmpty()) return true;
    bool fine = false;
    QEventLoop until;
    connect(this, &PostmortemPage::exported, &until, [&](const QString&, bool written) {
        fine = written;
        until.quit();
    });
    QApplication::setOverrideCursor(Qt::WaitCursor);
    until.exec(QEventLoop::ExcludeUserInputEvents);
    QApplication::restoreOverrideCursor();
    return fine;
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

/// What is replaced is looked for behind the window, and shown before anything is written.
void PostmortemPage::exportEdition() {
    Parts& p = *parts_;
    if (!p.document.isLoaded() || !p.session) return;
    const auto tell = [this](const QString& text) {
        offer(text, tr("Cancel"), [this] { parts_->session->drop(QStringLiteral("edition")); });
    };
    tell(tr("Making the edition …"));
    using Edition = Result<SanitisedEdition>;
    p.session->runTelling<Progress>(
        QStringLiteral("edition"), this,
        [document = p.document.now(), query = p.session->sharedQuery(),
         analysis = p.session->analysis()](const std::stop_token& stop,
                                           const ProgressSink& progress) -> Edition {
            return sanitised(document, knownNames(document, query->sources(), analysis.get()), stop,
                             progress);
        },
        [tell](const Progress& progress) {
            const std::uint64_t all = std::max<std::uint64_t>(progress.bytesTotal, 1);
            const auto done = std::min<std::uint64_t>(progress.bytesDone * 100 / all, 100);
            tell(tr("Making the edition: %1 % of the text …").arg(done));
        },
        [this, form = formOf(p.document.now())](Edition edition) {
            say({}, false);
            if (!edition) return; // it was stopped
            offerEdition(std::make_shared<const SanitisedEdition>(std::move(*edition)), form);
        });
}

void PostmortemPage::offerEdition(const std::shared_ptr<const SanitisedEdition>& edition,
                                  const Form& form) {
    EditionDialog dialog(edition->replaced, this);
    if (dialog.exec() != QDialog::Accepted) return;
    const QString file =
        askFile(QString::fromStdString(fileNameFrom(edition->document.title + " edition")));
    if (file.isEmpty()) return;
    write(std::make_shared<Export>(Export{file, edition->document, form, edition}));
}

} // namespace postlude
