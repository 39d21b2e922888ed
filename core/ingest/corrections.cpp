// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/corrections.h"

#include "core/case/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace postlude {

namespace {

constexpr const char* kNote = "corrections";

QString text(const std::string& s) {
    return QString::fromStdString(s);
}

QJsonObject toJson(const Corrections& stated) {
    QJsonObject sources;
    for (const auto& [path, each] : stated.sources) {
        QJsonObject one;
        if (!each.format.empty()) one["format"] = text(each.format);
        if (!each.zone.empty()) one["zone"] = text(each.zone);
        if (each.year) one["year"] = *each.year;
        if (!one.isEmpty()) sources[text(path)] = one;
    }
    QJsonArray strings;
    for (const auto& [dialect, string] : stated.logFormats)
        strings.append(QJsonArray{text(dialect), text(string)});
    return {{"sources", sources}, {"log_formats", strings}};
}

Corrections fromJson(const QJsonObject& object) {
    Corrections stated;
    const QJsonObject sources = object["sources"].toObject();
    for (auto it = sources.begin(); it != sources.end(); ++it) {
        const QJsonObject one = it.value().toObject();
        Correction each{
            one["format"].toString().toStdString(), one["zone"].toString().toStdString(), {}};
        if (one.contains("year")) each.year = one["year"].toInt();
        stated.sources.emplace(it.key().toStdString(), std::move(each));
    }
    const QJsonArray strings = object["log_formats"].toArray();
    for (const auto& pair : strings)
        stated.logFormats.emplace_back(pair[0].toString().toStdString(),
                                       pair[1].toString().toStdString());
    return stated;
}

} // namespace

Corrections correctionsOf(const Case& file) {
    const auto note = file.note(kNote);
    if (!note || !*note) return {};
    return fromJson(QJsonDocument::fromJson(QByteArray::fromStdString(**note)).object());
}

Result<void> correct(Case& file, const std::string& source, const Corrections& stated) {
    const auto sources = file.sources();
    if (!sources) return std::unexpected(sources.error());
    const auto found = std::ranges::find(*sources, source, &SourceInfo::path);
    if (found == sources->end())
        return std::unexpected(
            Error{ErrorKind::NotFound, "there is no such source in the case", {source}, {}});
    const auto json = QJsonDocument(toJson(stated)).toJson(QJsonDocument::Compact).toStdString();
    if (auto kept = file.setNote(kNote, json); !kept) return kept;
    return file.store().forgetReading(found->id);
}

ImportOptions withCorrections(ImportOptions options, const Case& file) {
    const Corrections stated = correctionsOf(file);
    for (const auto& [path, each] : stated.sources) {
        if (!each.format.empty()) options.formats.emplace(path, each.format);
        if (!each.zone.empty()) options.zones.emplace(path, each.zone);
        if (each.year) options.years.emplace(path, *each.year);
    }
    // In front, so that their names ("own:1") stay what they were when they were chosen.
    options.logFormats.insert(options.logFormats.begin(), stated.logFormats.begin(),
                              stated.logFormats.end());
    return options;
}

} // namespace postlude
