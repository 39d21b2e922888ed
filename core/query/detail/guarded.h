// SPDX-License-Identifier: GPL-3.0-or-later
// The door of the room: failures that are thrown inside leave as values.
#pragma once

#include "core/base/guarded.h"
#include "core/query/detail/columns.h"

namespace postlude {

template <class Work>
auto guarded(Work work) {
    return guardedFrom<QueryFailure>(
        work, {ErrorKind::TooLarge, "not enough memory for this question", {}, {}});
}

} // namespace postlude
