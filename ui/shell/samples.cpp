// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/samples.h"

#include "core/bundle/archivename.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace postlude {

namespace {

constexpr qint64 kMostReadme = 64 * 1024;

void readHead(const QString& file, Sample& sample) {
    QFile readme(file);
    if (!readme.open(QIODevice::ReadOnly)) return;
    const QString text = QString::fromUtf8(readme.read(kMostReadme));
    QStringList paragraph;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        const QString trimmed = line.trimmed();
        if (sample.title.isEmpty()) {
            if (trimmed.startsWith(QStringLiteral("# "))) sample.title = trimmed.mid(2).trimmed();
        } else if (!trimmed.isEmpty()) {
            paragraph << trimmed;
        } else if (!paragraph.isEmpty()) {
            break;
        }
    }
    sample.description = paragraph.join(QLatin1Char(' '));
}

bool isArchive(const QString& name) {
    return archiveStem(name.toStdString()) != name.toStdString();
}

} // namespace

QString samplesFolder() {
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* place : {"../share/postlude/samples", "../Resources/samples", "samples",
                              "../../samples", "../../../samples"}) {
        const QString folder = QDir::cleanPath(program.filePath(QLatin1String(place)));
        if (QFile::exists(folder + QStringLiteral("/README.md"))) return folder;
    }
    return {};
}

std::vector<Sample> samplesIn(const QString& folder, const QString& language) {
    if (folder.isEmpty()) return {};
    std::vector<Sample> samples;
    const QDir dir(folder);
    for (const QString& name : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QDir one(dir.filePath(name));
        Sample sample;
        readHead(one.filePath(QStringLiteral("README.%1.md").arg(language)), sample);
        if (sample.title.isEmpty()) readHead(one.filePath(QStringLiteral("README.md")), sample);
        for (const QFileInfo& entry :
             one.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name)) {
            const bool bundle = entry.isDir() || isArchive(entry.fileName());
            if (bundle && sample.path.isEmpty()) sample.path = entry.filePath();
        }
        if (!sample.title.isEmpty() && !sample.path.isEmpty()) samples.push_back(sample);
    }
    return samples;
}

} // namespace postlude
