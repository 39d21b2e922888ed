// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/filterbar.h"

#include "ui/common/daytimes.h"
#include "ui/common/filtergap.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/shell/filtercompleter.h"

#include <QAbstractItemView>
#include <QAction>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyle>

namespace postlude {

namespace {

QIcon chevron(qreal ratio) {
    QPixmap picture(QSize(16, 16) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().muted, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{4, 6.5}, {8, 10.5}, {12, 6.5}});
    return picture;
}

/// What may be meant: of names that begin alike the one of the nearest length, one that all logs
/// have before one that only these have.
QString nearestTo(const QString& name, const QStringList& known) {
    const std::vector<std::string> usual = filterFields();
    QString nearest;
    std::pair<qsizetype, bool> least{};
    for (const QString& field : known) {
        if (!field.startsWith(name, Qt::CaseInsensitive) &&
            !name.startsWith(field, Qt::CaseInsensitive))
            continue;
        const std::pair far{std::abs(field.size() - name.size()),
                            std::ranges::find(usual, field.toStdString()) == usual.end()};
        if (nearest.isEmpty() || far < least) {
            nearest = field;
            least = far;
        }
    }
    return nearest;
}

/// What the filter would be: with the dates that times of day have.
QString meantBy(const QString& text, Session* session) {
    const QString filter = text.trimmed();
    if (!session) return filter;
    const Selection& selection = session->selection();
    return withDates(filter, selection.bounds(), selection.zone());
}

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : QLineEdit(parent)
    , note_(new QLabel(this))
    , below_(new QLabel(this))
    , force_(new QLabel(this)) {
    setObjectName(QStringLiteral("filterBar"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter, such as  server = \"app1\" and status >= 500"));
    setClearButtonEnabled(true);
    note_->setTextFormat(Qt::PlainText);
    setRole(note_, "bad");
    note_->hide();
    below_->setObjectName(QStringLiteral("filterMessage"));
    force_->setObjectName(QStringLiteral("filterInForce"));
    for (QLabel* label : {below_, force_}) {
        label->setTextFormat(Qt::PlainText);
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        label->hide();
    }
    setToolTip(plainTip(help()));
    completer_ = new FilterCompleter(this);
    recent_ = addAction(chevron(devicePixelRatioF()), LeadingPosition);
    recent_->setText(tr("Recent and saved filters"));
    recent_->setToolTip(tr("Recent and saved filters (Alt+Down); Up and Down go through them"));
    connect(recent_, &QAction::triggered, this, &FilterBar::openMenu);
    connect(this, &QLineEdit::textEdited, this, [this] {
        visited_ = -1;
        completer_->offer();
    });
    connect(this, &QLineEdit::textChanged, this, &FilterBar::judge);
    connect(completer_, &FilterCompleter::fieldsKnown, this, &FilterBar::judge);
    connect(this, &QLineEdit::returnPressed, this, [this] {
        apply();
        if (state() != QLatin1String("no")) Q_EMIT left();
    });
    const auto restyle = [this] {
        setFont(Theme::current().mono());
        recent_->setIcon(chevron(devicePixelRatioF()));
    };
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, restyle);
    restyle();
}

void FilterBar::setSession(Session* session) {
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    below_->hide();
    force_->hide();
    setEnabled(session_ != nullptr);
    completer_->setSession(session);
    history_.setSession(session);
    visited_ = -1;
    clear();
    if (!session_) return;
    connect(&session_->selection(), &Selection::filterChanged, this, [this] {
        const QString& now = session_->selection().place().filter;
        if (text().trimmed() != now)
            setText(now);
        else if (!now.isEmpty())
            judge();
        else
            showBelow(); // what was in force no longer is
        if (!history_.recent().contains(now)) history_.add(now);
    });
    setText(session_->selection().place().filter);
}

QString FilterBar::help() {
    return tr("server = \"app1\" and status >= 500 — tests of fields\n"
              "\"connection reset\" — these words anywhere in a line\n"
              "text ~ \"timeout|reset\" — a regular expression in the lines, (?i) for any case");
}

QString FilterBar::state() const {
    return property("valid").toString();
}

void FilterBar::judge() {
    const QString filter = text().trimmed();
    // Emptied with the button or by hand: there is nothing left to confirm.
    if (filter.isEmpty()) {
        wrongFrom_ = wrongTo_ = -1;
        setState("", {});
        if (session_) session_->changeFilter({});
        return;
    }
    wrongFrom_ = wrongTo_ = -1;
    const QString meant = meantBy(filter, session_);
    auto parsed = Filter::parse(meant.toStdString());
    if (!parsed) parsed = Filter::parse(filter.toStdString()); // its own columns
    if (doubtsFields(filter)) return;
    if (parsed) {
        const bool applied = !session_ || session_->selection().place().filter == meant;
        return setState("yes", applied ? QString() : tr("Enter applies it"));
    }
    const Error& error = parsed.error();
    const auto bytes = static_cast<int>(error.place.offset);
    const auto column = QString::fromUtf8(filter.toUtf8().left(bytes)).size() + 1;
    QString said = tr("column %1: %2").arg(column).arg(shown(error.what));
    if (!error.remedy.empty()) said += QStringLiteral(" – ") + shown(error.remedy);
    const auto blank = text().size() - QStringView(text()).trimmed().size();
    wrongFrom_ = column - 1 + (text().startsWith(QLatin1Char(' ')) ? blank : 0);
    wrongTo_ = std::max(wrongFrom_ + 1, text().indexOf(QLatin1Char(' '), wrongFrom_));
    setState("no", said);
}

/// A name that no line has as a field is the likelier mistake, whatever else is wrong behind it.
bool FilterBar::doubtsFields(const QString& filter) {
    if (!session_) return false;
    const QStringList known = completer_->fields();
    if (known.isEmpty()) return false; // nobody has looked yet
    for (const auto& [from, name] : filterFieldsIn(text())) {
        if (known.contains(name, Qt::CaseInsensitive)) continue;
        QString said = tr("column %1: no line has a field %2").arg(from + 1).arg(name);
        if (const QString near = nearestTo(name, known); !near.isEmpty())
            said += QStringLiteral(" – ") + tr("%1 is one").arg(near);
        wrongFrom_ = from;
        wrongTo_ = from + name.size();
        setState(Filter::parse(filter.toStdString()) ? "odd" : "no", said);
        return true;
    }
    return false;
}

void FilterBar::setState(const char* state, const QString& message) {
    message_ = message;
    setToolTip(plainTip(message.isEmpty() ? help() : message));
    if (property("valid").toByteArray() != state) {
        setProperty("valid", QByteArray(state));
        style()->unpolish(this);
        style()->polish(this);
        setFont(Theme::current().mono());
    }
    showMessage();
    Q_EMIT told(state == std::string_view("yes") ? QString() : message);
}

void FilterBar::showMessage() {
    note_->setText(message_);
    note_->setFont(Theme::current().small());
    const int wide = note_->fontMetrics().horizontalAdvance(message_);
    const int left = width() - wide - 34;
    const bool room = left > fontMetrics().horizontalAdvance(text()) + 64;
    note_->setVisible(!message_.isEmpty() && room);
    note_->setGeometry(left, 0, wide + 2, height());
    setRole(note_, state() == QLatin1String("odd")   ? "warning"
                   : state() == QLatin1String("yes") ? "muted"
                                                     : "bad");
    showBelow();
    update();
}

/// Empty where it is what stands in the field.
QString FilterBar::inForce() const {
    const QString now = session_ ? session_->selection().place().filter : QString();
    const QString typed = text().trimmed();
    return now == typed || now == meantBy(typed, session_) ? QString() : now;
}

/// Where the field has no room for it, the message stands right below, then what is in force while
/// something else is typed; what may be typed is offered below both.
void FilterBar::showBelow() {
    const Theme& theme = Theme::current();
    const bool told = !message_.isEmpty() && note_->isHidden() && state() != QLatin1String("yes");
    const QColor ink = state() == QLatin1String("odd") ? theme.warning : theme.bad;
    const QString now = inForce();
    int y = height() + 3;
    y += putBelow(*below_, told ? message_ : QString(), ink, y);
    y += putBelow(*force_,
                  now.isEmpty()
                      ? QString()
                      : tr("In force: %1 (Esc: back to it)").arg(shown(now.toStdString(), 200)),
                  theme.muted, y);
    completer_->leaveRoom(y - height() - 3);
}

/// Gives how much room it takes.
int FilterBar::putBelow(QLabel& label, const QString& text, const QColor& ink, int y) {
    if (text.isEmpty() || !isVisible()) {
        label.hide();
        return 0;
    }
    label.setParent(window());
    label.setFont(Theme::current().small());
    label.setStyleSheet(QStringLiteral("QLabel { background: %1; color: %2; border: 1px solid "
                                       "%2; border-radius: 5px; padding: 3px 8px; }")
                            .arg(Theme::current().raised.name(), ink.name()));
    label.setText(text);
    label.setWordWrap(false);
    label.setMinimumSize(0, 0);
    label.setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    label.adjustSize();
    const QPoint at = mapTo(window(), QPoint(0, y));
    const int most = window()->width() - at.x() - 8;
    if (label.width() > most) {
        label.setWordWrap(true);
        label.setFixedWidth(most);
        label.setFixedHeight(label.heightForWidth(most));
    }
    label.move(at);
    label.raise();
    label.show();
    return label.height() + 2;
}

void FilterBar::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (wrongFrom_ < 0) return;
    // Only the cursor's place is told; the letters are counted from there.
    const QRect cursor = inputMethodQuery(Qt::ImCursorRectangle).toRect();
    const auto x = [&](qsizetype at) {
        return cursor.center().x() + fontMetrics().horizontalAdvance(text().left(at)) -
               fontMetrics().horizontalAdvance(text().left(cursorPosition()));
    };
    QPainter painter(this);
    const bool odd = state() == QLatin1String("odd");
    painter.setPen(QPen(odd ? Theme::current().warning : Theme::current().bad, 2));
    const int y = rect().center().y() + fontMetrics().height() / 2;
    const int from = std::max(x(wrongFrom_), 4);
    const int to = std::max(x(wrongTo_), from + fontMetrics().averageCharWidth());
    painter.drawLine(from, y, std::min(to, width() - 4), y);
}

void FilterBar::apply() {
    if (!session_ || state() == QLatin1String("no")) return;
    visited_ = -1;
    const QString filter = meantBy(text(), session_);
    history_.add(filter);
    session_->changeFilter(filter);
}

void FilterBar::use(const QString& filter) {
    setText(filter);
    if (!hasFocus()) setCursorPosition(0); // where it begins is in sight
    apply();
}

/// `by`: −1 an older one, +1 a newer one; what was being typed comes after the newest.
void FilterBar::recall(int by) {
    const QStringList& recent = history_.recent();
    const int to = std::clamp(visited_ - by, -1, static_cast<int>(recent.size()) - 1);
    if (to == visited_) return;
    if (visited_ < 0) typed_ = text();
    visited_ = to;
    setText(to < 0 ? typed_ : recent[to]);
}

bool FilterBar::answersPopup(QKeyEvent* event) {
    if (!completer_->isOpen()) return false;
    const int key = event->key();
    const bool enters = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key == Qt::Key_Escape)
        completer_->popup()->hide();
    else if (key == Qt::Key_Tab || (enters && completer_->hasChoice()))
        completer_->takeFirst();
    else {
        // What is typed is meant: nothing of the list was marked.
        if (enters) completer_->popup()->hide();
        return false;
    }
    return true;
}

bool FilterBar::event(QEvent* event) {
    // Tab would go to the next control before it came to keyPressEvent.
    if (event->type() == QEvent::KeyPress)
        if (auto* key = static_cast<QKeyEvent*>(event);
            key->key() == Qt::Key_Tab && answersPopup(key))
            return true;
    return QLineEdit::event(event);
}

void FilterBar::keyPressEvent(QKeyEvent* event) {
    if (answersPopup(event)) return;
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier)
        return completer_->offer(true);
    if (event->key() == Qt::Key_Down && alt) return openMenu();
    if (event->key() == Qt::Key_Up) return recall(-1);
    if (event->key() == Qt::Key_Down) return recall(1);
    if (event->key() == Qt::Key_Escape && session_) {
        setText(session_->selection().place().filter);
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterBar::openMenu() {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(mapToGlobal(QPoint(0, height() + 2)));
}

void FilterBar::fillMenu(QMenu& menu) {
    constexpr int kShown = 12;
    constexpr int kLetters = 90;
    const auto add = [&](const QString& label, const QString& filter) {
        QAction* action = menu.addAction(menuText(fontMetrics().elidedText(
            label, Qt::ElideRight, kLetters * fontMetrics().averageCharWidth())));
        action->setToolTip(plainTip(filter));
        connect(action, &QAction::triggered, this, [this, filter] { use(filter); });
    };
    for (const QString& filter : history_.recent().mid(0, kShown))
        add(shown(filter.toStdString()), filter);
    if (history_.recent().isEmpty())
        menu.addAction(tr("No filter was used yet"))->setEnabled(false);
    const std::vector<SavedFilter> saved = FilterHistory::saved();
    if (!saved.empty()) menu.addSeparator();
    for (const SavedFilter& one : saved)
        add(QStringLiteral("★ ") + shown(one.name.toStdString()) + QStringLiteral(":  ") +
                shown(one.filter.toStdString()),
            one.filter);
    menu.addSeparator();
    QAction* save = menu.addAction(tr("Save this filter…"));
    save->setEnabled(state() == QLatin1String("yes"));
    connect(save, &QAction::triggered, this, &FilterBar::saveFilter);
    QMenu* remove = menu.addMenu(tr("Remove a saved filter"));
    remove->setEnabled(!saved.empty());
    for (const SavedFilter& one : saved)
        connect(remove->addAction(menuText(shown(one.name.toStdString()))), &QAction::triggered,
                this, [name = one.name] { FilterHistory::remove(name); });
    QAction* forget = menu.addAction(tr("Forget the recent filters"));
    forget->setEnabled(!history_.recent().isEmpty());
    connect(forget, &QAction::triggered, this, [this] { history_.forget(); });
}

void FilterBar::saveFilter() {
    bool given = false;
    const QString filter = text().trimmed();
    const QString name = QInputDialog::getText(this, tr("Save this filter"), tr("Its name:"),
                                               QLineEdit::Normal, {}, &given)
                             .trimmed();
    if (given && !name.isEmpty()) FilterHistory::save({name, filter});
}

void FilterBar::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    showMessage();
}

} // namespace postlude
