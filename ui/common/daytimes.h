// SPDX-License-Identifier: GPL-3.0-or-later
// Times of day in a filter somebody types; no widget.
#pragma once

#include "core/base/zone.h"

#include <QString>

namespace postlude {

/// "time > 09:58" as "time > 2024-01-15T08:58:00Z": of the day in which it lies within `bounds`, in
/// the zone in which times are shown. As it is where `bounds` are longer than a day.
QString withDates(const QString& filter, Window bounds, const Zone& zone);

} // namespace postlude
