// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/linesmodel.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

namespace postlude {

namespace {

/// Records are unpacked by stretches, and those of one stretch have the same higher bits.
std::uint32_t stretchOf(RecordId id) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) >> 16U);
}

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
    case RecordKind::Change: {
        const QString who = shown(row[TextField::Process]), what = shown(row[TextField::Message]);
        const bool told = what.startsWith(who + QLatin1Char(':')); // not said twice
        return joined({shown(row[TextField::Subject]), told ? QString() : who, what});
    }
    case RecordKind::Chat:
        return joined({shown(row[TextField::User]), shown(row[TextField::Message])});
    default:
        return shown(row[TextField::Message]);
    }
}

/// Whole and with its sign: "+0.083 s", "−1 m 4 s".
QString since(Duration passed) {
    const double s = seconds(passed);
    const QString sign = s < 0 ? QStringLiteral("−") : QStringLiteral("+");
    const double size = std::abs(s);
    if (size < 60) return sign + QStringLiteral("%1 s").arg(size, 0, 'f', 3);
    const auto whole = static_cast<std::int64_t>(size);
    if (whole < 3600)
        return sign +
               QStringLiteral("%1:%2")
                   .arg(whole / 60)
                   .arg(size - static_cast<double>(whole / 60 * 60), 6, 'f', 3, QLatin1Char('0'));
    return sign + QStringLiteral("%1:%2:%3")
                      .arg(whole / 3600)
                      .arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                      .arg(whole % 60, 2, 10, QLatin1Char('0'));
}

std::array<QString, LinesModel::Columns - LinesModel::kUsualColumns> moreOf(const RecordRow& row) {
    const auto number = [](std::int64_t n) {
        return n == kAbsent ? QString() : wholeCount(static_cast<std::uint64_t>(n));
    };
    return {wholeCount(row.line),
            shown(row[TextField::ClientIp], 60),
            shown(row[TextField::Method], 20),
            shown(row[TextField::Backend], 60),
            shown(row[TextField::Host], 60),
            shown(row[TextField::Process], 60),
            number(row[NumberField::BytesSent]),
            shown(row[TextField::RequestId], 80)};
}

/// Its own lines stay lines; cut where no one would read on.
QString writtenText(std::string_view raw) {
    constexpr std::size_t kMost = 4000;
    const bool cut = raw.size() > kMost;
    raw = raw.substr(0, kMost);
    while (!raw.empty() && (raw.back() == '\n' || raw.back() == '\r'))
        raw.remove_suffix(1);
    QStringList lines;
    for (std::size_t from = 0; from <= raw.size();) {
        const std::size_t end = std::min(raw.find('\n', from), raw.size());
        lines << shownWhole(raw.substr(from, end - from));
        from = end + 1;
    }
    return lines.join(QChar::LineSeparator) + (cut ? QString(QChar(0x2026)) : QString());
}

QString test(const char* field, std::string_view value) {
    if (value.empty()) return {};
    return QLatin1String(field) + QStringLiteral(" = ") + filterWord(std::string(value));
}

} // namespace

void LinesModel::setTimes(Times times, std::optional<Instant> impact) {
    times_ = times;
    impact_ = impact;
    changed();
}

void LinesModel::setColourBy(ColourBy by) {
    if (std::exchange(by_, by) == by) return;
    cache_.clear();
    changed();
}

void LinesModel::setWritten(bool written) {
    if (std::exchange(written_, written) == written) return;
    ++lists_; // what is being read was wanted otherwise
    cache_.clear();
    changed();
    Q_EMIT headerDataChanged(Qt::Horizontal, Text, Text);
}

QString LinesModel::testOf(int row, int column) const {
    const auto id = recordAt(row);
    const auto record = id ? query_->record(*id) : Result<RecordRow>(std::unexpected(Error{}));
    if (!record) return {};
    switch (column) {
    case Source:
    case Number:
        if (const SourceInfo* source = servers_.source(record->source))
            return test("source", source->path);
        return {};
    case Server:
        if (const std::string_view server = (*record)[TextField::Server]; !server.empty())
            return test("server", server);
        if (const SourceInfo* source = servers_.source(record->source);
            source && !servers_.serverOf(*source).isEmpty())
            return test("source", source->path); // what it is told by
        return {};
    case Status:
        if (const std::int64_t status = (*record)[NumberField::Status]; status != kAbsent)
            return QStringLiteral("status = %1").arg(status);
        return test("level", nameOf(record->level));
    case Client:
        return test("client_ip", (*record)[TextField::ClientIp]);
    case Method:
        return test("method", (*record)[TextField::Method]);
    case Backend:
        return test("backend", (*record)[TextField::Backend]);
    case Host:
        return test("host", (*record)[TextField::Host]);
    case Process:
        return test("process", (*record)[TextField::Process]);
    case RequestIdent:
        return test("request_id", (*record)[TextField::RequestId]);
    case Took:
        if (const std::int64_t took = (*record)[NumberField::Duration]; took != kAbsent)
            return QStringLiteral("duration_ms >= %1").arg(took / 1'000'000);
        return {};
    case Text:
        if (record->kind == RecordKind::Request) return test("path", (*record)[TextField::Path]);
        return test("message", (*record)[TextField::Message]);
    default:
        return {};
    }
}

QString LinesModel::timeText(int row) const {
    const Instant at = list_.time(static_cast<std::size_t>(row));
    if (times_ == Times::SinceImpact && impact_) return since(at - *impact_);
    if (times_ == Times::SincePrevious)
        return row == 0 ? since({}) : since(at - list_.time(static_cast<std::size_t>(row) - 1));
    const QString time = timeOfDay(zone_, at);
    if (dateDigits_ == 0) return time;
    return QString::fromStdString(zone_.date(at)).right(dateDigits_ - 1) + QLatin1Char(' ') + time;
}

/// "2023-12-31 " where years differ, "01-15 " where days do; of a file in its order by its ends.
int LinesModel::dateDigitsOf(const RecordList& list) const {
    if (list.empty()) return 0;
    const std::string first = zone_.date(list.time(0)),
                      last = zone_.date(list.time(list.size() - 1));
    if (first == last) return 0;
    return first.substr(0, 4) == last.substr(0, 4) ? 6 : 11;
}

void LinesModel::setLines(std::shared_ptr<const Query> query, RecordList list, bool byFile) {
    const std::size_t rows = list.size();
    setRows(rows, [&] {
        byFile_ = byFile;
        if (query_ != query) read_.clear();
        query_ = std::move(query);
        ++lists_;
        wanted_ = {};
        list_ = std::move(list);
        dateDigits_ = dateDigitsOf(list_);
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
    dateDigits_ = dateDigitsOf(list_);
    changed();
}

void LinesModel::setMarked(QHash<quint64, QColor> records) {
    marked_ = std::move(records);
    changed();
}

std::optional<RecordId> LinesModel::recordAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return list_.id(static_cast<std::size_t>(row));
}

std::optional<Instant> LinesModel::timeAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return list_.time(static_cast<std::size_t>(row));
}

int LinesModel::rowOf(std::optional<RecordId> record, Instant t) const {
    if (rowCount() == 0) return -1;
    if (byFile_) return rowInFile(record, t);
    const std::size_t first = list_.rowAt(t);
    if (record)
        for (std::size_t i = first; i < list_.size() && list_.time(i) == t; ++i)
            if (list_.id(i) == *record) return static_cast<int>(i);
    return std::min(static_cast<int>(first), rowCount() - 1);
}

int LinesModel::rowInFile(std::optional<RecordId> record, Instant t) const {
    RecordList one;
    if (record) one.add(t, *record);
    if (const std::vector<int> rows = rowsOf(one); !rows.empty()) return rows.front();
    // Times ascend but for a few, and there may be tens of millions: one place where they pass it.
    const std::size_t at =
        firstRow(0, list_.size(), [&](std::size_t row) { return list_.time(row) >= t; });
    return std::min(static_cast<int>(at), rowCount() - 1);
}

/// Times ascend over the whole list, or numbers do within each stretch of one segment.
std::vector<int> LinesModel::rowsOf(const RecordList& records) const {
    std::vector<int> rows;
    if (!byFile_) {
        for (std::size_t i = 0; i < records.size(); ++i) {
            const int row = rowOf(records.id(i), records.time(i));
            if (recordAt(row) == records.id(i)) rows.push_back(row);
        }
        return rows;
    }
    QHash<quint64, std::pair<std::size_t, std::size_t>> stretches;
    for (std::size_t from = 0; from < list_.size();) {
        const quint64 of = stretchOf(list_.id(from));
        const std::size_t most = std::min<std::size_t>(list_.size() - from, 65'536);
        const std::size_t to = firstRow(
            from, from + most, [&](std::size_t row) { return stretchOf(list_.id(row)) != of; });
        stretches.insert(of, {from, to});
        from = to;
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
        const RecordId id = records.id(i);
        const auto [from, to] = stretches.value(stretchOf(id));
        const std::size_t at =
            firstRow(from, to, [&](std::size_t row) { return list_.id(row) >= id; });
        if (at != to && list_.id(at) == id) rows.push_back(static_cast<int>(at));
    }
    std::ranges::sort(rows);
    return rows;
}

const LinesModel::Line& LinesModel::line(int row) const {
    if (const Line* known = cache_.object(row)) return *known;
    const RecordId id = list_.id(static_cast<std::size_t>(row));
    // As it was written it stands in a file, or packed in the case.
    if (painting_ && (written_ || !isAtHand(id))) {
        static const Line waiting;
        want(row);
        return waiting;
    }
    auto* fresh = new Line(lineOf(read(*query_, id, written_)));
    noteRead(id);
    cache_.insert(row, fresh);
    return *fresh;
}

void LinesModel::want(int row) const {
    if (!wanted_.rows.empty() && wanted_.rows.back() == row) return;
    wanted_.rows.push_back(row);
    wanted_.ids.push_back(list_.id(static_cast<std::size_t>(row)));
}

void LinesModel::wantAlso(int first, int last) {
    for (int row = std::max(0, first); row <= std::min(last, rowCount() - 1); ++row)
        if (!cache_.contains(row)) want(row);
}

LinesModel::Read LinesModel::read(const Query& query, RecordId id, bool written) {
    Read read{query.record(id)};
    if (!read.row || !written) return read;
    if (auto raw = query.rawText(id))
        read.written = std::move(*raw);
    else
        read.row = std::unexpected(raw.error());
    return read;
}

bool LinesModel::isAtHand(RecordId id) const {
    return read_.contains(stretchOf(id));
}

void LinesModel::noteRead(RecordId id) const {
    constexpr qsizetype kMost = 8; // fewer than the query keeps unpacked
    if (!read_.isEmpty() && read_.back() == stretchOf(id)) return;
    read_.removeOne(stretchOf(id));
    read_.append(stretchOf(id));
    if (read_.size() > kMost) read_.removeFirst();
}

LinesModel::Wanted LinesModel::takeWanted() {
    return std::exchange(wanted_, {});
}

void LinesModel::takeRecords(int lists, const Wanted& wanted, const Records& records) {
    if (lists != lists_) return;
    for (std::size_t i = 0; i < records.size(); ++i) {
        noteRead(wanted.ids[i]);
        cache_.insert(wanted.rows[i], new Line(lineOf(records[i])));
    }
    changed();
}

LinesModel::Line LinesModel::lineOf(const Read& read) const {
    Line line;
    if (read.row) {
        line = describe(*read.row);
        if (written_) line.written = writtenText(read.written);
        return line;
    }
    line.whole = false;
    line.tone = Line::Tone::Muted;
    line.text = tr("This line cannot be read: %1")
                    .arg(QString::fromStdString(postlude::describe(read.row.error())));
    line.written = line.text;
    return line;
}

LinesModel::Line LinesModel::describe(const RecordRow& row) const {
    Line line;
    const SourceInfo* source = servers_.source(row.source);
    if (source) line.source = shortName(*source);
    line.colour = servers_.colourOf(row);
    line.edge = rowColour(by_, row, servers_);
    line.standsOut = line.edge.isValid() && standsOut(by_, row);
    if (by_ == ColourBy::Source) line.colour = line.edge;
    if (const std::string_view server = row[TextField::Server]; !server.empty()) {
        const ServerKey key{std::string(row[TextField::Backend]), std::string(server)};
        line.server = servers_.nameOf(key).left(60);
        line.address = servers_.addressOf(key);
    }
    if (line.server.isEmpty() && source) {
        line.server = servers_.serverOf(*source);
        line.ofSource = !line.server.isEmpty();
    }
    const std::int64_t status = row[NumberField::Status];
    if (status != kAbsent) {
        line.status = QString::number(status);
    } else if (row.level != Level::None) {
        line.status = QString::fromUtf8(nameOf(row.level).data()).toUpper();
    } else {
        line.status = shown(row[TextField::State], 20);
    }
    if (by_ == ColourBy::Level) line.by = QString::fromUtf8(nameOf(row.level).data()).toUpper();
    if (by_ == ColourBy::Status && status != kAbsent) line.by = line.status;
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
    line.more = moreOf(row);
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
    if (column == Time) return timeText(row);
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
    case Text:
        return here.text;
    default:
        return here.more[static_cast<std::size_t>(column - kUsualColumns)];
    }
}

bool LinesModel::isNumeric(int column) const {
    return column == Took || column == Number || column == Bytes;
}

QVariant LinesModel::cell(int row, int column, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return shownText(row, column);
    case Qt::TextAlignmentRole:
        if (isNumeric(column)) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case Qt::ToolTipRole:
        if (column == Time)
            return plainTip(
                QString::fromStdString(zone_.format(list_.time(static_cast<std::size_t>(row)), 9)));
        if (column == Server && !line(row).address.isEmpty())
            return plainTip(line(row).server + QLatin1Char('\n') + line(row).address);
        if (column == Server && line(row).ofSource)
            return plainTip(line(row).server + QLatin1Char('\n') +
                            tr("the server whose log it is; the line names none"));
        return plainTip(shownText(row, column).toString());
    case InstantRole:
        return QVariant::fromValue(qint64(nanoseconds(list_.time(static_cast<std::size_t>(row)))));
    case ColourRole:
        return column == Source || column == Text ? QVariant(line(row).colour) : QVariant{};
    case ToneRole: {
        if (column == Server && line(row).ofSource) return Theme::current().muted;
        const QColor tone = column == Status || !line(row).whole ? toneOf(line(row)) : QColor{};
        return tone.isValid() ? QVariant(tone) : QVariant{};
    }
    case Qt::AccessibleTextRole:
        return written_ && column == Text ? QVariant(line(row).written) : QVariant{};
    case WrittenRole:
        return written_ && column == Text ? QVariant(line(row).written) : QVariant{};
    case EdgeRole:
        return line(row).edge.isValid() ? QVariant(line(row).edge) : QVariant{};
    case FillRole:
        return line(row).standsOut ? QVariant(rowFill(line(row).edge)) : QVariant{};
    case ColouredByRole:
        return line(row).by;
    case MarkRole: {
        const QColor mark =
            marked_.value(static_cast<quint64>(list_.id(static_cast<std::size_t>(row))));
        return mark.isValid() ? QVariant(mark) : QVariant{};
    }
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
    case Number:
        return tr("Line");
    case Client:
        return tr("Client");
    case Method:
        return tr("Method");
    case Backend:
        return tr("Backend");
    case Host:
        return tr("Host");
    case Process:
        return tr("Process");
    case Bytes:
        return tr("Bytes");
    case RequestIdent:
        return tr("Request id");
    default:
        return written_ ? tr("Text as written") : tr("Text");
    }
}

} // namespace postlude
