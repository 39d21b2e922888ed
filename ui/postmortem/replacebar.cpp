// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/replacebar.h"

#include "ui/common/theme.h"
#include "ui/postmortem/flowlayout.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

ReplaceBar::ReplaceBar(Document& document, QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , words_(new QLineEdit(this))
    , with_(new QLineEdit(this))
    , case_(new QCheckBox(tr("Same case"), this))
    , whole_(new QCheckBox(tr("Whole words"), this))
    , count_(new QLabel(this))
    , replacing_(new QWidget(this)) {
    setRole(this, "bar");
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    const int em = fontMetrics().height();
    column->setContentsMargins(em / 2, em / 3, em / 2, em / 3);
    auto* finding = new FlowLayout;
    column->addLayout(finding);
    words_->setObjectName(QStringLiteral("findWords"));
    words_->setPlaceholderText(tr("Find in the document"));
    words_->setAccessibleName(words_->placeholderText());
    words_->setMinimumWidth(em * 10);
    count_->setObjectName(QStringLiteral("findCount"));
    setRole(count_, "muted");
    finding->addWidget(words_);
    connect(addButton(finding, QStringLiteral("↑"), tr("The one before (Shift+F3)"), "findBefore"),
            &QPushButton::clicked, this, [this] { step(-1); });
    connect(addButton(finding, QStringLiteral("↓"), tr("The next (F3)"), "findNext"),
            &QPushButton::clicked, this, [this] { step(1); });
    finding->addWidget(case_);
    finding->addWidget(whole_);
    finding->addWidget(count_);
    connect(addButton(finding, QStringLiteral("✕"), tr("Close (Esc)"), "findClose"),
            &QPushButton::clicked, this, &ReplaceBar::shut);
    auto* replace = new FlowLayout(replacing_);
    with_->setObjectName(QStringLiteral("replaceWith"));
    with_->setPlaceholderText(tr("Replace with"));
    with_->setAccessibleName(with_->placeholderText());
    with_->setMinimumWidth(em * 10);
    replace->addWidget(with_);
    connect(addButton(replace, tr("Replace"), tr("This one, and on to the next"), "replaceOne"),
            &QPushButton::clicked, this, &ReplaceBar::replaceOne);
    connect(
        addButton(replace, tr("Replace all"), tr("All of them, as one step of undo"), "replaceAll"),
        &QPushButton::clicked, this, &ReplaceBar::replaceAll);
    column->addWidget(replacing_);
    connect(words_, &QLineEdit::textChanged, this, [this] { search(true); });
    connect(case_, &QCheckBox::toggled, this, [this] { search(true); });
    connect(whole_, &QCheckBox::toggled, this, [this] { search(true); });
    connect(&document, &Document::changed, this, [this] {
        if (isVisible()) search(false);
    });
    hide();
}

QPushButton* ReplaceBar::addButton(QLayout* to, const QString& text, const QString& tip,
                                   const char* name) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAccessibleName(text.size() == 1 ? tip : text);
    setRole(button, "quiet");
    to->addWidget(button);
    return button;
}

void ReplaceBar::open(bool replacing, const QString& words) {
    replacing_->setVisible(replacing && !document_.isReadOnly());
    show();
    if (!words.isEmpty()) words_->setText(words);
    words_->setFocus(Qt::ShortcutFocusReason);
    words_->selectAll();
    search(false);
}

void ReplaceBar::shut() {
    hide();
    Q_EMIT closed();
}

FindOptions ReplaceBar::options() const {
    return {case_->isChecked(), whole_->isChecked()};
}

/// `move`: to the first; else the place is kept, as far as it is still there.
void ReplaceBar::search(bool move) {
    found_ = findText(document_.now(), words_->text().toStdString(), options());
    if (move) at_ = found_.empty() ? -1 : 0;
    at_ = std::min(at_, int(found_.size()) - 1);
    if (move && at_ >= 0) Q_EMIT shown(found_[0]);
    if (found_.empty()) Q_EMIT lost();
    tell();
}

void ReplaceBar::tell() {
    if (words_->text().isEmpty())
        count_->clear();
    else if (found_.empty())
        count_->setText(tr("not found"));
    else if (at_ < 0)
        count_->setText(tr("%1 found").arg(found_.size()));
    else
        count_->setText(tr("%1 of %2").arg(at_ + 1).arg(found_.size()));
    setRole(count_, found_.empty() && !words_->text().isEmpty() ? "bad" : "muted");
}

void ReplaceBar::step(int by) {
    const int many = int(found_.size());
    if (many == 0) return;
    at_ = at_ < 0 ? (by > 0 ? 0 : many - 1) : (at_ + by + many) % many;
    Q_EMIT shown(found_[std::size_t(at_)]);
    tell();
}

void ReplaceBar::replaceOne() {
    if (found_.empty()) return;
    if (at_ < 0) return step(1); // looked at before it is changed
    const FoundText one = found_[std::size_t(at_)];
    const std::string with = with_->text().toStdString();
    document_.edit("replace", [&](Postmortem& d) {
        replaceText(d, {one}, words_->text().toStdString(), with, options());
    });
    // What was put in may hold the words again: go on behind it.
    const auto behind = std::ranges::find_if(found_, [&](const FoundText& f) {
        return f.place == one.place && f.at >= one.at + with.size();
    });
    if (behind != found_.end())
        at_ = int(behind - found_.begin());
    else if (at_ < int(found_.size()) && found_[std::size_t(at_)].place == one.place)
        ++at_;
    if (found_.empty()) return tell();
    at_ = at_ >= int(found_.size()) ? 0 : at_;
    Q_EMIT shown(found_[std::size_t(at_)]);
    tell();
}

void ReplaceBar::replaceAll() {
    std::size_t many = 0;
    document_.edit("replace all", [&](Postmortem& d) {
        many = replaceText(d, found_, words_->text().toStdString(), with_->text().toStdString(),
                           options());
    });
    count_->setText(tr("%1 replaced").arg(many));
}

void ReplaceBar::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) return shut();
    if (enter && with_->hasFocus()) return replaceOne();
    if (enter) return step(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    QWidget::keyPressEvent(event);
}

} // namespace postlude
