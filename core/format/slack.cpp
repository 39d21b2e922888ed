// SPDX-License-Identifier: GPL-3.0-or-later
// A channel of a Slack export: a JSON array of messages; or what its API answers:
// {"messages": [ … ]}.
#include "core/format/detail/jsonholder.h"

#include "core/base/text.h"

#include <simdjson.h>

namespace postlude {

namespace {

std::string_view textOf(const simdjson::dom::element& object, const char* key) {
    std::string_view text;
    if (object[key].get(text)) return {};
    return text;
}

/// The author's name where the message brings it, else what bots call themselves, else the id.
std::string_view authorOf(const simdjson::dom::element& message) {
    simdjson::dom::element profile;
    std::string_view name;
    if (!message["user_profile"].get(profile))
        for (const char* key : {"display_name", "name", "real_name"})
            if (name.empty()) name = textOf(profile, key);
    for (const char* key : {"username", "user", "bot_id"})
        if (name.empty()) name = textOf(message, key);
    return name;
}

/// What bots write stands in attachments only.
std::string_view textIn(const simdjson::dom::element& message) {
    std::string_view text = textOf(message, "text");
    simdjson::dom::array attachments;
    if (!text.empty() || message["attachments"].get(attachments)) return text;
    for (const simdjson::dom::element& each : attachments)
        for (const char* key : {"fallback", "text", "title"})
            if (text.empty()) text = textOf(each, key);
    return text;
}

bool fill(const simdjson::dom::element& message, TimeReader& times, Record& out) {
    out.clear();
    out.kind = RecordKind::Chat;
    const std::string_view ts = textOf(message, "ts");
    if (!times.whole(ts, out.time)) return false;
    out[TextField::TimeRaw] = ts;
    if (const auto author = authorOf(message); !author.empty()) out[TextField::User] = author;
    out[TextField::Message] = textIn(message);
    if (const auto id = textOf(message, "user"); !id.empty()) out.extra.emplace_back("user_id", id);
    for (const char* key : {"bot_id", "subtype", "thread_ts", "topic"})
        if (const auto value = textOf(message, key); !value.empty())
            out.extra.emplace_back(key, value);
    return true;
}

class SlackFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        const auto has = [&](std::string_view part) {
            return sample.find(part) != std::string_view::npos;
        };
        const char first = trimmed(sample).front();
        const bool ours = (first == '[' || (first == '{' && has("\"messages\""))) &&
                          has("\"ts\"") && has("\"text\"") &&
                          (has("\"user\"") || has("\"username\"") || has("\"bot_id\""));
        return ours ? 0.95 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        bool complete = true;
        simdjson::dom::parser parser;
        TimeReader times;
        Record record;
        LineCounter lines(text);
        std::size_t read = 0;
        const bool list = trimmed(text).starts_with('[');
        for (const JsonPiece& piece : objectsAt(text, list ? "" : "messages", complete)) {
            simdjson::dom::element message;
            const bool ours = !parser.parse(piece.text.data(), piece.text.size()).get(message) &&
                              fill(message, times, record);
            const RecordPlace place = lines.place(piece.offset, piece.offset + piece.text.size());
            if (ours)
                ++read, sink(record, place);
            else
                unread({ErrorKind::NotUnderstood,
                        "this is no message",
                        {{}, place.line, place.offset}});
        }
        if (complete && read > 0) return {};
        return std::unexpected(Error{ErrorKind::Damaged,
                                     complete ? "there is no message in it"
                                              : "the text ends in the middle of a message",
                                     {{}, lines.lineAt(text.size()), text.size()}});
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makeSlackFormat(About about) {
    return std::make_shared<const SlackFormat>(std::move(about));
}

} // namespace postlude
