// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/wordcheck.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <memory>
#include <re2/re2.h>

namespace postlude::checks {

namespace {

struct Rule {
    std::string what, remedy;
    std::vector<QString> words;
};

struct Lists {
    std::vector<Rule> rules;
    Rule deeds; ///< what is not to follow upon a person's name
    /// Any of the words: most texts hold none, and are looked at with every letter typed.
    std::unique_ptr<RE2> any;
};

void addTo(std::string& pattern, const Rule& rule) {
    for (const QString& word : rule.words)
        pattern += (pattern.empty() ? "" : "|") + RE2::QuoteMeta(word.toStdString());
}

Rule ruleFrom(const QJsonObject& object) {
    Rule rule{
        object["what"].toString().toStdString(), object["remedy"].toString().toStdString(), {}};
    for (const auto& language : object["words"].toObject())
        for (const auto& word : language.toArray())
            rule.words.push_back(word.toString());
    return rule;
}

const Lists& lists() {
    static const Lists read = [] {
        QFile file(":/postlude/review/words.json");
        Lists lists;
        if (!file.open(QIODevice::ReadOnly)) return lists;
        const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
        for (const auto& rule : root["rules"].toArray())
            lists.rules.push_back(ruleFrom(rule.toObject()));
        lists.deeds = ruleFrom(root["deeds"].toObject());
        std::string pattern;
        for (const Rule& rule : lists.rules)
            addTo(pattern, rule);
        addTo(pattern, lists.deeds);
        lists.any = std::make_unique<RE2>("(?i)" + pattern);
        return lists;
    }();
    return read;
}

/// Blanks in place of what is quoted or asked, so that all places stay.
QString own(std::string_view text) {
    QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const auto blank = [&](QChar open, QChar close, bool questionsOnly) {
        for (qsizetype at = shown.indexOf(open); at >= 0; at = shown.indexOf(open, at + 1)) {
            const qsizetype end = shown.indexOf(close, at);
            if (end < 0) return;
            if (questionsOnly && shown[end - 1] != u'?') continue;
            for (qsizetype i = at; i <= end; ++i)
                shown[i] = u' ';
        }
    };
    blank(u'“', u'”', false);
    blank(u'„', u'“', false);
    blank(u'[', u']', true);
    return shown;
}

bool standsAlone(const QString& text, qsizetype at, qsizetype size) {
    return (at == 0 || !text[at - 1].isLetterOrNumber()) &&
           (at + size >= text.size() || !text[at + size].isLetterOrNumber());
}

/// Where the phrase stands as words of its own, from `from` on; −1 if nowhere.
qsizetype find(const QString& text, const QString& phrase, qsizetype from = 0) {
    for (qsizetype at = text.indexOf(phrase, from, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(phrase, at + 1, Qt::CaseInsensitive))
        if (standsAlone(text, at, phrase.size())) return at;
    return -1;
}

std::optional<std::string> firstOf(const QString& text, const Rule& rule) {
    for (const QString& word : rule.words)
        if (const qsizetype at = find(text, word); at >= 0)
            return text.mid(at, word.size()).toStdString();
    return {};
}

/// "Ada forgot": a deed right behind a name.
std::optional<std::string> deedOf(const QString& text, const std::string& person) {
    const QString name = QString::fromStdString(person);
    for (qsizetype at = find(text, name); at >= 0; at = find(text, name, at + 1)) {
        const QString behind = text.mid(at + name.size(), 24);
        for (const QString& deed : lists().deeds.words)
            if (const qsizetype in = find(behind, deed); in >= 0 && in <= 12)
                return text.mid(at, name.size() + in + deed.size()).simplified().toStdString();
    }
    return {};
}

} // namespace

std::vector<WordFault> wordFaults(std::string_view text, const std::vector<std::string>& people) {
    std::vector<WordFault> faults;
    if (!lists().any ||
        !RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *lists().any))
        return faults;
    const QString shown = own(text);
    for (const std::string& person : people)
        if (const auto deed = deedOf(shown, person)) {
            faults.push_back({*deed, "blames a person", lists().deeds.remedy});
            break;
        }
    for (const Rule& rule : lists().rules)
        if (const auto word = firstOf(shown, rule); word && faults.empty())
            faults.push_back({*word, rule.what, rule.remedy});
    return faults;
}

} // namespace postlude::checks
