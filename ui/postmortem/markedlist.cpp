// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/markedlist.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QTimer>
#include <map>

namespace postlude {

namespace {

class MarkedDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::current();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        const bool focus = option.state & QStyle::State_HasFocus;
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(focus ? theme.accent : Qt::transparent);
            painter->setBrush(selected ? theme.selection : theme.grid);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        }
        const int pad = padding(option.font);
        const QRect inner = option.rect.adjusted(pad * 2, pad, -pad, -pad);
        painter->setFont(option.font);
        const QString mark = index.data(MarkedList::SignRole).toString();
        painter->setPen(index.data(MarkedList::SignColourRole).value<QColor>());
        painter->drawText(inner, Qt::AlignRight | Qt::AlignTop, mark);
        painter->setPen(theme.text);
        QTextLayout layout(index.data(Qt::DisplayRole).toString(), option.font);
        const double room = inner.width() - markWidth(option.font);
        layOutText(layout, std::max(room, kNarrowest));
        layout.draw(painter, inner.topLeft());
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        const int pad = padding(option.font);
        const auto* list = qobject_cast<const QListWidget*>(option.widget);
        const int width = list ? list->viewport()->width() : 200;
        QTextLayout layout(index.data(Qt::DisplayRole).toString(), option.font);
        const double room = width - 3 * pad - markWidth(option.font);
        const double height = layOutText(layout, std::max(room, kNarrowest)).height();
        return {width, int(height + 0.5) + 2 * pad};
    }

private:
    static int padding(const QFont& font) { return std::max(QFontMetrics(font).height() / 3, 4); }
    static int markWidth(const QFont& font) {
        return QFontMetrics(font).horizontalAdvance(QChar(0x2713)) + 6;
    }
    static constexpr double kNarrowest = 30;
};

bool samePart(const std::string& fault, const std::string& section) {
    return QString::fromStdString(fault).compare(QString::fromStdString(section),
                                                 Qt::CaseInsensitive) == 0;
}

} // namespace

MarkedList::MarkedList(QWidget* parent)
    : QListWidget(parent) {
    setItemDelegate(new MarkedDelegate(this));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setRole(this, "sections");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MarkedList::fit() {
    scheduleDelayedItemsLayout();
    setFixedHeight(sizeHint().height());
}

void MarkedList::resizeEvent(QResizeEvent* event) {
    QListWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        QTimer::singleShot(0, this, [this] { fit(); });
}

void MarkedList::changeEvent(QEvent* event) {
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) QTimer::singleShot(0, this, [this] { fit(); });
}

QSize MarkedList::sizeHint() const {
    int height = 4;
    for (int row = 0; row < count(); ++row)
        height += sizeHintForRow(row);
    return {180, height};
}

QSize MarkedList::minimumSizeHint() const {
    return {100, sizeHint().height()};
}

SectionList::SectionList(Document& document, QWidget* parent)
    : MarkedList(parent)
    , document_(document) {
    setObjectName(QStringLiteral("sections"));
    setAccessibleName(tr("Sections"));
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &SectionList::refresh);
}

void SectionList::addSection(const QString& title, const std::string& part) {
    addItem(title);
    parts_.push_back(part);
    refresh();
}

namespace {

constexpr int kMostTold = 12; // faults in a tip

} // namespace

void SectionList::refresh() {
    const Theme& theme = Theme::current();
    for (int row = 0; row < count(); ++row) {
        QStringList open;
        for (const Fault& fault : faults_)
            if (samePart(fault.part, parts_[std::size_t(row)])) open << shownWhole(fault.what);
        QListWidgetItem* its = item(row);
        const bool fine = open.isEmpty();
        its->setData(SignRole, !document_.isLoaded() ? QString()
                               : fine                ? QStringLiteral("✓")
                                                     : QStringLiteral("!"));
        its->setData(SignColourRole, fine ? theme.good : theme.bad);
        const QStringList first = open.mid(0, kMostTold);
        its->setToolTip(plainTip(first.join(QLatin1Char('\n')) +
                                 (first.size() < open.size() ? QStringLiteral("\n…") : QString())));
        its->setData(Qt::AccessibleTextRole,
                     fine ? tr("%1, complete").arg(its->text())
                          : tr("%1, %2 to mend").arg(its->text()).arg(open.size()));
    }
    fit();
}

void SectionList::setFaults(std::vector<Fault> faults) {
    faults_ = std::move(faults);
    refresh();
}

} // namespace postlude
