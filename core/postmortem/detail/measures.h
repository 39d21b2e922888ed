// SPDX-License-Identifier: GPL-3.0-or-later
// What is worth proposing after an incident of a kind. Proposals only: people decide.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude {

struct Measures {
    std::vector<std::string> improvements;
    std::vector<Task> tasks;            ///< owner and due date are left for people
    std::vector<std::string> questions; ///< contributing factors worth asking for, in brackets
};

Measures measuresFor(CauseKind kind);

} // namespace postlude
