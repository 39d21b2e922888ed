// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/celldelegate.h"

#include "ui/common/layouts.h"
#include "ui/common/theme.h"
#include "ui/postmortem/entrymodel.h"
#include "ui/postmortem/spelling.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextLayout>

namespace postlude {

namespace {

constexpr const char* kBefore = "textBefore"; ///< what Esc brings back

CellStyle styleOf(const QModelIndex& index) {
    return CellStyle(index.data(CellRole).toInt());
}

QFont fontOf(CellStyle style, const QFont& plain) {
    if (style == CellStyle::Mono || style == CellStyle::Muted) return Theme::current().mono();
    return style == CellStyle::Chip ? Theme::current().small() : plain;
}

QColor inkOf(CellStyle style) {
    const Theme& theme = Theme::current();
    switch (style) {
    case CellStyle::Link:
        return theme.accent;
    case CellStyle::Muted:
        return theme.muted;
    case CellStyle::Bad:
        return theme.bad;
    default:
        return theme.text;
    }
}

QList<QTextLayout::FormatRange> wrongIn(const QString& text) {
    QList<QTextLayout::FormatRange> wrong;
    for (const SpelledWord& word : spelledWords(text)) {
        if (!Spelling::instance().isWrong(text.mid(word.at, word.size))) continue;
        QTextLayout::FormatRange range{word.at, word.size, {}};
        range.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        range.format.setUnderlineColor(Theme::current().bad);
        wrong.push_back(range);
    }
    return wrong;
}

int marginX(const QFont& font) {
    return QFontMetrics(font).height() / 3;
}
int marginY(const QFont& font) {
    return QFontMetrics(font).height() / 4;
}

/// On the first line of its row, whose height is given.
void paintChip(QPainter& painter, const QRect& cell, int lineHeight, const QFont& font,
               const QString& text) {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(font);
    const int pad = metrics.height() / 2;
    QRectF chip(cell.left(), 0, std::min(metrics.horizontalAdvance(text) + 2 * pad, cell.width()),
                metrics.height() * 1.25);
    chip.moveCenter({chip.center().x(), cell.top() + lineHeight / 2.0});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), chip.height() / 2,
                            chip.height() / 2);
    painter.setPen(theme.text);
    painter.setFont(font);
    painter.drawText(chip, Qt::AlignCenter,
                     metrics.elidedText(text, Qt::ElideRight, int(chip.width()) - pad));
}

/// A text of one paragraph, that breaks as the cell does.
class ProseEditor final : public QPlainTextEdit {
public:
    explicit ProseEditor(QWidget* parent)
        : QPlainTextEdit(parent) {
        setTabChangesFocus(true);
        setFrameShape(QFrame::NoFrame);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setAutoFillBackground(true);
        document()->setDocumentMargin(marginY(font()));
    }

protected:
    void insertFromMimeData(const QMimeData* source) override {
        insertPlainText(source->text().replace(QLatin1Char('\n'), QLatin1Char(' ')));
    }
};

QString textOf(const QWidget* editor) {
    if (const auto* prose = qobject_cast<const QPlainTextEdit*>(editor))
        return prose->toPlainText();
    if (const auto* combo = qobject_cast<const QComboBox*>(editor)) return combo->currentText();
    const auto* line = qobject_cast<const QLineEdit*>(editor);
    return line ? line->text() : QString{};
}

void setText(QWidget* editor, const QString& text) {
    if (textOf(editor) == text) return;
    if (auto* combo = qobject_cast<QComboBox*>(editor)) combo->setCurrentText(text);
    if (auto* line = qobject_cast<QLineEdit*>(editor)) line->setText(text);
    if (auto* prose = qobject_cast<QPlainTextEdit*>(editor)) {
        prose->setPlainText(text);
        prose->moveCursor(QTextCursor::End);
    }
}

} // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Theme& theme = Theme::current();
    const CellStyle style = styleOf(index);
    const QFont font = fontOf(style, option.font);
    painter->save();
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, theme.selection);
    painter->setPen(theme.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Active)) {
        painter->setPen(theme.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    const int x = marginX(option.font), y = marginY(option.font);
    const QRect inner = option.rect.adjusted(x, y, -x, -y);
    const QString text = index.data(Qt::DisplayRole).toString();
    if (style == CellStyle::Chip) {
        paintChip(*painter, inner, QFontMetrics(option.font).height(), font, text);
    } else if (!text.isEmpty()) {
        QTextLayout layout(text, font);
        if (index.data(SpelledRole).toBool()) layout.setFormats(wrongIn(text));
        layOutText(layout, inner.width());
        painter->setPen(inkOf(style));
        layout.draw(painter, inner.topLeft());
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const CellStyle style = styleOf(index);
    const QFont font = fontOf(style, option.font);
    const int x = marginX(option.font), y = marginY(option.font);
    const QString text = index.data(Qt::DisplayRole).toString();
    const int line = QFontMetrics(option.font).height();
    if (style == CellStyle::Chip)
        return {QFontMetrics(font).horizontalAdvance(text) + QFontMetrics(font).height() + 2 * x,
                line + 2 * y};
    QTextLayout layout(text, font);
    const double room = option.rect.width() > 2 * x ? option.rect.width() - 2 * x : 100'000;
    const QSizeF size = layOutText(layout, room);
    return {int(size.width()) + 2 * x + 2, std::max(int(size.height() + 0.5), line) + 2 * y};
}

QWidget* CellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                    const QModelIndex& index) const {
    auto* self = const_cast<CellDelegate*>(this); // commitData is a signal of ours
    const QStringList choices = index.data(ChoicesRole).toStringList();
    if (!choices.isEmpty()) {
        auto* combo = new QComboBox(parent);
        combo->setEditable(!index.data(OnlyChoicesRole).toBool());
        combo->addItems(choices);
        connect(combo, &QComboBox::activated, self, [self, combo] {
            Q_EMIT self->commitData(combo);
            Q_EMIT self->closeEditor(combo);
        });
        return combo;
    }
    if (index.data(SpelledRole).toBool()) {
        auto* prose = new ProseEditor(parent);
        connect(prose, &QPlainTextEdit::textChanged, self,
                [self, prose] { Q_EMIT self->commitData(prose); });
        return prose;
    }
    auto* line = new QLineEdit(parent);
    if (!index.data(WholeEditRole).toBool())
        connect(line, &QLineEdit::textEdited, self,
                [self, line] { Q_EMIT self->commitData(line); });
    return line;
}

void CellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    const QString text = index.data(Qt::EditRole).toString();
    if (!editor->property(kBefore).isValid()) editor->setProperty(kBefore, text);
    setText(editor, text);
}

void CellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                const QModelIndex& index) const {
    if (textOf(editor) != index.data(Qt::EditRole).toString())
        model->setData(index, textOf(editor), Qt::EditRole);
}

void CellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex&) const {
    QRect place = option.rect;
    place.setWidth(std::max(place.width(), editor->minimumSizeHint().width()));
    if (!qobject_cast<QPlainTextEdit*>(editor)) // that is as tall as the row it writes
        place.setHeight(std::max(place.height(), editor->sizeHint().height()));
    place.moveCenter({place.center().x(), option.rect.center().y()});
    editor->setGeometry(place);
}

bool CellDelegate::eventFilter(QObject* watched, QEvent* event) {
    auto* editor = qobject_cast<QWidget*>(watched);
    if (!editor) return QStyledItemDelegate::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        // Undo is the document's, also while a cell is open: the cell follows the document.
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return event->type() == QEvent::ShortcutOverride;
        }
        const bool done = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (event->type() == QEvent::KeyPress && done && qobject_cast<QPlainTextEdit*>(editor)) {
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, SubmitModelCache);
            return true;
        }
        if (event->type() == QEvent::KeyPress && key->key() == Qt::Key_Escape) {
            setText(editor, editor->property(kBefore).toString());
            Q_EMIT commitData(editor);
        }
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

} // namespace postlude
