// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/documents.h"
#include "core/format/detail/postgres.h"
#include "core/format/detail/readers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace postlude {

namespace {

std::vector<std::string> textsOf(const QJsonArray& list) {
    std::vector<std::string> texts;
    for (const auto& each : list)
        texts.push_back(each.toString().toStdString());
    return texts;
}

About aboutOf(const QJsonObject& file) {
    About about;
    about.name = file["name"].toString().toStdString();
    about.title = file["title"].toString().toStdString();
    about.rank = file["rank"].toInt(50);
    about.wraps = file["wraps"].toBool();
    about.timeIsEnd = file["time_is_end"].toBool();
    about.samples = textsOf(file["samples"].toArray());
    return about;
}

Error inFile(Error error, const std::string& path) {
    error.place.source = path;
    return error;
}

} // namespace

Result<std::shared_ptr<const KnownFormat>> readFormatFile(const std::string& path,
                                                          const QByteArray& json) {
    QJsonParseError parse;
    const QJsonObject file = QJsonDocument::fromJson(json, &parse).object();
    const auto fault = [&](std::string what) {
        return std::unexpected(inFile(Error{ErrorKind::NotUnderstood, std::move(what)}, path));
    };
    if (parse.error != QJsonParseError::NoError)
        return fault("no JSON: " + parse.errorString().toStdString());
    About about = aboutOf(file);
    if (about.name.empty() || about.title.empty()) return fault("“name” or “title” is missing");
    const std::string reader = file["reader"].toString().toStdString();
    about.reader = reader;
    if (!path.starts_with(":/")) about.origin = path; // else it is a resource of ours
    Result<std::shared_ptr<const KnownFormat>> made;
    if (reader == "postgresql")
        made = makePostgresFormat(std::move(about), file);
    else if (reader == "postgresql-csv")
        made = makePostgresCsvFormat(std::move(about));
    else if (reader == "apache-error")
        made = makeApacheErrorFormat(std::move(about), textsOf(file["formats"].toArray()));
    else if (const auto dialect = dialectNamed(reader); dialect && file.contains("formats"))
        made = makeDialectVariants(*dialect, std::move(about), textsOf(file["formats"].toArray()));
    else if (dialect)
        made =
            makeDialectFormat(*dialect, std::move(about), file["format"].toString().toStdString());
    else if (reader == "template")
        made = makeTemplateFormat(std::move(about), file);
    else if (reader == "w3c")
        made = makeW3cFormat(std::move(about), file);
    else if (reader == "regex")
        made = makeRegexFormat(std::move(about), file);
    else if (reader == "json")
        made = makeJsonFormat(std::move(about), file);
    else if (reader == "json-export")
        made = makeJsonExportFormat(std::move(about), file);
    else if (reader == "otlp")
        made = makeOtlpFormat(std::move(about), file);
    else if (reader == "journal-export")
        made = makeJournalExportFormat(std::move(about), file);
    else if (reader == "csv")
        made = makeCsvFormat(std::move(about), file);
    else if (reader == "ltsv")
        made = makeLtsvFormat(std::move(about), file);
    else if (reader == "loose-access")
        made = makeLooseAccessFormat(std::move(about));
    else if (auto document = makeDocumentFormat(reader, std::move(about)))
        made = std::move(document);
    else
        return fault("there is no reader “" + reader + "”");
    if (!made) return std::unexpected(inFile(made.error(), path));
    return made;
}

} // namespace postlude
