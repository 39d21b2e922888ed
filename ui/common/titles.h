// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of things as the window's language names them. Documents and logs keep their own names.
#pragma once

#include "core/analysis/analysis.h"
#include "core/postmortem/postmortem.h"

#include <QString>

namespace postlude {

/// "Impact start", for chips and combo boxes.
QString kindTitle(EntryKind kind);
/// "Load balancer weights".
QString causeTitle(CauseKind kind);
/// "In review".
QString statusTitle(DocumentStatus status);
/// "Likely cause"; a title of the analysis that has no name here stays as it is.
QString findingTitle(std::string_view title);
/// "New message: …".
QString messageTitle(MessageChange::Kind kind, const QString& text);

} // namespace postlude
