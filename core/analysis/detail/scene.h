// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is known about one incident while causes are weighed.
#pragma once

#include "core/analysis/detail/onset.h"
#include "core/analysis/detail/shares.h"

namespace postlude::detail {

struct Scene {
    const Query& query;
    const std::vector<SourceInfo>& sources;
    const Traffic& traffic;
    const Baseline& baseline;
    const Stretch& stretch;
    const Clocks& clocks;
    const Events& events;
    const Topics& topics;
    const ConfigHistory& configs;
    Phases phases;
    std::vector<Outage> outages;
    Configs configsBefore, configsDuring; ///< in force, one a balancer
    Shares shares;

    [[nodiscard]] Instant start() const { return stretch.start; }
    [[nodiscard]] Instant end() const { return stretch.lastBad; }
    [[nodiscard]] Duration length() const { return end() - start(); }
    /// What a server is called by people: its host, else the configuration's name, else as logged.
    [[nodiscard]] std::string nameOf(const ServerKey& key) const;
    /// Share of bad requests of the servers whose name or host fits, and of the others.
    struct Split {
        std::uint64_t requests = 0, bad = 0, otherRequests = 0, otherBad = 0;
        [[nodiscard]] double share() const { return requests ? double(bad) / double(requests) : 0; }
        [[nodiscard]] double otherShare() const {
            return otherRequests ? double(otherBad) / double(otherRequests) : 0;
        }
    };
    /// Of servers whose host is not known nothing is said where `hosts` has one that is none of the
    /// known: they may be that one.
    [[nodiscard]] Split splitBy(const std::vector<std::string>& hosts, const Window& window) const;
    /// Servers (by their people's names) that a text mentions; as long as the host of some server
    /// is not known, also hosts that have logs of a server.
    [[nodiscard]] std::vector<std::string> hostsIn(std::string_view lowerCaseText) const;
    /// Share of bad requests in a window.
    [[nodiscard]] double badShare(const Window& window) const;
};

/// A cause with what led to it, for the verdicts and the story.
struct Candidate {
    Cause cause;
    const ConfigStep* step = nullptr;
    const ConfigDifference* difference = nullptr;
    const Event* event = nullptr;    ///< the change that brought it
    const Event* undoneBy = nullptr; ///< the change that took it back
};

/// The parts that make a score; each 0…1.
struct Scores {
    double precedence = 0, place = 0, shape = 0, undo = 0;
};
/// Sets Cause::scores and Cause::score: 0.3 precedence + 0.25 place + 0.25 shape + 0.2 undo
/// (of which judgeDepth() takes off what is but a consequence).
void setScore(Cause& cause, const Scores& scores);
/// 1 just before the start, decaying with τ = 10 min; 0 after it (2 s allowed for clocks).
double precedenceOf(Instant at, Instant start);
/// How well taking it back agrees with the recovery: 1 within 30 s or a quarter of the length.
double undoScore(const Scene& scene, const std::optional<Instant>& undone);

std::vector<Candidate> configCandidates(const Scene& scene);
std::vector<Candidate> changeCandidates(const Scene& scene);

/// "1.4 s before the onset".
std::string distanceToOnset(Instant at, Instant start);
std::string percent(double share);
Evidence chartOf(std::string chart, const Window& window);

} // namespace postlude::detail
