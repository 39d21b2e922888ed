// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/outsidestrip.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace postlude {

OutsideStrip::OutsideStrip(QWidget* parent)
    : QWidget(parent)
    , text_(new QLabel(this))
    , go_(new QPushButton(this)) {
    setObjectName(QStringLiteral("outsideStrip"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 10, 4);
    text_->setObjectName(QStringLiteral("outsideText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setRole(text_, "warning");
    go_->setObjectName(QStringLiteral("outsideGo"));
    row->addWidget(text_, 1);
    row->addWidget(go_);
    connect(go_, &QPushButton::clicked, this, &OutsideStrip::go);
    hide();
}

void OutsideStrip::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    if (session_) {
        connect(session_, &Session::dataChanged, this, &OutsideStrip::settle);
        const Selection& selection = session_->selection();
        connect(&selection, &Selection::boundsChanged, this, &OutsideStrip::settle);
        connect(&selection, &Selection::displayChanged, this, &OutsideStrip::settle);
    }
    settle();
}

bool OutsideStrip::showsAll() const {
    const Window whole = session_->extent().whole, bounds = session_->selection().bounds();
    return bounds.from <= whole.from && bounds.to >= whole.to;
}

void OutsideStrip::settle() {
    const Extent extent = session_ ? session_->extent() : Extent{};
    setVisible(extent.outside > 0);
    if (extent.outside == 0) return;
    const Zone& zone = session_->selection().zone();
    const auto day = [&zone](Instant at) { return QString::fromStdString(zone.date(at)); };
    QStringList where;
    if (extent.whole.from < extent.bulk.from) where << day(extent.whole.from);
    if (extent.whole.to > extent.bulk.to) where << day(extent.whole.to - Duration{1});
    const QString text = tr("%1 lines lie far outside (%2)", nullptr, counted(extent.outside))
                             .arg(wholeCount(extent.outside), where.join(QStringLiteral(" … ")));
    text_->setText(text);
    text_->setToolTip(plainTip(text));
    go_->setText(showsAll() ? tr("Back to where most are") : tr("Show all"));
}

void OutsideStrip::go() {
    Selection& selection = session_->selection();
    if (showsAll()) return selection.showRecorded();
    selection.reach(session_->extent().whole);
    selection.setWindow(selection.bounds());
}

} // namespace postlude
