// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/spelling.h"

#include <QDir>
#include <QFutureWatcher>
#include <QMutex>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>
#include <QStringConverter>
#include <QtConcurrent>
#include <hunspell/hunspell.hxx>

namespace postlude {

namespace {

constexpr const char* kLanguage = "spelling";
constexpr QLatin1StringView kOff("off");

QStringList folders() {
    QStringList all =
        QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QStringLiteral("hunspell"),
                                  QStandardPaths::LocateDirectory);
    for (const char* usual : {"/usr/share/hunspell", "/usr/share/myspell/dicts"})
        if (!all.contains(QLatin1String(usual))) all << QLatin1String(usual);
    return all;
}

/// Without ending; empty if there is no such dictionary.
QString fileOf(const QString& language) {
    for (const QString& folder : folders()) {
        const QString file = folder + QLatin1Char('/') + language;
        if (QFile::exists(file + QStringLiteral(".aff")) &&
            QFile::exists(file + QStringLiteral(".dic")))
            return file;
    }
    return {};
}

QString wordsFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/postlude/words.txt");
}

/// What was chosen; else the system's language, where there is a dictionary of it.
QString wantedLanguage() {
    const QString chosen = QSettings().value(QLatin1String(kLanguage)).toString();
    if (chosen == kOff) return {};
    const QStringList there = Spelling::languages();
    if (there.contains(chosen)) return chosen;
    const QString system = QLocale().name();
    if (there.contains(system)) return system;
    for (const QString& language : there)
        if (language.section(QLatin1Char('_'), 0, 0) == system.section(QLatin1Char('_'), 0, 0))
            return language;
    return {};
}

} // namespace

std::vector<SpelledWord> spelledWords(const QString& text) {
    std::vector<SpelledWord> words;
    const auto inWord = [](QChar c) { return c.isLetter() || c == u'\'' || c == u'’'; };
    for (int at = 0; at < int(text.size());) {
        int end = at;
        bool plain = true; // "web-02", "web_pool", "/cart", "10:02", "a.b" are no prose
        while (end < int(text.size()) && !text[end].isSpace()) {
            const QChar c = text[end++];
            const bool last = end == int(text.size()) || text[end].isSpace();
            plain = plain && !c.isDigit() && !QStringView(u"_/\\@=<>{}[]#$%&*+|~^`").contains(c);
            plain = plain && (last || (c != u'.' && c != u':'));
        }
        for (int from = at; plain && from < end;) {
            int to = from;
            while (to < end && inWord(text[to]))
                ++to;
            const QString word = text.mid(from, to - from);
            const bool name = std::any_of(word.begin() + std::min<qsizetype>(1, word.size()),
                                          word.end(), [](QChar c) { return c.isUpper(); });
            if (word.size() > 1 && !name) words.push_back({from, int(word.size())});
            from = std::max(to, from + 1);
        }
        at = std::max(end, at + 1);
    }
    return words;
}

struct Spelling::Dictionary {
    explicit Dictionary(const QString& file)
        : words((file + QStringLiteral(".aff")).toLocal8Bit().constData(),
                (file + QStringLiteral(".dic")).toLocal8Bit().constData())
        , encode(QByteArray::fromStdString(words.get_dict_encoding()).constData())
        , decode(QByteArray::fromStdString(words.get_dict_encoding()).constData()) {}
    Hunspell words;
    QStringEncoder encode;
    QStringDecoder decode;
};

/// Hunspell looks up one word at a time, and suggestions may take long: they have a dictionary of
/// their own, so that typing never waits for them.
struct Spelling::Suggesting {
    explicit Suggesting(const QString& dictionary)
        : file(dictionary) {}
    QStringList of(const QString& word) {
        const QMutexLocker one(&guard);
        if (!dictionary) dictionary = std::make_unique<Dictionary>(file);
        QStringList all;
        const QByteArray bytes = dictionary->encode(word);
        for (const std::string& text : dictionary->words.suggest(bytes.toStdString()))
            if (all.size() < 6) all << QString(dictionary->decode(QByteArray::fromStdString(text)));
        return all;
    }

private:
    QString file;
    QMutex guard;
    std::unique_ptr<Dictionary> dictionary; ///< read when first asked
};

Spelling& Spelling::instance() {
    static Spelling one;
    return one;
}

Spelling::Spelling()
    : language_(wantedLanguage()) {
    QFile file(wordsFile());
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.trimmed().isEmpty()) own_.insert(QString::fromUtf8(line.trimmed()));
    load();
}

Spelling::~Spelling() = default;

QStringList Spelling::languages() {
    QStringList found;
    for (const QString& folder : folders())
        for (const QString& file : QDir(folder).entryList({QStringLiteral("*.aff")}, QDir::Files))
            if (const QString name = file.chopped(4); !fileOf(name).isEmpty()) found << name;
    found.removeDuplicates();
    found.sort();
    return found;
}

void Spelling::choose(const QString& language) {
    QSettings().setValue(QLatin1String(kLanguage), language.isEmpty() ? QString(kOff) : language);
    language_ = language;
    load();
}

/// A large dictionary takes a quarter of a second to read.
void Spelling::load() {
    dictionary_.reset();
    suggesting_.reset();
    known_.clear();
    Q_EMIT changed();
    const QString file = language_.isEmpty() ? QString() : fileOf(language_);
    if (file.isEmpty()) return;
    auto* watcher = new QFutureWatcher<std::shared_ptr<Dictionary>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, file, language = language_] {
                watcher->deleteLater();
                const auto loaded = watcher->result();
                if (language != language_ || !loaded->encode.isValid()) return;
                dictionary_ = loaded;
                suggesting_ = std::make_shared<Suggesting>(file);
                known_.clear();
                Q_EMIT changed();
            });
    watcher->setFuture(QtConcurrent::run([file] { return std::make_shared<Dictionary>(file); }));
}

bool Spelling::isWrong(const QString& word) const {
    if (!dictionary_) return false;
    const auto known = known_.constFind(word);
    if (known != known_.constEnd()) return *known;
    QString plain = word;
    plain.replace(QChar(u'’'), QLatin1Char('\''));
    while (plain.startsWith(QLatin1Char('\'')))
        plain.remove(0, 1);
    while (plain.endsWith(QLatin1Char('\'')))
        plain.chop(1);
    const QByteArray bytes = dictionary_->encode(plain);
    const bool wrong =
        !plain.isEmpty() && !own_.contains(plain) && !dictionary_->words.spell(bytes.toStdString());
    if (known_.size() > 50'000) known_.clear();
    known_.insert(word, wrong);
    return wrong;
}

void Spelling::suggest(const QString& word, QObject* receiver,
                       std::function<void(const QStringList&)> take) const {
    if (!suggesting_) return take({});
    auto* watcher = new QFutureWatcher<QStringList>(receiver);
    connect(watcher, &QFutureWatcherBase::finished, receiver, [watcher, take] {
        watcher->deleteLater();
        take(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run([asked = suggesting_, word] { return asked->of(word); }));
}

void Spelling::add(const QString& word) {
    own_.insert(word);
    known_.clear();
    Q_EMIT changed();
    QStringList sorted(own_.begin(), own_.end());
    sorted.sort();
    QDir().mkpath(QFileInfo(wordsFile()).path());
    QSaveFile file(wordsFile());
    const QByteArray text = sorted.join(QLatin1Char('\n')).toUtf8() + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        Q_EMIT notKept(file.errorString());
}

} // namespace postlude
