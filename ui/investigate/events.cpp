// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/events.h"

#include "core/analysis/changewords.h"
#include "ui/common/shown.h"
#include "ui/investigate/lanes.h"
#include "ui/investigate/messagecounts.h"
#include "ui/investigate/serverindex.h"

#include <map>

namespace postlude {

namespace {

constexpr std::size_t kMost = 4000;

constexpr std::uint32_t bit(RecordKind kind) {
    return 1U << static_cast<std::uint32_t>(kind);
}

QString text(const RecordRow& row, TextField field) {
    return shown(row[field], 200);
}

QString joined(const QString& a, const QString& between, const QString& b) {
    if (a.isEmpty()) return b;
    return b.isEmpty() ? a : a + between + b;
}

bool among(std::string_view state, std::initializer_list<std::string_view> states) {
    return std::ranges::find(states, state) != states.end();
}

/// Gathers events; remembers which alerts and outages are still open.
class Gatherer {
public:
    Gatherer(const Query& query, const ServerIndex& servers)
        : query_(query)
        , servers_(servers) {}

    void add(const RecordRow& row, Instant at) {
        switch (row.kind) {
        case RecordKind::Alert:
            return addAlert(row, at);
        case RecordKind::Change:
            return addChange(row, at);
        case RecordKind::ServerState:
            return addState(row, at);
        case RecordKind::Chat:
            return addChat(row, at);
        default:
            return;
        }
    }

    std::vector<LaneEvent> take() {
        std::ranges::stable_sort(events_, {}, &LaneEvent::from);
        return std::move(events_);
    }

private:
    void addAlert(const RecordRow& row, Instant at) {
        const QString name = text(row, TextField::Subject);
        const QString key = QStringLiteral("alert\n") + name;
        const bool over = row[TextField::State] == "resolved";
        if (over) return close(key, at);
        if (open_.contains(key)) return; // the same alert, told again
        LaneEvent event =
            start(Lane::Alerts, row, at, name.isEmpty() ? text(row, TextField::Message) : name);
        event.detail = joined(name, QStringLiteral("\n"), text(row, TextField::Message));
        if (const std::int64_t end = row[NumberField::End]; end != kAbsent && instant(end) > at)
            event.to = instant(end), event.open = false;
        push(key, std::move(event));
    }

    /// In words where its log has pairs, the line itself for the tool tip.
    void addChange(const RecordRow& row, Instant at) {
        const auto raw = query_.rawText(row.id);
        const std::string line = raw ? *raw : std::string(row[TextField::Message]);
        std::string words = changeInWords(row[TextField::Message]);
        if (words.empty() && row[TextField::Message].empty()) words = changeInWords(line);
        if (!words.empty()) {
            LaneEvent event = start(Lane::Changes, row, at, shown(words, 200));
            event.open = false;
            event.detail = joined(event.label, QStringLiteral("\n"), shown(line, 400));
            return events_.push_back(std::move(event));
        }
        const QString what = text(row, TextField::Message);
        QString where = text(row, TextField::Process);
        if (what.startsWith(where + QLatin1Char(':'))) where.clear(); // not said twice
        QString label = what.isEmpty()
                            ? joined(text(row, TextField::Subject), QStringLiteral(" "), where)
                            : joined(where, QStringLiteral(": "), what);
        LaneEvent event = start(Lane::Changes, row, at, label);
        event.open = false;
        event.detail = joined(joined(text(row, TextField::Subject), QStringLiteral(" · "), label),
                              QStringLiteral("\n"), text(row, TextField::User));
        events_.push_back(std::move(event));
    }

    /// What a line is about: the server it names, else the backend. Of a line that names none
    /// nobody knows but by reading it; the program that wrote it is no server.
    [[nodiscard]] QString stateLabel(const RecordRow& row) const {
        const std::string_view server = row[TextField::Server];
        const QString backend = text(row, TextField::Backend);
        const QString state = shown(row[TextField::State], 40).toUpper();
        if (!server.empty())
            return servers_.nameOf({std::string(row[TextField::Backend]), std::string(server)}) +
                   QLatin1Char(' ') + state;
        if (!backend.isEmpty()) return backend + QLatin1Char(' ') + state;
        return joined(state, QStringLiteral(": "), text(row, TextField::Message));
    }

    void addState(const RecordRow& row, Instant at) {
        const std::string_view state = row[TextField::State];
        const QString server = text(row, TextField::Server);
        // Services of two hosts, where no server is named, have nothing to do with one another.
        const QString whose = server.isEmpty() ? text(row, TextField::Host) + QLatin1Char('/') +
                                                     text(row, TextField::Process)
                                               : server;
        const QString key = joined(text(row, TextField::Backend), QStringLiteral("/"), whose);
        if (state == "up") return close(key, at);
        if (server.isEmpty() && among(state, {"stop", "reload"})) closeOutages(at, tellerOf(row));
        LaneEvent event = start(Lane::Servers, row, at, stateLabel(row));
        const QString written =
            server.isEmpty() || event.label.startsWith(server) ? QString{} : server;
        event.detail = joined(joined(event.label, QStringLiteral(" · "), written),
                              QStringLiteral("\n"), text(row, TextField::Message));
        if (server.isEmpty() && text(row, TextField::Backend).isEmpty())
            event.detail = joined(joined(text(row, TextField::Host), QStringLiteral(" · "),
                                         text(row, TextField::Process)),
                                  QStringLiteral("\n"), event.label);
        if (!among(state, {"down", "drain", "maint"})) {
            event.open = false;
            events_.push_back(std::move(event));
        } else if (!open_.contains(key)) {
            push(key, std::move(event));
            tellers_[key] = tellerOf(row);
        }
    }

    void addChat(const RecordRow& row, Instant at) {
        LaneEvent event = start(Lane::People, row, at,
                                joined(text(row, TextField::User), QStringLiteral(": "),
                                       text(row, TextField::Message)));
        event.open = false;
        event.detail = event.label;
        events_.push_back(std::move(event));
    }

    static LaneEvent start(Lane lane, const RecordRow& row, Instant at, const QString& label) {
        return {lane, at, {}, true, label, label, row.id};
    }

    void push(const QString& key, LaneEvent event) {
        if (event.open) open_[key] = events_.size();
        events_.push_back(std::move(event));
    }

    /// The process that wrote a line; where the log names none, the log stands for it.
    using Teller = std::pair<SourceId, std::int64_t>;
    static Teller tellerOf(const RecordRow& row) { return {row.source, row[NumberField::Pid]}; }

    /// A balancer's process that ends forgets which servers were down: the one that follows it
    /// begins with all of them up and logs nothing. Only what that very process had told ends.
    void closeOutages(Instant at, const Teller& gone) {
        std::vector<QString> keys;
        for (const auto& [key, teller] : tellers_)
            if (teller == gone) keys.push_back(key);
        for (const QString& key : keys)
            close(key, at);
    }

    void close(const QString& key, Instant at) {
        const auto it = open_.find(key);
        if (it == open_.end()) return;
        events_[it->second].to = at;
        events_[it->second].open = false;
        open_.erase(it);
        tellers_.erase(key);
    }

    const Query& query_;
    const ServerIndex& servers_;
    std::vector<LaneEvent> events_;
    std::map<QString, std::size_t> open_;
    std::map<QString, Teller> tellers_; ///< who told of the open outages
};

QString messageLabel(const MessageChange& m) {
    const QString text = shown(m.text, 200).replace(QStringLiteral("<*>"), QChar(0x2026));
    switch (m.kind) {
    case MessageChange::Kind::Fatal:
        return Lanes::tr("fatal: %1").arg(text);
    case MessageChange::Kind::Surged:
        return Lanes::tr("more often: %1").arg(text);
    default:
        return Lanes::tr("new: %1").arg(text);
    }
}

/// The template, who wrote it first, and how often it came.
QString messageDetail(const MessageChange& m, const QString& label) {
    const QString counts = Lanes::tr("%1 lines in the incident (%2), %3 in the quiet time (%4)",
                                     nullptr, counted(m.during))
                               .arg(wholeCount(m.during), shown(spoken(m.length)),
                                    wholeCount(m.before), shown(spoken(m.quiet)));
    const QString level = shown(nameOf(m.level)).toUpper();
    return joined(label, QStringLiteral("\n"),
                  joined(joined(level, QStringLiteral(" · "), shown(m.host, 60)),
                         QStringLiteral("\n"), counts));
}

/// Where the first line of a template is; nothing if it is no record any more.
std::optional<LaneEvent> messageEvent(const Query& query, const MessageChange& m, ClockView clock) {
    if (m.evidence.empty()) return {};
    const Evidence& first = m.evidence.front();
    for (const SourceInfo& source : query.sources()) {
        if (source.path != first.source) continue;
        const auto id = query.recordAtLine(source.id, first.firstLine);
        const auto row = id ? query.record(*id) : Result<RecordRow>(std::unexpected(id.error()));
        const auto at = row ? (clock == ClockView::Raw ? row->timeRaw : row->time) : std::nullopt;
        if (!at) return {};
        LaneEvent event{Lane::Messages, *at, {}, false, messageLabel(m), {}, *id};
        event.detail = messageDetail(m, event.label);
        event.filter = filterOf(m.text);
        return event;
    }
    return {};
}

void addMessages(const Query& query, const Analysis& analysis, ClockView clock,
                 std::vector<LaneEvent>& events) {
    for (const Incident& incident : analysis.incidents)
        for (int rank = 0; const MessageChange& m : incident.messages)
            if (auto event = messageEvent(query, m, clock)) {
                event->rank = rank++;
                events.push_back(std::move(*event));
            }
    std::ranges::stable_sort(events, {}, &LaneEvent::from);
}

} // namespace

Result<std::vector<LaneEvent>> readEvents(const Query& query, const Analysis* analysis,
                                          ClockView clock, std::stop_token stop) {
    RecordsRequest request;
    request.kinds = bit(RecordKind::Alert) | bit(RecordKind::Change) |
                    bit(RecordKind::ServerState) | bit(RecordKind::Chat);
    request.clock = clock;
    const auto list = query.select(request, stop);
    if (!list) return std::unexpected(list.error());
    const ServerIndex servers(query.servers(), query.sources(), analysis);
    Gatherer gatherer(query, servers);
    for (std::size_t i = 0; i < std::min(list->size(), kMost); ++i) {
        if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "Cancelled"});
        if (auto row = query.record(list->id(i))) gatherer.add(*row, list->time(i));
    }
    std::vector<LaneEvent> events = gatherer.take();
    if (analysis) addMessages(query, *analysis, clock, events);
    return events;
}

} // namespace postlude
