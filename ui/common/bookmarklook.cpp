// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/bookmarklook.h"

#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace postlude {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("postlude::Bookmark", text);
}

} // namespace

QString nameOfBookmarkColour(int colour) {
    switch (colour) {
    case 1:
        return tr("Red");
    case 2:
        return tr("Orange");
    case 3:
        return tr("Green");
    case 4:
        return tr("Pink");
    default:
        return tr("The usual colour");
    }
}

QColor colourOf(const BookmarkLook& look) {
    const Theme& theme = Theme::current();
    switch (look.colour) {
    case 1:
        return theme.bad;
    case 2:
        return theme.server(1);
    case 3:
        return theme.good;
    case 4:
        return theme.server(3);
    default:
        return theme.accent;
    }
}

QByteArray toJson(const BookmarkLooks& looks) {
    QJsonObject all;
    for (auto it = looks.begin(); it != looks.end(); ++it) {
        QJsonObject one{{QStringLiteral("colour"), it->colour}};
        // As text: JSON's numbers keep 53 bits.
        if (it->until) one[QStringLiteral("until")] = QString::number(nanoseconds(*it->until));
        all[QString::number(it.key())] = one;
    }
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

BookmarkLooks bookmarkLooksFrom(const QByteArray& json) {
    BookmarkLooks looks;
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QJsonObject o = it->toObject();
        BookmarkLook look;
        look.colour = std::clamp(o[QStringLiteral("colour")].toInt(), 0, kBookmarkColours - 1);
        const QString until = o[QStringLiteral("until")].toString();
        if (!until.isEmpty()) look.until = instant(until.toLongLong());
        if (look != BookmarkLook{}) looks.insert(it.key().toLongLong(), look);
    }
    return looks;
}

} // namespace postlude
