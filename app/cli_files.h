// SPDX-License-Identifier: GPL-3.0-or-later
// Documents that are named on the command line.
#pragma once

#include "core/postmortem/reading.h"

namespace postlude::cli {

/// The postmortem in a file: any Markdown or plain text, or the JSON that export writes. Errors
/// name the file.
Result<Reading> documentIn(const std::string& file);

} // namespace postlude::cli
