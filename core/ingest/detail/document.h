// SPDX-License-Identifier: GPL-3.0-or-later
// Sources that are read as one document: JSON arrays, git log, CSV.
#pragma once

#include "core/ingest/detail/source_flow.h"

namespace postlude::detail {

/// Reads it anew each time, and saves the records behind `done.offset`, which counts those that
/// are saved: so an interrupted import does not save them twice. Leaves the counts of the whole
/// document in `done`.
Result<void> readDocument(const Reading& reading, const Source& source, TextReader& text,
                          SourceProgress& done);

} // namespace postlude::detail
