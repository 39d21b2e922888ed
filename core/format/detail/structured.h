// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy's log-format-sd: what it writes into RFC 5424's structured data, which the syslog head's
// reader leaves in extra by its names.
#pragma once

#include "core/format/detail/dialects.h"

namespace postlude {

/// Names of parameters and where their values go.
using StructuredTargets = std::vector<std::pair<std::string, Target>>;

/// From `captures.structured`; of parameters that are but one item of HAProxy's.
StructuredTargets structuredTargets(const HaproxyCaptures& captures);

/// Moves parameters from extra to columns that the line itself has not filled. `scratch` is only
/// kept so that it need not be made again for each line.
void settleStructured(const StructuredTargets& targets, Assigner& assigner, Record& scratch,
                      Record& out);

} // namespace postlude
