// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/casefolder.h"

#include "core/base/text.h"
#include "core/bundle/archivename.h"
#include "core/case/documents.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace postlude {

namespace {

QString textOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

bool holdsNoDocument(const std::filesystem::path& file) {
    const auto of = Case::open(file, OpenMode::ReadWrite);
    const auto documents = of ? documentsOf(**of) : std::unexpected(of.error());
    return documents && std::ranges::all_of(*documents, [](const DocumentInfo& each) {
               return each.revisions == 0;
           });
}

void addFile(QCryptographicHash& hash, const QFileInfo& file) {
    hash.addData(file.absoluteFilePath().toUtf8());
    hash.addData(QByteArray::number(file.size()));
    hash.addData(QByteArray::number(file.lastModified().toMSecsSinceEpoch()));
}

} // namespace

QString casesFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
           QStringLiteral("/cases");
}

QString bundleFingerprint(const std::vector<std::filesystem::path>& bundle,
                          const std::stop_token& stop) {
    QStringList files;
    for (const auto& path : bundle) {
        const QFileInfo info(textOf(path));
        files << info.absoluteFilePath();
        if (!info.isDir()) continue;
        QDirIterator walk(info.absoluteFilePath(), QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (walk.hasNext() && !stop.stop_requested())
            files << walk.next();
    }
    files.sort();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& file : files) {
        if (stop.stop_requested()) return {};
        addFile(hash, QFileInfo(file));
    }
    return QString::fromLatin1(hash.result().toHex().left(16));
}

QString bundleName(const std::vector<std::filesystem::path>& bundle) {
    if (bundle.empty()) return QStringLiteral("bundle");
    const QFileInfo info(QDir::cleanPath(textOf(bundle.front())));
    if (info.isDir()) return info.fileName();
    const QString ending = QStringLiteral(".postlude");
    if (info.fileName().endsWith(ending, Qt::CaseInsensitive))
        return info.fileName().chopped(ending.size());
    return QString::fromStdString(archiveStem(info.fileName().toStdString()));
}

std::vector<std::filesystem::path> casesFor(const QString& fingerprint) {
    const QDir folder(casesFolder());
    const QStringList found = folder.entryList({QStringLiteral("*-%1.postlude").arg(fingerprint)},
                                               QDir::Files, QDir::Time);
    std::vector<std::filesystem::path> cases;
    for (const QString& name : found)
        cases.emplace_back(folder.filePath(name).toStdString());
    return cases;
}

std::filesystem::path newCaseFile(const QString& name, const QString& fingerprint) {
    QDir().mkpath(casesFolder());
    const QString time =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString safe = QString::fromStdString(fileNameFrom(name.toStdString()));
    return QStringLiteral("%1/%2-%3-%4.postlude")
        .arg(casesFolder(), safe, time, fingerprint)
        .toStdString();
}

void removeUnwrittenCase(const std::filesystem::path& file) {
    if (!holdsNoDocument(file)) return;
    std::error_code ignored;
    for (const char* part : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + part, ignored);
}

bool isCaseFile(const std::filesystem::path& path) {
    return QFileInfo(textOf(path)).isFile() &&
           textOf(path).endsWith(QLatin1String(".postlude"), Qt::CaseInsensitive);
}

} // namespace postlude
