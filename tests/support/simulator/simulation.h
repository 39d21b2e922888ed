// SPDX-License-Identifier: GPL-3.0-or-later
// A scenario played out, event by event. All times are true seconds from the scenario's start.
#pragma once

#include "tests/support/simulator/scenario.h"

#include <cstdint>
#include <string>
#include <vector>

namespace postlude::sim {

enum class End : std::uint8_t { Open, Answered, Refused, ConnectTimeout, ServerTimeout, Closed };

/// One try of the balancer with one server.
struct Attempt {
    int server = -1;
    double sent = 0, connect = -1; ///< when; how long connecting took, −1: it did not
    double ended = 0;
    End end = End::Open;
    int status = 0;
};

/// What a server did for one request, whether the balancer still waited or not.
struct Handled {
    int request = -1; ///< −1: a health check
    int server = 0;
    double arrived = 0, began = 0, ended = 0;
    int status = 0;
};

struct Request {
    double arrived = 0, done = 0; ///< done: the client has its answer
    std::string client, path;
    int person = 0, endpoint = 0;
    int status = 0;
    int bytes = 0;
    double queued = 0;    ///< at the balancer, s
    char cause[3] = "--"; ///< how it ended, HAProxy's first two letters
    bool attack = false;
    bool usual = false; ///< failed or slow without any doing of the fault
    int waiting = 0;    ///< others under way when it arrived
    std::vector<Attempt> attempts;
    [[nodiscard]] bool failed() const { return status >= 500; }
    [[nodiscard]] double took() const { return done - arrived; }
};

/// The balancer's word on a server.
struct StateChange {
    double at = 0;
    int server = 0;
    bool up = false;
    std::string reason; ///< as HAProxy words it
};

enum class HappeningKind : std::uint8_t { Died, Started, AppError, AppWarning };
struct Happening {
    double at = 0;
    int server = 0;
    HappeningKind kind = HappeningKind::AppError;
    std::string text;
};

struct Statement {
    double ended = 0, ms = 0;
    int server = -1; ///< −1: the reports
    std::string text;
};

struct Run {
    std::vector<Request> requests;   ///< by arrival
    std::vector<Handled> handled;    ///< by end
    std::vector<StateChange> states; ///< by time
    std::vector<Happening> happenings;
    std::vector<Statement> statements; ///< that took longer than 250 ms, by end
};

constexpr double kSlow = 1.0; ///< s; answered later than this is slow

/// Deterministic. Takes time and memory in proportion to the requests.
Run simulate(const Scenario& scenario);

} // namespace postlude::sim
