// SPDX-License-Identifier: GPL-3.0-or-later
// Work on many segments by all processors.
#pragma once

#include <cstddef>
#include <functional>

namespace postlude {

/// How many work at once: the processors there are, at most eight.
std::size_t workersFor(std::size_t pieces);

/// Calls `work(worker, piece)` for every piece from 0 on, in about that order; the caller is
/// worker 0 and the others are threads that end before this returns. The first thing that is
/// thrown ends the work and is thrown here.
void inParallel(std::size_t pieces, std::size_t workers,
                const std::function<void(std::size_t worker, std::size_t piece)>& work);

} // namespace postlude
