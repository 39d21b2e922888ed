// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/names.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <unordered_map>

namespace postlude::reading {

namespace {

constexpr std::array<std::string_view, 50> kNames{"title",
                                                  "introduction",
                                                  "summary",
                                                  "timeline",
                                                  "cause",
                                                  "measures",
                                                  "lessons",
                                                  "conclusion",
                                                  "impact",
                                                  "duration",
                                                  "duration_as_written",
                                                  "start",
                                                  "end",
                                                  "root_cause",
                                                  "trigger",
                                                  "resolution",
                                                  "improvements",
                                                  "tasks",
                                                  "well",
                                                  "wrong",
                                                  "lucky",
                                                  "lead-up",
                                                  "detection",
                                                  "acknowledgement",
                                                  "assumption",
                                                  "action",
                                                  "misleading path",
                                                  "escalation",
                                                  "communication",
                                                  "identification",
                                                  "mitigation",
                                                  "verification",
                                                  "observation",
                                                  "time",
                                                  "date",
                                                  "event",
                                                  "kind",
                                                  "status",
                                                  "severity",
                                                  "owner",
                                                  "authors",
                                                  "reviewers",
                                                  "services",
                                                  "affected_share",
                                                  "failed_share",
                                                  "slow_share",
                                                  "due",
                                                  "tracker",
                                                  "done_when",
                                                  "declined"};

std::optional<Name> nameFrom(std::string_view text) {
    const auto* const found = std::ranges::find(kNames, text);
    if (found == kNames.end()) return {};
    return static_cast<Name>(found - kNames.begin());
}

std::optional<EntryKind> kindFrom(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(EntryKind::Observation); ++i)
        if (nameOf(static_cast<EntryKind>(i)) == text) return static_cast<EntryKind>(i);
    return {};
}

struct Zoned {
    std::string written; ///< lower case
    std::string name;    ///< empty: ambiguous
    bool abbreviation;
};

struct Table {
    std::unordered_map<std::string, Name> parts;
    std::vector<std::pair<std::string, Name>> headings;
    std::vector<std::pair<std::string, EntryKind>> kinds;
    std::vector<std::string> resolving, causing, preventing;
    std::vector<std::string> nobody, charging, declining, suffering;
    std::vector<Zoned> zones; ///< longest first
};

std::string lower(std::string_view text) {
    std::string s(text);
    std::ranges::transform(s, s.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return s;
}

template <class Value, class From>
void readPairs(const QJsonArray& rows, std::vector<std::pair<std::string, Value>>& to, From from) {
    for (const auto& row : rows)
        if (const auto value = from(row[1].toString().toStdString()))
            to.emplace_back(row[0].toString().toStdString(), *value);
}

void readZones(const QJsonObject& zones, std::vector<Zoned>& to) {
    for (auto it = zones.begin(); it != zones.end(); ++it) {
        const std::string written = it.key().toStdString();
        const bool capitals =
            std::ranges::all_of(written, [](char c) { return c >= 'A' && c <= 'Z'; });
        to.push_back({lower(written), it.value().toString().toStdString(), capitals});
    }
    std::ranges::stable_sort(to, std::greater{}, [](const Zoned& z) { return z.written.size(); });
}

Table readTable() {
    Table table;
    QFile file(":/postlude/reading/names.json");
    if (!file.open(QIODevice::ReadOnly)) return table;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject parts = root["parts"].toObject();
    for (auto it = parts.begin(); it != parts.end(); ++it)
        if (const auto name = nameFrom(it.key().toStdString()))
            for (const auto& alias : it.value().toArray())
                table.parts.emplace(alias.toString().toStdString(), *name);
    readPairs(root["headings"].toArray(), table.headings, nameFrom);
    readPairs(root["kinds"].toArray(), table.kinds, kindFrom);
    for (const auto& [name, leads] :
         {std::pair("resolving", &table.resolving), std::pair("causing", &table.causing),
          std::pair("preventing", &table.preventing), std::pair("nobody", &table.nobody),
          std::pair("charging", &table.charging), std::pair("declining", &table.declining),
          std::pair("suffering", &table.suffering)})
        for (const auto& lead : root[name].toArray())
            leads->push_back(lead.toString().toStdString());
    readZones(root["zones"].toObject(), table.zones);
    return table;
}

const Table& table() {
    static const Table read = readTable();
    return read;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// True if `words` holds `part` from the start of a word on.
bool holds(const std::string& words, const std::string& part) {
    for (std::size_t at = words.find(part); at != std::string::npos; at = words.find(part, at + 1))
        if (at == 0 || words[at - 1] == ' ') return true;
    return false;
}

/// Letters of Latin scripts beyond ASCII are two bytes from C3 to C9; signs and pictures are not.
bool isLatin(unsigned char lead) {
    return lead >= 0xC3 && lead <= 0xC9;
}

/// Lower case, one blank between words, nothing but letters and digits.
std::string plainWords(std::string_view text) {
    std::string out;
    const auto gap = [&] {
        if (!out.empty() && out.back() != ' ') out += ' ';
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const auto byte = static_cast<unsigned char>(c);
        if (isDigit(c) || isLetter(c)) {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (isLatin(byte) && at + 1 < text.size()) {
            out += c;
            out += text[++at];
        } else if (text.substr(at).starts_with("(s)") && !out.empty() && out.back() != ' ') {
            out += 's'; // "Root cause(s)"
            at += 2;
        } else if (c == '&') {
            gap();
            out += "and ";
        } else {
            gap();
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// A heading or label is short; what is longer is a sentence.
constexpr std::size_t kLongestName = 80;

bool isZoneSpelling(const Zoned& zone, std::string_view written) {
    if (!zone.abbreviation) return true;
    const bool capitals = std::ranges::all_of(written, [](char c) { return c >= 'A' && c <= 'Z'; });
    static constexpr std::array<std::string_view, 6> small{"utc", "gmt", "pst",
                                                           "pdt", "est", "edt"};
    return capitals || std::ranges::find(small, zone.written) != small.end();
}

/// "+1", "-05:00", "+0530", " + 3" behind UTC and GMT; 0 if there is none.
std::size_t offsetSize(std::string_view text) {
    static constexpr std::string_view minus = "−";
    std::size_t at = text.starts_with(' ') ? 1 : 0;
    if (text.substr(at).starts_with(minus))
        at += minus.size();
    else if (at < text.size() && (text[at] == '+' || text[at] == '-'))
        ++at;
    else
        return 0;
    const std::size_t first = at;
    while (at < text.size() && at < first + 2 && isDigit(text[at]))
        ++at;
    if (at == first) return 0;
    if (at + 2 < text.size() && text[at] == ':' && isDigit(text[at + 1]) && isDigit(text[at + 2]))
        at += 3;
    else if (at + 1 < text.size() && isDigit(text[at]) && isDigit(text[at + 1]))
        at += 2;
    // "UTC - 17:45" and "UTC-14 people" are no offsets, and a blank alone does not make one.
    if (at < text.size() && (isDigit(text[at]) || text[at] == ':' || isLetter(text[at]))) return 0;
    return at;
}

std::optional<WrittenZone> ianaAt(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && size < 40 &&
           (isLetter(text[size]) || text[size] == '/' || text[size] == '_'))
        ++size;
    const std::string_view name = text.substr(0, size);
    if (name.find('/') == std::string_view::npos || !Zone::named(name)) return {};
    return WrittenZone{size, std::string(name)};
}

} // namespace

std::optional<EntryKind> kindOf(Name name) {
    if (name < Name::LeadUp || name > Name::Observation) return {};
    return kindFrom(kNames[static_cast<std::size_t>(name)]);
}

std::string wordsOf(std::string_view text) {
    std::string words = plainWords(text.substr(0, 2 * kLongestName));
    std::size_t at = 0;
    while (at < words.size() && (isDigit(words[at]) || words[at] == ' '))
        ++at;
    if (at < words.size() && (at == 0 || words[at - 1] == ' ')) words.erase(0, at);
    for (const std::string_view article : {"the ", "our "})
        if (words.starts_with(article)) words.erase(0, article.size());
    return words;
}

std::optional<Name> namedExactly(std::string_view text) {
    if (text.size() > kLongestName) return {};
    const auto found = table().parts.find(wordsOf(text));
    if (found == table().parts.end()) return {};
    return found->second;
}

std::optional<Name> namedWithin(std::string_view text) {
    if (text.size() > kLongestName) return {};
    const std::string words = wordsOf(text);
    for (const auto& [part, name] : table().headings)
        if (holds(words, part)) return name;
    return {};
}

EntryKind kindFromWords(std::string_view text) {
    const std::string words = plainWords(text.substr(0, 2000));
    for (const auto& [part, kind] : table().kinds)
        if (holds(words, part)) return kind;
    return EntryKind::Action;
}

namespace {

bool beginsWithOne(std::string_view sentence, const std::vector<std::string>& leads) {
    const std::string words = plainWords(sentence.substr(0, kLongestName));
    return std::ranges::any_of(leads, [&](const std::string& lead) {
        return words.starts_with(lead) &&
               (words.size() == lead.size() || words[lead.size()] == ' ');
    });
}

} // namespace

bool tellsResolution(std::string_view sentence) {
    return beginsWithOne(sentence, table().resolving);
}
bool tellsCause(std::string_view sentence) {
    return beginsWithOne(sentence, table().causing);
}
bool tellsMeasures(std::string_view sentence) {
    return beginsWithOne(sentence, table().preventing);
}

bool isNobody(std::string_view word) {
    return std::ranges::find(table().nobody, plainWords(word)) != table().nobody.end();
}
std::size_t chargeAt(std::string_view text) {
    const std::string words = lower(text.substr(0, 24));
    for (const std::string& charge : table().charging)
        if (words.starts_with(charge) && words.substr(charge.size()).starts_with(' '))
            return charge.size();
    return 0;
}
bool tellsDeclined(std::string_view sentence) {
    const std::string words = plainWords(sentence.substr(0, 2000));
    return std::ranges::any_of(table().declining,
                               [&](const std::string& lead) { return holds(words, lead); });
}
bool tellsSuffering(std::string_view sentence) {
    const std::string words = plainWords(sentence.substr(0, 2000));
    return std::ranges::any_of(table().suffering,
                               [&](const std::string& word) { return holds(words, word); });
}

std::optional<WrittenZone> zoneAt(std::string_view text) {
    const std::string start = lower(text.substr(0, 24));
    for (const Zoned& zone : table().zones) {
        const std::size_t size = zone.written.size();
        if (!start.starts_with(zone.written) || (size < text.size() && isLetter(text[size])))
            continue;
        if (!isZoneSpelling(zone, text.substr(0, size))) continue;
        if (zone.written != "utc" && zone.written != "gmt") return WrittenZone{size, zone.name};
        const std::size_t more = offsetSize(text.substr(size));
        if (more == 0) return WrittenZone{size, zone.name};
        std::string name = "UTC";
        for (const char c : text.substr(size, more))
            if (c != ' ') name += c;
        if (Zone::named(name)) return WrittenZone{size + more, name};
        return WrittenZone{size, zone.name};
    }
    if (const std::size_t size = offsetSize(text); size >= 3 && text[0] != ' ')
        if (Zone::named(text.substr(0, size)))
            return WrittenZone{size, std::string(text.substr(0, size))};
    return ianaAt(text);
}

} // namespace postlude::reading
