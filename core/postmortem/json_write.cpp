// SPDX-License-Identifier: GPL-3.0-or-later
// The document as JSON. Absent means unknown: empty texts are left out, as cli.md says.
#include "core/postmortem/postmortem.h"

#include "core/base/json.h"

namespace postlude {

namespace {

class Writer : public JsonWriter {
public:
    void time(std::string_view name, Instant value) {
        const bool whole = nanoseconds(value) % 1'000'000 == 0;
        text(name, toRfc3339(value, whole ? 3 : 9));
    }
    void timeIf(std::string_view name, const std::optional<Instant>& value) {
        if (value) time(name, *value);
    }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        beginArray(name);
        for (const std::string& value : values)
            text({}, value);
        endArray();
    }
};

void write(Writer& w, const Evidence& e, std::string_view label = {}) {
    w.beginObject();
    w.textIf("label", label);
    w.textIf("source", e.source);
    if (e.firstLine != 0) w.count("first_line", e.firstLine);
    if (e.lastLine != 0) w.count("last_line", e.lastLine);
    w.textIf("chart", e.chart);
    if (e.window != Window{}) {
        w.time("from", e.window.from);
        w.time("to", e.window.to);
    }
    w.endObject();
}

void write(Writer& w, const Summary& s) {
    w.beginObject("summary");
    w.timeIf("start", s.start);
    w.timeIf("end", s.end);
    w.textIf("timezone", s.zone);
    w.textIf("start_text", s.startText);
    w.textIf("end_text", s.endText);
    w.textIf("duration_text", s.durationText);
    w.textIf("impact", s.impact);
    w.textIf("affected_share", s.affectedShare);
    w.textIf("failed_share", s.failedShare);
    w.textIf("slow_share", s.slowShare);
    w.textIf("root_cause", s.rootCause);
    w.textIf("trigger", s.trigger);
    w.textIf("resolution", s.resolution);
    if (!s.other.empty()) w.texts("other", s.other);
    w.endObject();
}

void write(Writer& w, const TimelineEntry& entry) {
    w.beginObject();
    w.timeIf("time", entry.time);
    w.textIf("time_text", entry.timeText);
    w.text("kind", nameOf(entry.kind));
    w.textIf("text", entry.text);
    w.beginArray("evidence");
    for (const Evidence& e : entry.evidence)
        write(w, e);
    w.endArray();
    w.endObject();
}

void write(Writer& w, const Task& task) {
    w.beginObject();
    w.textIf("text", task.text);
    w.textIf("type", task.type);
    w.textIf("owner", task.owner);
    w.textIf("priority", task.priority);
    w.textIf("due", task.due);
    w.textIf("tracker", task.tracker);
    w.text("status", task.status);
    w.textIf("done_when", task.doneWhen);
    w.endObject();
}

void writeHead(Writer& w, const Postmortem& d) {
    w.textIf("title", d.title);
    w.text("status", nameOf(d.status));
    w.textIf("severity", d.severity);
    w.textIf("owner", d.owner);
    w.texts("authors", d.authors);
    w.texts("reviewers", d.reviewers);
    w.texts("services", d.services);
    w.textIf("template", d.form);
}

void writeLessons(Writer& w, const Postmortem& d) {
    w.beginObject("lessons");
    w.texts("well", d.wentWell);
    w.texts("wrong", d.wentWrong);
    w.texts("lucky", d.gotLucky);
    w.endObject();
}

} // namespace

std::string toJson(const Postmortem& document) {
    Writer w;
    w.beginObject();
    writeHead(w, document);
    write(w, document.summary);
    w.beginArray("timeline");
    for (const TimelineEntry& entry : document.timeline)
        write(w, entry);
    w.endArray();
    w.texts("root_cause", document.rootCause);
    w.texts("resolution", document.resolution);
    writeLessons(w, document);
    w.texts("improvements", document.improvements);
    w.beginArray("tasks");
    for (const Task& task : document.tasks)
        write(w, task);
    w.endArray();
    if (!document.declined.empty()) w.texts("declined", document.declined);
    w.texts("introduction", document.introduction);
    w.texts("conclusion", document.conclusion);
    w.beginArray("kept");
    for (const Kept& kept : document.kept) {
        w.beginObject();
        w.text("after", kept.after);
        w.text("markdown", kept.markdown);
        w.endObject();
    }
    w.endArray();
    if (!document.evidence.empty()) {
        w.beginArray("evidence");
        for (const MarkedEvidence& marked : document.evidence)
            write(w, marked.evidence, marked.label);
        w.endArray();
    }
    w.endObject();
    return w.str() + "\n";
}

} // namespace postlude
