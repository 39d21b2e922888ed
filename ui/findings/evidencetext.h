// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence in a few words, for links.
#pragma once

#include "core/analysis/analysis.h"

#include <QString>

namespace postlude {

/// "haproxy.log:12", "haproxy.log:12–18", "chart of shares".
QString linkText(const Evidence& evidence);
/// All of it: "haproxy.cfg:41", "chart · 6 lines", "chat · 3 lines, chart"; empty for none.
QString linkText(const std::vector<Evidence>& evidence);
/// With the whole path, for tool tips and menus; plain text.
QString fullText(const Evidence& evidence);

} // namespace postlude
