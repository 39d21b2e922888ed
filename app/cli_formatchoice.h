// SPDX-License-Identifier: GPL-3.0-or-later
// formats --detect: the candidates for one log, and what the best of them makes of it.
#pragma once

#include "app/cli_ownformats.h"

namespace postlude::cli {

/// How the lines shall be read, where the user knows better.
struct ReadAsArguments {
    std::string format, zone;
    int year = 0; ///< 0: not stated
};

/// Prints them; gives the exit status, 1 if no format reads it.
int detectFile(const std::string& path, const FormatArguments& own, const ReadAsArguments& as,
               bool json);

} // namespace postlude::cli
