// SPDX-License-Identifier: GPL-3.0-or-later
// What the analysis states about a case, with evidence. Methods and sources: core/README.md.
#pragma once

#include "core/analysis/compare.h"

namespace postlude {

/// Exact lines of a source, or a window of a chart.
struct Evidence {
    std::string source; ///< path in the bundle; empty for a chart
    std::uint64_t firstLine = 0, lastLine = 0;
    std::string chart; ///< "requests", "share", "errors", "latency"; empty for lines
    Window window;
    bool operator==(const Evidence&) const = default;
};

enum class CauseKind : std::uint8_t {
    LbWeights,
    LbAlgorithm,
    LbHashing,
    LbHealthCheck,
    LbOther,
    OverloadCrash,
    Database,
    ClientFlood,
    Deploy,
    Upstream,
    HostResource,
    Network,
    Unknown
};
/// "lb-weights" … "unknown".
std::string_view nameOf(CauseKind kind);
/// "Load balancer weights", for headings.
std::string_view titleOf(CauseKind kind);

struct Cause {
    CauseKind kind = CauseKind::Unknown;
    std::string culprit; ///< "backend/server", a host, a path, or "file:line"
    std::string change;  ///< the changed directive, "before → after"; may be empty
    std::optional<Instant> at;
    double score = 0; ///< 0…1, the sum of `scores` scaled
    std::vector<std::pair<std::string, double>>
        scores;            ///< visible parts: precedence, place, shape, undo, depth
    std::string statement; ///< one plain sentence; log text in it is made visible(), not escaped
    std::vector<Evidence> evidence;
};

struct Verdict { ///< something ruled out, or undecided
    CauseKind kind = CauseKind::Unknown;
    std::string statement;
    std::vector<Evidence> evidence;
};

enum class EntryKind : std::uint8_t {
    LeadUp,
    Trigger,
    ImpactStart,
    Detection,
    Acknowledgement,
    Assumption,
    Action,
    MisleadingPath,
    Escalation,
    Communication,
    Identification,
    Mitigation,
    Resolution,
    Verification,
    Observation ///< what programs showed or did by themselves while it lasted
};
/// "lead-up", "impact start" …
std::string_view nameOf(EntryKind kind);

struct StoryEntry {
    Instant time{};
    EntryKind kind = EntryKind::Action;
    std::string statement;
    std::vector<Evidence> evidence;
};

struct ServiceImpact {
    std::string name;
    std::uint64_t requests = 0;
    double failedShare = 0;
    std::uint64_t failed = 0, slow = 0;
    double excessFailed = 0, excessLow = 0, excessHigh = 0; ///< as in Impact
};

/// Requests for paths of one shape: "/product/*/reviews".
struct PathImpact {
    std::string shape;
    std::uint64_t requests = 0, failed = 0, slow = 0;
};

/// Fewer requests came than were to be expected.
struct MissingRequests {
    double missing = 0, low = 0, high = 0; ///< 95 %
    std::string against;                   ///< "the 600 s before"
};

struct Impact {
    std::uint64_t requests = 0, failed = 0, slow = 0, clients = 0, clientsAffected = 0;
    double excessFailed = 0; ///< failed beyond what the baseline's rate gives
    std::vector<ServiceImpact> services;
    double excessLow = 0, excessHigh = 0; ///< 95 %
    /// What people asked for: attempts of one client for one path that follow a failure within
    /// 5 s are one operation, and it failed if the last of them did. 0 where not counted.
    std::uint64_t operations = 0, operationsFailed = 0;
    std::uint64_t clientsFailed = 0; ///< with an operation that failed in the end
    std::uint32_t sampledOneIn = 1;  ///< the three are counted on one client in so many
    std::optional<MissingRequests> missing = {};
    std::vector<PathImpact> paths = {}; ///< most failed first, at most 20
    std::string clientIs = {};          ///< what a client is here, and when that is wrong
    [[nodiscard]] double failedShare() const {
        return requests ? double(failed) / double(requests) : 0;
    }
    [[nodiscard]] double slowShare() const {
        return requests ? double(slow) / double(requests) : 0;
    }
    [[nodiscard]] double affectedShare() const {
        return clients ? double(clientsAffected) / double(clients) : 0;
    }
};

/// Whether one backend's servers got what they should have, while the incident lasted.
struct Fairness {
    std::string backend;
    std::string counted; ///< "requests", "keys" (of hashing), "in flight" (of fewest connections)
    bool configured = true;     ///< false: compared with the time before, for want of a config
    std::uint64_t attempts = 0; ///< requests that reached a server of it
    std::uint64_t repeated = 0; ///< attempts before the last, where the log counts them
    double distance = 0;        ///< total variation distance of observed and expected, 0…1
    double distanceLow = 0, distanceHigh = 0; ///< 90 % of the draws
    double ratio = 1;                         ///< the largest observed to expected
    std::string server;                       ///< which has it
    double jain = 1;                          ///< Jain's index of observed to expected, by weight
    double p = 1;               ///< chance of such a distance if clients were shared out fairly
    std::optional<bool> unfair; ///< absent: not enough data
    std::string
        shape; ///< "sinkhole", "cascade", "all-down", "hotspot", "drain", "flapping"; or none
    std::string statement; ///< plain sentences with the figures; empty if there is nothing to say
    std::vector<Evidence> evidence;
};

/// A statement with the lines behind it; empty where there is nothing to say.
struct Remark {
    std::string statement;
    std::vector<Evidence> evidence;
};

/// A template of messages that an incident brought, or that came far more often in it.
struct MessageChange {
    enum class Kind : std::uint8_t { New, Surged, Fatal } kind = Kind::New;
    std::string text;                     ///< as logged, values as "<*>" (see templates.h)
    Level level = Level::None;            ///< the gravest of its lines
    std::uint64_t before = 0, during = 0; ///< lines in the quiet time and in the incident
    Duration quiet{}, length{};           ///< how long those are
    double q = 1;                         ///< share of false findings, were all as weak
    Instant first{}, last{};              ///< of the incident, its lead-up included
    std::string host;                     ///< who wrote the first; empty if unknown
    std::uint64_t sources = 0;            ///< how many logs it is in, during the incident
    std::string statement;                ///< one sentence; log text in it is made visible()
    std::vector<Evidence> evidence;       ///< the first line, and the last
};
/// "new", "surged", "fatal".
std::string_view nameOf(MessageChange::Kind kind);

struct Incident {
    Instant impactStart{};
    Window impactStartInterval;
    std::optional<Instant> trigger, detected, acknowledged, identified, mitigated, resolved;
    Impact impact;
    std::vector<Cause> causes; ///< best first
    std::vector<Verdict> ruledOut, undecided;
    std::vector<StoryEntry> story; ///< by time
    std::string worstServer;       ///< whose share and errors departed most; empty if none did
    Remark measured; ///< what values measured by others (CPU, memory, connections) did
    std::vector<Fairness> fairness;      ///< by backend, those with two servers and more
    std::vector<MessageChange> messages; ///< what is worth reading, most telling first
    std::vector<Difference> differences; ///< values over-represented among its bad requests
    /// When an alert on the burn rate of an error budget would have fired, and by which rule.
    std::optional<Instant> burnAlert = {};
    std::string burnRule = {};
};

struct ServerPhase {
    std::uint64_t requests = 0, failed = 0;
    double share = 0;
    std::optional<double> p50Ms, p95Ms, p99Ms;
};

struct ServerReport {
    ServerKey key;
    std::string host; ///< whose own log matches this server, if found
    ServerPhase before, during, after;
    std::optional<double> weightBefore, weightDuring, expectedShareBefore, expectedShareDuring;
};

/// A clock that was set.
struct ClockStep {
    Instant at{};  ///< between the pairs before and after, by the balancer's clock
    Duration by{}; ///< positive: forward
    Duration uncertainty{};
};

struct HostClock {
    std::string host;
    std::string server;             ///< the balancer's name or address for it, if found
    std::optional<Duration> offset; ///< absent: unknown (too few pairs, one-way logs)
    Duration uncertainty{};
    std::uint64_t pairs = 0;
    std::optional<double> driftPpm = {}; ///< present only where no steady clock fits
    double driftUncertaintyPpm = 0;
    std::vector<ClockStep> steps = {}; ///< by time; `offset` is that of the longest part
    ClockCourse course = {}; ///< what is taken out of its times; empty: `offset`, for it is steady
};

/// One thing worth stating in the findings panel, in order of telling.
struct Finding {
    std::string title; ///< "Onset", "Likely cause", "Ruled out", "Clock", "Recovered"
    std::string statement;
    std::optional<Instant> at;
    enum class Tone : std::uint8_t { Bad, Good, Neutral } tone = Tone::Neutral;
    std::vector<Evidence> evidence;
};

struct Analysis {
    Window span;
    std::vector<HostClock> hosts;
    std::vector<ServerReport> servers;
    std::vector<Incident> incidents; ///< by impactStart
    std::vector<Finding> findings;
    std::vector<std::string> notes; ///< what could not be judged, and what is missing for it
};

struct AnalysisOptions {
    std::optional<Duration> slow; ///< service objective; default: found from the baseline
};

/// Deterministic: the same case gives the same result. Errors: Cancelled and those of Query.
/// A bundle in which nothing happened has no incidents; that is no error.
Result<Analysis> analyse(const Query& query, const AnalysisOptions& options, std::stop_token stop,
                         const ProgressSink& progress);

/// analyse(), and notes of what is missing (missing.h); saves all that in a case that may change.
Result<Analysis> analyseCase(Case& of, Query& query, const AnalysisOptions& options,
                             std::stop_token stop, const ProgressSink& progress);
/// The result saved by analyseCase, if the case has one of this version.
Result<std::optional<Analysis>> savedAnalysis(const Case& of);

/// The JSON of cli.md (one object, UTF-8, indented by two).
std::string toJson(const Analysis& analysis, const std::vector<SourceInfo>& sources);

} // namespace postlude
