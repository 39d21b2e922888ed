// SPDX-License-Identifier: GPL-3.0-or-later
// The document from JSON. Unknown keys are passed over; a key of the wrong kind is an error that
// names it, because guessing would lose what somebody wrote.
#include "core/postmortem/marks.h"

#include "core/base/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>

namespace postlude {

namespace {

/// Reads members of one object; the first fault met is kept for all readers of a document.
class Reader {
public:
    Reader(QJsonObject object, std::string path, std::optional<Error>& fault)
        : object_(std::move(object))
        , path_(std::move(path))
        , fault_(fault) {}

    void text(const char* name, std::string& to) {
        const QJsonValue value = member(name);
        if (value.isString())
            to = value.toString().toStdString();
        else if (!absent(value))
            wrong(name, "a text");
    }
    void time(const char* name, std::optional<Instant>& to) {
        std::string written;
        text(name, written);
        if (written.empty()) return;
        to = fromRfc3339(written);
        if (!to) wrong(name, "a time such as 2024-01-15T09:59:17.434Z");
    }
    void number(const char* name, std::uint64_t& to) {
        const QJsonValue value = member(name);
        if (absent(value)) return;
        const qint64 read = value.toInteger(-1);
        if (read < 0) return wrong(name, "a whole number, 0 or more");
        to = static_cast<std::uint64_t>(read);
    }
    void texts(const char* name, std::vector<std::string>& to) {
        for (const auto& value : array(name)) {
            if (!value.isString()) return wrong(name, "a list of texts");
            to.push_back(value.toString().toStdString());
        }
    }
    template <class Item, class Read>
    void objects(const char* name, std::vector<Item>& to, Read read) {
        const QJsonArray items = array(name);
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (!items[i].isObject()) return wrong(name, "a list of objects");
            Reader inner(items[i].toObject(), place(name) + "[" + std::to_string(i) + "]", fault_);
            to.push_back(read(inner));
        }
    }
    [[nodiscard]] Reader object(const char* name) {
        const QJsonValue value = member(name);
        if (!absent(value) && !value.isObject()) wrong(name, "an object");
        return {value.toObject(), place(name), fault_};
    }
    void wrong(const char* name, const std::string& expected) {
        if (fault_) return;
        fault_ = Error{.kind = ErrorKind::NotUnderstood,
                       .what = place(name) + " is not " + expected,
                       .remedy = "correct this value"};
    }

private:
    static bool absent(const QJsonValue& value) { return value.isUndefined() || value.isNull(); }
    [[nodiscard]] QJsonValue member(const char* name) const {
        return object_.value(QLatin1String(name));
    }
    [[nodiscard]] std::string place(const char* name) const {
        return path_.empty() ? name : path_ + "." + name;
    }
    QJsonArray array(const char* name) {
        const QJsonValue value = member(name);
        if (!absent(value) && !value.isArray()) wrong(name, "a list");
        return value.toArray();
    }
    QJsonObject object_;
    std::string path_;
    std::optional<Error>& fault_;
};

template <class Enum>
std::optional<Enum> named(std::string_view name, Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (nameOf(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
    return {};
}

Evidence readEvidence(Reader& r) {
    Evidence e;
    std::optional<Instant> from;
    std::optional<Instant> to;
    r.text("source", e.source);
    r.number("first_line", e.firstLine);
    r.number("last_line", e.lastLine);
    r.text("chart", e.chart);
    r.time("from", from);
    r.time("to", to);
    e.window = {from.value_or(Instant{}), to.value_or(Instant{})};
    return e;
}

MarkedEvidence readMarked(Reader& r) {
    MarkedEvidence marked;
    r.text("label", marked.label);
    if (markAt(markOf(marked.label), 0).size == 0) r.wrong("label", "a label such as e3");
    marked.evidence = readEvidence(r);
    return marked;
}

TimelineEntry readEntry(Reader& r) {
    TimelineEntry entry;
    std::string kind;
    r.time("time", entry.time);
    r.text("time_text", entry.timeText);
    r.text("kind", kind);
    r.text("text", entry.text);
    r.objects("evidence", entry.evidence, readEvidence);
    if (const auto known = named(kind, EntryKind::Observation))
        entry.kind = *known;
    else if (!kind.empty())
        r.wrong("kind", "a kind of timeline entry");
    return entry;
}

Task readTask(Reader& r) {
    Task task;
    r.text("text", task.text);
    r.text("type", task.type);
    r.text("owner", task.owner);
    r.text("priority", task.priority);
    r.text("due", task.due);
    r.text("tracker", task.tracker);
    r.text("status", task.status);
    r.text("done_when", task.doneWhen);
    return task;
}

void readSummary(Reader r, Summary& s) {
    r.time("start", s.start);
    r.time("end", s.end);
    r.text("timezone", s.zone);
    r.text("impact", s.impact);
    r.text("affected_share", s.affectedShare);
    r.text("failed_share", s.failedShare);
    r.text("slow_share", s.slowShare);
    r.text("root_cause", s.rootCause);
    r.text("trigger", s.trigger);
    r.text("resolution", s.resolution);
    r.text("start_text", s.startText);
    r.text("end_text", s.endText);
    r.text("duration_text", s.durationText);
    r.texts("other", s.other);
}

void readLessons(Reader r, Postmortem& d) {
    r.texts("well", d.wentWell);
    r.texts("wrong", d.wentWrong);
    r.texts("lucky", d.gotLucky);
}

void readHead(Reader& r, Postmortem& d) {
    std::string status;
    r.text("title", d.title);
    r.text("status", status);
    r.text("severity", d.severity);
    r.text("owner", d.owner);
    r.texts("authors", d.authors);
    r.texts("reviewers", d.reviewers);
    r.texts("services", d.services);
    r.text("template", d.form);
    if (const auto known = named(status, DocumentStatus::Closed))
        d.status = *known;
    else if (!status.empty())
        r.wrong("status", "Draft, In review, Reviewed or Closed");
}

std::unexpected<Error> notJson(std::string_view json, const QJsonParseError& fault) {
    const auto offset = static_cast<std::uint64_t>(std::max(0, fault.offset));
    const std::string_view before = json.substr(0, std::min<std::size_t>(offset, json.size()));
    const auto line = static_cast<std::uint64_t>(std::ranges::count(before, '\n')) + 1;
    return std::unexpected(Error{.kind = ErrorKind::NotUnderstood,
                                 .what = "not JSON: " + fault.errorString().toStdString(),
                                 .place = {.source = {}, .line = line, .offset = offset},
                                 .remedy = "give the JSON that Postlude exported"});
}

/// True if any key is one of ours: an object of something else would be read as an empty document.
bool isPostmortem(const QJsonObject& object) {
    static constexpr std::array keys{"title",      "status",    "severity",    "owner",
                                     "authors",    "reviewers", "services",    "template",
                                     "summary",    "timeline",  "root_cause",  "resolution",
                                     "lessons",    "tasks",     "declined",    "introduction",
                                     "conclusion", "kept",      "improvements"};
    return std::ranges::any_of(
        keys, [&](const char* key) { return object.contains(QLatin1String(key)); });
}

} // namespace

Result<Postmortem> postmortemFromJson(std::string_view json) {
    QJsonParseError parse;
    const QByteArray bytes(json.data(), static_cast<qsizetype>(json.size()));
    const QJsonDocument root = QJsonDocument::fromJson(bytes, &parse);
    if (parse.error != QJsonParseError::NoError) return notJson(json, parse);
    if (!root.isObject()) {
        return std::unexpected(Error{.kind = ErrorKind::NotUnderstood,
                                     .what = "this JSON is a list, not a postmortem",
                                     .remedy = "give the JSON that Postlude exported"});
    }
    if (!isPostmortem(root.object()))
        return std::unexpected(Error{.kind = ErrorKind::NotUnderstood,
                                     .what = "this JSON holds no part of a postmortem",
                                     .remedy = "give the JSON that Postlude exported"});
    std::optional<Error> fault;
    Postmortem d;
    Reader r(root.object(), {}, fault);
    readHead(r, d);
    readSummary(r.object("summary"), d.summary);
    r.objects("timeline", d.timeline, readEntry);
    r.texts("root_cause", d.rootCause);
    r.texts("resolution", d.resolution);
    readLessons(r.object("lessons"), d);
    r.texts("improvements", d.improvements);
    r.objects("tasks", d.tasks, readTask);
    r.texts("declined", d.declined);
    r.texts("introduction", d.introduction);
    r.texts("conclusion", d.conclusion);
    r.objects("kept", d.kept, [](Reader& inner) {
        Kept kept;
        inner.text("after", kept.after);
        inner.text("markdown", kept.markdown);
        return kept;
    });
    r.objects("evidence", d.evidence, readMarked);
    if (fault) return std::unexpected(*fault);
    return d;
}

} // namespace postlude
