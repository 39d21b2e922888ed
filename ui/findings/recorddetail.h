// SPDX-License-Identifier: GPL-3.0-or-later
// A record in words: every field with its unit, HAProxy's codes explained.
#pragma once

#include "core/base/zone.h"
#include "core/query/query.h"

#include <QString>
#include <vector>

namespace postlude {

struct DetailLine {
    QString name;
    QString value;
    QString note = {}; ///< what it means, in words; may be empty
    bool bad = false;  ///< a failure, to be stressed
};

/// All that the record holds, what matters most first. Texts are visible(), and cut where no one
/// would read on: a path may be as long as a line may, and the window would have to lay it out.
/// `byHand`: people have said how far its host's clock is off.
std::vector<DetailLine> detailsOf(const RecordRow& row, const Zone& zone, bool byHand = false);

/// "\n… 1 044 480 more bytes", behind what was cut.
QString moreBytes(std::size_t bytes);

/// "sQ--" → "timeout of the server side, in the queue"; empty if it is no such code.
QString terminationInWords(std::string_view code);

} // namespace postlude
