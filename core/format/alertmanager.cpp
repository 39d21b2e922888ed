// SPDX-License-Identifier: GPL-3.0-or-later
// Alertmanager's webhook payloads (version 4), in a JSON array or one after another.
#include "core/format/detail/documents.h"

#include "core/base/text.h"

#include <set>
#include <simdjson.h>

namespace postlude {

namespace {

using Element = simdjson::dom::element;

std::string_view textOf(const Element& object, const char* key) {
    std::string_view text;
    if (object[key].get(text)) return {};
    return text;
}

/// The end of an alert that has not ended is the year 1.
std::optional<std::int64_t> instantOf(std::string_view text) {
    TimeReader times;
    WrittenTime time;
    if (text.starts_with("0001-") || !times.whole(text, time)) return {};
    return time.local - static_cast<std::int64_t>(time.offset.value_or(0)) * 1'000'000'000;
}

Level levelOfSeverity(std::string_view severity) {
    if (severity == "page") return Level::Critical;
    return levelFrom(severity);
}

constexpr std::string_view kHandled[] = {"alertname", "severity"};

/// `begun`: of an alert that has ended, how it began.
void fillAlert(const Element& alert, Record& out, bool begun = false) {
    out.clear();
    out.kind = RecordKind::Alert;
    TimeReader times;
    const std::string_view state = begun ? "firing" : textOf(alert, "status");
    const bool resolved = state == "resolved";
    const std::string_view starts = textOf(alert, "startsAt");
    const std::string_view ends = textOf(alert, "endsAt");
    const auto end = instantOf(ends);
    const std::string_view at = resolved && end ? ends : starts;
    if (times.whole(at, out.time)) out[TextField::TimeRaw] = at;
    if (end) out[NumberField::End] = *end;
    if (!state.empty()) out[TextField::State] = state;
    if (resolved && !starts.empty()) out.extra.emplace_back("startsAt", starts);
    Element labels;
    if (!alert["labels"].get(labels)) {
        out[TextField::Subject] = textOf(labels, "alertname");
        out.level = levelOfSeverity(textOf(labels, "severity"));
        const std::string_view server = textOf(labels, "server");
        if (!server.empty()) out[TextField::Server] = server;
        simdjson::dom::object all;
        if (!labels.get(all))
            for (const auto& [key, value] : all)
                if (std::string_view text;
                    !value.get(text) && std::ranges::find(kHandled, key) == std::end(kHandled))
                    out.extra.emplace_back(key, text);
    }
    Element notes;
    if (alert["annotations"].get(notes)) return;
    std::string_view message = textOf(notes, "summary");
    if (message.empty()) message = textOf(notes, "description");
    if (message.empty()) message = textOf(notes, "message");
    if (!message.empty()) out[TextField::Message] = message;
}

bool isOver(const Element& alert) {
    return textOf(alert, "status") == "resolved" && instantOf(textOf(alert, "startsAt"));
}

/// Tells one time that an alert began from all others.
std::string beginningOf(const Element& alert) {
    std::string all(textOf(alert, "startsAt"));
    Element labels;
    if (!alert["labels"].get(labels)) all += simdjson::minify(labels);
    return all;
}

class AlertmanagerFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        const char first = trimmed(sample).front();
        const auto has = [&](std::string_view part) {
            return sample.find(part) != std::string_view::npos;
        };
        const bool ours = (first == '[' || first == '{') && has("\"alerts\"") &&
                          has("\"startsAt\"") && has("\"alertname\"");
        return ours ? 1 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        bool complete = true;
        const auto payloads = splitObjects(text, complete);
        LineCounter lines(text);
        std::size_t bad = 0;
        std::set<std::string> begun;
        for (const JsonPiece& payload : payloads)
            if (!readPayload(payload, lines, begun, sink)) {
                ++bad;
                unread({ErrorKind::NotUnderstood,
                        "this is no Alertmanager notification",
                        {{}, lines.lineAt(payload.offset), payload.offset}});
            }
        if (complete && bad < std::max<std::size_t>(payloads.size(), 1)) return {};
        return std::unexpected(Error{ErrorKind::Damaged,
                                     complete ? "there is no notification in it"
                                              : "the text ends in the middle of a notification",
                                     {{}, lines.lineAt(text.size()), text.size()}});
    }

private:
    /// The alerts' own lines are found by looking for objects inside the payload's "alerts".
    /// `begun`: the alerts whose beginning was told, which that of a resolved one says as well.
    static bool readPayload(const JsonPiece& payload, LineCounter& lines,
                            std::set<std::string>& begun, const RecordSink& sink) {
        simdjson::dom::parser parser;
        Element root;
        simdjson::dom::array alerts;
        if (parser.parse(payload.text.data(), payload.text.size()).get(root) ||
            root["alerts"].get(alerts))
            return false;
        const std::size_t key = payload.text.find("\"alerts\"");
        std::size_t from = payload.text.find('[', key);
        bool complete = true;
        std::vector<JsonPiece> pieces;
        if (key != std::string_view::npos && from != std::string_view::npos)
            pieces = splitObjects(payload.text.substr(++from), complete);
        Record record;
        std::size_t i = 0;
        for (const Element& alert : alerts) {
            const bool known = i < pieces.size();
            const std::size_t start =
                known ? payload.offset + from + pieces[i].offset : payload.offset;
            const std::size_t size = known ? pieces[i].text.size() : payload.text.size();
            ++i;
            const RecordPlace place = lines.place(start, start + size);
            const bool first = begun.insert(beginningOf(alert)).second;
            if (first && isOver(alert)) {
                fillAlert(alert, record, true);
                sink(record, place);
            }
            fillAlert(alert, record);
            sink(record, place);
        }
        return true;
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makeAlertmanagerFormat(About about) {
    return std::make_shared<const AlertmanagerFormat>(std::move(about));
}

} // namespace postlude
