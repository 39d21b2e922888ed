// SPDX-License-Identifier: GPL-3.0-or-later
// What findings tell of. A finding is saved with its title, which is the name of its kind.
#pragma once

#include <cstdint>
#include <string>

namespace postlude {

enum class FindingKind : std::uint8_t {
    Onset,
    Impact,
    BurnRate,
    Recovered,
    NotRecovered,
    Quiet,
    FairShares,
    UnevenShares,
    LikelyCause,
    JoinedCause,
    CauseNotFound,
    Distribution,
    Measured,
    OverRepresented,
    NewMessage,
    SurgedMessage,
    FatalMessage,
    RuledOut,
    Undecided,
    Clock
};

/// "Likely cause".
std::string titleOf(FindingKind kind);

} // namespace postlude
