// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/progressstrip.h"

#include "core/base/text.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace postlude {

namespace {

constexpr int kSteps = 1000;
constexpr int kSoonMs = 200;

QString megabytes(std::uint64_t bytes) {
    if (bytes < 10'000'000)
        return QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1);
    return QString::fromStdString(grouped(static_cast<std::int64_t>(bytes / 1'000'000))) +
           QStringLiteral(" MB");
}

} // namespace

ProgressStrip::ProgressStrip(QWidget* parent)
    : QWidget(parent)
    , text_(new QLabel(this))
    , bar_(new QProgressBar(this))
    , cancel_(new QPushButton(tr("Cancel"), this))
    , resume_(new QPushButton(tr("Go on"), this)) {
    setObjectName(QStringLiteral("progressStrip"));
    setRole(this, "panel");
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 12, 5);
    row->setSpacing(10);
    text_->setTextFormat(Qt::PlainText);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar_->setRange(0, kSteps);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setAccessibleName(tr("Progress"));
    cancel_->setObjectName(QStringLiteral("progressCancel"));
    resume_->setObjectName(QStringLiteral("progressResume"));
    row->addWidget(text_, 1);
    row->addWidget(bar_, 1);
    row->addWidget(cancel_);
    row->addWidget(resume_);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        if (!opening_.isEmpty()) return void(Q_EMIT openingCancelled());
        cancel_->setEnabled(false);
        if (session_) session_->cancel();
    });
    soon_.setSingleShot(true);
    soon_.setInterval(kSoonMs);
    connect(&soon_, &QTimer::timeout, this, &ProgressStrip::tellOpening);
    connect(resume_, &QPushButton::clicked, this, [this] {
        if (session_ && !session_->fault().isEmpty())
            session_->tryAgain();
        else if (session_)
            session_->resume();
        settle();
    });
    hide();
}

void ProgressStrip::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    session_ = session;
    since_.invalidate();
    if (opening_.isEmpty()) hide();
    if (!session_) return;
    connect(session_, &Session::progressed, this, &ProgressStrip::show);
    connect(session_, &Session::importFinished, this, &ProgressStrip::settle);
    connect(session_, &Session::analysisChanged, this, &ProgressStrip::settle);
    connect(session_, &Session::faultChanged, this, &ProgressStrip::settle);
}

void ProgressStrip::showOpening(const QString& name) {
    opening_ = name;
    if (!name.isEmpty()) return soon_.start();
    soon_.stop();
    settle();
}

void ProgressStrip::tellOpening() {
    text_->setText(tr("Opening %1 …").arg(shown(opening_.toStdString())));
    bar_->setRange(0, 0);
    bar_->setVisible(true);
    cancel_->setEnabled(true);
    cancel_->setVisible(true);
    resume_->setVisible(false);
    setVisible(true);
}

QString timeLeft(std::chrono::milliseconds taken, std::uint64_t done, std::uint64_t left) {
    constexpr std::chrono::milliseconds kLeast{1500};
    constexpr double kLeastShare = 0.02;
    const double share =
        static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(done + left, 1));
    if (taken < kLeast || share < kLeastShare) return {};
    const double seconds = static_cast<double>(taken.count()) / 1000 * (1 - share) / share;
    if (seconds < 5) return ProgressStrip::tr("a few seconds left");
    if (seconds <= 55) return ProgressStrip::tr("about %1 s left").arg(std::ceil(seconds / 5) * 5);
    return ProgressStrip::tr("about %1 min left").arg(std::ceil(seconds / 60));
}

QString ProgressStrip::leftOf(const Progress& progress) {
    if (progress.bytesTotal <= progress.bytesDone) return {};
    if (!since_.isValid() || progress.stage != stage_ || progress.bytesDone < from_) {
        stage_ = progress.stage;
        from_ = progress.bytesDone;
        since_.start();
    }
    return timeLeft(std::chrono::milliseconds(since_.elapsed()), progress.bytesDone - from_,
                    progress.bytesTotal - progress.bytesDone);
}

void ProgressStrip::show(const Progress& progress) {
    if (!opening_.isEmpty()) return;
    if (!session_ || !session_->busy()) return settle();
    QStringList parts{shown(progress.stage)};
    if (!progress.source.empty()) parts << shown(progress.source);
    if (progress.linesDone > 0)
        parts << tr("%1 lines", nullptr, counted(progress.linesDone))
                     .arg(shortCount(progress.linesDone));
    if (progress.bytesTotal > 0)
        parts << tr("%1 of %2").arg(megabytes(progress.bytesDone), megabytes(progress.bytesTotal));
    if (const QString left = leftOf(progress); !left.isEmpty()) parts << left;
    text_->setText(parts.join(QStringLiteral("  ·  ")));
    // Without a total there is nothing to be a share of: the bar only shows that work goes on.
    bar_->setRange(0, progress.bytesTotal > 0 ? kSteps : 0);
    if (progress.bytesTotal > 0) {
        const double share =
            static_cast<double>(progress.bytesDone) / static_cast<double>(progress.bytesTotal);
        bar_->setValue(static_cast<int>(std::min(1.0, share) * kSteps));
    }
    bar_->setVisible(true);
    cancel_->setVisible(true);
    resume_->setVisible(false);
    setVisible(true);
}

/// After the work: nothing, unless it came to nothing or the import was stopped half way.
void ProgressStrip::settle() {
    if (!opening_.isEmpty()) return;
    cancel_->setEnabled(true);
    const bool busy = session_ && session_->busy();
    const bool stopped = session_ && !busy && !session_->caseFile().importComplete();
    const QString fault = session_ && !busy ? session_->fault() : QString();
    setVisible(busy || stopped || !fault.isEmpty());
    setRole(text_, fault.isEmpty() ? "" : "bad");
    if (!stopped && fault.isEmpty()) return;
    text_->setText(fault.isEmpty() ? tr("Reading was stopped; what is read so far is shown.")
                                   : fault);
    text_->setToolTip(plainTip(fault));
    resume_->setText(fault.isEmpty() ? tr("Go on") : tr("Try again"));
    bar_->setVisible(false);
    cancel_->setVisible(false);
    resume_->setVisible(!fault.isEmpty() || session_->caseFile().mode() == OpenMode::ReadWrite);
}

} // namespace postlude
