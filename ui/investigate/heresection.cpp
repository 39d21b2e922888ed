// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/heresection.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/findings/elidedbutton.h"
#include "ui/findings/textlabel.h"
#include "ui/investigate/moves.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kMostMoved = 4;
constexpr int kMostTold = 4;
constexpr int kPauseMs = 140; ///< a cursor that runs is not asked after at every step
constexpr Duration kShortest = std::chrono::seconds{5};
constexpr Duration kLongest = std::chrono::minutes{5};

bool near(Instant a, Instant b, Duration reach) {
    return a > b - reach && a < b + reach;
}

} // namespace

HereSection::HereSection(QWidget* parent)
    : QWidget(parent)
    , heading_(new TextLabel({}, this)) {
    setObjectName(QStringLiteral("here"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    setRole(heading_, "heading");
    column->addWidget(heading_);
    lines_ = new QVBoxLayout;
    lines_->setSpacing(1);
    column->addLayout(lines_);
    soon_.setSingleShot(true);
    soon_.setInterval(kPauseMs);
    connect(&soon_, &QTimer::timeout, this, &HereSection::ask);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, &soon_, qOverload<>(&QTimer::start));
}

void HereSection::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, &soon_, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, &soon_, nullptr);
    session_ = session;
    show({}, {}, {});
    if (!session_) return;
    const auto start = qOverload<>(&QTimer::start);
    connect(&session_->selection(), &Selection::momentChanged, &soon_, start);
    connect(&session_->selection(), &Selection::displayChanged, &soon_, start);
    connect(session_, &Session::analysisChanged, &soon_, start);
    connect(session_, &Session::dataChanged, &soon_, start);
    soon_.start();
}

/// What one sees on a tenth of the screen.
Duration HereSection::reach() const {
    return std::clamp(Duration{session_->selection().place().window.length() / 20}, kShortest,
                      kLongest);
}

void HereSection::ask() {
    if (!session_ || session_->selection().bounds().empty()) return;
    const Instant moment = session_->selection().place().moment;
    const Duration around = reach();
    SeriesRequest request;
    request.clock = session_->selection().clock();
    // Buckets lie on a grid of their own: a wide one does not cut what is compared.
    request.bucket = std::chrono::hours{24};
    session_->run(
        QStringLiteral("here"), this,
        [query = session_->sharedQuery(), request, moment, around,
         analysis = session_->analysis()](std::stop_token stop) -> Result<QStringList> {
            const auto read = [&](Window window) {
                SeriesRequest part = request;
                part.window = window;
                return query->series(part, stop);
            };
            const auto before = read({moment - around, moment});
            const auto after = read({moment, moment + around});
            if (!before) return std::unexpected(before.error());
            if (!after) return std::unexpected(after.error());
            const ServerIndex names(query->servers(), {}, analysis.get());
            return differences(*before, *after, around, kMostMoved, names);
        },
        [this, moment, around](const Result<QStringList>& moved) {
            if (!moved) return session_->tellFault(moved.error());
            show(moment, around, *moved);
        });
}

void HereSection::show(Instant moment, Duration around, const QStringList& moved) {
    emptyLayout(*lines_);
    setVisible(session_ != nullptr && around > Duration::zero());
    if (!isVisibleTo(parentWidget())) return;
    heading_->setFont(Theme::current().heading());
    const Zone& zone = session_->selection().zone();
    heading_->setText(tr("What changed at %1").arg(timeOfDay(zone, moment, 0)));
    heading_->setToolTip(plainTip(tr("The %1 before compared with the %1 after")
                                      .arg(QString::fromStdString(spoken(around)))));
    for (const QString& text : moved)
        addLine(text, "", {});
    addStory(moment, around);
    if (lines_->count() == 0)
        addLine(tr("nothing beyond the usual, %1 before and after")
                    .arg(QString::fromStdString(spoken(around))),
                "muted", {});
    setAccessibleName(heading_->text() + QStringLiteral(": ") + texts().join(QStringLiteral("; ")));
}

void HereSection::addStory(Instant moment, Duration around) {
    const auto analysis = session_->analysis();
    if (!analysis) return;
    int told = 0;
    for (const Incident& incident : analysis->incidents) {
        for (const StoryEntry& entry : incident.story)
            if (near(entry.time, moment, around) && told++ < kMostTold)
                addLine(kindTitle(entry.kind) + QStringLiteral(": ") + shown(entry.statement), "",
                        entry.evidence);
        for (const MessageChange& message : incident.messages)
            if (near(message.first, moment, around) && told++ < kMostTold)
                addLine(messageTitle(message.kind, shown(message.text)), "warning",
                        message.evidence);
    }
}

void HereSection::addLine(const QString& text, const char* role,
                          const std::vector<Evidence>& evidence) {
    if (evidence.empty()) {
        auto* label = new TextLabel(text, this);
        label->setFont(Theme::current().small());
        setRole(label, role);
        return lines_->addWidget(label);
    }
    auto* link = new ElidedButton({menuText(text)}, this);
    setRole(link, "link");
    link->setFont(Theme::current().small());
    link->setAccessibleName(text);
    link->setToolTip(plainTip(text));
    link->setCursor(Qt::PointingHandCursor);
    link->setMinimumWidth(0);
    link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    lines_->addWidget(link);
    connect(link, &QPushButton::clicked, this, [this, first = evidence.front()] {
        if (session_) Q_EMIT session_->evidenceRequested(first);
    });
}

QStringList HereSection::texts() const {
    QStringList all;
    for (int i = 0; i < lines_->count(); ++i) {
        const QWidget* widget = lines_->itemAt(i)->widget();
        if (const auto* label = qobject_cast<const TextLabel*>(widget)) all << label->text();
        if (const auto* link = qobject_cast<const QPushButton*>(widget))
            all << link->accessibleName();
    }
    return all;
}

} // namespace postlude
