// SPDX-License-Identifier: GPL-3.0-or-later
// What the tour of the window goes past, and when it is offered.
#pragma once

#include "ui/shell/shellparts.h"

namespace postlude {

/// As soon as the open case is analysed; where none is open, of the first recorded incident.
void startTour(ShellParts& shell);

/// The same, once ever for each user, and only if nothing else has begun by then. For the case that
/// was just opened.
void offerTour(ShellParts& shell);

} // namespace postlude
