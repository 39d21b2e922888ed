// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette.h"

#include "ui/common/layouts.h"
#include "ui/common/theme.h"
#include "ui/shell/partkeys.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace postlude {

QString plainName(const QAction* action) {
    QString name = action->text();
    return name.remove(QLatin1Char('&'));
}

namespace {

QString keysOf(const QAction* action) {
    QStringList keys;
    for (const QKeySequence& key : action->shortcuts())
        keys << key.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral("  "));
}

/// "Theme › As the system": what stands in a menu within a menu says little by itself.
QString nameInMenus(const QAction* action) {
    for (const QObject* object : action->associatedObjects()) {
        const auto* menu = qobject_cast<const QMenu*>(object);
        if (menu && qobject_cast<const QMenu*>(menu->parent()))
            return QStringLiteral("%1 › %2").arg(plainName(menu->menuAction()), plainName(action));
    }
    return plainName(action);
}

/// The menu of the bar that a command stands in, or is below of.
QString menuOf(const QAction* action) {
    for (const QObject* object : action->associatedObjects())
        if (const auto* menu = qobject_cast<const QMenu*>(object)) {
            while (const auto* above = qobject_cast<const QMenu*>(menu->parent()))
                menu = above;
            return plainName(menu->menuAction());
        }
    return QCoreApplication::translate("postlude::ShortcutsDialog", "Elsewhere");
}

constexpr int kKeysRole = Qt::UserRole + 1;

/// The keys stand at the right, where one looks for them in menus, too.
class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const int margin = option.fontMetrics.averageCharWidth();
        painter->save();
        painter->setPen(Theme::current().muted);
        painter->drawText(option.rect.adjusted(0, 0, -margin, 0), Qt::AlignVCenter | Qt::AlignRight,
                          index.data(kKeysRole).toString());
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width(), std::max(size.height(), option.fontMetrics.height() * 3 / 2)};
    }
};

/// Every word of the query begins somewhere in the name.
bool matches(const QString& name, const QString& query) {
    for (const QString& word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (!name.contains(word, Qt::CaseInsensitive)) return false;
    return true;
}

} // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
    , text_(new QLineEdit(this))
    , none_(new QLabel(this))
    , list_(new QListWidget(this)) {
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    for (QAction* action : actions)
        if (action->isEnabled()) actions_ << action;
    text_->setPlaceholderText(tr("Type a command"));
    text_->setAccessibleName(tr("Command"));
    text_->installEventFilter(this);
    list_->setAccessibleName(tr("Commands"));
    list_->setItemDelegate(new CommandDelegate(list_));
    auto* column = new QVBoxLayout(this);
    none_->setObjectName(QStringLiteral("noCommand"));
    none_->setTextFormat(Qt::PlainText);
    none_->setWordWrap(true);
    none_->setContentsMargins(8, 6, 8, 6);
    setRole(none_, "muted");
    column->addWidget(text_);
    column->addWidget(none_);
    column->addWidget(list_);
    connect(text_, &QLineEdit::textChanged, this, &CommandPalette::narrow);
    connect(text_, &QLineEdit::returnPressed, this, &CommandPalette::take);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::take);
    const int em = fontMetrics().height();
    resizeWithin(*this, {32 * em, 27 * em});
    narrow({});
}

void CommandPalette::narrow(const QString& text) {
    list_->clear();
    for (qsizetype i = 0; i < actions_.size(); ++i) {
        const QString name = nameInMenus(actions_[i]), keys = keysOf(actions_[i]);
        if (!matches(name, text)) continue;
        auto* item = new QListWidgetItem(name, list_);
        item->setData(Qt::UserRole, i);
        item->setData(kKeysRole, keys);
        if (!keys.isEmpty())
            item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(name, keys));
    }
    list_->setCurrentRow(0);
    none_->setVisible(list_->count() == 0);
    none_->setText(tr("No command has “%1” in its name").arg(text.trimmed()));
}

void CommandPalette::take() {
    if (const QListWidgetItem* item = list_->currentItem())
        chosen_ = actions_[item->data(Qt::UserRole).toLongLong()];
    accept();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int by = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (by != 0) {
            const int last = std::max(0, list_->count() - 1);
            list_->setCurrentRow(std::clamp(list_->currentRow() + by, 0, last));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
    , list_(new QTreeWidget(this)) {
    setWindowTitle(tr("Keyboard shortcuts"));
    const int em = fontMetrics().height();
    resizeWithin(*this, {34 * em, 40 * em});
    auto* column = new QVBoxLayout(this);
    auto* words = new QLineEdit(this);
    words->setObjectName(QStringLiteral("shortcutWords"));
    words->setPlaceholderText(tr("Search commands and keys"));
    words->setAccessibleName(words->placeholderText());
    words->setClearButtonEnabled(true);
    column->addWidget(words);
    list_->setObjectName(QStringLiteral("shortcutList"));
    list_->setAccessibleName(windowTitle());
    list_->setColumnCount(2);
    list_->setHeaderLabels({tr("Command"), tr("Keys")});
    list_->setRootIsDecorated(false);
    fill(actions);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    column->addWidget(list_);
    connect(words, &QLineEdit::textChanged, this, &ShortcutsDialog::narrow);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

/// Under the menus where the commands stand, then by the part of the window.
void ShortcutsDialog::fill(const QList<QAction*>& actions) {
    QHash<QString, QTreeWidgetItem*> groups;
    const auto add = [&](const QString& name, const QString& what, const QString& keys) {
        QTreeWidgetItem*& group = groups[name];
        if (!group) {
            group = new QTreeWidgetItem(list_, {name});
            group->setFirstColumnSpanned(true);
            group->setFlags(Qt::ItemIsEnabled);
            QFont bold = font();
            bold.setWeight(QFont::DemiBold);
            group->setFont(0, bold);
        }
        new QTreeWidgetItem(group, {what, keys});
    };
    for (const QAction* action : actions)
        if (!action->shortcuts().isEmpty()) add(menuOf(action), plainName(action), keysOf(action));
    for (const PartKeys& part : keysOfParts())
        for (const PartKey& one : part.keys)
            add(part.part, one.does, one.keys);
    list_->expandAll();
}

void ShortcutsDialog::narrow(const QString& words) {
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = list_->topLevelItem(i);
        int seen = 0;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem* item = group->child(k);
            const bool fits = matches(group->text(0) + QLatin1Char(' ') + item->text(0) +
                                          QLatin1Char(' ') + item->text(1),
                                      words);
            item->setHidden(!fits);
            seen += fits ? 1 : 0;
        }
        group->setHidden(seen == 0);
    }
}

} // namespace postlude
