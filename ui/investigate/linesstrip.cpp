// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/linesstrip.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace postlude {

namespace {

constexpr int kSteps = 1000;

int stepsOf(const Found& found) {
    if (found.all == 0) return 0;
    return static_cast<int>(static_cast<double>(found.looked) / static_cast<double>(found.all) *
                            kSteps);
}

} // namespace

LinesStrip::LinesStrip(QWidget* parent)
    : QWidget(parent)
    , text_(new QLabel(this))
    , bar_(new QProgressBar(this))
    , stop_(new QPushButton(tr("Stop"), this)) {
    setObjectName(QStringLiteral("linesStrip"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 4, 10, 4);
    row->setSpacing(10);
    text_->setObjectName(QStringLiteral("linesStripText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar_->setRange(0, kSteps);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setAccessibleName(tr("How far the search is"));
    stop_->setObjectName(QStringLiteral("linesStop"));
    stop_->setAccessibleName(tr("Stop the search"));
    row->addWidget(text_, 2);
    row->addWidget(bar_, 1);
    row->addWidget(stop_);
    connect(stop_, &QPushButton::clicked, this, &LinesStrip::stopWanted);
    hide();
}

void LinesStrip::say(const QString& text, const char* role) {
    text_->setText(text);
    text_->setToolTip(plainTip(text));
    setRole(text_, role);
    show();
}

void LinesStrip::showProgress(const Found& found) {
    bar_->setValue(stepsOf(found));
    bar_->show();
    stop_->show();
    say(tr("Searching: %1 found, %2 of %3 lines looked at", nullptr, counted(found.all))
            .arg(shortCount(found.matches), shortCount(found.looked), shortCount(found.all)),
        "muted");
}

void LinesStrip::showStopped(const Found& found) {
    bar_->hide();
    stop_->hide();
    say(tr("The search was stopped after %1 of %2 lines; these are the first of %3 found in them.",
           nullptr, counted(found.all))
            .arg(shortCount(found.looked), shortCount(found.all), shortCount(found.matches)),
        "bad");
}

void LinesStrip::showMissing(const std::vector<Error>& missing) {
    bar_->hide();
    stop_->hide();
    if (missing.empty()) return hide();
    QStringList sources;
    for (const Error& error : missing)
        sources << shown(describe(error));
    say(tr("Not searched: %1").arg(sources.join(QStringLiteral("  ·  "))), "bad");
}

void LinesStrip::showPassed(std::size_t lines, bool inWindow) {
    bar_->hide();
    stop_->hide();
    const QString text =
        inWindow ? tr("%1 lines in this window pass the filter", nullptr, counted(lines))
                 : tr("%1 lines pass the filter", nullptr, counted(lines));
    say(text.arg(wholeCount(lines)), "muted");
}

} // namespace postlude
