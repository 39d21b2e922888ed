// SPDX-License-Identifier: GPL-3.0-or-later
// Templates as the window knows them.
#pragma once

#include "core/postmortem/forms.h"

namespace postlude {

/// Where templates of one's own are, the same as for postlude-cli; it need not exist.
std::filesystem::path formsFolder();
/// The document's template, or the usual one where it is not here.
Form formOf(const Postmortem& document);

} // namespace postlude
