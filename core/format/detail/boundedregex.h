// SPDX-License-Identifier: GPL-3.0-or-later
// Boost.Regex with a bound on the work of one match: a pattern that backtracks without end throws
// after some ten milliseconds instead of a second. All of core includes it this way alone, since
// the bound is compiled into Boost's templates.
#pragma once

#define BOOST_REGEX_MAX_STATE_COUNT 1000000
#include <boost/regex.hpp>
