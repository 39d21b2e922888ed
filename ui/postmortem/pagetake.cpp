// SPDX-License-Identifier: GPL-3.0-or-later
// Documents that come into the case: drafts, and what somebody wrote elsewhere.
#include "core/postmortem/reading.h"
#include "core/postmortem/redraft.h"
#include "core/postmortem/wording.h"
#include "ui/postmortem/pageparts.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace postlude {

namespace {

constexpr const char* kDraftNote = "postmortem.draft";
constexpr qint64 kMost = (qint64{64} << 20) + 1;

Result<Reading> readingOf(const QString& file) {
    QFile content(file);
    if (!content.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.kind = ErrorKind::Unreadable,
                                     .what = content.errorString().toStdString(),
                                     .place = {.source = file.toStdString()}});
    const std::string text = content.read(kMost).toStdString();
    auto reading = readDocument(text);
    if (!reading) reading.error().place.source = file.toStdString();
    return reading;
}

QString listOf(const std::vector<std::string>& texts) {
    constexpr std::size_t most = 14;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(texts.size(), most); ++i)
        lines << QStringLiteral("• ") + QString::fromStdString(texts[i]);
    if (texts.size() > most) lines << PostmortemPage::tr("… and %1 more").arg(texts.size() - most);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// Off the window's thread, as whatever reads the case.
void PostmortemPage::draftInBackground(const std::function<void(Postmortem)>& done) {
    Session& session = *parts_->session;
    session.run(
        QStringLiteral("draft"), this,
        [analysis = session.analysis(), query = session.sharedQuery(),
         title = session.title().toStdString()](std::stop_token) {
            return draftPostmortem(*analysis, query->sources(), title);
        },
        done);
}

void PostmortemPage::draft() {
    draftInBackground([this, shown = parts_->shown](Postmortem fresh) {
        // Something was taken over meanwhile, or another document is looked at.
        if (parts_->document.isLoaded() || parts_->shown != shown) return;
        parts_->document.load(std::move(fresh));
        keepDraft(parts_->document.now());
        parts_->saver.saveAs("draft");
    });
}

std::string PostmortemPage::draftNote() const {
    std::string note = kDraftNote;
    if (parts_->shown == DocumentId::First) return note;
    note += '.';
    return note += std::to_string(static_cast<std::int64_t>(parts_->shown));
}

/// The draft as it was, so that a later one can tell the people's words from it.
void PostmortemPage::keepDraft(const Postmortem& draft) {
    Case& file = parts_->session->caseFile();
    if (file.mode() == OpenMode::ReadOnly) return;
    if (const auto kept = file.setNote(draftNote(), toJson(draft)); !kept)
        say(QString::fromStdString(describe(kept.error())), true);
}

Postmortem PostmortemPage::lastDraft() const {
    const Case& file = parts_->session->caseFile();
    if (const auto note = file.note(draftNote()); note && *note)
        if (auto draft = postmortemFromJson(**note)) return std::move(*draft);
    const auto history = revisionListOf(file, parts_->shown);
    for (const RevisionInfo& info : history ? *history : std::vector<RevisionInfo>{}) {
        if (info.why != "draft") continue;
        const auto revision = revisionNumbered(file, info.number);
        if (!revision) continue;
        if (auto draft = postmortemFromJson(revision->json)) return std::move(*draft);
    }
    return parts_->document.now();
}

void PostmortemPage::redraft() {
    Parts& p = *parts_;
    if (!p.session || !p.session->analysis() || !p.document.isLoaded()) return;
    draftInBackground([this](const Postmortem& fresh) { offerRedraft(fresh); });
}

void PostmortemPage::offerRedraft(const Postmortem& fresh) {
    Parts& p = *parts_;
    const Redraft found = redrafted(p.document.now(), lastDraft(), fresh);
    if (found.taken.empty())
        return say(
            found.left.empty()
                ? tr("The logs tell nothing new since the last draft.")
                : tr("Nothing new but where people's own words stand:\n%1").arg(listOf(found.left)),
            false);
    QMessageBox box(QMessageBox::Question, tr("Draft anew"),
                    tr("The logs tell this since the last draft. What people wrote stays."),
                    QMessageBox::Cancel, this);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(
        listOf(found.taken) +
        (found.left.empty() ? QString() : QStringLiteral("\n\n") + listOf(found.left)));
    auto* take = box.addButton(tr("Take it over"), QMessageBox::AcceptRole);
    box.exec();
    if (box.clickedButton() != take) return;
    p.document.edit("draft anew", [&](Postmortem& d) { d = found.document; });
    keepDraft(fresh);
    p.saver.saveAs("drafted anew");
}

void PostmortemPage::takeOver() {
    if (!parts_->session) return;
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Take over a written postmortem"), {},
        tr("Postmortems (*.md *.markdown *.txt *.json);;All files (*)"));
    if (!file.isEmpty()) takeOverFrom(file);
}

void PostmortemPage::takeOverFrom(const QString& file) {
    Parts& p = *parts_;
    if (!p.session || p.document.isReadOnly()) return;
    p.session->run(
        QStringLiteral("takeOver"), this, [file](std::stop_token) { return readingOf(file); },
        [this, file, into = p.shown](const Result<Reading>& reading) {
            if (into == parts_->shown) takeReading(file, reading);
        });
}

void PostmortemPage::takeReading(const QString& file, const Result<Reading>& reading) {
    Parts& p = *parts_;
    if (!reading)
        return say(tr("Not taken over: %1").arg(QString::fromStdString(describe(reading.error()))),
                   true);
    saveNow();
    const std::string why = "taken from " + QFileInfo(file).fileName().toStdString();
    if (p.document.isLoaded())
        p.document.edit(why, [&](Postmortem& d) { d = reading->document; });
    else
        p.document.load(reading->document);
    if (!p.saver.saveAs(why)) return; // that is told
    p.checks->setRemarks(reading->remarks);
    if (!reading->remarks.empty()) p.views->setCurrentWidget(p.checks);
    const Postmortem& d = reading->document;
    const Analysis* analysis = p.document.analysis();
    const bool foreign = analysis && isOfOtherTimes(d, *analysis);
    const QString warning =
        foreign ? QLatin1Char('\n') + tr("None of its times lies within these logs: it may be of "
                                         "another incident.")
                : QString();
    say(tr("Taken over. Entries: %1, tasks: %2, pieces kept as they stood: %3, remarks: %4. What "
           "was "
           "written before is in the history.")
                .arg(d.timeline.size())
                .arg(d.tasks.size())
                .arg(d.kept.size())
                .arg(reading->remarks.size()) +
            warning,
        foreign);
}

} // namespace postlude
