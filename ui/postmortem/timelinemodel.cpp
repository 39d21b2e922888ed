// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/timelinemodel.h"

#include "core/postmortem/entries.h"

#include "core/base/text.h"
#include "core/postmortem/wording.h"
#include "ui/common/shown.h"
#include "ui/common/titles.h"
#include "ui/findings/evidencetext.h"
#include "ui/postmortem/timetext.h"

#include <QStringList>

namespace postlude {

namespace {

constexpr int kKinds = int(EntryKind::Observation) + 1;

std::optional<EntryKind> kindTitled(const QString& title) {
    for (int i = 0; i < kKinds; ++i)
        if (kindTitle(EntryKind(i)).compare(title.trimmed(), Qt::CaseInsensitive) == 0)
            return EntryKind(i);
    return std::nullopt;
}

QStringList allKinds() {
    QStringList titles;
    for (int i = 0; i < kKinds; ++i)
        titles << kindTitle(EntryKind(i));
    return titles;
}

QString fullLinks(const std::vector<Evidence>& evidence) {
    QStringList lines;
    for (const Evidence& e : evidence)
        lines << fullText(e);
    return plainTip(lines.join(QLatin1Char('\n')));
}

CellStyle styleOf(int column) {
    switch (column) {
    case TimelineModel::Time:
        return CellStyle::Mono;
    case TimelineModel::Kind:
        return CellStyle::Chip;
    case TimelineModel::Links:
        return CellStyle::Link;
    case TimelineModel::Sure:
        return CellStyle::Muted;
    default:
        return CellStyle::Plain;
    }
}

} // namespace

TimelineModel::TimelineModel(Document& document, QObject* parent)
    : EntryModel(document, parent) {
    connect(&document, &Document::analysisChanged, this,
            [this] { rowsChanged(0, int(rows()) - 1); });
    takeOver();
}

QString TimelineModel::title(int column) const {
    switch (column) {
    case Time:
        return tr("Time (%1)").arg(QString::fromStdString(zone_.name()));
    case Kind:
        return tr("Kind");
    case Text:
        return tr("What happened");
    case Links:
        return tr("Evidence");
    default:
        return tr("±", "head of a column: how far a time may be off");
    }
}

QString TimelineModel::text(const TimelineEntry& e, int column) const {
    switch (column) {
    case Time:
        if (e.time) return writtenTime(*e.time, zone_, dated_);
        return shownWhole(e.timeText);
    case Kind:
        return kindTitle(e.kind);
    case Text:
        return shownWhole(e.text);
    case Links:
        return linkText(e.evidence);
    default:
        return sureness(e);
    }
}

/// Half the interval within which the logs place the onset, where the entry states just that.
QString TimelineModel::sureness(const TimelineEntry& e) const {
    if (e.kind != EntryKind::ImpactStart || !e.time || !document_.analysis()) return {};
    for (const Incident& incident : document_.analysis()->incidents) {
        using std::chrono::milliseconds; // as finely as a draft writes it
        const Window& sure = incident.impactStartInterval;
        const bool same = std::chrono::floor<milliseconds>(incident.impactStart) ==
                          std::chrono::floor<milliseconds>(*e.time);
        // Half of a tenth of a second would be said as none at all.
        if (same && sure.length() >= milliseconds{100})
            return QStringLiteral("±%1 s").arg(seconds(sure.length()) / 2, 0, 'f', 1);
    }
    return {};
}

QVariant TimelineModel::cell(int row, int column, int role) const {
    const TimelineEntry& e = entry(row);
    switch (role) {
    case Qt::DisplayRole:
        return text(e, column);
    case Qt::EditRole:
        if (column == Time && e.time) return writtenTime(*e.time, zone_, true);
        if (column == Time) return QString::fromStdString(e.timeText);
        return column == Text ? QString::fromStdString(e.text) : text(e, column);
    case Qt::ToolTipRole:
        if (column == Time && e.time)
            return plainTip(QString::fromStdString(zone_.format(*e.time)));
        return column == Links ? fullLinks(e.evidence) : QString{};
    case Qt::AccessibleTextRole:
        return text(e, column).isEmpty() ? tr("empty") : text(e, column);
    case CellRole:
        return int(styleOf(column));
    case ChoicesRole:
        return column == Kind ? allKinds() : QStringList{};
    case OnlyChoicesRole:
        return column == Kind;
    case SpelledRole:
        return column == Text;
    case WholeEditRole:
        return column == Time;
    default:
        return {};
    }
}

bool TimelineModel::write(int row, int column, const QString& text) {
    const std::optional<EntryKind> kind = kindTitled(text);
    if (column == Kind && !kind) return false;
    const std::string what = "entry " + std::to_string(row) +
                             (column == Time   ? " time"
                              : column == Kind ? " kind"
                                               : " text");
    document_.edit(what, [&](Postmortem& d) {
        TimelineEntry& e = d.timeline[std::size_t(row)];
        if (column == Time) writeTime(e, row, text);
        if (column == Kind) e.kind = *kind;
        if (column == Text) e.text = text.toStdString();
    });
    return true;
}

/// What cannot be read as a time is kept as the person wrote it.
void TimelineModel::writeTime(TimelineEntry& e, int row, const QString& text) const {
    e.time = readTime(text, zone_, near(row));
    e.timeText = e.time ? std::string{} : text.trimmed().toStdString();
}

std::optional<Instant> TimelineModel::near(int row) const {
    for (int i = row; i >= 0; --i)
        if (i < int(rows()) && entry(i).time) return entry(i).time;
    for (const TimelineEntry& e : shown_)
        if (e.time) return e.time;
    return document_.now().summary.start;
}

void TimelineModel::insertInto(Postmortem& d, std::size_t at) const {
    TimelineEntry fresh;
    fresh.time = near(int(at) - 1);
    d.timeline.insert(d.timeline.begin() + std::ptrdiff_t(at), fresh);
}

void TimelineModel::removeFrom(Postmortem& d, std::size_t at) const {
    d.timeline.erase(d.timeline.begin() + std::ptrdiff_t(at));
}

void TimelineModel::swapIn(Postmortem& d, std::size_t a, std::size_t b) const {
    std::swap(d.timeline[a], d.timeline[b]);
}

void TimelineModel::takeOver() {
    const Postmortem& d = document_.now();
    const Zone zone = zoneOf(d);
    const bool dated = spansDays(d);
    const bool rewritten = dated != dated_ || !(zone == zone_);
    zone_ = zone;
    dated_ = dated;
    exchange(shown_, d.timeline);
    if (!rewritten) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, Time, Time);
    rowsChanged(0, int(rows()) - 1);
}

void TimelineModel::sortByTime() {
    document_.edit("sort by time", [](Postmortem& d) {
        std::optional<Instant> before;
        std::vector<std::pair<Instant, TimelineEntry>> placed;
        for (TimelineEntry& e : d.timeline) {
            if (e.time) before = e.time;
            placed.emplace_back(before.value_or(Instant::min()), std::move(e));
        }
        std::ranges::stable_sort(placed, {}, [](const auto& p) { return p.first; });
        d.timeline.clear();
        for (auto& p : placed)
            d.timeline.push_back(std::move(p.second));
    });
}

int TimelineModel::merge(const std::vector<int>& rows) {
    if (document_.isReadOnly() || rows.size() < 2) return -1;
    std::optional<std::size_t> row;
    document_.edit("merge entries", [&](Postmortem& d) {
        row = mergeEntries(d.timeline, {rows.begin(), rows.end()});
    });
    return row ? int(*row) : -1;
}

int TimelineModel::split(int row) {
    if (document_.isReadOnly() || row < 0) return -1;
    bool parted = false;
    document_.edit("split entry",
                   [&](Postmortem& d) { parted = splitEntry(d.timeline, std::size_t(row)); });
    return parted ? row + 1 : -1;
}

int TimelineModel::addAt(Instant time, const QString& text, const std::vector<Evidence>& evidence) {
    if (document_.isReadOnly() || !document_.isLoaded()) return -1;
    std::size_t at = 0;
    for (std::size_t i = 0; i < shown_.size(); ++i)
        if (shown_[i].time && *shown_[i].time <= time) at = i + 1;
    document_.edit("add entry", [&](Postmortem& d) {
        TimelineEntry fresh;
        fresh.time = time;
        fresh.text = text.toStdString();
        fresh.evidence = evidence;
        d.timeline.insert(d.timeline.begin() + std::ptrdiff_t(at), std::move(fresh));
    });
    return int(at);
}

void TimelineModel::attach(int row, const Evidence& evidence) {
    if (row < 0 || row >= rowCount()) return;
    document_.edit("add evidence", [&](Postmortem& d) {
        std::vector<Evidence>& all = d.timeline[std::size_t(row)].evidence;
        if (std::ranges::find(all, evidence) == all.end()) all.push_back(evidence);
    });
}

void TimelineModel::detach(int row, std::size_t which) {
    if (row < 0 || row >= rowCount()) return;
    document_.edit("remove evidence", [&](Postmortem& d) {
        std::vector<Evidence>& all = d.timeline[std::size_t(row)].evidence;
        if (which < all.size()) all.erase(all.begin() + std::ptrdiff_t(which));
    });
}

} // namespace postlude
