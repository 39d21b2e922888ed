// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/slack.h"

#include "core/base/text.h"

#include <simdjson.h>

namespace postlude {

namespace {

std::string_view textOf(const simdjson::dom::element& object, const char* key) {
    std::string_view text;
    if (object[key].get(text)) return {};
    return text;
}

/// What Slack shows: the name people chose, else the one of their account.
std::string_view nameOf(const simdjson::dom::element& entry) {
    simdjson::dom::element profile;
    std::string_view name;
    if (!entry["profile"].get(profile)) name = textOf(profile, "display_name");
    for (const char* key : {"name", "real_name"})
        if (name.empty()) name = textOf(entry, key);
    return name;
}

/// "&amp;", "&lt;" and "&gt;" are all that Slack hides.
void addUnhidden(std::string_view text, std::string& out) {
    static constexpr std::pair<std::string_view, char> hidden[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto* it = std::ranges::find_if(
            hidden, [&](const auto& each) { return text.substr(at).starts_with(each.first); });
        out += it == std::end(hidden) ? text[at] : it->second;
        if (it != std::end(hidden)) at += it->first.size() - 1;
    }
}

/// What stands between '<' and '>'. False if that is no markup of Slack's.
bool addReference(std::string_view inner, const SlackNames& names, std::string& out) {
    const std::size_t bar = inner.find('|');
    const std::string_view target = inner.substr(0, bar);
    const std::string_view label = bar == std::string_view::npos ? "" : inner.substr(bar + 1);
    if (target.size() < 2) return false;
    const char sign = target.front();
    if (sign == '@' || sign == '#') {
        const auto known = names.find(target.substr(1));
        if (label.empty() && known == names.end()) return false;
        if (!label.starts_with(sign)) out += sign;
        out += label.empty() ? std::string_view(known->second) : label;
    } else if (sign == '!') { // <!here>, <!subteam^S1|@oncall>, <!date^1^{date}|yesterday>
        if (label.empty()) out += '@';
        addUnhidden(label.empty() ? target.substr(1) : label, out);
    } else if (target.find(':') != std::string_view::npos) {
        addUnhidden(label.empty() || label == target ? target : label, out);
        if (label.empty() || label == target) return true;
        addUnhidden(" (" + std::string(target) + ")", out);
    } else {
        return false;
    }
    return true;
}

} // namespace

bool mayBeSlackList(std::string_view path) {
    const std::string_view file = path.substr(path.rfind('/') + 1);
    return file == "users.json" || file == "org_users.json" || file == "channels.json" ||
           file == "groups.json";
}

bool isSlackList(std::string_view sample, std::string_view path) {
    return mayBeSlackList(path) && trimmed(sample.substr(0, 64)).starts_with('[') &&
           sample.find("\"id\"") != std::string_view::npos &&
           sample.find("\"name\"") != std::string_view::npos;
}

void addSlackNames(std::string_view list, SlackNames& names) {
    bool complete = false;
    simdjson::dom::parser parser;
    for (const JsonPiece& piece : splitObjects(list, complete)) {
        simdjson::dom::element entry;
        if (parser.parse(piece.text.data(), piece.text.size()).get(entry)) continue;
        const std::string_view id = textOf(entry, "id"), name = nameOf(entry);
        if (!id.empty() && !name.empty()) names.emplace(id, name);
    }
}

std::string slackText(std::string_view written, const SlackNames& names) {
    std::string out;
    while (!written.empty()) {
        const std::size_t open = std::min(written.find('<'), written.size());
        addUnhidden(written.substr(0, open), out);
        written.remove_prefix(open);
        if (written.empty()) break;
        const std::size_t close = written.find('>');
        const bool whole = close != std::string_view::npos;
        if (whole && addReference(written.substr(1, close - 1), names, out)) {
            written.remove_prefix(close + 1);
        } else {
            out += '<';
            written.remove_prefix(1);
        }
    }
    return out;
}

} // namespace postlude
