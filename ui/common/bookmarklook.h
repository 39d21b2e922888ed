// SPDX-License-Identifier: GPL-3.0-or-later
// What a bookmark has besides its moment, line and note: a colour, and for one of a window its end.
#pragma once

#include "core/base/time.h"

#include <QByteArray>
#include <QColor>
#include <QHash>
#include <QString>
#include <optional>

namespace postlude {

inline constexpr int kBookmarkColours = 5;

struct BookmarkLook {
    int colour = 0;               ///< 0 … kBookmarkColours − 1; 0: the usual one
    std::optional<Instant> until; ///< set: the bookmark is the window from its moment to this
    bool operator==(const BookmarkLook&) const = default;
};

QString nameOfBookmarkColour(int colour);
QColor colourOf(const BookmarkLook& look);

/// By number of the bookmark; those that are as usual are left out.
using BookmarkLooks = QHash<qint64, BookmarkLook>;
QByteArray toJson(const BookmarkLooks& looks);
/// What cannot be understood is left out.
BookmarkLooks bookmarkLooksFrom(const QByteArray& json);

} // namespace postlude
