// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/findbar.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace postlude {

namespace {

bool isOfWords(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

QString asExpression(const SearchFor& wanted) {
    QString pattern = wanted.expression ? wanted.text : QRegularExpression::escape(wanted.text);
    if (wanted.wholeWord) {
        // A sign that is no part of a word has no border of one beside it.
        const bool begins = wanted.expression || isOfWords(wanted.text.front());
        const bool ends = wanted.expression || isOfWords(wanted.text.back());
        pattern = (begins ? QStringLiteral("\\b") : QString()) + QStringLiteral("(?:") + pattern +
                  QLatin1Char(')') + (ends ? QStringLiteral("\\b") : QString());
    }
    if (!wanted.sameCase) pattern.prepend(QStringLiteral("(?i)"));
    return pattern;
}

} // namespace

QString SearchFor::test() const {
    if (text.isEmpty()) return {};
    // The quickest way to look for plain text, and without regard to case.
    if (!expression && !sameCase && !wholeWord) return filterWord(text.toStdString());
    return QStringLiteral("text ~ ") + filterWord(asExpression(*this).toStdString());
}

QRegularExpression SearchFor::pattern() const {
    if (text.isEmpty()) return QRegularExpression(QStringLiteral("("));
    return QRegularExpression(QStringLiteral("(*LIMIT_MATCH=5000)") + asExpression(*this));
}

FindBar::FindBar(QWidget* parent)
    : QWidget(parent)
    , text_(new QLineEdit(this))
    , told_(new QLabel(this)) {
    setObjectName(QStringLiteral("findBar"));
    auto* both = new QVBoxLayout(this);
    both->setContentsMargins(0, 4, 10, 4);
    both->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    // What is told has a line of its own: with large text in a small window there is no room else.
    auto* below = new QHBoxLayout;
    both->addLayout(row);
    both->addLayout(below);
    text_->setObjectName(QStringLiteral("findText"));
    text_->setPlaceholderText(tr("Find text in lines"));
    text_->setAccessibleName(tr("Find text in lines"));
    text_->setClearButtonEnabled(true);
    told_->setObjectName(QStringLiteral("findTold"));
    told_->setTextFormat(Qt::PlainText);
    told_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    case_ = addSwitch(QStringLiteral("Aa"), tr("Same case"), QStringLiteral("findCase"));
    word_ = addSwitch(QStringLiteral("“ab”"), tr("Whole words"), QStringLiteral("findWord"));
    expression_ =
        addSwitch(QStringLiteral(".*"), tr("Regular expression"), QStringLiteral("findExpression"));
    auto* back = addButton(QStringLiteral("‹"), tr("Previous match (Shift+F3)"));
    auto* on = addButton(QStringLiteral("›"), tr("Next match (F3)"));
    auto* close = addButton(QStringLiteral("✕"), tr("Close the search (Esc)"));
    stop_ = new QPushButton(tr("Stop"), this);
    stop_->setObjectName(QStringLiteral("findStop"));
    stop_->setAccessibleName(tr("Stop the search"));
    stop_->hide();
    row->addWidget(text_, 1);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{case_, word_, expression_, back, on, close})
        row->addWidget(widget);
    below->addWidget(told_, 1);
    below->addWidget(stop_);
    told_->hide();
    connect(back, &QToolButton::clicked, this, [this] { Q_EMIT stepWanted(-1); });
    connect(on, &QToolButton::clicked, this, &FindBar::search);
    connect(stop_, &QPushButton::clicked, this, &FindBar::stopWanted);
    connect(close, &QToolButton::clicked, this, &FindBar::closed);
    connect(text_, &QLineEdit::textChanged, this, &FindBar::judge);
    connect(text_, &QLineEdit::returnPressed, this, &FindBar::search);
    hide();
}

QToolButton* FindBar::addButton(const QString& sign, const QString& name) {
    auto* button = new QToolButton(this);
    button->setText(sign);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QToolButton* FindBar::addSwitch(const QString& sign, const QString& name, const QString& object) {
    QToolButton* button = addButton(sign, name);
    button->setObjectName(object);
    button->setCheckable(true);
    connect(button, &QToolButton::toggled, this, &FindBar::judge);
    return button;
}

SearchFor FindBar::wanted() const {
    return {text_->text(), expression_->isChecked(), case_->isChecked(), word_->isChecked()};
}

/// Says at once what is wrong with an expression, and what helps.
void FindBar::judge() {
    const QString test = wanted().test();
    const auto parsed = Filter::parse(test.toStdString());
    const char* state = test.isEmpty() ? "" : parsed ? "yes" : "no";
    if (text_->property("valid").toByteArray() != state) {
        text_->setProperty("valid", QByteArray(state));
        text_->style()->unpolish(text_);
        text_->style()->polish(text_);
    }
    if (parsed) return tell({});
    QString said = shown(parsed.error().what);
    if (!parsed.error().remedy.empty())
        said += QStringLiteral(" – ") + shown(parsed.error().remedy);
    tell(said);
    setRole(told_, "bad");
}

void FindBar::search() {
    const SearchFor now = wanted();
    const QString test = now.test();
    if (!Filter::parse(test.toStdString())) return;
    if (now == last_ && !test.isEmpty()) return void(Q_EMIT stepWanted(1));
    last_ = now;
    Q_EMIT findWanted(test);
}

void FindBar::open() {
    show();
    text_->setFocus();
    text_->selectAll();
}

void FindBar::tell(const QString& text) {
    stop_->hide();
    setRole(told_, "muted");
    told_->setText(text);
    told_->setToolTip(plainTip(text));
    told_->setVisible(!text.isEmpty());
}

void FindBar::showProgress(const Found& found) {
    tell(tr("%1 found so far, %2 of %3 lines looked at", nullptr, counted(found.all))
             .arg(shortCount(found.matches), shortCount(found.looked), shortCount(found.all)));
    stop_->show();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return void(Q_EMIT closed());
    if (event->key() == Qt::Key_Return && event->modifiers().testFlag(Qt::ShiftModifier))
        return void(Q_EMIT stepWanted(-1));
    QWidget::keyPressEvent(event);
}

} // namespace postlude
