// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/evidencemarks.h"

#include "core/postmortem/marks.h"
#include "ui/common/shown.h"
#include "ui/findings/evidencetext.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QToolTip>

namespace postlude {

namespace {

/// The mark that holds the position, or ends there; null if none does.
const ShownMark* markAround(const std::vector<ShownMark>& marks, int position) {
    for (const ShownMark& mark : marks)
        if (position >= mark.at && position <= mark.at + mark.size) return &mark;
    return nullptr;
}

bool isWithinWord(const QString& text, int at) {
    return at > 0 && at < text.size() && !text[at].isSpace() && !text[at - 1].isSpace();
}

} // namespace

std::vector<ShownMark> shownMarks(const QString& text) {
    std::vector<ShownMark> shown;
    if (!text.contains(QLatin1String("[^e"))) return shown;
    const QByteArray bytes = text.toUtf8();
    const auto letters = [&](std::size_t upTo) {
        return int(QString::fromUtf8(bytes.constData(), qsizetype(upTo)).size());
    };
    for (const Mark& mark : marksIn({bytes.constData(), std::size_t(bytes.size())}))
        shown.push_back({letters(mark.at), int(mark.size), std::string(mark.label)});
    return shown;
}

int placeForMark(const QString& text, int position) {
    int at = std::clamp(position, 0, int(text.size()));
    const std::vector<ShownMark> marks = shownMarks(text);
    if (const ShownMark* mark = markAround(marks, at); mark && at > mark->at)
        return mark->at + mark->size;
    while (isWithinWord(text, at))
        ++at;
    // Where a blank stands before, the mark belongs to the word before it.
    while (at > 0 && at == position && text[at - 1].isSpace() && text[at - 1] != u'\n')
        position = --at;
    return at;
}

EvidenceMarks::EvidenceMarks(Document& document, QPlainTextEdit* editor)
    : QObject(editor)
    , document_(document)
    , editor_(editor) {
    editor->installEventFilter(this);
    editor->viewport()->installEventFilter(this);
}

std::optional<Evidence> EvidenceMarks::evidenceAt(int position) const {
    const std::vector<ShownMark> marks = shownMarks(editor_->toPlainText());
    const ShownMark* mark = markAround(marks, position);
    const Evidence* evidence = mark ? evidenceOf(document_.now(), mark->label) : nullptr;
    return evidence ? std::optional(*evidence) : std::nullopt;
}

bool EvidenceMarks::leadFrom(int position) {
    const auto evidence = evidenceAt(position);
    if (!evidence || !document_.session()) return false;
    Q_EMIT document_.session()->evidenceRequested(*evidence);
    return true;
}

/// Half a mark would be a riddle.
bool EvidenceMarks::isDeleted(bool backwards) {
    QTextCursor cursor = editor_->textCursor();
    if (editor_->isReadOnly() || cursor.hasSelection()) return false;
    for (const ShownMark& mark : shownMarks(editor_->toPlainText())) {
        const int edge = backwards ? mark.at + mark.size : mark.at;
        if (cursor.position() != edge) continue;
        cursor.setPosition(mark.at);
        cursor.setPosition(mark.at + mark.size, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        return true;
    }
    return false;
}

bool EvidenceMarks::showTip(QEvent* event) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString text = editor_->toPlainText();
    const std::vector<ShownMark> marks = shownMarks(text);
    const ShownMark* mark = markAround(marks, editor_->cursorForPosition(help->pos()).position());
    if (!mark) return false;
    const Evidence* evidence = evidenceOf(document_.now(), mark->label);
    const QString tip = evidence
                            ? tr("%1\nCtrl+click or Ctrl+Return shows it").arg(fullText(*evidence))
                            : tr("This mark leads to no evidence");
    QToolTip::showText(help->globalPos(), plainTip(tip), editor_);
    return true;
}

bool EvidenceMarks::eventFilter(QObject* watched, QEvent* event) {
    const bool within = watched == editor_->viewport();
    if (within && event->type() == QEvent::ToolTip && showTip(event)) return true;
    if (within && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool leads =
            mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::ControlModifier;
        const QPoint at = mouse->position().toPoint();
        if (leads && leadFrom(editor_->cursorForPosition(at).position())) return true;
    }
    if (!within && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && (key->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier)
            return leadFrom(editor_->textCursor().position());
        if (key->modifiers() == Qt::NoModifier &&
            (key->key() == Qt::Key_Backspace || key->key() == Qt::Key_Delete) &&
            isDeleted(key->key() == Qt::Key_Backspace))
            return true;
    }
    return QObject::eventFilter(watched, event);
}

void EvidenceMarks::addActions(QMenu& menu, int position) {
    QAction* first = menu.actions().value(0);
    const auto add = [&](const QString& text, auto run) {
        auto* action = new QAction(menuText(text), &menu);
        connect(action, &QAction::triggered, this, run);
        menu.insertAction(first, action);
        return action;
    };
    if (const auto evidence = evidenceAt(position); evidence && document_.session())
        add(tr("Show %1").arg(fullText(*evidence)), [this, e = *evidence] {
            if (document_.session()) Q_EMIT document_.session()->evidenceRequested(e);
        })->setObjectName(QStringLiteral("showEvidence"));
    if (!editor_->isReadOnly())
        add(tr("Add evidence…"), [this] {
            document_.askForEvidence();
        })->setObjectName(QStringLiteral("askEvidence"));
    if (first && first != menu.actions().value(0)) menu.insertSeparator(first);
}

} // namespace postlude
