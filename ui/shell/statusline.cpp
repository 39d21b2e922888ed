// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QPushButton>

namespace postlude {

namespace {
constexpr std::size_t kToldMissing = 10;
}

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent)
    , counts_(new QLabel(this))
    , clock_(new QPushButton(this))
    , told_(new QLabel(this))
    , state_(new QLabel(this)) {
    setSizeGripEnabled(false);
    counts_->setObjectName(QStringLiteral("statusCounts"));
    state_->setObjectName(QStringLiteral("statusState"));
    told_->setObjectName(QStringLiteral("statusTold"));
    clock_->setObjectName(QStringLiteral("clockSwitch"));
    clock_->setFocusPolicy(Qt::TabFocus);
    clock_->setFlat(true);
    setRole(clock_, "quiet");
    for (QLabel* label : {counts_, told_})
        label->setTextFormat(Qt::PlainText);
    addWidget(counts_);
    addWidget(clock_);
    addWidget(told_, 1);
    connect(clock_, &QPushButton::clicked, this, [this] {
        if (!session_) return;
        Selection& selection = session_->selection();
        const bool raw = selection.clock() == ClockView::Raw;
        selection.setClock(raw ? ClockView::Corrected : ClockView::Raw);
    });
    told_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    state_->setTextFormat(Qt::PlainText);
    addPermanentWidget(state_);
    fade_.setSingleShot(true);
    fade_.setInterval(6000);
    connect(&fade_, &QTimer::timeout, told_, &QLabel::clear);
    const auto restyle = [this] {
        for (QWidget* widget : std::initializer_list<QWidget*>{counts_, clock_, told_, state_})
            widget->setFont(Theme::current().small());
    };
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, restyle);
    restyle();
}

void StatusLine::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    document_.clear();
    told_->clear();
    if (session_) {
        connect(session_, &Session::dataChanged, this, &StatusLine::refresh);
        connect(session_, &Session::importFinished, this, &StatusLine::refresh);
        connect(session_, &Session::analysisChanged, this, &StatusLine::refresh);
        connect(session_, &Session::progressed, this, &StatusLine::refreshState);
        connect(&session_->selection(), &Selection::displayChanged, this, &StatusLine::refresh);
    }
    refresh();
}

void StatusLine::tell(const QString& text) {
    told_->setText(text);
    told_->setToolTip(plainTip(text)); // a small window has not the room for all of it
    fade_.start();
}

void StatusLine::setDocument(const QString& text) {
    document_ = text;
    refresh();
}

void StatusLine::setInvestigating(bool investigating) {
    investigating_ = investigating;
    refresh();
}

void StatusLine::refresh() {
    if (!session_) {
        for (QLabel* label : {counts_, state_})
            label->clear();
        clock_->hide();
        return;
    }
    std::uint64_t lines = 0;
    std::uint64_t unread = 0;
    int sources = 0;
    for (const SourceInfo& source : session_->query().sources()) {
        if (source.records == 0 && source.lines == 0) continue;
        lines += source.lines;
        unread += source.unread;
        ++sources;
    }
    const QString ofLines = tr("%1 lines", nullptr, counted(lines));
    QStringList all{ofLines.arg(shortCount(lines)), tr("%n sources", nullptr, sources),
                    tr("%1 unread", nullptr, counted(unread)).arg(wholeCount(unread))};
    // An archive that was cut short looks like a whole one, but for this.
    const std::vector<std::string>& missing = session_->missing();
    if (!missing.empty()) all << tr("%n files not whole", nullptr, int(missing.size()));
    counts_->setText(all.join(QStringLiteral(" · ")));
    QStringList tip{ofLines.arg(wholeCount(lines))};
    for (std::size_t i = 0; i < std::min(missing.size(), kToldMissing); ++i)
        tip << shown(missing[i]);
    counts_->setToolTip(plainTip(tip.join(QLatin1Char('\n'))));
    clock_->show();
    clock_->setText(clocks());
    clock_->setToolTip(tr("Host clocks corrected, or as they were written (Ctrl+R)"));
    refreshState();
}

/// Many times a second while a bundle is read, which may have very many sources.
void StatusLine::refreshState() {
    if (session_) state_->setText(investigating_ || document_.isEmpty() ? state() : document_);
}

QString StatusLine::clocks() const {
    const QString zone = QString::fromStdString(session_->selection().zone().name());
    if (session_->selection().clock() == ClockView::Raw)
        return tr("times in %1, host clocks as written").arg(zone);
    const auto known = session_->query().sources();
    const bool corrected =
        std::ranges::any_of(known, [](const SourceInfo& s) { return s.clockOffset.has_value(); });
    return corrected ? tr("times in %1, host clocks corrected").arg(zone)
                     : tr("times in %1").arg(zone);
}

QString StatusLine::state() const {
    if (session_->caseFile().mode() == OpenMode::ReadOnly) return tr("open elsewhere: read only");
    if (session_->busy()) return shown(session_->progress().stage);
    if (!session_->caseFile().importComplete()) return tr("reading was stopped · case saved");
    if (session_->importTime() > Duration::zero())
        return tr("imported in %1 · case saved")
            .arg(QString::fromStdString(spoken(session_->importTime())));
    return tr("case saved");
}

} // namespace postlude
