// SPDX-License-Identifier: GPL-3.0-or-later
// The choice of the zone in which times are shown.
#pragma once

#include "ui/common/session.h"

#include <QMenu>

namespace postlude {

/// UTC, this machine's zone, the zones of the case's sources, and any other by name.
void fillZoneMenu(QMenu& menu, Session& session);
/// "UTC", "Berlin", "−05:00": short enough to stand behind a time.
QString zoneAbbreviation(const Zone& zone);

} // namespace postlude
