// SPDX-License-Identifier: GPL-3.0-or-later
// Incidents that come and go.
#pragma once

#include "core/analysis/detail/onset.h"

namespace postlude::detail {

/// The stretches of an incident in which requests went badly, if there are two and more with at
/// least ten seconds as usual between them.
std::vector<Window> wavesIn(const Traffic& traffic, const Window& during, const Baseline& usual);

/// "The incident from … on came in 5 waves: …"; empty without any.
std::string wavesInWords(const std::vector<Window>& waves);

} // namespace postlude::detail
