// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/welcome.h"

#include "ui/common/language.h"
#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/cards.h"
#include "ui/findings/textlabel.h"
#include "ui/shell/collect.h"
#include "ui/shell/lastrun.h"
#include "ui/shell/recent.h"
#include "ui/shell/samples.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kMostRecent = 6;

TextLabel* text(QWidget* parent, const QString& words, const char* role = "") {
    auto* label = new TextLabel(words, parent);
    setRole(label, role);
    return label;
}

/// Title above, description below; the whole of it is the button.
class Card : public Clickable {
public:
    Card(const QString& title, const QString& description, const QString& tip, QWidget* parent)
        : Clickable(parent) {
        const int em = fontMetrics().height();
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(em, em * 2 / 3, em, em * 2 / 3);
        column->setSpacing(em / 6);
        title_ = text(this, title);
        column->addWidget(title_);
        column->addWidget(text(this, description, "muted"));
        setAccessibleName(title + QStringLiteral(", ") + description);
        setToolTip(plainTip(tip));
        setCursor(Qt::PointingHandCursor);
        dress();
    }
    void dress() {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        title_->setFont(bold);
    }

protected:
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() || underMouse() ? theme.accent : theme.border);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }

private:
    TextLabel* title_;
};

} // namespace

struct WelcomePage::Parts {
    QLabel* name = nullptr;
    QList<TextLabel*> headings;
    QList<Card*> cards;
    QWidget* recent = nullptr;
    QVBoxLayout* recentRows = nullptr;
    QVBoxLayout* column = nullptr; ///< of the whole page
    QWidget* ended = nullptr;

    TextLabel* heading(QWidget* parent, const QString& words) {
        headings << text(parent, words, "heading");
        return headings.back();
    }
    void dress() {
        const Theme& theme = Theme::current();
        QFont large = theme.title();
        large.setPointSizeF(large.pointSizeF() * 1.9);
        name->setFont(large);
        for (TextLabel* label : headings)
            label->setFont(theme.heading());
        for (Card* card : cards)
            card->dress();
    }
    QWidget* makeOpen(WelcomePage* page);
    QWidget* makeSamples(WelcomePage* page);
};

QWidget* WelcomePage::Parts::makeOpen(WelcomePage* page) {
    auto* box = new QWidget(page);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    const int em = page->fontMetrics().height();
    column->setSpacing(em / 2);
    column->addWidget(heading(box, tr("Open")));
    auto* row = new QHBoxLayout;
    auto* folder = new QPushButton(tr("Open folder…"), box);
    auto* file = new QPushButton(tr("Open archive, logs or case…"), box);
    folder->setObjectName(QStringLiteral("openFolder"));
    file->setObjectName(QStringLiteral("openFile"));
    setRole(folder, "primary");
    row->addWidget(folder);
    row->addWidget(file);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(text(
        box,
        tr("Or drop them here. Nothing leaves this machine, and nothing in the bundle is changed."),
        "muted"));
    connect(folder, &QPushButton::clicked, page, &WelcomePage::openFolderRequested);
    connect(file, &QPushButton::clicked, page, &WelcomePage::openFileRequested);

    recent = new QWidget(box);
    auto* recentColumn = new QVBoxLayout(recent);
    recentColumn->setContentsMargins(0, em, 0, 0);
    recentColumn->addWidget(heading(recent, tr("Recent")));
    recentRows = new QVBoxLayout;
    recentRows->setSpacing(0);
    recentColumn->addLayout(recentRows);
    recent->hide();
    column->addWidget(recent);
    column->addSpacing(em);
    auto* collect = new CollectBox(box);
    headings << collect->heading();
    column->addWidget(collect);
    column->addStretch();
    return box;
}

QWidget* WelcomePage::Parts::makeSamples(WelcomePage* page) {
    auto* box = new QWidget(page);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(page->fontMetrics().height() * 2 / 3);
    const std::vector<Sample> samples = samplesIn(samplesFolder(), languageInUse());
    if (!samples.empty()) column->addWidget(heading(box, tr("Recorded incidents to try")));
    for (const Sample& sample : samples) {
        auto* card = new Card(sample.title, sample.description, sample.path, box);
        card->setObjectName(QStringLiteral("sample"));
        cards << card;
        column->addWidget(card);
        connect(card, &Clickable::clicked, page,
                [page, path = sample.path] { Q_EMIT page->openRequested({path}); });
    }
    column->addStretch();
    return box;
}

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent)
    , parts_(std::make_unique<Parts>()) {
    setObjectName(QStringLiteral("welcomePage"));
    const int em = fontMetrics().height();
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Open logs or a recorded incident"));
    scroll->setWidgetResizable(true);
    outer->addWidget(scroll);
    auto* ground = new QWidget;
    setRole(ground, "surface");
    ground->setAttribute(Qt::WA_StyledBackground);
    scroll->setWidget(ground);
    auto* middle = new QHBoxLayout(ground);
    auto* page = new QWidget(ground);
    page->setMaximumWidth(em * 62);
    middle->addStretch(1);
    middle->addWidget(page, 100);
    middle->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(em * 2, em * 4, em * 2, em * 2);
    parts_->name = new QLabel(QStringLiteral("Postlude"), page);
    column->addWidget(parts_->name);
    column->addWidget(text(
        page, tr("From the logs of an outage to a postmortem that can be checked against them."),
        "muted"));
    column->addSpacing(em * 2);
    parts_->column = column;
    auto* halves = new QHBoxLayout;
    halves->setSpacing(em * 4);
    halves->addWidget(parts_->makeOpen(this), 1);
    halves->addWidget(parts_->makeSamples(this), 1);
    column->addLayout(halves);
    column->addStretch();
    parts_->dress();
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, [this] { parts_->dress(); });
}

WelcomePage::~WelcomePage() = default;

void WelcomePage::tellEnded(const EndedRun& run) {
    delete parts_->ended;
    auto* box = parts_->ended = new QWidget(parts_->name->parentWidget());
    box->setObjectName(QStringLiteral("endedRun"));
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, fontMetrics().height() * 2);
    column->addWidget(text(box, tr("Postlude ended unexpectedly while %1 was open. What was saved "
                                   "is there: the last two seconds may be missing.")
                                    .arg(run.title)));
    auto* row = new QHBoxLayout;
    column->addLayout(row);
    const auto button = [&](const char* name, const QString& words, auto pressed) {
        auto* made = new QPushButton(words, box);
        made->setObjectName(QLatin1String(name));
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, pressed);
        return made;
    };
    setRole(button("reopen", tr("Open it again"),
                   [this, path = run.casePath] {
                       parts_->ended->hide();
                       Q_EMIT openRequested({path});
                   }),
            "primary");
    button("copyDetails", tr("Copy details"),
           [details = crashDetails(run)] { QGuiApplication::clipboard()->setText(details); });
    button("dismiss", tr("Dismiss"), [this] { parts_->ended->hide(); });
    row->addStretch();
    // Below the name and what it is for.
    parts_->column->insertWidget(3, box);
}

void WelcomePage::setRecent(const QStringList& paths) {
    emptyLayout(*parts_->recentRows);
    for (const QString& path : paths) {
        if (!QFileInfo::exists(path) || parts_->recentRows->count() >= kMostRecent) continue;
        auto* row = new QWidget(parts_->recent);
        auto* across = new QHBoxLayout(row);
        across->setContentsMargins(0, 0, 0, 0);
        auto* link = new QPushButton(menuText(nameOfRecent(path)), row);
        setRole(link, "link");
        link->setObjectName(QStringLiteral("recentCase"));
        link->setToolTip(plainTip(path));
        link->setCursor(Qt::PointingHandCursor);
        link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        link->setAccessibleDescription(folderOfRecent(path));
        auto* folder = new QLabel(row);
        folder->setObjectName(QStringLiteral("recentFolder"));
        folder->setTextFormat(Qt::PlainText);
        folder->setText(fontMetrics().elidedText(folderOfRecent(path), Qt::ElideMiddle,
                                                 32 * fontMetrics().averageCharWidth()));
        folder->setToolTip(plainTip(path));
        setRole(folder, "muted");
        across->addWidget(link);
        across->addWidget(folder);
        across->addStretch();
        parts_->recentRows->addWidget(row);
        connect(link, &QPushButton::clicked, this, [this, path] { Q_EMIT openRequested({path}); });
    }
    parts_->recent->setVisible(parts_->recentRows->count() > 0);
}

} // namespace postlude
