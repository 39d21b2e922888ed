// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/toolbar.h"

#include "ui/common/evidencedrag.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/player.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/zones.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTimer>

namespace postlude {

namespace {

constexpr int kSpringMs = 500; // that evidence is held over a mode before it opens

} // namespace

ToolRow::ToolRow(QWidget* parent)
    : QWidget(parent)
    , springing_(new QTimer(this)) {
    setObjectName(QStringLiteral("toolRow"));
    setRole(this, "bar");
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    auto* modes = new QHBoxLayout;
    modes->setSpacing(0);
    investigate_ = addButton(modes, QStringLiteral("modeInvestigate"), tr("Investigate"));
    postmortem_ = addButton(modes, QStringLiteral("modePostmortem"), tr("Postmortem"));
    setRole(investigate_, "segment-left");
    setRole(postmortem_, "segment-right");
    investigate_->setCheckable(true);
    postmortem_->setCheckable(true);
    row->addLayout(modes);
    previous_ = addButton(row, QStringLiteral("previousEvent"), tr("◀ Event"));
    next_ = addButton(row, QStringLiteral("nextEvent"), tr("Event ▶"));
    previous_->setAccessibleName(tr("Previous event"));
    next_->setAccessibleName(tr("Next event"));
    play_ = addButton(row, QStringLiteral("play"), {});
    play_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(play_, &QPushButton::clicked, this, &ToolRow::playWanted);
    connect(play_, &QWidget::customContextMenuRequested, this, &ToolRow::speedMenu);
    setPlaying(false, 10);
    time_ = new QLabel(this);
    time_->setObjectName(QStringLiteral("currentTime"));
    time_->setAccessibleName(tr("Time of the cursor"));
    time_->setTextFormat(Qt::PlainText);
    time_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(time_, "box");
    row->addWidget(time_);
    filter_ = new FilterBar(this);
    row->addWidget(filter_, 1);
    document_ = new QWidget(this);
    new QHBoxLayout(document_);
    document_->layout()->setContentsMargins(0, 0, 0, 0);
    row->addWidget(document_, 1);
    zone_ = addButton(row, QStringLiteral("timeZone"), {});
    palette_ = addButton(row, QStringLiteral("palette"), tr("Ctrl+K"));
    palette_->setAccessibleName(tr("Command palette"));
    palette_->setToolTip(tr("Every command by name (Ctrl+K)"));
    connect(investigate_, &QPushButton::clicked, this, [this] { Q_EMIT modeWanted(true); });
    connect(postmortem_, &QPushButton::clicked, this, [this] { Q_EMIT modeWanted(false); });
    postmortem_->setAcceptDrops(true);
    postmortem_->installEventFilter(this);
    springing_->setSingleShot(true);
    springing_->setInterval(kSpringMs);
    connect(springing_, &QTimer::timeout, this, [this] { Q_EMIT modeWanted(false); });
    connect(previous_, &QPushButton::clicked, this, [this] { Q_EMIT eventWanted(-1); });
    connect(next_, &QPushButton::clicked, this, [this] { Q_EMIT eventWanted(1); });
    connect(zone_, &QPushButton::clicked, this, &ToolRow::zoneMenu);
    connect(palette_, &QPushButton::clicked, this, &ToolRow::paletteWanted);
    const auto restyle = [this] {
        const Theme& theme = Theme::current();
        time_->setFont(theme.mono());
        settleWidth();
        time_->setStyleSheet(
            QStringLiteral("QLabel { background: %1; color: %2; border: 1px solid %3; "
                           "border-radius: 6px; padding: 0.35em 0.7em; }")
                .arg(theme.raised.name(), theme.text.name(), theme.border.name()));
    };
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, restyle);
    restyle();
    setSession(nullptr);
    setInvestigating(true);
}

QPushButton* ToolRow::addButton(QHBoxLayout* row, const QString& name, const QString& text) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    // Keys belong to the page: a click here must not take them away.
    button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(button);
    return button;
}

void ToolRow::takeDocumentTools(QWidget* tools) {
    setRole(tools, "");
    if (tools->layout()) tools->layout()->setContentsMargins(0, 0, 0, 0);
    document_->layout()->addWidget(tools);
}

/// Evidence that is dragged there opens the document, where it is then let go of.
bool ToolRow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::DragEnter) {
        auto* drag = static_cast<QDragEnterEvent*>(event);
        if (!session_ || !evidenceIn(drag->mimeData())) return false;
        drag->acceptProposedAction();
        springing_->start();
        return true;
    }
    if (event->type() == QEvent::DragLeave || event->type() == QEvent::Drop) springing_->stop();
    return QWidget::eventFilter(watched, event);
}

void ToolRow::setSession(Session* session) {
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    filter_->setSession(session);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{investigate_, postmortem_, previous_, next_, play_})
        widget->setEnabled(session_ != nullptr);
    if (session_) {
        connect(&session_->selection(), &Selection::momentChanged, this, &ToolRow::showTime);
        connect(&session_->selection(), &Selection::displayChanged, this, &ToolRow::showTime);
        connect(&session_->selection(), &Selection::displayChanged, this, &ToolRow::showZone);
    }
    showTime();
    showZone();
    settleButtons();
}

void ToolRow::setPlaying(bool playing, int speed) {
    play_->setText((playing ? QStringLiteral("⏸ ×%1") : QStringLiteral("▶ ×%1")).arg(speed));
    play_->setAccessibleName(playing ? tr("Pause")
                                     : tr("Play, %n seconds a second", nullptr, speed));
    play_->setToolTip(tr("Plays or pauses (k); faster with l, slower with j or by right click"));
}

void ToolRow::speedMenu(const QPoint& at) {
    QMenu menu(this);
    for (const int speed : Player::speeds())
        connect(menu.addAction(tr("%n seconds a second", nullptr, speed)), &QAction::triggered,
                this, [this, speed] { Q_EMIT speedWanted(speed); });
    menu.exec(play_->mapToGlobal(at));
}

void ToolRow::setInvestigating(bool investigating) {
    investigate_->setChecked(investigating);
    postmortem_->setChecked(!investigating);
    document_->setVisible(!investigating);
    settleButtons();
}

/// Keys and menus step and play as well.
void ToolRow::settleButtons() {
    const bool investigating = investigate_->isChecked();
    for (QWidget* widget : std::initializer_list<QWidget*>{time_, filter_})
        widget->setVisible(investigating);
    for (QWidget* widget : std::initializer_list<QWidget*>{previous_, next_, play_})
        widget->setVisible(investigating && !crowded_);
    // A document is written in a zone of its own, whatever the charts are shown in.
    zone_->setEnabled(session_ && investigating);
    zone_->setToolTip(investigating
                          ? tr("The zone in which charts and lines show their times")
                          : tr("The zone of charts and lines. The document has one of its own, in "
                               "its issue summary."));
}

void ToolRow::showTime() {
    const Window bounds = session_ ? session_->selection().bounds() : Window{};
    const QString blank = QStringLiteral("--:--:--.---");
    const Zone zone = session_ ? session_->selection().zone() : Zone::utc();
    const Instant moment = session_ ? session_->selection().place().moment : Instant{};
    time_->setText((bounds.empty() ? blank : timeOfDay(zone, moment)) + QLatin1Char(' ') +
                   zoneAbbreviation(zone));
    if (!bounds.empty())
        time_->setToolTip(plainTip(QString::fromStdString(zone.format(moment, 9))));
}

void ToolRow::showZone() {
    const Zone zone = session_ ? session_->selection().zone() : Zone::utc();
    const QString name = QString::fromStdString(zone.name());
    zone_->setText(narrow_ ? name + QStringLiteral(" ▾") : tr("Time zone: %1 ▾").arg(name));
    zone_->setAccessibleName(tr("Time zone: %1").arg(name));
}

void ToolRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    settleWidth();
}

/// The filter is what one writes in: with large text or a small window the rest gives way.
void ToolRow::settleWidth() {
    constexpr int kLetters = 150; // of the whole row, so that the filter has some 50 of them
    constexpr int kFewest = 115;  // less, and names would be cut
    const int letters = width() / std::max(1, fontMetrics().averageCharWidth());
    const bool narrow = letters < kLetters, crowded = letters < kFewest;
    if (narrow == narrow_ && crowded == crowded_) return;
    narrow_ = narrow;
    crowded_ = crowded;
    settleButtons();
    previous_->setText(narrow ? QStringLiteral("◀") : tr("◀ Event"));
    next_->setText(narrow ? QStringLiteral("▶") : tr("Event ▶"));
    palette_->setText(narrow ? QStringLiteral("⋯") : tr("Ctrl+K"));
    showZone();
}

void ToolRow::zoneMenu() {
    if (!session_) return;
    QMenu menu(this);
    fillZoneMenu(menu, *session_);
    menu.exec(zone_->mapToGlobal(QPoint(0, zone_->height() + 2)));
}

} // namespace postlude
