// SPDX-License-Identifier: GPL-3.0-or-later
// The level that a text without any other form begins with.
#pragma once

#include "core/format/record.h"

namespace postlude {

/// Of "ERROR could not …", "[warn] …", "fatal: …"; None of anything else. A word in small letters
/// needs a colon or brackets to be more than the first one of a sentence.
Level leadingLevel(std::string_view message);

} // namespace postlude
