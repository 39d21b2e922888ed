// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/fields.h"

#include "core/base/text.h"
#include "core/postmortem/marks.h"
#include "ui/common/theme.h"
#include "ui/postmortem/evidencepiece.h"
#include "ui/postmortem/spelling.h"
#include "ui/postmortem/textlinks.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QKeyEvent>
#include <QMenu>
#include <QStyle>
#include <QTextBlock>
#include <QTimer>

#include <cmath>

namespace postlude {

namespace {

std::vector<std::string> split(const QString& text, QChar at) {
    std::vector<std::string> parts;
    for (const QString& part : text.split(at))
        if (!part.trimmed().isEmpty()) parts.push_back(part.trimmed().toStdString());
    return parts;
}

QString joined(const std::vector<std::string>& parts, const QString& with) {
    QStringList list;
    for (const std::string& part : parts)
        list << QString::fromStdString(validUtf8(part));
    return list.join(with);
}

TextBinding bindList(std::string what, std::vector<std::string>& (*part)(Postmortem&), QChar at,
                     const QString& with) {
    const auto of = [part](const Postmortem& d) -> const std::vector<std::string>& {
        return part(const_cast<Postmortem&>(d)); // reads only
    };
    return {std::move(what), [=](const Postmortem& d) { return joined(of(d), with); },
            [=](Postmortem& d, const QString& text) { part(d) = split(text, at); },
            [=](const Postmortem& d, const QString& text) { return split(text, at) == of(d); }};
}

/// A wheel over a combo box in a form scrolls the form; it must not change what is written.
class StillCombo : public QComboBox {
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

template <class Editor, class Text, class SetText>
void follow(Document& document, Editor* editor, const TextBinding& binding, Text text,
            SetText setText) {
    const auto takeOver = [&document, editor, binding, text, setText] {
        const QString shown = text(), wanted = binding.read(document.now());
        if (shown == wanted) return;
        if (binding.says && binding.says(document.now(), shown)) return;
        const QSignalBlocker quiet(editor);
        setText(wanted);
    };
    QObject::connect(&document, &Document::changed, editor, takeOver);
    takeOver();
}

} // namespace

TextBinding bindText(std::string what, std::string& (*part)(Postmortem&)) {
    return {std::move(what),
            [part](const Postmortem& d) {
                return QString::fromStdString(validUtf8(part(const_cast<Postmortem&>(d))));
            },
            [part](Postmortem& d, const QString& text) { part(d) = text.toStdString(); }};
}

TextBinding bindLines(std::string what, std::vector<std::string>& (*part)(Postmortem&)) {
    return bindList(std::move(what), part, QLatin1Char('\n'), QStringLiteral("\n"));
}

TextBinding bindNames(std::string what, std::vector<std::string>& (*part)(Postmortem&)) {
    return bindList(std::move(what), part, QLatin1Char(','), QStringLiteral(", "));
}

DocumentUndo::DocumentUndo(Document& document, QWidget* editor)
    : QObject(editor)
    , document_(document) {
    editor->installEventFilter(this);
}

bool DocumentUndo::eventFilter(QObject* watched, QEvent* event) {
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (!override && event->type() != QEvent::KeyPress) return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool undo = key->matches(QKeySequence::Undo), redo = key->matches(QKeySequence::Redo);
    if (!undo && !redo) return QObject::eventFilter(watched, event);
    // Not ours: a menu's shortcut may take it. Where there is none, the key comes here.
    if (override)
        event->ignore();
    else
        undo ? document_.undo() : document_.redo();
    return true;
}

QLineEdit* makeLine(Document& document, TextBinding binding, QWidget* parent) {
    auto* line = new QLineEdit(parent);
    new DocumentUndo(document, line);
    QObject::connect(
        line, &QLineEdit::textEdited, &document, [&document, binding](const QString& text) {
            document.edit(binding.what, [&](Postmortem& d) { binding.write(d, text); });
        });
    const auto access = [&document, line] { line->setReadOnly(document.isReadOnly()); };
    QObject::connect(&document, &Document::accessChanged, line, access);
    access();
    follow(
        document, line, binding, [line] { return line->text(); },
        [line](const QString& text) {
            const int cursor = line->cursorPosition();
            line->setText(text);
            line->setCursorPosition(line->hasFocus() ? cursor : 0);
        });
    return line;
}

QComboBox* makeChoice(Document& document, TextBinding binding, const QStringList& choices,
                      bool onlyThese, QWidget* parent) {
    auto* combo = new StillCombo(parent);
    combo->setEditable(!onlyThese);
    combo->addItems(choices);
    combo->setFocusPolicy(Qt::StrongFocus);
    new DocumentUndo(document, combo);
    if (combo->lineEdit()) new DocumentUndo(document, combo->lineEdit());
    const auto write = [&document, binding](const QString& text) {
        document.edit(binding.what, [&](Postmortem& d) { binding.write(d, text); });
    };
    QObject::connect(combo, &QComboBox::textActivated, &document, write);
    if (combo->lineEdit())
        QObject::connect(combo->lineEdit(), &QLineEdit::textEdited, &document, write);
    const auto access = [&document, combo] { combo->setEnabled(!document.isReadOnly()); };
    QObject::connect(&document, &Document::accessChanged, combo, access);
    access();
    follow(
        document, combo, binding, [combo] { return combo->currentText(); },
        [combo](const QString& text) {
            combo->isEditable() ? combo->setEditText(text) : combo->setCurrentText(text);
        });
    return combo;
}

GrowingText::GrowingText(QWidget* parent)
    : QPlainTextEdit(parent) {
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            [this] { fit(); });
}

void GrowingText::fit() {
    updateGeometry();
    setFixedHeight(sizeHint().height());
}

QSize GrowingText::sizeHint() const {
    const int around =
        height() > 0 && viewport()->height() > 0 ? height() - viewport()->height() : 12;
    const int margins = int(2 * document()->documentMargin());
    return {400, textHeight() + margins + std::clamp(around, 2, 40)};
}

/// QPlainTextDocumentLayout counts its height in lines, but lines with signs of other fonts ("≤")
/// are taller.
int GrowingText::textHeight() const {
    constexpr int exact = 1'000; // paragraphs; of more each further one would cost
    const QAbstractTextDocumentLayout& layout = *document()->documentLayout();
    const int lines = std::max(int(layout.documentSize().height()), 1);
    const int usual = lines * fontMetrics().lineSpacing();
    if (document()->blockCount() > exact) return usual;
    qreal height = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        height += layout.blockBoundingRect(block).height();
    return std::max(usual, int(std::ceil(height)));
}

QSize GrowingText::minimumSizeHint() const {
    return {fontMetrics().height() * 6, sizeHint().height()};
}

void GrowingText::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        QTimer::singleShot(0, this, &GrowingText::fit);
}

void GrowingText::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QTimer::singleShot(0, this, &GrowingText::fit);
}

void GrowingText::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

bool GrowingText::canInsertFromMimeData(const QMimeData* data) const {
    return holdsPiece(data) || QPlainTextEdit::canInsertFromMimeData(data);
}

/// The cursor is where it was dropped.
void GrowingText::insertFromMimeData(const QMimeData* data) {
    const auto piece = pieceIn(data, nullptr);
    if (!piece) return QPlainTextEdit::insertFromMimeData(data);
    if (!piece->evidence.empty()) addEvidence(piece->evidence);
}

/// By the menu key: of the word that the cursor is in.
void GrowingText::contextMenuEvent(QContextMenuEvent* event) {
    const std::unique_ptr<QMenu> menu(createStandardContextMenu(event->pos()));
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int at = (byKey ? textCursor() : cursorForPosition(event->pos())).position();
    if (links_) links_->addActions(*menu, at);
    addSuggestions(*menu, *this, at);
    menu->exec(byKey ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

namespace {

/// The evidence and its marks are one step of undo. The cursor comes behind them.
void putMarks(Document& document, GrowingText& text, const TextBinding& binding,
              const std::vector<Evidence>& evidence) {
    const QString before = text.toPlainText();
    const QTextCursor cursor = text.textCursor();
    int at = placeForMark(before, cursor.selectionEnd());
    document.edit("add evidence", [&](Postmortem& d) {
        QString marks;
        for (const Evidence& e : evidence)
            marks += QString::fromStdString(markOf(labelFor(d, e)));
        binding.write(d, QString(before).insert(at, marks));
        at += int(marks.size());
    });
    QTextCursor behind = text.textCursor();
    behind.setPosition(std::min(at, int(text.toPlainText().size())));
    text.setTextCursor(behind);
    text.setFocus(Qt::OtherFocusReason);
}

} // namespace

GrowingText* makeText(Document& document, TextBinding binding, QWidget* parent) {
    auto* text = new GrowingText(parent);
    new SpellingMarks(text->document(),
                      [&document](const QString& shown) { return linksIn(document.now(), shown); });
    new DocumentUndo(document, text);
    text->links_ = new TextLinks(document, text);
    const auto access = [&document, text] {
        text->setReadOnly(document.isReadOnly());
        text->style()->unpolish(text); // how it looks hangs on it
        text->style()->polish(text);
    };
    QObject::connect(&document, &Document::accessChanged, text, access);
    access();
    follow(
        document, text, binding, [text] { return text->toPlainText(); },
        [text](const QString& wanted) {
            const int cursor = text->textCursor().position();
            text->setPlainText(wanted);
            QTextCursor back = text->textCursor();
            back.setPosition(std::min(cursor, int(wanted.size())));
            text->setTextCursor(back);
        });
    QObject::connect(text, &GrowingText::evidenceAdded, &document,
                     [&document, text, binding](const std::vector<Evidence>& evidence) {
                         putMarks(document, *text, binding, evidence);
                     });
    QObject::connect(text, &QPlainTextEdit::textChanged, &document, [&document, text, binding] {
        document.edit(binding.what, [&](Postmortem& d) { binding.write(d, text->toPlainText()); });
    });
    return text;
}

} // namespace postlude
