// SPDX-License-Identifier: GPL-3.0-or-later
// Several postmortems of one case: one for the team, one for customers.
#include "ui/common/shown.h"
#include "ui/postmortem/pageparts.h"

#include <QActionGroup>
#include <QInputDialog>
#include <algorithm>

namespace postlude {

namespace {

QString nameOf(const DocumentInfo& info) {
    if (!info.name.empty()) return shown(info.name);
    return info.id == DocumentId::First
               ? PostmortemPage::tr("Postmortem")
               : PostmortemPage::tr("Postmortem %1").arg(static_cast<qint64>(info.id));
}

/// As it was given; empty for one that has only its number.
QString givenName(const std::vector<DocumentInfo>& all, DocumentId id) {
    const auto it = std::ranges::find(all, id, &DocumentInfo::id);
    return it == all.end() ? QString() : QString::fromStdString(it->name);
}

} // namespace

DocumentId PostmortemPage::shownDocument() const {
    return parts_->shown;
}

void PostmortemPage::fillDocuments() {
    Parts& p = *parts_;
    if (!p.session) return;
    const auto all = documentsOf(p.session->caseFile());
    if (!all) return say(QString::fromStdString(describe(all.error())), true);
    const auto now = std::ranges::find(*all, p.shown, &DocumentInfo::id);
    const QString name = now == all->end() ? QString() : nameOf(*now);
    constexpr int kEms = 16;
    const QFontMetrics metrics = p.documents->fontMetrics();
    // Qt 6.4 forgets a style's padding where texts stand on the left: hence the blank.
    p.documents->setText(
        QStringLiteral("\u2002") +
        menuText(metrics.elidedText(name, Qt::ElideRight, kEms * metrics.height())) +
        QStringLiteral(" ▾"));
    p.documents->setToolTip(plainTip(name));
    fillDocumentMenu(*all);
}

void PostmortemPage::fillDocumentMenu(const std::vector<DocumentInfo>& all) {
    Parts& p = *parts_;
    QMenu* menu = p.documentMenu;
    menu->clear();
    auto* group = new QActionGroup(menu);
    for (const DocumentInfo& info : all) {
        if (info.deleted) continue;
        QAction* action = menu->addAction(menuText(nameOf(info)), this,
                                          [this, id = info.id] { showDocument(id); });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(info.id == p.shown);
    }
    const auto kept = std::ranges::count_if(all, [](const auto& info) { return !info.deleted; });
    menu->addSeparator();
    const auto add = [&](const QString& text, const char* name, auto run) {
        QAction* action = menu->addAction(text, this, run);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(!p.document.isReadOnly());
        return action;
    };
    add(tr("New, drafted from the logs…"), "documentNew", [this] {
        askNew(Start::Draft);
    })->setEnabled(!p.document.isReadOnly() && p.session->analysis());
    add(tr("New, empty…"), "documentEmpty", [this] { askNew(Start::Empty); });
    add(tr("Duplicate…"), "documentCopy", [this] { askNew(Start::Copy); });
    add(tr("Rename…"), "documentRename", [this, before = givenName(all, p.shown)] {
        bool fine = false;
        const QString name = QInputDialog::getText(this, tr("Rename the postmortem"), tr("Name"),
                                                   QLineEdit::Normal, before, &fine);
        if (fine && name != before) renameDocument(name);
    });
    add(tr("Delete"), "documentDelete", [this] {
        deleteDocument();
    })->setEnabled(!p.document.isReadOnly() && kept > 1);
    if (kept == std::ssize(all)) return;
    QMenu* deleted = menu->addMenu(tr("Deleted ones"));
    for (const DocumentInfo& info : all) {
        if (!info.deleted) continue;
        QAction* action = deleted->addAction(menuText(tr("Bring back %1").arg(nameOf(info))), this,
                                             [this, id = info.id] { restoreDocument(id); });
        action->setEnabled(!p.document.isReadOnly());
    }
}

/// What is written is saved first; each keeps its own undo.
void PostmortemPage::showDocument(DocumentId document) {
    Parts& p = *parts_;
    if (!p.session || document == p.shown) return;
    if (!saveNow() && !p.document.isReadOnly()) return fillDocuments(); // the reason is said
    p.aside[p.shown] = p.document.putAside();
    p.shown = document;
    p.saver.setCase(&p.session->caseFile(), document);
    p.checks->setRemarks({});
    say({}, false);
    const auto newest = newestRevision(p.session->caseFile(), document);
    if (p.aside[document] && newest) {
        p.document.goOn(std::move(p.aside[document]));
        p.saver.startFrom(*newest);
    } else {
        loadOrDraft();
    }
    fillDocuments();
    showState();
}

void PostmortemPage::askNew(Start start) {
    bool fine = false;
    const QString name = QInputDialog::getText(
        this, tr("A postmortem beside this one"),
        tr("Name, such as “For customers”. It is for the list alone; readers see the title."),
        QLineEdit::Normal, {}, &fine);
    if (fine) newDocument(name, start);
}

void PostmortemPage::newDocument(const QString& name, Start start) {
    Parts& p = *parts_;
    if (!p.session || p.document.isReadOnly() || !saveNow()) return;
    const Postmortem before = p.document.now();
    const Postmortem drafted = lastDraft();
    const auto made = addDocument(p.session->caseFile(), name.trimmed().toStdString());
    if (!made) return say(QString::fromStdString(describe(made.error())), true);
    if (start != Start::Draft) {
        Postmortem fresh = before;
        if (start == Start::Empty) {
            fresh = {};
            fresh.title = before.title;
            fresh.summary.zone = before.summary.zone;
        }
        const auto saved =
            saveRevision(p.session->caseFile(), *made, toJson(fresh),
                         start == Start::Copy ? "copy of another postmortem" : "empty");
        if (!saved) return say(QString::fromStdString(describe(saved.error())), true);
    }
    showDocument(*made);
    if (start == Start::Copy) keepDraft(drafted);
}

void PostmortemPage::renameDocument(const QString& name) {
    Parts& p = *parts_;
    if (!p.session || p.document.isReadOnly()) return;
    const auto done =
        postlude::renameDocument(p.session->caseFile(), p.shown, name.trimmed().toStdString());
    if (!done) say(QString::fromStdString(describe(done.error())), true);
    fillDocuments();
}

void PostmortemPage::deleteDocument() {
    Parts& p = *parts_;
    if (!p.session || p.document.isReadOnly() || !saveNow()) return;
    const DocumentId gone = p.shown;
    const auto done = postlude::deleteDocument(p.session->caseFile(), gone);
    if (!done) return say(QString::fromStdString(describe(done.error())), true);
    showDocument(usualDocument(p.session->caseFile()).value_or(DocumentId::First));
    offer(tr("Deleted. Its revisions stay in the case."), tr("Bring it back"),
          [this, gone] { restoreDocument(gone); });
}

void PostmortemPage::restoreDocument(DocumentId document) {
    Parts& p = *parts_;
    if (!p.session || p.document.isReadOnly()) return;
    const auto done = postlude::restoreDocument(p.session->caseFile(), document);
    if (!done) return say(QString::fromStdString(describe(done.error())), true);
    showDocument(document);
    fillDocuments();
}

} // namespace postlude
