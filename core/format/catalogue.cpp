// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/catalogue.h"

#include "core/base/text.h"
#include "core/format/detail/composed.h"
#include "core/format/detail/configformats.h"
#include "core/format/detail/configs.h"
#include "core/format/detail/readers.h"
#include "core/format/detail/slack.h"

#include <QDirIterator>
#include <QFile>

#include <atomic>
#include <future>
#include <thread>

/// A static library's resources are only there once somebody asks for them. (Must stand outside
/// of any namespace.)
static void initialiseResources() {
    Q_INIT_RESOURCE(core_data);
}

namespace postlude {

namespace {

using Formats = std::vector<std::shared_ptr<const Format>>;

constexpr int kNamesPrograms = 31; ///< envelopes of this rank; others are but a time before a text
constexpr unsigned kMostThreads = 4;

using ReadFormat = Result<std::shared_ptr<const KnownFormat>>;

ReadFormat readBuiltIn(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{ErrorKind::Internal, "cannot read " + path.toStdString()});
    return readFormatFile(path.toStdString(), file.readAll());
}

/// By several threads: every command waits for it.
std::vector<ReadFormat> readBuiltIn(const QStringList& paths) {
    std::vector<ReadFormat> formats(static_cast<std::size_t>(paths.size()));
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < formats.size(); i = next++)
            formats[i] = readBuiltIn(paths[static_cast<qsizetype>(i)]);
    };
    std::vector<std::future<void>> others;
    try {
        for (unsigned i = 1; i < std::min(std::thread::hardware_concurrency(), kMostThreads); ++i)
            others.push_back(std::async(std::launch::async, work));
    } catch (const std::system_error&) {
        // No more threads to be had: those there are do it all.
    }
    work();
    for (std::future<void>& other : others)
        other.get();
    return formats;
}

Result<Formats> loadBuiltIn() {
    initialiseResources();
    QStringList paths;
    for (QDirIterator it(":/postlude/formats", {"*.json"}, QDir::Files); it.hasNext();)
        paths.push_back(it.next());
    paths.sort();
    KnownFormats known;
    for (ReadFormat& format : readBuiltIn(paths)) {
        if (!format) return std::unexpected(format.error());
        known.push_back(std::move(*format));
    }
    Formats formats;
    for (const auto& each : known) {
        const bool heads = each->wraps() && each->rank() >= kNamesPrograms;
        const auto format = heads ? makeRoutedFormat(each, known) : each;
        formats.push_back(format);
        if (format->readsJson()) formats.push_back(makeJsonDocumentFormat(format));
    }
    return formats;
}

/// "haproxy:www" or, if that is taken by another string, "haproxy:www-2" …
std::string freeName(const Catalogue& in, const std::string& wanted) {
    std::string name = wanted;
    for (int i = 2; in.named(name) != nullptr; ++i)
        name = wanted + '-' + std::to_string(i);
    return name;
}

std::string titleOf(Dialect dialect, const std::string& name) {
    switch (dialect) {
    case Dialect::Haproxy:
        return "HAProxy log (" + name + ")";
    case Dialect::Nginx:
        return "nginx access log (" + name + ")";
    case Dialect::Postgresql:
        return "PostgreSQL log (" + name + ")";
    case Dialect::Envoy:
        return "Envoy access log (" + name + ")";
    case Dialect::Squid:
        return "Squid access log (" + name + ")";
    case Dialect::ApacheError:
        return "Apache error log (" + name + ")";
    case Dialect::Apache:
    case Dialect::Template:
        break;
    }
    return "Apache access log (" + name + ")";
}

std::shared_ptr<const KnownFormat> knownAs(const Formats& formats, std::string_view name) {
    const auto it = std::ranges::find(formats, name, &Format::name);
    return it == formats.end() ? nullptr : std::dynamic_pointer_cast<const KnownFormat>(*it);
}

std::shared_ptr<const KnownFormat> composedNamed(const Formats& formats, std::string_view name);

/// "a+b", "a+b/c+d": of several, only the last can be one with a head.
std::optional<KnownFormats> severalNamed(const Formats& formats, std::string_view names) {
    KnownFormats several;
    for (bool more = true; more;) {
        const std::size_t plus = names.find('+');
        more = plus != std::string_view::npos && plus < names.find('/');
        auto each = more ? knownAs(formats, names.substr(0, plus)) : knownAs(formats, names);
        if (!each && !more) each = composedNamed(formats, names);
        if (!each) return {};
        several.push_back(std::move(each));
        if (more) names.remove_prefix(plus + 1);
    }
    return several;
}

/// "head/inner", "head/inner+inner", "a+b" and "a+head/inner".
std::shared_ptr<const KnownFormat> composedNamed(const Formats& formats, std::string_view name) {
    const std::size_t plus = name.find('+');
    const std::size_t slash = name.find('/');
    if (plus < slash) {
        auto several = severalNamed(formats, name);
        return several ? makeMixedFormat(*std::move(several)) : nullptr;
    }
    if (slash == std::string_view::npos) return nullptr;
    const auto outer = knownAs(formats, name.substr(0, slash));
    auto inner = severalNamed(formats, name.substr(slash + 1));
    return outer && inner ? makeWrappedFormat(outer, {{"", *std::move(inner)}}) : nullptr;
}

/// What of a pasted directive is the format: people copy the whole line of a configuration.
std::string formatIn(Dialect dialect, std::string_view given) {
    std::string text(trimmed(given));
    const auto begins = [&](std::string_view word) {
        return text.starts_with(word) && text.size() > word.size() &&
               std::string_view(" \t\"'=").find(text[word.size()]) != std::string_view::npos;
    };
    std::vector<DefinedFormat> found;
    switch (dialect) {
    case Dialect::Haproxy:
        if (begins("error-log-format")) text.erase(0, std::string_view("error-").size());
        if (begins("log-format")) found = haproxyFormats("frontend own\n " + text + '\n');
        break;
    case Dialect::Nginx:
        if (text.starts_with("escape=")) text.insert(0, "log_format own ");
        if (begins("log_format")) found = nginxFormats(text + ';');
        break;
    case Dialect::Apache:
    case Dialect::ApacheError:
        if (begins("LogFormat") || begins("CustomLog") || begins("ErrorLogFormat"))
            found = apacheFormats(text);
        break;
    case Dialect::Squid:
        if (begins("logformat")) found = squidFormats(text);
        break;
    case Dialect::Postgresql:
        if (begins("log_line_prefix")) found = postgresFormats(text);
        break;
    case Dialect::Envoy:
    case Dialect::Template:
        break;
    }
    return found.empty() ? std::string(given) : found.front().text;
}

constexpr int kFromConfigRank = 80; // the bundle's own word counts more than what we know

} // namespace

Result<Catalogue> Catalogue::builtIn() {
    static const Result<Formats> loaded = loadBuiltIn();
    if (!loaded) return std::unexpected(loaded.error());
    Catalogue catalogue;
    catalogue.formats_ = *loaded;
    return catalogue;
}

Result<void> Catalogue::addDialect(const std::string& dialect, const std::string& name,
                                   const std::string& formatString) {
    const auto known = dialectNamed(dialect);
    if (!known)
        return std::unexpected(
            Error{ErrorKind::Usage,
                  "there is no dialect “" + dialect + "”",
                  {},
                  "haproxy, nginx, apache, apache-error, envoy, postgresql and squid are known"});
    About about{
        freeName(*this, dialect + ':' + name), titleOf(*known, name), {}, false, kGivenByUser};
    auto format = makeDialectFormat(*known, std::move(about), formatIn(*known, formatString));
    if (!format) return std::unexpected(format.error());
    formats_.push_back(std::move(*format));
    return {};
}

std::vector<Error> Catalogue::addFromConfig(std::string_view config, const std::string& path) {
    std::vector<Error> errors;
    for (const DefinedFormat& defined :
         definedFormats(config, postlude::configDialect(config, path))) {
        const Dialect dialect = *dialectNamed(defined.dialect);
        About about{freeName(*this, defined.dialect + ':' + defined.name),
                    titleOf(dialect, defined.name),
                    {},
                    false,
                    kFromConfigRank};
        auto format = makeDialectFormat(dialect, std::move(about), defined.text, defined.captures);
        if (!format) {
            Error error = format.error();
            error.place = {path, defined.line, 0};
            errors.push_back(std::move(error));
            continue;
        }
        const bool there = std::ranges::any_of(formats_, [&](const auto& other) {
            const auto* ours = dynamic_cast<const KnownFormat*>(other.get());
            return ours != nullptr && ours->source() == (*format)->source() &&
                   ours->rank() == kFromConfigRank;
        });
        if (!there) formats_.push_back(std::move(*format));
    }
    return errors;
}

bool Catalogue::mayHoldNames(std::string_view path) {
    return mayBeSlackList(path);
}

bool Catalogue::addNames(std::string_view text, const std::string& path) {
    if (!isSlackList(text, path)) return false;
    addSlackNames(text, slackNames_);
    for (auto& format : formats_)
        if (const auto* known = dynamic_cast<const KnownFormat*>(format.get());
            known != nullptr && known->reader() == "slack" && known->origin().empty()) {
            About about{known->name(), known->title(), known->samples(), false, known->rank()};
            about.reader = known->reader();
            format =
                makeSlackFormat(std::move(about), std::make_shared<const SlackNames>(slackNames_));
        }
    return true;
}

std::shared_ptr<const Format> Catalogue::named(std::string_view name) const {
    for (const auto& format : formats_)
        if (format->name() == name) return format;
    return composedNamed(formats_, name);
}

std::vector<std::shared_ptr<const Format>> Catalogue::formats() const {
    return formats_;
}

} // namespace postlude
