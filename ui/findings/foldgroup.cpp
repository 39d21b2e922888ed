// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/foldgroup.h"

#include "ui/common/theme.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

FoldGroup::FoldGroup(const QString& title, QWidget* parent)
    : QWidget(parent)
    , title_(title)
    , head_(new QPushButton(this))
    , body_(new QWidget(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    setRole(head_, "quiet");
    head_->setFont(Theme::current().small());
    head_->setCursor(Qt::PointingHandCursor);
    head_->setStyleSheet(QStringLiteral("text-align: left; padding-left: 0;"));
    auto* inside = new QVBoxLayout(body_);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(0);
    column->addWidget(head_);
    column->addWidget(body_);
    connect(head_, &QPushButton::clicked, this, [this] {
        setOpen(!isOpen());
        Q_EMIT toggled(isOpen());
    });
    showHead();
}

void FoldGroup::add(QWidget* widget) {
    body_->layout()->addWidget(widget);
    ++count_;
    showHead();
}

bool FoldGroup::isOpen() const {
    return !body_->isHidden();
}

void FoldGroup::setOpen(bool open) {
    body_->setVisible(open);
    showHead();
}

void FoldGroup::showHead() {
    const QString sign = isOpen() ? QStringLiteral("▾ ") : QStringLiteral("▸ ");
    head_->setText(sign + title_ + QStringLiteral(" · %1").arg(count_));
    head_->setAccessibleName(isOpen() ? tr("%1, %2, unfolded").arg(title_).arg(count_)
                                      : tr("%1, %2, folded").arg(title_).arg(count_));
}

FindingGroup groupOf(const Finding& finding) {
    const std::string_view title = finding.title;
    const auto among = [title](std::initializer_list<std::string_view> titles) {
        return std::ranges::find(titles, title) != titles.end();
    };
    if (among({"Likely cause", "Joined cause", "Cause not found", "Distribution", "Measured",
               "Over-represented"}))
        return FindingGroup::Causes;
    if (title.ends_with("message")) return FindingGroup::Messages;
    if (among({"Ruled out", "Undecided"})) return FindingGroup::RuledOut;
    if (title == "Clock") return FindingGroup::Clocks;
    return FindingGroup::Happened;
}

QString titleOf(FindingGroup group) {
    switch (group) {
    case FindingGroup::Happened:
        return FoldGroup::tr("What happened");
    case FindingGroup::Causes:
        return FoldGroup::tr("Why");
    case FindingGroup::Messages:
        return FoldGroup::tr("Telling messages");
    case FindingGroup::RuledOut:
        return FoldGroup::tr("Ruled out or open");
    default:
        return FoldGroup::tr("Clocks");
    }
}

bool opensByItself(FindingGroup group) {
    return group == FindingGroup::Happened || group == FindingGroup::Causes;
}

} // namespace postlude
