// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/insightwindow.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

InsightWindow::InsightWindow(Session& session, const QString& slot, const QString& title,
                             const QStringList& columns, QWidget* parent)
    : QDialog(parent)
    , session_(session)
    , slot_(slot) {
    build(title, columns);
    showPeriods();
}

InsightWindow::~InsightWindow() {
    session_.drop(slot_);
}

void InsightWindow::build(const QString& title, const QStringList& columns) {
    setWindowTitle(title);
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    const int em = fontMetrics().height();
    resizeWithin(*this, {em * 62, em * 36});
    auto* column = new QVBoxLayout(this);
    choices_ = new QHBoxLayout;
    auto* label = new QLabel(tr("&Look at"), this);
    period_ = new QComboBox(this);
    period_->setObjectName(QStringLiteral("period"));
    period_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    label->setBuddy(period_);
    choices_->addWidget(label);
    choices_->addWidget(period_);
    column->addLayout(choices_);
    table_ = new InsightTable(title, columns, this);
    table_->setObjectName(QStringLiteral("insights"));
    column->addWidget(table_, 1);
    auto* row = new QHBoxLayout;
    told_ = new QLabel(this);
    told_->setObjectName(QStringLiteral("insightTold"));
    told_->setTextFormat(Qt::PlainText);
    told_->setWordWrap(true);
    stop_ = new QPushButton(tr("&Stop"), this);
    auto* closes = new QPushButton(tr("Close"), this);
    for (QPushButton* button : {stop_, closes})
        button->setAutoDefault(false);
    stop_->hide();
    row->addWidget(told_, 1);
    row->addWidget(stop_);
    row->addWidget(closes);
    column->addLayout(row);
    connect(period_, &QComboBox::activated, this, [this] {
        periodsChanged();
        ask();
    });
    connect(table_, &InsightTable::filterWanted, this, &InsightWindow::useFilter);
    connect(stop_, &QPushButton::clicked, this, [this] {
        session_.drop(slot_);
        tell(tr("Stopped"));
    });
    connect(closes, &QPushButton::clicked, this, &QDialog::close);
    connect(&session_.selection(), &Selection::windowChanged, this, &InsightWindow::showPeriods);
    connect(&session_, &Session::analysisChanged, this, &InsightWindow::showPeriods);
}

/// While another window comes into view, what was asked stays: only the choice has another name.
void InsightWindow::showPeriods() {
    periods_ = periodsOf(session_);
    fillPeriods(*period_, periods_);
    periodsChanged();
}

Window InsightWindow::chosenWindow() const {
    const int at = period_->currentIndex();
    return at < 0 ? Window{} : periods_[static_cast<std::size_t>(at)].window;
}

void InsightWindow::lookAtView() {
    // With everything in view the gravest incident is what one wants to know of.
    const bool all = session_.selection().showsAll() && periods_.size() > 2;
    period_->setCurrentIndex(all ? 1 : 0);
    periodsChanged();
    ask();
}

void InsightWindow::begin(const QString& text) {
    stop_->show();
    setRole(told_, "muted");
    told_->setText(text);
}

void InsightWindow::tell(const QString& text, const char* role) {
    stop_->hide();
    setRole(told_, role);
    told_->setText(text);
}

void InsightWindow::fail(const Error& error) {
    if (error.kind != ErrorKind::Cancelled) tell(shown(describe(error)), "bad");
}

/// In place of the filter there was; Alt+Left brings that back.
void InsightWindow::useFilter(const QString& filter, bool only) {
    if (filter.isEmpty()) return tell(tr("There is no word in it to filter by"), "warning");
    Q_EMIT filterWanted(only ? filter : QStringLiteral("not (%1)").arg(filter));
}

} // namespace postlude
