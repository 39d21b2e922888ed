// SPDX-License-Identifier: GPL-3.0-or-later
// Where series change their course, and where there is nothing at all; no widget in it.
#pragma once

#include "ui/investigate/serverindex.h"

#include <QString>
#include <vector>

namespace postlude {

/// A moment from which on a series is another.
struct Move {
    Instant at{};
    QString text; ///< "web-02: requests 12/s → 48/s"
    double strength = 0;
};

/// Changes of rate, of the failed share and of the p95 that last some buckets and are beyond
/// chance, of all requests and of each server; by time, the strongest first at the same moment.
/// What is the same change in several series is one move.
/// `names`: what servers are called.
std::vector<Move> movesIn(const SeriesTable& table, const ServerIndex& names = {});

/// Stretches without a request, where by the rate around them twenty were to be expected.
std::vector<Window> gapsIn(const SeriesTable& table);

/// Those, and what lies before the first request and behind the last one, without an end.
std::vector<Window> silencesIn(const SeriesTable& table);
/// Whether all of it lies in one of them.
bool isSilent(const std::vector<Window>& silences, Window window);

/// What differs between two stretches of that length, strongest first, at most `most` texts.
QStringList differences(const SeriesTable& before, const SeriesTable& after, Duration length,
                        int most, const ServerIndex& names = {});

} // namespace postlude
