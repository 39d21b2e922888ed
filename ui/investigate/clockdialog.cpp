// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/clockdialog.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>
#include <cmath>

namespace postlude {

namespace {

constexpr double kMostSeconds = 1e8; // three years
constexpr int kDigits = 3;

QLabel* plainLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(text);
    return label;
}

QString measuredText(const StatedClock& clock) {
    if (!clock.measured) return ClockDialog::tr("As measured: not known");
    return ClockDialog::tr("As measured: %1, from %2 matched requests", nullptr,
                           counted(clock.pairs))
        .arg(signedOffset(*clock.measured), wholeCount(clock.pairs));
}

} // namespace

ClockDialog::ClockDialog(const QString& host, const StatedClock& clock, bool byHand,
                         QWidget* parent)
    : QDialog(parent)
    , measured_(new QRadioButton(menuText(measuredText(clock)), this))
    , byHand_(new QRadioButton(tr("Set &by hand:"), this))
    , ahead_(new QDoubleSpinBox(this)) {
    setObjectName(QStringLiteral("clockDialog"));
    setWindowTitle(tr("Clock of a host"));
    measured_->setObjectName(QStringLiteral("clockMeasured"));
    byHand_->setObjectName(QStringLiteral("clockByHand"));
    ahead_->setObjectName(QStringLiteral("clockAhead"));
    ahead_->setAccessibleName(tr("Seconds that the clock is ahead"));
    ahead_->setRange(-kMostSeconds, kMostSeconds);
    ahead_->setDecimals(kDigits);
    ahead_->setSingleStep(0.1);
    ahead_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    ahead_->setSuffix(QStringLiteral(" s"));
    ahead_->setValue(seconds(clock.ahead));
    (byHand ? byHand_ : measured_)->setChecked(true);
    connect(ahead_, &QDoubleSpinBox::valueChanged, byHand_, [this] { byHand_->setChecked(true); });
    connect(byHand_, &QRadioButton::clicked, ahead_, [this] {
        ahead_->setFocus();
        ahead_->selectAll();
    });

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(10);
    column->addWidget(
        plainLabel(tr("How far the clock of %1 is ahead of the balancer's").arg(host), this));
    column->addWidget(measured_);
    auto* row = new QHBoxLayout;
    row->addWidget(byHand_);
    row->addWidget(ahead_);
    row->addStretch();
    column->addLayout(row);
    auto* hint = plainLabel(tr("A clock that is behind has a minus. The host's times are corrected "
                               "by it everywhere, and the case is analysed anew."),
                            this);
    setRole(hint, "muted");
    hint->setMinimumWidth(40 * fontMetrics().averageCharWidth());
    column->addWidget(hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    (byHand ? static_cast<QWidget*>(ahead_) : byHand_)->setFocus();
}

std::optional<Duration> ClockDialog::stated() const {
    if (!byHand_->isChecked()) return {};
    return std::chrono::milliseconds{std::llround(ahead_->value() * 1000)};
}

} // namespace postlude
