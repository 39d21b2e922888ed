// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/sourcespanel.h"

#include "ui/common/hostclocks.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/clockdialog.h"
#include "ui/investigate/formatdialog.h"
#include "ui/investigate/issuesdialog.h"
#include "ui/investigate/sidelist.h"

#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

namespace postlude {

namespace {

/// Of the incident, even where that is none at all; of the whole where there is no incident. What
/// is expected is what the chart's dashed line says of the same time.
QString shareOf(const ServerReport& report, bool incident) {
    const QString share = percent(incident ? report.during.share : report.before.share);
    const auto& before = report.expectedShareBefore;
    const auto& during = report.expectedShareDuring;
    const auto& expected = (incident && during) || !before ? during : before;
    return expected ? share + QStringLiteral(" / ") + percent(*expected) : share;
}

/// "62/33 %": with one of them left out the other would be taken for it.
QString briefShares(QString text) {
    if (!text.contains(QLatin1String(" / "))) return {};
    return text.replace(QLatin1String(" % / "), QLatin1String("/"));
}

} // namespace

std::string commonFolder(const std::vector<SourceInfo>& sources) {
    std::optional<std::string_view> common;
    int logs = 0;
    for (const SourceInfo& source : sources) {
        if (source.records == 0) continue;
        ++logs;
        if (!common) common = source.path;
        const auto same = std::ranges::mismatch(*common, source.path).in1 - common->begin();
        common = common->substr(0, static_cast<std::size_t>(same));
    }
    if (logs < 2) return {};
    return std::string(common->substr(0, common->rfind('/') + 1)); // "" if there is none
}

namespace {

QString tipOf(const ServerReport& report) {
    QStringList lines{shown(report.key.backend + "/" + report.key.server)};
    const auto phase = [&lines](const char* text, const ServerPhase& of) {
        lines << SourcesPanel::tr(text, nullptr, counted(of.requests))
                     .arg(wholeCount(of.requests), percent(of.share), wholeCount(of.failed));
    };
    phase(QT_TR_N_NOOP("before: %1 requests, share %2, %3 failed"), report.before);
    phase(QT_TR_N_NOOP("during: %1 requests, share %2, %3 failed"), report.during);
    phase(QT_TR_N_NOOP("after: %1 requests, share %2, %3 failed"), report.after);
    const auto expected = [&lines](const char* alone, const char* weighed,
                                   const std::optional<double>& share,
                                   const std::optional<double>& weight) {
        if (share && weight)
            lines << SourcesPanel::tr(weighed).arg(percent(*share)).arg(*weight);
        else if (share)
            lines << SourcesPanel::tr(alone).arg(percent(*share));
    };
    expected(QT_TR_NOOP("expected before: %1"), QT_TR_NOOP("expected before: %1 (weight %2)"),
             report.expectedShareBefore, report.weightBefore);
    expected(QT_TR_NOOP("expected during: %1"), QT_TR_NOOP("expected during: %1 (weight %2)"),
             report.expectedShareDuring, report.weightDuring);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

SourcesPanel::SourcesPanel(QWidget* parent)
    : QScrollArea(parent) {
    setObjectName(QStringLiteral("sourcesPanel"));
    setAccessibleName(tr("Servers, sources and bookmarks"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget;
    inside->setProperty("role", QByteArray("panel"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 16, 0, 16);
    column->setSpacing(0);
    setWidget(inside);
    backend_ = addHeading(tr("Servers"));
    serverList_ = addList(tr("Servers"));
    addHeading(tr("Sources"));
    sourceList_ = addList(tr("Sources"));
    issues_ = new QPushButton(inside);
    issues_->setObjectName(QStringLiteral("unreadIssues"));
    issues_->setProperty("role", QByteArray("link"));
    issues_->setCursor(Qt::PointingHandCursor);
    auto* indent = new QHBoxLayout;
    indent->setContentsMargins(10, 3, 10, 0);
    indent->addWidget(issues_);
    indent->addStretch();
    column->addLayout(indent);
    addHeading(tr("Bookmarks"));
    bookmarkList_ = addList(tr("Bookmarks"));
    bookmarkHint_ = new QLabel(tr("Press m on a line to mark it."), inside);
    bookmarkHint_->setProperty("role", QByteArray("muted"));
    bookmarkHint_->setWordWrap(true);
    bookmarkHint_->setContentsMargins(12, 3, 12, 0);
    column->addWidget(bookmarkHint_);
    column->addStretch();
    connect(serverList_, &QListView::activated, this, [this](const QModelIndex& index) {
        const auto row = static_cast<std::size_t>(index.row());
        if (row < servers_.servers().size())
            Q_EMIT filterWanted(QStringLiteral("server = ") +
                                filterWord(servers_.servers()[row].server));
    });
    connect(sourceList_, &QListView::activated, this, [this](const QModelIndex& index) {
        const auto row = static_cast<std::size_t>(index.row());
        if (row < listed_.size())
            Q_EMIT filterWanted(QStringLiteral("source = ") + filterWord(listed_[row].path));
    });
    sourceList_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(sourceList_, &QWidget::customContextMenuRequested, this, &SourcesPanel::sourceMenu);
    const auto chosen = [this](const QModelIndex& index) {
        const auto row = static_cast<std::size_t>(index.row());
        if (session_ && row < session_->bookmarks().size())
            Q_EMIT bookmarkWanted(session_->bookmarks()[row].id);
    };
    connect(bookmarkList_, &QListView::clicked, this, chosen);
    connect(bookmarkList_, &QListView::activated, this, chosen);
    bookmarkList_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(bookmarkList_, &QWidget::customContextMenuRequested, this, &SourcesPanel::bookmarkMenu);
    connect(issues_, &QPushButton::clicked, this, &SourcesPanel::showIssues);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this,
            [this] { setServers(servers_); });
}

QLabel* SourcesPanel::addHeading(const QString& text) {
    auto* label = new QLabel(text, widget());
    label->setTextFormat(Qt::PlainText);
    label->setFont(Theme::current().heading());
    label->setProperty("role", QByteArray("heading"));
    const bool first = widget()->layout()->count() == 0;
    label->setContentsMargins(12, first ? 2 : 10, 12, 5);
    label->setMinimumWidth(0);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    widget()->layout()->addWidget(label);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, label,
            [label] { label->setFont(Theme::current().heading()); });
    return label;
}

SideList* SourcesPanel::addList(const QString& name) {
    auto* list = new SideList(name, widget());
    widget()->layout()->addWidget(list);
    return list;
}

void SourcesPanel::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    if (session_) {
        connect(session_, &Session::bookmarksChanged, this, &SourcesPanel::showBookmarks);
        connect(session_, &Session::analysisChanged, this, &SourcesPanel::showServers);
        connect(&HostClocks::of(*session_), &HostClocks::changed, this, &SourcesPanel::showSources);
        connect(&session_->selection(), &Selection::displayChanged, this,
                &SourcesPanel::showBookmarks);
    }
    setServers({});
}

void SourcesPanel::setServers(const ServerIndex& servers) {
    servers_ = servers;
    checkSources();
    showServers();
    showSources();
    showBookmarks();
}

void SourcesPanel::showServers() {
    std::vector<SideRow> rows;
    QSet<QString> backends;
    const Analysis* analysis = session_ ? session_->analysis().get() : nullptr;
    for (const ServerKey& key : servers_.servers()) {
        SideRow row{servers_.colourOf(key), servers_.nameOf(key), {}, {}, {}, {}};
        row.tip = servers_.addressOf(key);
        row.elide = Qt::ElideLeft; // addresses of one network differ at their end
        if (analysis)
            for (const ServerReport& report : analysis->servers)
                if (report.key == key) {
                    row.right = shareOf(report, !analysis->incidents.empty());
                    row.shortRight = briefShares(row.right);
                    row.tip = tipOf(report);
                }
        if (!key.backend.empty()) backends.insert(shown(key.backend));
        rows.push_back(std::move(row));
    }
    if (backends.size() == 1)
        backend_->setText(tr("Backends · %1").arg(*backends.begin()));
    else
        backend_->setText(backends.isEmpty() ? tr("Servers")
                                             : tr("Backends · %n", "", int(backends.size())));
    backend_->setToolTip(
        plainTip(tr("Share of requests during the incident / share expected during it, which is "
                    "the dashed line in the chart")));
    serverList_->rows()->show(std::move(rows));
}

void SourcesPanel::tellClock(const SourceInfo& source, SideRow& row, QStringList& tip) const {
    if (!source.clockOffset) return;
    const Duration offset = *source.clockOffset;
    if (session_ && HostClocks::of(*session_).isStated(source.host)) {
        tip << tr("the clock of %1 was set by hand to %2; times are corrected")
                   .arg(shown(source.host), signedOffset(offset));
        // Not parted where the note is cut short.
        row.note = tr("set", "a clock, by hand") + QChar(QChar::Nbsp) + signedOffset(offset);
        return;
    }
    tip << tr("this host's clock is off by %1 ± %2 (%3 matched requests); times are corrected",
              nullptr, counted(source.clockPairs))
               .arg(signedOffset(offset), shown(spoken(source.clockUncertainty)),
                    wholeCount(source.clockPairs));
    const Duration off = offset < Duration::zero() ? -offset : offset;
    if (off > std::max<Duration>(std::chrono::milliseconds{500}, source.clockUncertainty))
        row.note = signedOffset(offset);
}

SideRow SourcesPanel::sourceRow(const SourceInfo& source, const std::string& common) const {
    SideRow row;
    row.text = shown(source.path.substr(source.path.starts_with(common) ? common.size() : 0));
    row.right = source.records > 0 ? shortCount(source.records) : QString{};
    QStringList tip{shown(source.path), shown(source.what.empty() ? source.format : source.what)};
    if (source.records > 0) {
        const QStringList counts{
            tr("%1 records", nullptr, counted(source.records)).arg(wholeCount(source.records)),
            tr("%1 lines", nullptr, counted(source.lines)).arg(wholeCount(source.lines)),
            tr("%1 unread", nullptr, counted(source.unread)).arg(wholeCount(source.unread))};
        tip << counts.join(QStringLiteral(" · "));
        tip << tr("time zone %1, %2").arg(shown(source.zone), shown(source.zoneFrom));
        tip << tr("wrong? right-click for how it is read");
    }
    if (source.parts.size() > 1) tip << tr("%n files, oldest first", "", int(source.parts.size()));
    tellClock(source, row, tip);
    if (source.records == 0) row.tone = Theme::current().muted;
    if (const QString stale = stale_.value(static_cast<quint32>(source.id)); !stale.isEmpty()) {
        tip << tr("%1: its lines are not shown nor searched, what was read from them stands")
                   .arg(stale);
        row.note = tr("stale");
        row.tone = Theme::current().bad;
    }
    row.tip = tip.join(QLatin1Char('\n'));
    return row;
}

/// Files may have changed since they were read; the disk is not for this thread.
void SourcesPanel::checkSources() {
    if (!session_) return stale_.clear();
    session_->run(
        QStringLiteral("sources"), this,
        [query = session_->sharedQuery()](std::stop_token) { return query->checkedSources(); },
        [this](const std::vector<SourceInfo>& sources) {
            stale_.clear();
            for (const SourceInfo& source : sources)
                if (!source.stale.empty())
                    stale_.insert(static_cast<quint32>(source.id), shown(source.stale));
            showSources();
        });
}

void SourcesPanel::showSources() {
    listed_ = servers_.sources();
    // Logs first; what has no records (configurations, documents) after them.
    std::ranges::stable_partition(listed_, [](const SourceInfo& s) { return s.records > 0; });
    std::vector<SideRow> rows;
    std::uint64_t unread = 0;
    const std::string common = commonFolder(listed_);
    for (const SourceInfo& source : listed_) {
        rows.push_back(sourceRow(source, common));
        unread += source.unread;
    }
    sourceList_->rows()->show(std::move(rows));
    const int missing = session_ ? int(session_->missing().size()) : 0;
    issues_->setVisible(unread > 0 || missing > 0);
    const QString ofLines =
        tr("%1 lines unread …", nullptr, counted(unread)).arg(wholeCount(unread));
    issues_->setText(
        missing == 0 ? ofLines : tr("%n files not whole", nullptr, missing) + QStringLiteral(" …"));
}

void SourcesPanel::showBookmarks() {
    std::vector<SideRow> rows;
    if (session_) {
        const Zone& zone = session_->selection().zone();
        for (const Bookmark& bookmark : session_->bookmarks()) {
            SideRow row;
            const BookmarkLook look = session_->lookOf(bookmark.id);
            row.text =
                (look.until ? QStringLiteral("↔ ") : QStringLiteral("★ ")) + shown(bookmark.note);
            row.tone = look.colour == 0 ? QColor() : colourOf(look);
            row.right = timeOfDay(zone, bookmark.at, 0).left(5);
            if (look.until)
                row.right += QStringLiteral("–") + timeOfDay(zone, *look.until, 0).left(5);
            row.shortRight = timeOfDay(zone, bookmark.at, 0).left(5);
            row.tip = shown(bookmark.note) + QLatin1Char('\n') +
                      QString::fromStdString(zone.format(bookmark.at));
            rows.push_back(std::move(row));
        }
    }
    bookmarkHint_->setVisible(rows.empty());
    bookmarkList_->rows()->show(std::move(rows));
}

void SourcesPanel::showIssues() {
    if (!session_) return;
    IssuesDialog dialog(*session_, this);
    dialog.exec();
}

void SourcesPanel::showFormatOf(const std::string& source) {
    const auto it = std::ranges::find(listed_, source, &SourceInfo::path);
    if (!session_ || it == listed_.end()) return;
    FormatDialog dialog(*session_, *it, this);
    dialog.exec();
}

void SourcesPanel::sourceMenu(const QPoint& position) {
    const auto row = static_cast<std::size_t>(sourceList_->indexAt(position).row());
    if (!session_ || row >= listed_.size()) return;
    const std::string path = listed_[row].path;
    QMenu menu(this);
    const QAction* lines = menu.addAction(tr("Show its lines alone"));
    const QAction* format = menu.addAction(tr("How it is read…"));
    QAction* clock = menu.addAction(tr("Clock of its host…"));
    clock->setEnabled(!listed_[row].host.empty() && !isReference(listed_[row].host));
    const QAction* chosen = menu.exec(sourceList_->viewport()->mapToGlobal(position));
    if (chosen == clock) showClockOf(path);
    if (chosen == lines) Q_EMIT filterWanted(QStringLiteral("source = ") + filterWord(path));
    if (chosen == format) showFormatOf(path);
}

bool SourcesPanel::isReference(const std::string& host) const {
    return std::ranges::any_of(session_->query().sources(), [&](const SourceInfo& source) {
        return source.role == SourceRole::Balancer && source.host == host;
    });
}

void SourcesPanel::showClockOf(const std::string& path) {
    const auto sources = session_->query().sources();
    const auto source = std::ranges::find(sources, path, &SourceInfo::path);
    if (source == sources.end() || source->host.empty())
        return void(Q_EMIT told(tr("It is not known which host wrote this")));
    if (isReference(source->host))
        return void(Q_EMIT told(tr("The balancer's clock is what others are compared with")));
    if (session_->caseFile().mode() == OpenMode::ReadOnly)
        return void(Q_EMIT told(tr("The case is open elsewhere: it cannot be changed here")));
    HostClocks& clocks = HostClocks::of(*session_);
    const bool byHand = clocks.isStated(source->host);
    StatedClock clock;
    if (byHand) {
        clock = clocks.stated().at(source->host);
    } else if (source->clockOffset && source->clockPairs > 0) {
        clock = {*source->clockOffset, source->clockOffset, source->clockPairs};
    }
    ClockDialog dialog(shown(source->host, 60), clock, byHand, this);
    if (dialog.exec() == QDialog::Accepted) clocks.state(source->host, dialog.stated());
}

void SourcesPanel::bookmarkMenu(const QPoint& position) {
    const auto row = static_cast<std::size_t>(bookmarkList_->indexAt(position).row());
    if (!session_ || row >= session_->bookmarks().size()) return;
    Bookmark bookmark = session_->bookmarks()[row];
    QMenu menu(this);
    const QAction* rename = menu.addAction(tr("Rename…"));
    QMenu* colours = menu.addMenu(tr("Colour"));
    const int now = session_->lookOf(bookmark.id).colour;
    for (int i = 0; i < kBookmarkColours; ++i) {
        QAction* one = colours->addAction(nameOfBookmarkColour(i));
        one->setCheckable(true);
        one->setChecked(i == now);
        one->setData(i);
    }
    const QAction* remove = menu.addAction(tr("Remove"));
    const QAction* chosen = menu.exec(bookmarkList_->viewport()->mapToGlobal(position));
    if (chosen && chosen->data().isValid()) {
        BookmarkLook look = session_->lookOf(bookmark.id);
        look.colour = chosen->data().toInt();
        return session_->saveBookmark(bookmark, look);
    }
    if (chosen == remove) return session_->removeBookmark(bookmark.id);
    if (chosen != rename) return;
    bool given = false;
    const QString note =
        QInputDialog::getText(this, tr("Rename bookmark"), tr("Note:"), QLineEdit::Normal,
                              QString::fromStdString(bookmark.note), &given);
    if (!given) return;
    bookmark.note = note.toStdString();
    session_->saveBookmark(bookmark);
}

} // namespace postlude
