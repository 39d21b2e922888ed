// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/linesmodel.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

namespace postlude {

namespace {

QString requestText(const RecordRow& row) {
    QString text = shown(row[TextField::Method]);
    if (!text.isEmpty()) text += QLatin1Char(' ');
    text += shown(row[TextField::Path]);
    const auto add = [&text](const QString& more) {
        if (!more.isEmpty()) text += QStringLiteral("  ") + more;
    };
    add(shown(row[TextField::Termination], 20));
    if (const std::int64_t queue = row[NumberField::Queue]; queue > 0)
        add(LinesModel::tr("queue %1").arg(milliseconds(queue)));
    if (text.trimmed().isEmpty()) return shown(row[TextField::Message]);
    return text;
}

QString joined(const QStringList& parts) {
    QStringList present = parts;
    present.removeAll(QString{});
    return present.join(QStringLiteral(": "));
}

QString textOf(const RecordRow& row) {
    switch (row.kind) {
    case RecordKind::Request:
        return requestText(row);
    case RecordKind::Alert:
    case RecordKind::Change:
        return joined({shown(row[TextField::Subject]), shown(row[TextField::Process]),
                       shown(row[TextField::Message])});
    case RecordKind::Chat:
        return joined({shown(row[TextField::User]), shown(row[TextField::Message])});
    default:
        return shown(row[TextField::Message]);
    }
}

} // namespace

void LinesModel::setLines(std::shared_ptr<const Query> query, RecordList list) {
    const std::size_t rows = list.size();
    setRows(rows, [&] {
        query_ = std::move(query);
        list_ = std::move(list);
        cache_.clear();
    });
}

void LinesModel::clear() {
    setLines(nullptr, {});
}

void LinesModel::setServers(const ServerIndex& servers) {
    servers_ = servers;
    cache_.clear();
    changed();
}

void LinesModel::setDisplay(ClockView clock, const Zone& zone) {
    clock_ = clock;
    zone_ = zone;
    changed();
}

void LinesModel::setMarked(QSet<quint64> records) {
    marked_ = std::move(records);
    changed();
}

std::optional<RecordId> LinesModel::recordAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return list_.ids[static_cast<std::size_t>(row)];
}

std::optional<Instant> LinesModel::timeAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return list_.times[static_cast<std::size_t>(row)];
}

int LinesModel::rowOf(std::optional<RecordId> record, Instant t) const {
    if (rowCount() == 0) return -1;
    const std::size_t first = list_.rowAt(t);
    if (record)
        for (std::size_t i = first; i < list_.size() && list_.times[i] == t; ++i)
            if (list_.ids[i] == *record) return static_cast<int>(i);
    return std::min(static_cast<int>(first), rowCount() - 1);
}

const LinesModel::Line& LinesModel::line(int row) const {
    if (const Line* known = cache_.object(row)) return *known;
    auto* fresh = new Line(read(list_.ids[static_cast<std::size_t>(row)]));
    cache_.insert(row, fresh);
    return *fresh;
}

LinesModel::Line LinesModel::read(RecordId id) const {
    const auto row = query_->record(id);
    if (row) return describe(*row);
    Line line;
    line.whole = false;
    line.tone = Line::Tone::Muted;
    line.text = tr("This line cannot be read: %1")
                    .arg(QString::fromStdString(postlude::describe(row.error())));
    return line;
}

LinesModel::Line LinesModel::describe(const RecordRow& row) const {
    Line line;
    const SourceInfo* source = servers_.source(row.source);
    if (source) line.source = shortName(*source);
    line.colour = servers_.colourOf(row);
    line.server = shown(row[TextField::Server], 60);
    if (line.server.isEmpty() && source) line.server = servers_.serverOf(*source);
    const std::int64_t status = row[NumberField::Status];
    if (status != kAbsent) {
        line.status = QString::number(status);
    } else if (row.level != Level::None) {
        line.status = QString::fromUtf8(nameOf(row.level).data()).toUpper();
    } else {
        line.status = shown(row[TextField::State], 20);
    }
    if (row.kind == RecordKind::Request) {
        if (isFailure(status == kAbsent ? 0 : status, row[TextField::Termination]) || status >= 500)
            line.tone = Line::Tone::Bad;
    } else if (row.level >= Level::Error) {
        line.tone = Line::Tone::Bad;
    } else if (row.level == Level::Warning) {
        line.tone = Line::Tone::Warning;
    }
    if (const std::int64_t took = row[NumberField::Duration]; took != kAbsent)
        line.took = milliseconds(took);
    line.text = textOf(row);
    return line;
}

QColor LinesModel::toneOf(const Line& line) const {
    const Theme& theme = Theme::current();
    switch (line.tone) {
    case Line::Tone::Bad:
        return theme.bad;
    case Line::Tone::Warning:
        return theme.warning;
    case Line::Tone::Muted:
        return theme.muted;
    default:
        return {};
    }
}

QVariant LinesModel::shownText(int row, int column) const {
    if (column == Time) return timeOfDay(zone_, list_.times[static_cast<std::size_t>(row)]);
    const Line& here = line(row);
    switch (column) {
    case Source:
        return here.source;
    case Server:
        return here.server;
    case Status:
        return here.status;
    case Took:
        return here.took;
    default:
        return here.text;
    }
}

QVariant LinesModel::cell(int row, int column, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return shownText(row, column);
    case Qt::TextAlignmentRole:
        if (column == Took) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case Qt::ToolTipRole:
        if (column == Time)
            return plainTip(QString::fromStdString(
                zone_.format(list_.times[static_cast<std::size_t>(row)], 9)));
        return plainTip(shownText(row, column).toString());
    case InstantRole:
        return QVariant::fromValue(qint64(nanoseconds(list_.times[static_cast<std::size_t>(row)])));
    case ColourRole:
        return column == Source ? QVariant(line(row).colour) : QVariant{};
    case ToneRole: {
        const QColor tone = column == Status || !line(row).whole ? toneOf(line(row)) : QColor{};
        return tone.isValid() ? QVariant(tone) : QVariant{};
    }
    case MarkRole:
        return marked_.contains(static_cast<quint64>(list_.ids[static_cast<std::size_t>(row)]));
    default:
        return {};
    }
}

QString LinesModel::title(int column) const {
    switch (column) {
    case Time:
        return tr("Time");
    case Source:
        return tr("Source");
    case Server:
        return tr("Server");
    case Status:
        return tr("Status");
    case Took:
        return tr("Duration");
    default:
        return tr("Text");
    }
}

} // namespace postlude
