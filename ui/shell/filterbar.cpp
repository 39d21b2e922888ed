// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/filterbar.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLabel>
#include <QStyle>

namespace postlude {

namespace {

/// Names of fields at the beginning of a word; the rest of the text stays.
class FieldCompleter : public QCompleter {
public:
    explicit FieldCompleter(QLineEdit* edit)
        : QCompleter(edit)
        , edit_(edit) {}

    [[nodiscard]] QStringList splitPath(const QString&) const override {
        return {edit_->text().mid(wordStart(), edit_->cursorPosition() - wordStart())};
    }
    [[nodiscard]] QString pathFromIndex(const QModelIndex& index) const override {
        const QString word = QCompleter::pathFromIndex(index);
        return edit_->text().left(wordStart()) + word + edit_->text().mid(edit_->cursorPosition());
    }

private:
    [[nodiscard]] int wordStart() const {
        int at = edit_->cursorPosition();
        const QString text = edit_->text();
        while (at > 0 && (text[at - 1].isLetterOrNumber() || text[at - 1] == QLatin1Char('_')))
            --at;
        return at;
    }
    QLineEdit* edit_;
};

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : QLineEdit(parent)
    , note_(new QLabel(this)) {
    setObjectName(QStringLiteral("filterBar"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter, such as  server = \"app1\" and status >= 500"));
    setClearButtonEnabled(true);
    note_->setTextFormat(Qt::PlainText);
    setRole(note_, "bad");
    note_->hide();
    setToolTip(plainTip(help()));
    QStringList fields;
    for (const std::string& field : filterFields())
        fields << QString::fromStdString(field);
    fields.sort();
    auto* completer = new FieldCompleter(this);
    completer->setModel(new QStringListModel(fields, completer));
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    setCompleter(completer);
    connect(this, &QLineEdit::textChanged, this, &FilterBar::judge);
    connect(this, &QLineEdit::returnPressed, this, &FilterBar::apply);
    const auto restyle = [this] { setFont(Theme::current().mono()); };
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, restyle);
    restyle();
}

void FilterBar::setSession(Session* session) {
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    setEnabled(session_ != nullptr);
    clear();
    if (!session_) return;
    connect(&session_->selection(), &Selection::filterChanged, this, [this] {
        const QString& now = session_->selection().place().filter;
        if (text().trimmed() != now) setText(now);
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
        setState("", {});
        if (session_) session_->selection().setFilter({});
        return;
    }
    const auto parsed = Filter::parse(filter.toStdString());
    if (parsed) return setState("yes", QString{});
    const Error& error = parsed.error();
    const auto bytes = static_cast<int>(error.place.offset);
    const auto column = QString::fromUtf8(filter.toUtf8().left(bytes)).size() + 1;
    setState("no", tr("column %1: %2").arg(column).arg(shown(error.what)));
    if (!error.remedy.empty())
        setToolTip(plainTip(message_ + QLatin1Char('\n') + shown(error.remedy)));
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
    Q_EMIT told(message);
}

void FilterBar::showMessage() {
    note_->setText(message_);
    note_->setFont(Theme::current().small());
    const int wide = note_->fontMetrics().horizontalAdvance(message_);
    const int left = width() - wide - 34;
    const bool room = left > fontMetrics().horizontalAdvance(text()) + 24;
    note_->setVisible(!message_.isEmpty() && room);
    note_->setGeometry(left, 0, wide + 2, height());
}

void FilterBar::apply() {
    if (!session_ || state() == QLatin1String("no")) return;
    session_->selection().setFilter(text().trimmed());
}

void FilterBar::use(const QString& filter) {
    setText(filter);
    apply();
}

void FilterBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && session_) {
        setText(session_->selection().place().filter);
        if (parentWidget()) parentWidget()->window()->setFocus();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterBar::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    showMessage();
}

} // namespace postlude
