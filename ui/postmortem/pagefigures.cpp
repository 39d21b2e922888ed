// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of a window that people choose come into the page's document.
#include "core/postmortem/wording.h"
#include "ui/postmortem/figuresdialog.h"
#include "ui/postmortem/pageparts.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QPointer>

namespace postlude {

namespace {

std::string placeOf(Part part) {
    return part == Part::Impact ? "summary.impact" : std::string(nameOf(part));
}

} // namespace

void PostmortemPage::addFigures(Part part, const std::vector<std::string>& sentences) {
    parts_->document.edit("numbers of a window",
                          [&](Postmortem& d) { addTexts(d, part, sentences); });
}

void PostmortemPage::insertFigures(bool elsewhere) {
    Parts& p = *parts_;
    if (!p.session) return;
    const auto tell = [&](const QString& text, bool bad) {
        elsewhere ? Q_EMIT p.session->told(text) : say(text, bad);
    };
    if (!p.document.isLoaded() || p.document.isReadOnly())
        return tell(tr("There is no postmortem to add to yet"), true);
    QPointer<QPlainTextEdit> field(qobject_cast<QPlainTextEdit*>(QApplication::focusWidget()));
    const bool writing = !elsewhere && field && p.form->isAncestorOf(field) && !field->isReadOnly();
    FiguresDialog dialog(*p.session, zoneOf(p.document.now()), writing, window());
    if (dialog.exec() != QDialog::Accepted) return;
    const std::vector<std::string> sentences = dialog.sentences();
    const auto part = dialog.part();
    if (!part) {
        QString text;
        for (const std::string& sentence : sentences)
            text += (text.isEmpty() ? QString() : QStringLiteral(" ")) +
                    QString::fromStdString(sentence);
        if (field) field->insertPlainText(text);
        return;
    }
    if (!elsewhere) {
        addFigures(*part, sentences);
        return p.form->reveal(placeOf(*part));
    }
    p.session->change(
        tr("Add numbers to the postmortem"),
        [this, part, sentences] { addFigures(*part, sentences); },
        [this, part, sentences] {
            parts_->document.edit("take numbers back",
                                  [&](Postmortem& d) { takeTexts(d, *part, sentences); });
        });
    tell(tr("Added to the postmortem"), false);
}

} // namespace postlude
