// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tour.h"

#include "ui/common/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kAround = 4; ///< px of the window around what is shown
constexpr int kRound = 8;  ///< radius of corners, px
constexpr int kApart = 12; ///< px between that and the bubble

/// Where a bubble of that size stands beside `spot` without covering it, else in the middle of it.
QPoint besides(const QRect& spot, QSize size, const QRect& within) {
    const int y = std::clamp(spot.center().y() - size.height() / 2, within.top(),
                             std::max(within.top(), within.bottom() - size.height()));
    const int x = std::clamp(spot.center().x() - size.width() / 2, within.left(),
                             std::max(within.left(), within.right() - size.width()));
    if (spot.bottom() + kApart + size.height() <= within.bottom())
        return {x, spot.bottom() + kApart};
    if (spot.left() - kApart - size.width() >= within.left())
        return {spot.left() - kApart - size.width(), y};
    if (spot.right() + kApart + size.width() <= within.right()) return {spot.right() + kApart, y};
    if (spot.top() - kApart - size.height() >= within.top())
        return {x, spot.top() - kApart - size.height()};
    return {x, y};
}

} // namespace

Tour::Tour(std::vector<TourStep> steps, QWidget* window)
    : QWidget(window)
    , steps_(std::move(steps))
    , focusBefore_(QApplication::focusWidget())
    , bubble_(new QWidget(this))
    , title_(new QLabel(bubble_))
    , text_(new QLabel(bubble_))
    , count_(new QLabel(bubble_))
    , leave_(new QPushButton(tr("Leave (Esc)"), bubble_))
    , back_(new QPushButton(tr("Back"), bubble_))
    , next_(new QPushButton(bubble_)) {
    setObjectName(QStringLiteral("tour"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    build();
    window->installEventFilter(this);
    setGeometry(window->rect());
    show();
    raise();
    showStep(0);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &Tour::place);
}

Tour::~Tour() {
    if (focusBefore_) focusBefore_->setFocus();
}

void Tour::build() {
    const int em = fontMetrics().height();
    auto* column = new QVBoxLayout(bubble_);
    column->setContentsMargins(em, em * 3 / 4, em, em * 3 / 4);
    column->setSpacing(em / 2);
    text_->setWordWrap(true);
    for (QLabel* label : {title_, text_})
        label->setTextFormat(Qt::PlainText);
    setRole(count_, "muted");
    setRole(leave_, "quiet");
    setRole(next_, "primary");
    leave_->setObjectName(QStringLiteral("tourLeave"));
    back_->setObjectName(QStringLiteral("tourBack"));
    next_->setObjectName(QStringLiteral("tourNext"));
    auto* row = new QHBoxLayout;
    row->addWidget(count_);
    row->addStretch();
    for (QPushButton* button : {leave_, back_, next_}) {
        button->installEventFilter(this);
        row->addWidget(button);
    }
    column->addWidget(title_);
    column->addWidget(text_);
    column->addLayout(row);
    connect(leave_, &QPushButton::clicked, this, &Tour::leave);
    connect(back_, &QPushButton::clicked, this, [this] { showStep(step_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { showStep(step_ + 1); });
}

void Tour::leave() {
    parentWidget()->removeEventFilter(this);
    close();
}

void Tour::showStep(int step) {
    const int count = int(steps_.size());
    if (step >= count) return leave();
    step_ = std::max(step, 0);
    const TourStep& now = steps_[std::size_t(step_)];
    title_->setText(now.title);
    text_->setText(now.text);
    count_->setText(tr("%1 of %2").arg(step_ + 1).arg(count));
    back_->setEnabled(step_ > 0);
    next_->setText(step_ + 1 < count ? tr("Next") : tr("Done"));
    next_->setDefault(true);
    // Whoever hears the window is told what stands in the bubble, each time it changes.
    bubble_->setAccessibleName(now.title);
    bubble_->setAccessibleDescription(now.text);
    next_->setAccessibleDescription(now.title + QStringLiteral(". ") + now.text);
    place();
    next_->setFocus();
    QAccessibleEvent told(bubble_, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

QRect Tour::spot() const {
    const QWidget* at = steps_[std::size_t(step_)].at;
    if (at == nullptr || !at->isVisible()) return {};
    const QRect place(at->mapTo(parentWidget(), QPoint(0, 0)), at->size());
    return place.adjusted(-kAround, -kAround, kAround, kAround).intersected(rect());
}

void Tour::place() {
    title_->setFont(Theme::current().title());
    const int em = fontMetrics().height();
    bubble_->setFixedWidth(std::min(em * 24, width() - 2 * kApart));
    const QSize size(bubble_->width(), bubble_->layout()->heightForWidth(bubble_->width()));
    bubble_->resize(size);
    const QRect bright = spot();
    const QRect within = rect().adjusted(kApart, kApart, -kApart, -kApart);
    const QRect centre(rect().center(), QSize(0, 0));
    bubble_->move(bright.isEmpty() ? centre.topLeft() - QPoint(size.width(), size.height()) / 2
                                   : besides(bright, size, within));
    update();
}

bool Tour::event(QEvent* event) {
    // Keys are commands of the window: here they are nothing, but for the one that ends it all.
    if (event->type() == QEvent::ShortcutOverride)
        event->setAccepted(static_cast<QKeyEvent*>(event)->keyCombination() !=
                           QKeyCombination(Qt::ControlModifier, Qt::Key_Q));
    return QWidget::event(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
        // After the window's own layout has settled.
        QMetaObject::invokeMethod(this, &Tour::place, Qt::QueuedConnection);
    }
    // Arrow keys turn the steps, where buttons would move the focus.
    if (watched != parentWidget() && event->type() == QEvent::KeyPress)
        return turns(static_cast<QKeyEvent*>(event)->key());
    return QWidget::eventFilter(watched, event);
}

bool Tour::focusNextPrevChild(bool next) {
    std::vector<QPushButton*> buttons;
    for (QPushButton* button : {leave_, back_, next_})
        if (button->isEnabled()) buttons.push_back(button);
    const auto at = std::ranges::find_if(buttons, [](QPushButton* b) { return b->hasFocus(); });
    const auto count = std::ptrdiff_t(buttons.size());
    const auto index = at == buttons.end() ? 0 : (at - buttons.begin() + (next ? 1 : count - 1));
    buttons[std::size_t(index % count)]->setFocus();
    return true;
}

/// Whether the key leads somewhere else.
bool Tour::turns(int key) {
    switch (key) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_PageDown:
        showStep(step_ + 1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_PageUp:
        showStep(step_ - 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget())) button->click();
        return true;
    default:
        return false;
    }
}

void Tour::keyPressEvent(QKeyEvent* event) {
    turns(event->key());
    event->accept(); // what is not known here is nothing for the window either
}

void Tour::mousePressEvent(QMouseEvent*) {
    next_->setFocus(); // what lies below is not to be clicked meanwhile
}

void Tour::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath dim;
    dim.addRect(rect());
    const QRectF bright = QRectF(spot()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath hole;
    if (!bright.isEmpty()) hole.addRoundedRect(bright, kRound, kRound);
    painter.fillPath(dim.subtracted(hole), QColor(0, 0, 0, theme.dark ? 150 : 90));
    painter.setPen(QPen(theme.accent, 2));
    painter.drawPath(hole);
    painter.setPen(theme.border);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(bubble_->geometry()).adjusted(-0.5, -0.5, 0.5, 0.5), kRound,
                            kRound);
}

} // namespace postlude
