// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/people.h"

#include "core/base/text.h"
#include "core/postmortem/places.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace postlude {

namespace {

// Chats of an incident are short; of a longer one the first so many name everybody.
constexpr std::size_t kMostMessages = 20'000;

using Names = std::map<std::string, std::string>;

std::string valueOf(const RecordRow& row, std::string_view key) {
    const auto found =
        std::ranges::find(row.extra, key, &std::pair<std::string, std::string>::first);
    return found == row.extra.end() ? std::string() : found->second;
}

void addWriters(const Query& query, std::stop_token stop, Names& names) {
    RecordsRequest request;
    request.kinds = 1U << static_cast<unsigned>(RecordKind::Chat);
    request.limit = kMostMessages;
    const auto list = query.select(request, stop);
    if (!list) return;
    for (const RecordId id : list->ids) {
        const auto row = query.record(id);
        if (!row) continue;
        const std::string user = valueOf(*row, "user_id");
        const std::string name = valueOf(*row, "user");
        if (!user.empty() && !name.empty() && user != name) names.emplace(user, visible(name));
    }
}

/// Slack's list of members: id, name, profile.display_name.
void addMembers(const std::string& json, Names& names) {
    const auto root = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    for (const QJsonValue& value : root.array()) {
        const QJsonObject member = value.toObject();
        const QString shown = member["profile"].toObject()["display_name"].toString();
        const QString name = shown.isEmpty() ? member["name"].toString() : shown;
        const std::string id = member["id"].toString().toStdString();
        if (!id.empty() && !name.isEmpty()) names.emplace(id, visible(name.toStdString()));
    }
}

std::string withNames(std::string_view text, const Names& names) {
    constexpr std::string_view open = "<@";
    std::string out;
    while (true) {
        const std::size_t at = text.find(open);
        const std::size_t end = at == std::string_view::npos ? at : text.find('>', at);
        if (end == std::string_view::npos) return out += text;
        const std::string_view inside = text.substr(at + open.size(), end - at - open.size());
        const auto name = names.find(std::string(inside.substr(0, inside.find('|'))));
        out += text.substr(0, at);
        if (name == names.end())
            out += text.substr(at, end + 1 - at);
        else
            out += "@" + name->second;
        text.remove_prefix(end + 1);
    }
}

} // namespace

Names chatNames(const Query& query, std::stop_token stop) {
    Names names;
    addWriters(query, stop, names);
    for (const SourceInfo& source : query.sources()) {
        if (!source.path.ends_with("users.json")) continue;
        if (const auto text = query.document(source.id)) addMembers(*text, names);
    }
    return names;
}

void nameMentions(Postmortem& document, const Names& names) {
    for (const PlacedText& text : proseOf(document)) {
        if (text.text.find("<@") == std::string_view::npos) continue;
        std::string named = withNames(text.text, names);
        *textAt(document, text.place) = std::move(named);
    }
}

} // namespace postlude
