// SPDX-License-Identifier: GPL-3.0-or-later
// The document as JSON. Absent means unknown: empty texts are left out, as cli.md says.
#include "core/postmortem/postmortem.h"

#include "core/base/text.h"

#include <algorithm>

namespace postlude {

namespace {

/// Writes one object or array, indented by two a level.
class Writer {
public:
    void open(char bracket) {
        item();
        out_ += bracket;
        ++depth_;
        first_ = true;
    }
    void open(std::string_view name, char bracket) {
        key(name);
        open(bracket);
    }
    void close(char bracket) {
        --depth_;
        if (!first_) line();
        out_ += bracket;
        first_ = false;
    }
    void text(std::string_view value) {
        item();
        out_ += jsonQuoted(value);
    }
    void text(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }
    void known(std::string_view name, std::string_view value) {
        if (!value.empty()) text(name, value);
    }
    void number(std::string_view name, std::uint64_t value) {
        key(name);
        item();
        out_ += std::to_string(value);
    }
    void time(std::string_view name, Instant value) {
        const bool whole = nanoseconds(value) % 1'000'000 == 0;
        text(name, toRfc3339(value, whole ? 3 : 9));
    }
    void known(std::string_view name, const std::optional<Instant>& value) {
        if (value) time(name, *value);
    }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        open(name, '[');
        for (const std::string& value : values)
            text(value);
        close(']');
    }
    [[nodiscard]] std::string taken() { return std::move(out_) + "\n"; }

private:
    void line() {
        out_ += '\n';
        out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    }
    void key(std::string_view name) {
        item();
        out_ += jsonQuoted(name) + ": ";
        afterKey_ = true;
    }
    void item() {
        if (!afterKey_) {
            if (!first_) out_ += ',';
            if (depth_ > 0) line();
        }
        afterKey_ = false;
        first_ = false;
    }
    std::string out_;
    int depth_ = 0;
    bool first_ = true;
    bool afterKey_ = false;
};

void write(Writer& w, const Evidence& e) {
    w.open('{');
    w.known("source", e.source);
    if (e.firstLine != 0) w.number("first_line", e.firstLine);
    if (e.lastLine != 0) w.number("last_line", e.lastLine);
    w.known("chart", e.chart);
    if (e.window != Window{}) {
        w.time("from", e.window.from);
        w.time("to", e.window.to);
    }
    w.close('}');
}

void write(Writer& w, const Summary& s) {
    w.open("summary", '{');
    w.known("start", s.start);
    w.known("end", s.end);
    w.known("timezone", s.zone);
    w.known("start_text", s.startText);
    w.known("end_text", s.endText);
    w.known("duration_text", s.durationText);
    w.known("impact", s.impact);
    w.known("affected_share", s.affectedShare);
    w.known("failed_share", s.failedShare);
    w.known("root_cause", s.rootCause);
    w.known("trigger", s.trigger);
    w.known("resolution", s.resolution);
    if (!s.other.empty()) w.texts("other", s.other);
    w.close('}');
}

void write(Writer& w, const TimelineEntry& entry) {
    w.open('{');
    w.known("time", entry.time);
    w.known("time_text", entry.timeText);
    w.text("kind", nameOf(entry.kind));
    w.known("text", entry.text);
    w.open("evidence", '[');
    for (const Evidence& e : entry.evidence)
        write(w, e);
    w.close(']');
    w.close('}');
}

void write(Writer& w, const Task& task) {
    w.open('{');
    w.known("text", task.text);
    w.known("type", task.type);
    w.known("owner", task.owner);
    w.known("priority", task.priority);
    w.known("due", task.due);
    w.known("tracker", task.tracker);
    w.text("status", task.status);
    w.known("done_when", task.doneWhen);
    w.close('}');
}

void writeHead(Writer& w, const Postmortem& d) {
    w.known("title", d.title);
    w.text("status", nameOf(d.status));
    w.known("severity", d.severity);
    w.known("owner", d.owner);
    w.texts("authors", d.authors);
    w.texts("reviewers", d.reviewers);
    w.texts("services", d.services);
    w.known("template", d.form);
}

void writeLessons(Writer& w, const Postmortem& d) {
    w.open("lessons", '{');
    w.texts("well", d.wentWell);
    w.texts("wrong", d.wentWrong);
    w.texts("lucky", d.gotLucky);
    w.close('}');
}

} // namespace

std::string toJson(const Postmortem& document) {
    Writer w;
    w.open('{');
    writeHead(w, document);
    write(w, document.summary);
    w.open("timeline", '[');
    for (const TimelineEntry& entry : document.timeline)
        write(w, entry);
    w.close(']');
    w.texts("root_cause", document.rootCause);
    w.texts("resolution", document.resolution);
    writeLessons(w, document);
    w.texts("improvements", document.improvements);
    w.open("tasks", '[');
    for (const Task& task : document.tasks)
        write(w, task);
    w.close(']');
    if (!document.declined.empty()) w.texts("declined", document.declined);
    w.texts("introduction", document.introduction);
    w.texts("conclusion", document.conclusion);
    w.open("kept", '[');
    for (const Kept& kept : document.kept) {
        w.open('{');
        w.text("after", kept.after);
        w.text("markdown", kept.markdown);
        w.close('}');
    }
    w.close(']');
    w.close('}');
    return w.taken();
}

} // namespace postlude
