// SPDX-License-Identifier: GPL-3.0-or-later
// Does a format read the lines that its file says it reads?
#pragma once

#include "core/format/format.h"

#include <QJsonObject>

namespace postlude {

struct FormatSample {
    std::string text;
    std::map<std::string, std::string> expect; ///< column → text
    std::string level;                         ///< lnav's expectation, in its words
};

/// The first sample that is not read as it should be, with its number (1-based), the column and
/// the reason. `definition`: the format's file, whose patterns tell how far a line fits.
std::optional<Error> checkSamples(const Format& format, const std::vector<FormatSample>& samples,
                                  const QJsonObject& definition);

} // namespace postlude
