// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette.h"

#include "ui/common/layouts.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
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
    column->addWidget(text_);
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
    : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    const int em = fontMetrics().height();
    resizeWithin(*this, {34 * em, 40 * em});
    auto* column = new QVBoxLayout(this);
    auto* list = new QTreeWidget(this);
    list->setAccessibleName(windowTitle());
    list->setColumnCount(2);
    list->setHeaderLabels({tr("Command"), tr("Keys")});
    list->setRootIsDecorated(false);
    for (const QAction* action : actions)
        if (!action->shortcuts().isEmpty())
            new QTreeWidgetItem(list, {plainName(action), keysOf(action)});
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setStretchLastSection(false);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    column->addWidget(list);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace postlude
