// SPDX-License-Identifier: GPL-3.0-or-later
// Where the records of a JSON document are.
#pragma once

#include "core/format/detail/documents.h"

namespace postlude {

/// The objects at the end of `path` ("data.alerts": the member "alerts" of the member "data"),
/// one after another. Arrays on the way are gone through, so that "a.b" is also in
/// {"a": [{"b": {…}}, {"b": [{…}, {…}]}]}. "" are the text's own objects. The text may hold
/// several documents one after another. Nothing is checked but brackets and strings: what is
/// inside is parsed piece by piece. `complete` becomes false if the text ends within a value.
std::vector<JsonPiece> objectsAt(std::string_view text, std::string_view path, bool& complete);

} // namespace postlude
