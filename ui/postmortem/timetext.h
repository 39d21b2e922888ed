// SPDX-License-Identifier: GPL-3.0-or-later
// Times as people type them into the form, and as it shows them.
#pragma once

#include "core/base/zone.h"

#include <QString>

namespace postlude {

/// "14:28:51" (".118" where there are milliseconds), with the date before it if asked for.
QString writtenTime(Instant at, const Zone& zone, bool withDate);

/// Reads "14:28", "14:28:51.118", "2024-01-15 14:28", RFC 3339 with an offset; a trailing "UTC"
/// or name of the zone is allowed. Without an offset the text is in `zone`; without a date it is
/// on the day of `near`. Empty if it is anything else.
std::optional<Instant> readTime(const QString& text, const Zone& zone, std::optional<Instant> near);

} // namespace postlude
