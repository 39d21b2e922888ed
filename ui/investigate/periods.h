// SPDX-License-Identifier: GPL-3.0-or-later
// The stretches of time that one can choose by name: what is in view, the incidents, what is
// before and after.
#pragma once

#include "ui/common/session.h"

class QComboBox;

namespace postlude {

struct Period {
    QString name;
    Window window;
};

/// "in view, 09:59–10:02", then the incidents, gravest first, then all.
std::vector<Period> periodsOf(Session& session);
/// With what `of` may be compared: as long before it, all before, all after; those not empty.
std::vector<Period> periodsBeside(Session& session, Window of);
/// Puts the names into a box and keeps the choice where it can.
void fillPeriods(QComboBox& box, const std::vector<Period>& periods);

} // namespace postlude
