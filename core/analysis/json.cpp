// SPDX-License-Identifier: GPL-3.0-or-later
// The analysis in the form of cli.md.
#include "core/base/json.h"

#include "core/analysis/analysis.h"
#include "core/base/text.h"

namespace postlude {

namespace {

void time(JsonWriter& w, std::string_view key, const std::optional<Instant>& t) {
    if (t) w.text(key, toRfc3339(*t));
}

void write(JsonWriter& w, const std::vector<Evidence>& evidence) {
    w.beginArray("evidence");
    for (const Evidence& e : evidence) {
        w.beginObject();
        if (e.source.empty()) {
            w.text("chart", e.chart);
            w.text("from", toRfc3339(e.window.from));
            w.text("to", toRfc3339(e.window.to));
        } else {
            w.text("source", e.source);
            w.count("first_line", e.firstLine);
            w.count("last_line", e.lastLine);
        }
        w.endObject();
    }
    w.endArray();
}

void write(JsonWriter& w, const SourceInfo& s) {
    w.beginObject();
    w.text("path", s.path);
    w.textIf("format", s.format);
    w.textIf("what", s.what);
    w.textIf("timezone", s.zone);
    w.textIf("timezone_from", s.zoneFrom);
    w.count("lines", s.lines);
    w.count("records", s.records);
    w.count("unread", s.unread);
    w.textIf("stale", s.stale);
    time(w, "first", s.first);
    time(w, "last", s.last);
    w.endObject();
}

void write(JsonWriter& w, const HostClock& h) {
    w.beginObject();
    w.text("host", h.host);
    w.textIf("server", h.server);
    if (h.offset) {
        w.number("clock_offset_s", seconds(*h.offset));
        w.number("uncertainty_s", seconds(h.uncertainty));
    }
    w.count("pairs", h.pairs);
    if (h.driftPpm) {
        w.number("drift_ppm", *h.driftPpm);
        w.number("drift_uncertainty_ppm", h.driftUncertaintyPpm);
    }
    if (!h.steps.empty()) {
        w.beginArray("clock_steps");
        for (const ClockStep& s : h.steps) {
            w.beginObject();
            w.text("at", toRfc3339(s.at));
            w.number("by_s", seconds(s.by));
            w.number("uncertainty_s", seconds(s.uncertainty));
            w.endObject();
        }
        w.endArray();
    }
    if (!h.course.legs.empty()) {
        w.beginArray("clock_course");
        for (const ClockLeg& leg : h.course.legs) {
            w.beginObject();
            w.text("from", toRfc3339(leg.from));
            w.text("to", toRfc3339(leg.to));
            w.number("clock_offset_s", seconds(leg.offset));
            w.number("drift_ppm", leg.drift * 1e6);
            w.number("uncertainty_s", seconds(leg.uncertainty));
            w.endObject();
        }
        w.endArray();
    }
    w.endObject();
}

void write(JsonWriter& w, std::string_view key, const ServerPhase& p) {
    w.beginObject(key);
    w.count("requests", p.requests);
    w.number("share", p.share);
    w.count("failed", p.failed);
    w.numberIf("p50_ms", p.p50Ms);
    w.numberIf("p95_ms", p.p95Ms);
    w.numberIf("p99_ms", p.p99Ms);
    w.endObject();
}

void write(JsonWriter& w, const ServerReport& s) {
    w.beginObject();
    w.text("backend", s.key.backend);
    w.text("server", s.key.server);
    w.textIf("host", s.host);
    write(w, "before", s.before);
    write(w, "during", s.during);
    write(w, "after", s.after);
    w.numberIf("weight_before", s.weightBefore);
    w.numberIf("weight_during", s.weightDuring);
    w.numberIf("expected_share_before", s.expectedShareBefore);
    w.numberIf("expected_share_during", s.expectedShareDuring);
    w.endObject();
}

void write(JsonWriter& w, const Impact& i) {
    w.beginObject("impact");
    w.count("requests", i.requests);
    w.count("failed", i.failed);
    w.number("failed_share", i.failedShare());
    w.count("slow", i.slow);
    w.number("slow_share", i.slowShare());
    w.number("excess_failed", i.excessFailed);
    w.number("excess_failed_low", i.excessLow);
    w.number("excess_failed_high", i.excessHigh);
    if (i.operations > 0) {
        w.count("operations", i.operations);
        w.count("operations_failed", i.operationsFailed);
        w.count("operations_sampled_one_in", i.sampledOneIn);
        if (i.clients > 0) w.count("clients_failed", i.clientsFailed);
    }
    if (i.missing) {
        w.beginObject("missing_requests");
        w.number("missing", i.missing->missing);
        w.number("low", i.missing->low);
        w.number("high", i.missing->high);
        w.text("against", i.missing->against);
        w.endObject();
    }
    w.textIf("client_is", i.clientIs);
    if (i.clients > 0) {
        w.count("clients", i.clients);
        w.count("clients_affected", i.clientsAffected);
        w.number("clients_affected_share", i.affectedShare());
    }
    w.beginArray("services");
    for (const ServiceImpact& s : i.services) {
        w.beginObject();
        w.text("name", s.name);
        w.count("requests", s.requests);
        w.number("failed_share", s.failedShare);
        w.count("failed", s.failed);
        w.count("slow", s.slow);
        w.number("excess_failed", s.excessFailed);
        w.number("excess_failed_low", s.excessLow);
        w.number("excess_failed_high", s.excessHigh);
        w.endObject();
    }
    w.endArray();
    w.beginArray("paths");
    for (const PathImpact& p : i.paths) {
        w.beginObject();
        w.text("path", p.shape);
        w.count("requests", p.requests);
        w.count("failed", p.failed);
        w.count("slow", p.slow);
        w.endObject();
    }
    w.endArray();
    w.endObject();
}

void write(JsonWriter& w, const Fairness& f) {
    w.beginObject();
    w.text("backend", f.backend);
    w.text("counted", f.counted);
    w.text("expected_from", f.configured ? "configuration" : "before");
    w.count("attempts", f.attempts);
    w.count("repeated", f.repeated);
    if (f.unfair) {
        w.number("distance", f.distance);
        w.beginArray("distance_interval");
        w.number({}, f.distanceLow);
        w.number({}, f.distanceHigh);
        w.endArray();
        w.number("ratio", f.ratio);
        w.text("server", f.server);
        w.number("jain", f.jain);
        w.number("p", f.p);
        w.text("verdict", *f.unfair ? "unfair" : "fair");
    } else {
        w.text("verdict", "undecided");
    }
    w.textIf("shape", f.shape);
    w.textIf("statement", f.statement);
    write(w, f.evidence);
    w.endObject();
}

void write(JsonWriter& w, const Cause& c) {
    w.beginObject();
    w.text("kind", nameOf(c.kind));
    w.textIf("culprit", c.culprit);
    w.textIf("change", c.change);
    time(w, "at", c.at);
    w.number("score", c.score);
    w.beginObject("scores");
    for (const auto& [part, value] : c.scores)
        w.number(part, value);
    w.endObject();
    w.text("statement", c.statement);
    write(w, c.evidence);
    w.endObject();
}

void write(JsonWriter& w, std::string_view key, const std::vector<Verdict>& verdicts) {
    w.beginArray(key);
    for (const Verdict& v : verdicts) {
        w.beginObject();
        w.text("kind", nameOf(v.kind));
        w.text("statement", v.statement);
        write(w, v.evidence);
        w.endObject();
    }
    w.endArray();
}

void write(JsonWriter& w, const std::vector<StoryEntry>& story) {
    w.beginArray("timeline");
    for (const StoryEntry& e : story) {
        w.beginObject();
        w.text("time", toRfc3339(e.time));
        w.text("kind", nameOf(e.kind));
        w.text("statement", e.statement);
        write(w, e.evidence);
        w.endObject();
    }
    w.endArray();
}

void write(JsonWriter& w, const std::vector<MessageChange>& messages) {
    w.beginArray("messages");
    for (const MessageChange& m : messages) {
        w.beginObject();
        w.text("kind", nameOf(m.kind));
        w.text("template", m.text);
        w.textIf("level", nameOf(m.level));
        w.count("before", m.before);
        w.count("during", m.during);
        w.number("before_s", seconds(m.quiet));
        w.number("during_s", seconds(m.length));
        w.number("false_share", m.q);
        time(w, "first", m.first);
        time(w, "last", m.last);
        w.textIf("host", m.host);
        w.count("sources", m.sources);
        w.text("statement", m.statement);
        write(w, m.evidence);
        w.endObject();
    }
    w.endArray();
}

void write(JsonWriter& w, const std::vector<Difference>& differences) {
    w.beginArray("differences");
    for (const Difference& d : differences) {
        w.beginObject();
        w.beginArray("values");
        for (const auto& [field, value] : d.values) {
            w.beginObject();
            w.text("field", field);
            w.text("value", value);
            w.endObject();
        }
        w.endArray();
        w.text("filter", d.filter);
        w.count("with", d.with);
        w.count("all", d.all);
        w.count("other_with", d.otherWith);
        w.count("other_all", d.otherAll);
        w.number("ratio", d.ratio);
        w.number("ratio_low", d.low);
        w.number("ratio_high", d.high);
        w.number("false_share", d.q);
        w.text("statement", d.statement);
        w.endObject();
    }
    w.endArray();
}

void write(JsonWriter& w, const Incident& i) {
    w.beginObject();
    w.text("impact_start", toRfc3339(i.impactStart));
    w.beginArray("impact_start_interval");
    w.text({}, toRfc3339(i.impactStartInterval.from));
    w.text({}, toRfc3339(i.impactStartInterval.to));
    w.endArray();
    time(w, "trigger", i.trigger);
    time(w, "detected", i.detected);
    time(w, "acknowledged", i.acknowledged);
    time(w, "identified", i.identified);
    time(w, "mitigated", i.mitigated);
    time(w, "resolved", i.resolved);
    w.textIf("worst_server", i.worstServer);
    if (i.burnAlert) {
        w.beginObject("burn_rate_alert");
        w.text("at", toRfc3339(*i.burnAlert));
        w.text("rule", i.burnRule);
        w.endObject();
    }
    write(w, i.impact);
    w.beginArray("causes");
    for (const Cause& c : i.causes)
        write(w, c);
    w.endArray();
    write(w, "ruled_out", i.ruledOut);
    write(w, "undecided", i.undecided);
    if (!i.measured.statement.empty()) {
        w.beginObject("measured");
        w.text("statement", i.measured.statement);
        write(w, i.measured.evidence);
        w.endObject();
    }
    w.beginArray("fairness");
    for (const Fairness& f : i.fairness)
        write(w, f);
    w.endArray();
    write(w, i.story);
    write(w, i.messages);
    write(w, i.differences);
    w.endObject();
}

} // namespace

std::string toJson(const Analysis& analysis, const std::vector<SourceInfo>& sources) {
    JsonWriter w;
    w.beginObject();
    w.beginArray("sources");
    for (const SourceInfo& s : sources)
        write(w, s);
    w.endArray();
    w.beginArray("hosts");
    for (const HostClock& h : analysis.hosts)
        write(w, h);
    w.endArray();
    w.beginArray("servers");
    for (const ServerReport& s : analysis.servers)
        write(w, s);
    w.endArray();
    w.beginArray("incidents");
    for (const Incident& i : analysis.incidents)
        write(w, i);
    w.endArray();
    w.beginArray("notes");
    for (const std::string& n : analysis.notes)
        w.text({}, n);
    w.endArray();
    w.endObject();
    return w.str() + "\n";
}

} // namespace postlude
