// SPDX-License-Identifier: GPL-3.0-or-later
// A channel of a Slack export: a JSON array of messages; or what its API answers:
// {"messages": [ … ]}. Ids are told by the names that the export's users.json brings, or that
// other messages of the channel do.
#include "core/format/detail/slack.h"
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

std::string_view nameIn(const simdjson::dom::element& message) {
    simdjson::dom::element profile;
    std::string_view name;
    if (!message["user_profile"].get(profile))
        for (const char* key : {"display_name", "name", "real_name"})
            if (name.empty()) name = textOf(profile, key);
    return name;
}

/// The author's name where the message brings it or it is known, else what bots call themselves,
/// else the id.
std::string_view authorOf(const simdjson::dom::element& message, const SlackNames& names) {
    std::string_view name = nameIn(message);
    if (name.empty()) name = textOf(message, "username");
    if (!name.empty()) return name;
    if (const auto known = names.find(textOf(message, "user")); known != names.end())
        return known->second;
    for (const char* key : {"user", "bot_id"})
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

/// `text` holds the message's text as long as `out` is used.
bool fill(const simdjson::dom::element& message, const SlackNames& names, TimeReader& times,
          std::string& text, Record& out) {
    out.clear();
    out.kind = RecordKind::Chat;
    const std::string_view ts = textOf(message, "ts");
    if (!times.whole(ts, out.time)) return false;
    out[TextField::TimeRaw] = ts;
    if (const auto author = authorOf(message, names); !author.empty())
        out[TextField::User] = author;
    text = slackText(textIn(message), names);
    out[TextField::Message] = text;
    if (const auto id = textOf(message, "user"); !id.empty()) out.extra.emplace_back("user_id", id);
    for (const char* key : {"bot_id", "subtype", "thread_ts", "topic"})
        if (const auto value = textOf(message, key); !value.empty())
            out.extra.emplace_back(key, value);
    return true;
}

class SlackFormat : public KnownFormat {
public:
    SlackFormat(About about, std::shared_ptr<const SlackNames> names)
        : KnownFormat(std::move(about))
        , names_(std::move(names)) {}
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
        std::string plain;
        LineCounter lines(text);
        std::size_t read = 0;
        const bool list = trimmed(text).starts_with('[');
        const auto pieces = objectsAt(text, list ? "" : "messages", complete);
        const SlackNames names = namesIn(pieces, parser);
        for (const JsonPiece& piece : pieces) {
            simdjson::dom::element message;
            const bool ours = !parser.parse(piece.text.data(), piece.text.size()).get(message) &&
                              fill(message, names, times, plain, record);
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

private:
    /// Those of the export, and those that the messages themselves bring.
    [[nodiscard]] SlackNames namesIn(const std::vector<JsonPiece>& pieces,
                                     simdjson::dom::parser& parser) const {
        SlackNames names = *names_;
        for (const JsonPiece& piece : pieces) {
            simdjson::dom::element message;
            if (piece.text.find("\"user_profile\"") == std::string_view::npos ||
                parser.parse(piece.text.data(), piece.text.size()).get(message))
                continue;
            if (const auto name = nameIn(message); !name.empty())
                names.emplace(textOf(message, "user"), name);
        }
        return names;
    }

    std::shared_ptr<const SlackNames> names_;
};

} // namespace

std::shared_ptr<const KnownFormat> makeSlackFormat(About about,
                                                   std::shared_ptr<const SlackNames> names) {
    return std::make_shared<const SlackFormat>(std::move(about), std::move(names));
}

std::shared_ptr<const KnownFormat> makeSlackFormat(About about) {
    return makeSlackFormat(std::move(about), std::make_shared<const SlackNames>());
}

} // namespace postlude
