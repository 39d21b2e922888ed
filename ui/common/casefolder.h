// SPDX-License-Identifier: GPL-3.0-or-later
// Where the cases live that are made for bundles: one file a bundle and state of its files.
#pragma once

#include <QString>
#include <filesystem>
#include <stop_token>
#include <vector>

namespace postlude {

/// The user's folder for cases; it need not exist yet.
QString casesFolder();

/// Names the paths together with sizes and times of change of everything below them: the same
/// text means that reading the bundle again would give the same case.
/// Empty if it was stopped.
QString bundleFingerprint(const std::vector<std::filesystem::path>& bundle,
                          const std::stop_token& stop = {});

/// What a bundle is called: the name of its folder or archive without endings.
QString bundleName(const std::vector<std::filesystem::path>& bundle);

/// Case files made earlier for this fingerprint, newest first.
std::vector<std::filesystem::path> casesFor(const QString& fingerprint);
/// A name for a new one: name, time and fingerprint. Makes the folder if need be.
std::filesystem::path newCaseFile(const QString& name, const QString& fingerprint);

/// Of what could not be read: it would stand among the cases as one that there never was. One with
/// a document stays, whatever became of its logs; so does one of which nobody can tell, or that
/// another window has open.
void removeUnwrittenCase(const std::filesystem::path& file);

bool isCaseFile(const std::filesystem::path& path);

} // namespace postlude
