// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/helpwindow.h"

#include "ui/common/layouts.h"
#include "ui/common/theme.h"

#include <QDir>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextTable>
#include <QUrl>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kId = Qt::UserRole;
constexpr qreal kLineHeight = 135; // percent
constexpr int kEmsOfText = 38;

/// Keys and names of fields stand out from what is around them.
void tint(const QTextBlock& block, const QColor& colour) {
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextFragment fragment = part.fragment();
        QTextCharFormat format = fragment.charFormat();
        if (!format.fontFixedPitch()) continue;
        QTextCursor cursor(block);
        cursor.setPosition(fragment.position());
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
        format.setBackground(colour);
        cursor.setCharFormat(format);
    }
}

/// What Qt makes of Markdown is dense; give it room to breathe.
void airOut(QTextDocument& document, const Theme& theme) {
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool code =
            format.hasProperty(QTextFormat::BlockCodeFence) || format.nonBreakableLines();
        const bool heading = format.headingLevel() > 0;
        format.setLineHeight(code ? 120 : kLineHeight, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(heading ? 18 : 0);
        format.setBottomMargin(heading ? 8 : code || block.textList() ? 3 : 9);
        if (code) format.setBackground(theme.raised);
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
        if (!code) tint(block, theme.chip);
    }
    cursor.endEditBlock();
}

/// The handbook's pictures, no wider than a line of text, or the page, is.
class PageText : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;
    QVariant loadResource(int type, const QUrl& name) override {
        if (type != QTextDocument::ImageResource) return QTextBrowser::loadResource(type, name);
        const QImage picture(QDir::cleanPath(QStringLiteral(":/postlude/help/en/") + name.path()));
        const int margins = 2 * int(document()->documentMargin());
        const int widest =
            std::min(fontMetrics().height() * kEmsOfText, viewport()->width() - margins);
        return picture.width() <= widest ? picture
                                         : picture.convertToFormat(QImage::Format_RGB32)
                                               .scaledToWidth(widest, Qt::SmoothTransformation);
    }
};

} // namespace

HelpWindow::HelpWindow(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent, Qt::Window)
    , pages_(handbookPages())
    , words_(new QLineEdit(this))
    , list_(new QListWidget(this))
    , text_(new PageText(this)) {
    pages_.push_back(shortcutsPage(actions));
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Handbook"));
    words_->setPlaceholderText(tr("Search the handbook"));
    words_->setAccessibleName(words_->placeholderText());
    words_->setClearButtonEnabled(true);
    list_->setAccessibleName(tr("Pages"));
    text_->setAccessibleName(tr("Page"));
    text_->setOpenLinks(false);
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(words_);
    column->addWidget(list_, 1);
    auto* parts = new QSplitter(this);
    parts->addWidget(side);
    parts->addWidget(text_);
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    auto* all = new QVBoxLayout(this);
    all->addWidget(parts);
    const int em = fontMetrics().height();
    list_->setSpacing(em / 6);
    resizeWithin(*this, {em * 60, em * 42});
    connect(words_, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(list_, &QListWidget::currentRowChanged, this, &HelpWindow::turnTo);
    connect(text_, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &HelpWindow::dress);
    search({});
    // No title is cut.
    const int titles = list_->sizeHintForColumn(0) + em * 2;
    parts->setSizes({titles, width() - titles});
}

void HelpWindow::search(const QString& words) {
    const QString shown = page();
    list_->clear();
    for (const std::size_t i : pagesWith(pages_, words)) {
        auto* item = new QListWidgetItem(pages_[i].title, list_);
        item->setData(kId, pages_[i].id);
    }
    showPage(shown);
    if (list_->currentRow() < 0) list_->setCurrentRow(0);
    if (list_->count() == 0) text_->setPlainText(tr("No page has all these words."));
}

void HelpWindow::showPage(const QString& id) {
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(kId).toString() == id) return list_->setCurrentRow(row);
}

QString HelpWindow::page() const {
    const QListWidgetItem* item = list_->currentItem();
    return item == nullptr ? QString() : item->data(kId).toString();
}

void HelpWindow::turnTo(int row) {
    if (row >= 0) dress();
}

/// Lays the page out in the colours and sizes of the theme.
void HelpWindow::dress() {
    const auto shown = std::ranges::find(pages_, page(), &HandbookPage::id);
    if (shown == pages_.end()) return;
    const Theme& theme = Theme::current();
    text_->document()->setDocumentMargin(fontMetrics().height());
    text_->setMarkdown(shown->markdown);
    airOut(*text_->document(), theme);
    text_->moveCursor(QTextCursor::Start);
    markFound();
}

void HelpWindow::markFound() {
    QList<QTextEdit::ExtraSelection> marks;
    for (const QString& word : words_->text().split(u' ', Qt::SkipEmptyParts)) {
        QTextCursor at(text_->document());
        while (!(at = text_->document()->find(word, at)).isNull()) {
            QTextCharFormat format;
            format.setBackground(palette().highlight());
            format.setForeground(palette().highlightedText());
            marks.append({at, format});
        }
    }
    text_->setExtraSelections(marks);
    if (marks.isEmpty()) return;
    const auto first = std::ranges::min_element(
        marks, {}, [](const auto& mark) { return mark.cursor.selectionStart(); });
    QTextCursor at(first->cursor);
    at.clearSelection();
    text_->setTextCursor(at);
}

/// Links lead to other pages only.
void HelpWindow::follow(const QUrl& link) {
    words_->clear();
    showPage(link.path().section(u'.', 0, 0));
}

void HelpWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Find) || event->key() == Qt::Key_Slash) {
        words_->setFocus();
        words_->selectAll();
        return;
    }
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (by != 0 && list_->count() > 0) // also while one types what to search for
        return list_->setCurrentRow(std::clamp(list_->currentRow() + by, 0, list_->count() - 1));
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QDialog::keyPressEvent(event);
}

} // namespace postlude
