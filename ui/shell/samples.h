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

/// Where they are, beside the program wherever that was put: installed, unpacked, in a bundle of
/// macOS or in the tree it is built in. Empty if they are nowhere.
QString samplesFolder();

/// Those in `folder`, by name; each is a folder with a README.md and a bundle in it. Title and
/// description are those of README.`language`.md where there is one.
std::vector<Sample> samplesIn(const QString& folder, const QString& language = {});

} // namespace postlude
