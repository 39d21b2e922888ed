// SPDX-License-Identifier: GPL-3.0-or-later
// Where one was in a case, so that it opens there again: window, filter, cursor, line, clock, zone.
#pragma once

#include "ui/common/selection.h"

#include <QJsonObject>

namespace postlude {

QJsonObject packPlace(const Selection& selection);
/// False if there is nothing to go back to, or it lies outside of what was recorded; then the
/// selection stays as it is.
bool restorePlace(const QJsonObject& kept, Selection& selection);

} // namespace postlude
