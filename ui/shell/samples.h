// SPDX-License-Identifier: GPL-3.0-or-later
// The recorded incidents that come with the program.
#pragma once

#include <QString>
#include <vector>

namespace postlude {

struct Sample {
    QString title;       ///< the first heading of its README.md
    QString description; ///< its first paragraph
    QString path;        ///< archive or folder to open
};

/// Those in `folder`, by name; each is a folder with a README.md and a bundle in it.
std::vector<Sample> samplesIn(const QString& folder);

} // namespace postlude
