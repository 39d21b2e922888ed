// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/userformats.h"

#include "core/base/text.h"
#include "core/format/catalogue.h"
#include "core/format/detail/lnav.h"
#include "core/format/detail/samplecheck.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace postlude {

namespace {

constexpr qint64 kMostBytes = qint64{4} << 20;
constexpr int kRank = 85; // a user's own word counts more than what we know

std::unexpected<Error> fault(std::string what, std::string remedy = {}) {
    return std::unexpected(Error{ErrorKind::NotUnderstood, std::move(what), {}, std::move(remedy)});
}

Result<QByteArray> contentOf(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    if (!file.exists()) return std::unexpected(Error{ErrorKind::NotFound, "no such file", {}, {}});
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            Error{ErrorKind::Unreadable, file.errorString().toStdString(), {}, {}});
    QByteArray content = file.read(kMostBytes + 1);
    if (content.size() > kMostBytes)
        return std::unexpected(
            Error{ErrorKind::TooLarge, "larger than a format file can be (4 MiB)", {}, {}});
    return content;
}

/// lnav lets a format file begin with "#! …".
QByteArray withoutShebang(QByteArray content) {
    if (content.startsWith("#!")) content.remove(0, content.indexOf('\n') + 1);
    return content;
}

Result<QJsonObject> objectOf(const QByteArray& content) {
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(content, &parse);
    if (parse.error != QJsonParseError::NoError) {
        const auto line = content.left(parse.offset).count('\n') + 1;
        return std::unexpected(Error{ErrorKind::NotUnderstood,
                                     "no JSON: " + parse.errorString().toStdString(),
                                     {{}, static_cast<std::uint64_t>(line), 0},
                                     {}});
    }
    if (!document.isObject()) return fault("a format file is a JSON object");
    return document.object();
}

bool isLnav(const QJsonObject& file) {
    if (file.contains(QLatin1String("reader"))) return false;
    if (file[QLatin1String("$schema")].toString().contains(QLatin1String("lnav"))) return true;
    return std::ranges::any_of(file, [](const QJsonValue& each) {
        const QJsonObject object = each.toObject();
        return object.contains(QLatin1String("regex")) || object.contains(QLatin1String("json")) ||
               object.contains(QLatin1String("line-format"));
    });
}

Result<std::vector<FormatSample>> samplesOf(const QJsonArray& list) {
    std::vector<FormatSample> samples;
    for (const auto& each : list) {
        FormatSample sample;
        const QJsonObject object = each.toObject();
        sample.text =
            (each.isString() ? each : object[QLatin1String("line")]).toString().toStdString();
        sample.level = object[QLatin1String("level")].toString().toStdString();
        const QJsonObject expect = object[QLatin1String("expect")].toObject();
        for (auto it = expect.begin(); it != expect.end(); ++it)
            sample.expect.emplace(it.key().toStdString(),
                                  it.value().toVariant().toString().toStdString());
        if (trimmed(sample.text).empty())
            return fault("sample " + std::to_string(samples.size() + 1) + " is empty");
        samples.push_back(std::move(sample));
    }
    return samples;
}

std::vector<std::string> textsOf(const std::vector<FormatSample>& samples) {
    std::vector<std::string> texts;
    texts.reserve(samples.size());
    for (const FormatSample& sample : samples)
        texts.push_back(sample.text);
    return texts;
}

Result<std::shared_ptr<const Format>> checked(std::shared_ptr<const Format> format,
                                              const std::vector<FormatSample>& samples,
                                              const QJsonObject& definition) {
    if (auto wrong = checkSamples(*format, samples, definition)) return std::unexpected(*wrong);
    return format;
}

/// A file like those in resources/formats.
Result<std::shared_ptr<const Format>> readOwn(QJsonObject file, const std::string& path) {
    auto samples = samplesOf(file[QLatin1String("samples")].toArray());
    if (!samples) return std::unexpected(samples.error());
    if (samples->empty())
        return fault("there are no “samples” in it", "add lines that it must read");
    if (!file.contains(QLatin1String("rank"))) file[QLatin1String("rank")] = kRank;
    QJsonArray plain;
    for (const std::string& text : textsOf(*samples))
        plain.append(QString::fromStdString(text));
    file[QLatin1String("samples")] = plain;
    auto format = readFormatFile(path, QJsonDocument(file).toJson());
    if (!format) return std::unexpected(format.error());
    return checked(*std::move(format), *samples, file);
}

Result<std::shared_ptr<const Format>> readLnav(const QString& name, const QJsonObject& definition,
                                               const std::string& path) {
    auto samples = samplesOf(definition[QLatin1String("sample")].toArray());
    if (!samples) return std::unexpected(samples.error());
    const QString title = definition[QLatin1String("title")].toString(name);
    About about;
    about.name = name.toStdString();
    about.title = title.toStdString();
    about.samples = textsOf(*samples);
    about.rank = kRank;
    about.reader = "lnav";
    about.origin = path;
    auto format = makeLnavFormat(std::move(about), definition);
    if (!format) return std::unexpected(format.error());
    if (samples->empty() && definition.contains(QLatin1String("regex")))
        return fault("there is no “sample” in it", "add lines that it must read");
    return checked(*std::move(format), *samples, definition);
}

class Reader {
public:
    explicit Reader(std::string path)
        : path_(std::move(path)) {}

    UserFormats read() {
        const auto content = contentOf(path_);
        if (!content) return refuse(content.error(), {}), std::move(read_);
        const auto file = objectOf(withoutShebang(*content));
        if (!file) return refuse(file.error(), {}), std::move(read_);
        if (isLnav(*file))
            readDefinitions(*file);
        else
            add(readOwn(*file, path_), (*file)[QLatin1String("name")].toString().toStdString());
        return std::move(read_);
    }

private:
    void readDefinitions(const QJsonObject& file) {
        for (auto it = file.begin(); it != file.end(); ++it)
            if (it.value().isObject())
                add(readLnav(it.key(), it.value().toObject(), path_), it.key().toStdString());
    }

    void add(Result<std::shared_ptr<const Format>> format, const std::string& name) {
        if (format)
            read_.formats.push_back(*std::move(format));
        else
            refuse(format.error(), name);
    }

    void refuse(Error error, const std::string& name) {
        error.place.source = path_;
        if (!name.empty()) error.what = visible(name) + ": " + error.what;
        read_.errors.push_back(std::move(error));
    }

    std::string path_;
    UserFormats read_;
};

} // namespace

UserFormats readUserFormats(const std::filesystem::path& file) {
    return Reader(file.string()).read();
}

UserFormats readUserFolder(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    std::error_code error;
    const auto options = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator it(folder, options, error), end; !error && it != end;
         it.increment(error)) {
        std::error_code unknown;
        if (it->path().extension() == ".json" && it->is_regular_file(unknown))
            files.push_back(it->path());
    }
    std::ranges::sort(files);
    UserFormats all;
    for (const fs::path& file : files) {
        UserFormats one = readUserFormats(file);
        std::ranges::move(one.formats, std::back_inserter(all.formats));
        std::ranges::move(one.errors, std::back_inserter(all.errors));
    }
    return all;
}

Result<void> Catalogue::add(std::shared_ptr<const Format> format) {
    if (format->name().find_first_of("/+") != std::string::npos)
        return std::unexpected(
            Error{ErrorKind::Usage,
                  visible(format->name()) + ": “/” and “+” cannot be in the name of a format",
                  {format->origin(), 0, 0},
                  "they join the names of formats that are found together"});
    if (const auto there = named(format->name()))
        return std::unexpected(
            Error{ErrorKind::Usage,
                  visible(format->name()) + ": " +
                      (there->origin().empty() ? "a format of that name is built in"
                                               : "a format of that name is in " + there->origin()),
                  {format->origin(), 0, 0},
                  "give it another name"});
    formats_.push_back(std::move(format));
    return {};
}

std::vector<Error> Catalogue::addUserFormats(const std::filesystem::path& folder) {
    UserFormats user = readUserFolder(folder);
    for (auto& format : user.formats)
        if (auto added = add(std::move(format)); !added) user.errors.push_back(added.error());
    return std::move(user.errors);
}

} // namespace postlude
