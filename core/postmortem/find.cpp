// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/find.h"

#include "core/postmortem/places.h"

#include <QString>

#include <algorithm>

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
    for (qsizetype at = text.indexOf(words, 0, sense); at >= 0;) {
        if (options.wholeWords && !isWhole(text, at, words.size())) {
            at = text.indexOf(words, at + 1, sense);
            continue;
        }
        const auto before = std::size_t(QStringView(text).left(at).toUtf8().size());
        const auto size = std::size_t(QStringView(text).mid(at, words.size()).toUtf8().size());
        found.push_back({place, before, size});
        at = text.indexOf(words, at + words.size(), sense);
    }
}

} // namespace

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
    const std::vector<FoundText> there = findText(document, words, options);
    std::size_t replaced = 0;
    // From the end, so that what comes before stays where it is.
    for (auto it = there.rbegin(); it != there.rend(); ++it) {
        if (std::ranges::find(found, *it) == found.end()) continue;
        std::string* text = it->place == "title" ? &document.title : textAt(document, it->place);
        if (!text) continue;
        text->replace(it->at, it->size, with);
        ++replaced;
    }
    return replaced;
}

} // namespace postlude
