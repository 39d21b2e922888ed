// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/saved.h"

#include "core/analysis/detail/names.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace postlude::detail {

namespace {

constexpr int kVersion = 5;

QString text(std::string_view s) {
    return QString::fromUtf8(s.data(), qsizetype(s.size()));
}
std::string text(const QJsonValue& v) {
    return v.toString().toStdString();
}

// Instants and counts are texts: a JSON number cannot hold 64 bits.
QJsonValue whole(std::int64_t n) {
    return QString::number(n);
}
QJsonValue count(std::uint64_t n) {
    return QString::number(n);
}
std::int64_t whole(const QJsonValue& v) {
    return v.toString().toLongLong();
}
std::uint64_t count(const QJsonValue& v) {
    return v.toString().toULongLong();
}
QJsonValue at(Instant t) {
    return whole(nanoseconds(t));
}
Instant at(const QJsonValue& v) {
    return instant(whole(v));
}

QJsonValue at(const std::optional<Instant>& t) {
    return t ? at(*t) : QJsonValue();
}
std::optional<Instant> maybeAt(const QJsonValue& v) {
    if (!v.isString()) return {};
    return at(v);
}
QJsonValue real(const std::optional<double>& d) {
    return d ? QJsonValue(*d) : QJsonValue();
}
std::optional<double> maybeReal(const QJsonValue& v) {
    if (!v.isDouble()) return {};
    return v.toDouble();
}

QJsonArray pack(const Window& w) {
    return {at(w.from), at(w.to)};
}
Window windowFrom(const QJsonValue& v) {
    return {at(v.toArray().at(0)), at(v.toArray().at(1))};
}

template <class T, class Pack>
QJsonArray packAll(const std::vector<T>& all, Pack&& one) {
    QJsonArray out;
    for (const T& t : all)
        out.append(one(t));
    return out;
}

template <class Unpack>
auto unpackAll(const QJsonValue& v, Unpack&& one) {
    std::vector<decltype(one(QJsonObject()))> out;
    for (const auto& element : v.toArray())
        out.push_back(one(element.toObject()));
    return out;
}

QJsonObject packEvidence(const Evidence& e) {
    return {{"source", text(e.source)},
            {"first", count(e.firstLine)},
            {"last", count(e.lastLine)},
            {"chart", text(e.chart)},
            {"window", pack(e.window)}};
}
Evidence evidenceFrom(const QJsonObject& o) {
    return {text(o["source"]), count(o["first"]), count(o["last"]), text(o["chart"]),
            windowFrom(o["window"])};
}

QJsonObject packCause(const Cause& c) {
    QJsonArray scores;
    for (const auto& [name, value] : c.scores)
        scores.append(QJsonArray{text(name), value});
    return {{"kind", text(nameOf(c.kind))},
            {"culprit", text(c.culprit)},
            {"change", text(c.change)},
            {"at", at(c.at)},
            {"score", c.score},
            {"scores", scores},
            {"statement", text(c.statement)},
            {"evidence", packAll(c.evidence, packEvidence)}};
}
Cause causeFrom(const QJsonObject& o) {
    Cause c;
    c.kind = causeKindNamed(text(o["kind"]));
    c.culprit = text(o["culprit"]);
    c.change = text(o["change"]);
    c.at = maybeAt(o["at"]);
    c.score = o["score"].toDouble();
    for (const auto& part : o["scores"].toArray())
        c.scores.emplace_back(text(part.toArray().at(0)), part.toArray().at(1).toDouble());
    c.statement = text(o["statement"]);
    c.evidence = unpackAll(o["evidence"], evidenceFrom);
    return c;
}

QJsonObject packVerdict(const Verdict& v) {
    return {{"kind", text(nameOf(v.kind))},
            {"statement", text(v.statement)},
            {"evidence", packAll(v.evidence, packEvidence)}};
}
Verdict verdictFrom(const QJsonObject& o) {
    return {causeKindNamed(text(o["kind"])), text(o["statement"]),
            unpackAll(o["evidence"], evidenceFrom)};
}

QJsonObject packEntry(const StoryEntry& e) {
    return {{"time", at(e.time)},
            {"kind", text(nameOf(e.kind))},
            {"statement", text(e.statement)},
            {"evidence", packAll(e.evidence, packEvidence)}};
}
StoryEntry entryFrom(const QJsonObject& o) {
    return {at(o["time"]), entryKindNamed(text(o["kind"])), text(o["statement"]),
            unpackAll(o["evidence"], evidenceFrom)};
}

QJsonObject packService(const ServiceImpact& s) {
    return {{"name", text(s.name)},     {"requests", count(s.requests)},
            {"share", s.failedShare},   {"failed", count(s.failed)},
            {"slow", count(s.slow)},    {"excess", s.excessFailed},
            {"excessLow", s.excessLow}, {"excessHigh", s.excessHigh}};
}
ServiceImpact serviceFrom(const QJsonObject& o) {
    return {text(o["name"]),           count(o["requests"]),      o["share"].toDouble(),
            count(o["failed"]),        count(o["slow"]),          o["excess"].toDouble(),
            o["excessLow"].toDouble(), o["excessHigh"].toDouble()};
}

QJsonObject packPath(const PathImpact& p) {
    return {{"shape", text(p.shape)},
            {"requests", count(p.requests)},
            {"failed", count(p.failed)},
            {"slow", count(p.slow)}};
}
PathImpact pathFrom(const QJsonObject& o) {
    return {text(o["shape"]), count(o["requests"]), count(o["failed"]), count(o["slow"])};
}

QJsonValue pack(const std::optional<MissingRequests>& m) {
    if (!m) return {};
    return QJsonObject{
        {"missing", m->missing}, {"low", m->low}, {"high", m->high}, {"against", text(m->against)}};
}
std::optional<MissingRequests> missingFrom(const QJsonValue& v) {
    if (!v.isObject()) return {};
    const QJsonObject o = v.toObject();
    return MissingRequests{o["missing"].toDouble(), o["low"].toDouble(), o["high"].toDouble(),
                           text(o["against"])};
}

QJsonObject packImpact(const Impact& i) {
    return {{"requests", count(i.requests)},
            {"failed", count(i.failed)},
            {"slow", count(i.slow)},
            {"clients", count(i.clients)},
            {"affected", count(i.clientsAffected)},
            {"excess", i.excessFailed},
            {"excessLow", i.excessLow},
            {"excessHigh", i.excessHigh},
            {"operations", count(i.operations)},
            {"operationsFailed", count(i.operationsFailed)},
            {"clientsFailed", count(i.clientsFailed)},
            {"sampledOneIn", count(i.sampledOneIn)},
            {"missing", pack(i.missing)},
            {"clientIs", text(i.clientIs)},
            {"services", packAll(i.services, packService)},
            {"paths", packAll(i.paths, packPath)}};
}
Impact impactFrom(const QJsonObject& o) {
    Impact i;
    i.requests = count(o["requests"]);
    i.failed = count(o["failed"]);
    i.slow = count(o["slow"]);
    i.clients = count(o["clients"]);
    i.clientsAffected = count(o["affected"]);
    i.excessFailed = o["excess"].toDouble();
    i.excessLow = o["excessLow"].toDouble();
    i.excessHigh = o["excessHigh"].toDouble();
    i.operations = count(o["operations"]);
    i.operationsFailed = count(o["operationsFailed"]);
    i.clientsFailed = count(o["clientsFailed"]);
    i.sampledOneIn = std::uint32_t(count(o["sampledOneIn"]));
    i.missing = missingFrom(o["missing"]);
    i.clientIs = text(o["clientIs"]);
    i.services = unpackAll(o["services"], serviceFrom);
    i.paths = unpackAll(o["paths"], pathFrom);
    return i;
}

QJsonObject packFairness(const Fairness& f) {
    return {{"backend", text(f.backend)},
            {"counted", text(f.counted)},
            {"configured", f.configured},
            {"attempts", count(f.attempts)},
            {"repeated", count(f.repeated)},
            {"distance", f.distance},
            {"low", f.distanceLow},
            {"high", f.distanceHigh},
            {"ratio", f.ratio},
            {"server", text(f.server)},
            {"jain", f.jain},
            {"p", f.p},
            {"unfair", f.unfair ? QJsonValue(*f.unfair) : QJsonValue()},
            {"shape", text(f.shape)},
            {"statement", text(f.statement)},
            {"evidence", packAll(f.evidence, packEvidence)}};
}
Fairness fairnessFrom(const QJsonObject& o) {
    Fairness f;
    f.backend = text(o["backend"]);
    f.counted = text(o["counted"]);
    f.configured = o["configured"].toBool();
    f.attempts = count(o["attempts"]);
    f.repeated = count(o["repeated"]);
    f.distance = o["distance"].toDouble();
    f.distanceLow = o["low"].toDouble();
    f.distanceHigh = o["high"].toDouble();
    f.ratio = o["ratio"].toDouble();
    f.server = text(o["server"]);
    f.jain = o["jain"].toDouble();
    f.p = o["p"].toDouble();
    if (o["unfair"].isBool()) f.unfair = o["unfair"].toBool();
    f.shape = text(o["shape"]);
    f.statement = text(o["statement"]);
    f.evidence = unpackAll(o["evidence"], evidenceFrom);
    return f;
}

QJsonObject packMessage(const MessageChange& m) {
    return {{"kind", int(m.kind)},
            {"text", text(m.text)},
            {"level", int(m.level)},
            {"before", count(m.before)},
            {"during", count(m.during)},
            {"quiet", whole(m.quiet.count())},
            {"length", whole(m.length.count())},
            {"q", m.q},
            {"first", at(m.first)},
            {"last", at(m.last)},
            {"host", text(m.host)},
            {"sources", count(m.sources)},
            {"statement", text(m.statement)},
            {"evidence", packAll(m.evidence, packEvidence)}};
}
MessageChange messageFrom(const QJsonObject& o) {
    MessageChange m;
    m.kind = MessageChange::Kind(std::clamp(o["kind"].toInt(), 0, 2));
    m.text = text(o["text"]);
    m.level = Level(std::clamp(o["level"].toInt(), 0, int(Level::Emergency)));
    m.before = count(o["before"]);
    m.during = count(o["during"]);
    m.quiet = Duration{whole(o["quiet"])};
    m.length = Duration{whole(o["length"])};
    m.q = o["q"].toDouble();
    m.first = at(o["first"]);
    m.last = at(o["last"]);
    m.host = text(o["host"]);
    m.sources = count(o["sources"]);
    m.statement = text(o["statement"]);
    m.evidence = unpackAll(o["evidence"], evidenceFrom);
    return m;
}

QJsonObject packDifference(const Difference& d) {
    QJsonArray values;
    for (const auto& [field, value] : d.values)
        values.append(QJsonArray{text(field), text(value)});
    return {{"values", values},
            {"filter", text(d.filter)},
            {"with", count(d.with)},
            {"all", count(d.all)},
            {"otherWith", count(d.otherWith)},
            {"otherAll", count(d.otherAll)},
            {"ratio", d.ratio},
            {"low", d.low},
            {"high", d.high},
            {"q", d.q},
            {"statement", text(d.statement)}};
}
Difference differenceFrom(const QJsonObject& o) {
    Difference d;
    for (const auto& value : o["values"].toArray())
        d.values.emplace_back(text(value.toArray().at(0)), text(value.toArray().at(1)));
    d.filter = text(o["filter"]);
    d.with = count(o["with"]);
    d.all = count(o["all"]);
    d.otherWith = count(o["otherWith"]);
    d.otherAll = count(o["otherAll"]);
    d.ratio = o["ratio"].toDouble();
    d.low = o["low"].toDouble();
    d.high = o["high"].toDouble();
    d.q = o["q"].toDouble();
    d.statement = text(o["statement"]);
    return d;
}

QJsonObject packIncident(const Incident& i) {
    return {{"start", at(i.impactStart)},
            {"interval", pack(i.impactStartInterval)},
            {"trigger", at(i.trigger)},
            {"detected", at(i.detected)},
            {"acknowledged", at(i.acknowledged)},
            {"identified", at(i.identified)},
            {"mitigated", at(i.mitigated)},
            {"resolved", at(i.resolved)},
            {"impact", packImpact(i.impact)},
            {"causes", packAll(i.causes, packCause)},
            {"ruledOut", packAll(i.ruledOut, packVerdict)},
            {"undecided", packAll(i.undecided, packVerdict)},
            {"story", packAll(i.story, packEntry)},
            {"worst", text(i.worstServer)},
            {"burnAlert", at(i.burnAlert)},
            {"burnRule", text(i.burnRule)},
            {"measured", text(i.measured.statement)},
            {"measuredBy", packAll(i.measured.evidence, packEvidence)},
            {"fairness", packAll(i.fairness, packFairness)},
            {"messages", packAll(i.messages, packMessage)},
            {"differences", packAll(i.differences, packDifference)}};
}
Incident incidentFrom(const QJsonObject& o) {
    Incident i;
    i.impactStart = at(o["start"]);
    i.impactStartInterval = windowFrom(o["interval"]);
    i.trigger = maybeAt(o["trigger"]);
    i.detected = maybeAt(o["detected"]);
    i.acknowledged = maybeAt(o["acknowledged"]);
    i.identified = maybeAt(o["identified"]);
    i.mitigated = maybeAt(o["mitigated"]);
    i.resolved = maybeAt(o["resolved"]);
    i.impact = impactFrom(o["impact"].toObject());
    i.causes = unpackAll(o["causes"], causeFrom);
    i.ruledOut = unpackAll(o["ruledOut"], verdictFrom);
    i.undecided = unpackAll(o["undecided"], verdictFrom);
    i.story = unpackAll(o["story"], entryFrom);
    i.worstServer = text(o["worst"]);
    i.burnAlert = maybeAt(o["burnAlert"]);
    i.burnRule = text(o["burnRule"]);
    i.measured = {text(o["measured"]), unpackAll(o["measuredBy"], evidenceFrom)};
    i.fairness = unpackAll(o["fairness"], fairnessFrom);
    i.messages = unpackAll(o["messages"], messageFrom);
    i.differences = unpackAll(o["differences"], differenceFrom);
    return i;
}

QJsonObject packPhase(const ServerPhase& p) {
    return {{"requests", count(p.requests)}, {"failed", count(p.failed)}, {"share", p.share},
            {"p50", real(p.p50Ms)},          {"p95", real(p.p95Ms)},      {"p99", real(p.p99Ms)}};
}
ServerPhase phaseFrom(const QJsonValue& v) {
    const QJsonObject o = v.toObject();
    return {count(o["requests"]), count(o["failed"]),  o["share"].toDouble(),
            maybeReal(o["p50"]),  maybeReal(o["p95"]), maybeReal(o["p99"])};
}

QJsonObject packServer(const ServerReport& s) {
    return {{"backend", text(s.key.backend)},
            {"server", text(s.key.server)},
            {"host", text(s.host)},
            {"before", packPhase(s.before)},
            {"during", packPhase(s.during)},
            {"after", packPhase(s.after)},
            {"weightBefore", real(s.weightBefore)},
            {"weightDuring", real(s.weightDuring)},
            {"expectedBefore", real(s.expectedShareBefore)},
            {"expectedDuring", real(s.expectedShareDuring)}};
}
ServerReport serverFrom(const QJsonObject& o) {
    return {{text(o["backend"]), text(o["server"])},
            text(o["host"]),
            phaseFrom(o["before"]),
            phaseFrom(o["during"]),
            phaseFrom(o["after"]),
            maybeReal(o["weightBefore"]),
            maybeReal(o["weightDuring"]),
            maybeReal(o["expectedBefore"]),
            maybeReal(o["expectedDuring"])};
}

QJsonObject packStep(const ClockStep& s) {
    return {{"at", at(s.at)},
            {"by", whole(s.by.count())},
            {"uncertainty", whole(s.uncertainty.count())}};
}
ClockStep stepFrom(const QJsonObject& o) {
    return {at(o["at"]), Duration{whole(o["by"])}, Duration{whole(o["uncertainty"])}};
}

QJsonObject packHost(const HostClock& h) {
    return {{"host", text(h.host)},
            {"server", text(h.server)},
            {"offset", h.offset ? whole(h.offset->count()) : QJsonValue()},
            {"uncertainty", whole(h.uncertainty.count())},
            {"pairs", count(h.pairs)},
            {"drift", real(h.driftPpm)},
            {"driftUncertainty", h.driftUncertaintyPpm},
            {"steps", packAll(h.steps, packStep)},
            {"course", text(packed(h.course))}};
}
HostClock hostFrom(const QJsonObject& o) {
    HostClock h{text(o["host"]),
                text(o["server"]),
                {},
                Duration{whole(o["uncertainty"])},
                count(o["pairs"]),
                maybeReal(o["drift"]),
                o["driftUncertainty"].toDouble(),
                unpackAll(o["steps"], stepFrom),
                clockCourseFrom(text(o["course"]))};
    if (o["offset"].isString()) h.offset = Duration{whole(o["offset"])};
    return h;
}

QJsonObject packFinding(const Finding& f) {
    return {{"title", text(f.title)},
            {"statement", text(f.statement)},
            {"at", at(f.at)},
            {"tone", int(f.tone)},
            {"evidence", packAll(f.evidence, packEvidence)}};
}
Finding findingFrom(const QJsonObject& o) {
    const int tone = std::clamp(o["tone"].toInt(2), 0, 2);
    return {text(o["title"]), text(o["statement"]), maybeAt(o["at"]), Finding::Tone(tone),
            unpackAll(o["evidence"], evidenceFrom)};
}

} // namespace

std::string packed(const Analysis& a) {
    QJsonArray notes;
    for (const std::string& n : a.notes)
        notes.append(text(n));
    const QJsonObject all{{"version", kVersion},
                          {"span", pack(a.span)},
                          {"hosts", packAll(a.hosts, packHost)},
                          {"servers", packAll(a.servers, packServer)},
                          {"incidents", packAll(a.incidents, packIncident)},
                          {"findings", packAll(a.findings, packFinding)},
                          {"notes", notes}};
    return QJsonDocument(all).toJson(QJsonDocument::Compact).toStdString();
}

std::optional<Analysis> unpacked(std::string_view saved) {
    const QJsonObject o =
        QJsonDocument::fromJson(QByteArray(saved.data(), qsizetype(saved.size()))).object();
    if (o["version"].toInt() != kVersion) return {};
    Analysis a;
    a.span = windowFrom(o["span"]);
    a.hosts = unpackAll(o["hosts"], hostFrom);
    a.servers = unpackAll(o["servers"], serverFrom);
    a.incidents = unpackAll(o["incidents"], incidentFrom);
    a.findings = unpackAll(o["findings"], findingFrom);
    for (const auto& n : o["notes"].toArray())
        a.notes.push_back(text(QJsonValue(n)));
    return a;
}

} // namespace postlude::detail
