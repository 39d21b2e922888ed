// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/findingkinds.h"

#include <array>

namespace postlude {

namespace {

constexpr std::array<const char*, 20> kTitles{
    "Onset",           "Impact",        "Burn rate",     "Recovered",        "Not recovered",
    "Quiet",           "Fair shares",   "Uneven shares", "Likely cause",     "Joined cause",
    "Cause not found", "Distribution",  "Measured",      "Over-represented", "New message",
    "Surged message",  "Fatal message", "Ruled out",     "Undecided",        "Clock"};

} // namespace

std::string titleOf(FindingKind kind) {
    return kTitles.at(static_cast<std::size_t>(kind));
}

} // namespace postlude
