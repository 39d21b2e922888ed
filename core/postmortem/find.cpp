// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/find.h"

#include "core/postmortem/places.h"

#include <QString>

#include <map>
#include <set>

namespace postlude {

namespace {

bool isPartOfWord(const QString& text, qsizetype at) {
    return at >= 0 && at < text.size() && (text[at].isLetterOrNumber() || text[at] == u'_');
}

bool isWhole(const QString& text, qsizetype at, qsizetype size) {
    const bool begins = !isPartOfWord(text, at) || !isPartOfWord(text, at - 1);
    const bool ends = !isPartOfWord(text, at + size - 1) || !isPartOfWord(text, at + size);
    return begins && ends;
}

void findIn(const std::string& place, std::string_view bytes, const QString& words,
            FindOptions options, std::vector<FoundText>& found) {
    const QString text = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
    const auto sense = options.caseMatters ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const auto bytesOf = [&](qsizetype from, qsizetype size) {
        return std::size_t(QStringView(text).mid(from, size).toUtf8().size());
    };
    std::size_t before = 0; // bytes of the characters up to `counted`
    qsizetype counted = 0;
    for (qsizetype at = text.indexOf(words, 0, sense); at >= 0;) {
        if (options.wholeWords && !isWhole(text, at, words.size())) {
            at = text.indexOf(words, at + 1, sense);
            continue;
        }
        before += bytesOf(counted, at - counted);
        counted = at;
        found.push_back({place, before, bytesOf(at, words.size())});
        at = text.indexOf(words, at + words.size(), sense);
    }
}

} // namespace

std::vector<FoundText> openQuestionsIn(const std::string& place, std::string_view text) {
    std::vector<FoundText> found;
    for (std::size_t at = text.find('['); at != std::string_view::npos;) {
        const std::size_t end = text.find_first_of("[]", at + 1);
        if (end == std::string_view::npos) break;
        if (text[end] == ']' && text[end - 1] == '?') found.push_back({place, at, end + 1 - at});
        at = text.find('[', end);
    }
    return found;
}

std::vector<FoundText> openQuestions(const Postmortem& document) {
    std::vector<FoundText> found = openQuestionsIn("title", document.title);
    for (const PlacedText& text : proseOf(document))
        for (FoundText& question : openQuestionsIn(text.place, text.text))
            found.push_back(std::move(question));
    return found;
}

std::vector<FoundText> findText(const Postmortem& document, const std::string& words,
                                FindOptions options) {
    std::vector<FoundText> found;
    const QString wanted = QString::fromStdString(words);
    if (wanted.isEmpty()) return found;
    findIn("title", document.title, wanted, options, found);
    for (const PlacedText& text : proseOf(document))
        findIn(text.place, text.text, wanted, options, found);
    return found;
}

std::size_t replaceText(Postmortem& document, const std::vector<FoundText>& found,
                        const std::string& words, const std::string& with, FindOptions options) {
    std::map<std::string, std::set<std::pair<std::size_t, std::size_t>>> wanted; // at, size
    for (const FoundText& each : found)
        wanted[each.place].insert({each.at, each.size});
    std::map<std::string, std::vector<FoundText>> there;
    for (FoundText& each : findText(document, words, options))
        if (wanted[each.place].contains({each.at, each.size}))
            there[each.place].push_back(std::move(each));
    std::size_t replaced = 0;
    const auto replace = [&](const std::string& place, std::string& text) {
        const auto at = there.find(place);
        if (at == there.end()) return;
        std::string out;
        std::size_t from = 0;
        for (const FoundText& each : at->second) {
            out.append(text, from, each.at - from).append(with);
            from = each.at + each.size;
            ++replaced;
        }
        text = out.append(text, from);
    };
    replace("title", document.title);
    editTexts(document, replace);
    return replaced;
}

} // namespace postlude
