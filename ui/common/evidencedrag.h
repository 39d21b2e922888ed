// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and windows of charts on their way to where they prove something.
#pragma once

#include "ui/common/hypotheses.h"

class QMimeData;
class QWidget;

namespace postlude {

/// Owned by whoever drags it.
QMimeData* packEvidence(const Evidence& evidence);
/// None if there is something else in it.
std::optional<Evidence> evidenceIn(const QMimeData* data);
/// Drags it from `source` until it is dropped or let go of; `text` goes with the pointer.
void dragEvidence(QWidget* source, const Evidence& evidence, const QString& text);

} // namespace postlude
