// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/measures.h"

namespace postlude {

namespace {

struct Proposal {
    const char* text;
    const char* type;
    const char* doneWhen;
};

struct KindMeasures {
    const char* improvement;
    Proposal prevent, detect, mitigate;
    const char* question;
};

constexpr KindMeasures kBalancerWeights{
    "Treat the balancer's weights as production code: reviewed, checked before they are live, and "
    "rolled out to one balancer first.",
    {"Check server weights in the deploy pipeline", "prevent",
     "a change that gives one server more than 1.5 times its fair share fails the pipeline"},
    {"Alert when one server takes 1.5 times its expected share", "detect",
     "replaying this incident's traffic raises the alert within a minute"},
    {"Write down and rehearse the roll-back of the balancer's configuration", "mitigate",
     "somebody who has never done it rolls back within five minutes"},
    "[Who or what looked at the weights before they were live, and what could not be seen there?]"};

constexpr KindMeasures kBalancerAlgorithm{
    "Replay recorded peak traffic against every change of the balancing algorithm before it is "
    "live.",
    {"Replay peak traffic against every change of the balancing algorithm", "prevent",
     "a change under which the shares of servers differ by more than a quarter is held back"},
    {"Alert when one server takes 1.5 times its expected share", "detect",
     "replaying this incident's traffic raises the alert within a minute"},
    {"Write down and rehearse the roll-back of the balancer's configuration", "mitigate",
     "somebody who has never done it rolls back within five minutes"},
    "[Under which traffic was the algorithm tried before, and how did that differ?]"};

constexpr KindMeasures kBalancerHashing{
    "Choose the key by which requests are spread from the clients as they really arrive (behind "
    "networks, proxies and a CDN).",
    {"Test the hash key against recorded client addresses before a change is live", "prevent",
     "the largest share of a server in the test is known and reviewed"},
    {"Alert when one server takes 1.5 times its expected share", "detect",
     "replaying this incident's traffic raises the alert within a minute"},
    {"Provide a switch back to plain round robin", "mitigate",
     "the switch has been used once in a drill"},
    "[Was it known that many clients share a network, and where was that written down?]"};

constexpr KindMeasures kBalancerHealthCheck{
    "Probe every new health check against the running servers before it decides over them.",
    {"Run a changed health check against all servers before the reload", "prevent",
     "a check that would take more than one server down stops the reload"},
    {"Alert when more than half of a backend's servers are down", "detect",
     "taking two servers down in a drill pages somebody within a minute"},
    {"Keep serving from all servers when every check fails at once", "mitigate",
     "with all checks failing in a drill, requests are still answered"},
    "[Why could one reload take every server out at the same time?]"};

constexpr KindMeasures kBalancerOther{
    "Check every change of the balancer's configuration against recorded traffic before it is "
    "live.",
    {"Check the balancer's configuration in the deploy pipeline", "prevent",
     "the change of this incident fails the pipeline"},
    {"Alert on the error rate of each server, not only of the whole", "detect",
     "replaying this incident's traffic raises the alert within a minute"},
    {"Write down and rehearse the roll-back of the balancer's configuration", "mitigate",
     "somebody who has never done it rolls back within five minutes"},
    "[Who or what looked at the change before it was live, and what could not be seen there?]"};

constexpr KindMeasures kOverload{
    "Let a server that is overloaded refuse work early instead of dying with the work it has.",
    {"Limit concurrent requests per server below what it survives in a load test", "prevent",
     "a load test at twice the peak ends without a crash"},
    {"Alert on restarts and on memory before the limit is reached", "detect",
     "a server at 85 % of its memory pages somebody"},
    {"Bring restarted servers back slowly", "mitigate",
     "a restarted server gets its full share only after it has warmed up"},
    "[At what load does one server fail, and when was that last measured?]"};

constexpr KindMeasures kDatabase{
    "Keep the slowness of the database from filling every queue in front of it.",
    {"Review and test changes of queries and schema against production-sized data", "prevent",
     "the statement of this incident is part of the test"},
    {"Alert on the database's latency and on waiting connections", "detect",
     "replaying this incident's figures raises the alert within a minute"},
    {"Give every query a time limit and every pool a bound", "mitigate",
     "a blocked query in a drill fails alone"},
    "[What else was using the database at that time?]"};

constexpr KindMeasures kFlood{
    "Bound what one client or network can take, so that the rest is still served.",
    {"Limit the rate per client and per network at the edge", "prevent",
     "the traffic of this incident, replayed, is limited and others are served"},
    {"Alert on a jump of distinct clients and of requests per network", "detect",
     "replaying this incident's traffic raises the alert within a minute"},
    {"Prepare a rule that sheds the least important requests first", "mitigate",
     "the rule has been used once in a drill"},
    "[Which limits were in place, and why did they not take effect?]"};

constexpr KindMeasures kDeploy{
    "Roll out step by step, and stop by itself when errors rise.",
    {"Release to one server first and compare it with the others", "prevent",
     "the release of this incident stops after the first server"},
    {"Mark every release on the dashboards and compare errors before and after", "detect",
     "a rise after a release pages its author within two minutes"},
    {"Make going back to the release before a single step", "mitigate",
     "going back takes less than five minutes in a drill"},
    "[Which test could have shown the fault before the release?]"};

constexpr KindMeasures kUpstream{
    "Decide what users get while a service that we depend on is not there.",
    {"Set time limits, retries and a circuit breaker for the service that failed", "prevent",
     "with that service switched off in a drill, pages are still served"},
    {"Watch the services we depend on from our own side", "detect",
     "their failure is seen by us before users report it"},
    {"Prepare a reduced answer for the time of its absence", "mitigate",
     "the reduced answer has been shown in a drill"},
    "[What was agreed with that service about availability, and did it hold?]"};

constexpr KindMeasures kHost{
    "Know how much of each resource is left, and act before it is used up.",
    {"Plan capacity for the resource that ran out, with room to spare", "prevent",
     "peak use stays below 70 %"},
    {"Alert on the resource's trend, not only on its exhaustion", "detect",
     "somebody knows a day before it would run out"},
    {"Take a starved host out of the balancer by itself", "mitigate",
     "a starved host in a drill gets no requests after a minute"},
    "[Since when was that resource becoming scarce?]"};

constexpr KindMeasures kNetwork{
    "Let no single path through the network carry everything.",
    {"Review the path that failed and add a second one", "prevent",
     "cutting the first path in a drill is not noticed by users"},
    {"Measure loss and latency between balancer and servers", "detect",
     "losing one packet in a hundred raises an alert within two minutes"},
    {"Let the balancer leave out servers that it cannot reach", "mitigate",
     "a server made unreachable in a drill gets no requests after ten seconds"},
    "[What changed in the network shortly before?]"};

constexpr KindMeasures kUnknown{
    "Collect what was missing to settle the cause, so that the next incident of this kind can be "
    "explained.",
    {"Find the cause that the logs at hand do not settle", "process",
     "the cause is written into this document with its evidence"},
    {"Alert on what users felt first in this incident", "detect",
     "replaying this incident's traffic raises the alert within a minute"},
    {"Write down what ended this incident as a first measure", "mitigate",
     "the measure is in the on-call handbook"},
    "[Which log or metric was missing to settle the cause?]"};

const KindMeasures& of(CauseKind kind) {
    switch (kind) {
    case CauseKind::LbWeights:
        return kBalancerWeights;
    case CauseKind::LbAlgorithm:
        return kBalancerAlgorithm;
    case CauseKind::LbHashing:
        return kBalancerHashing;
    case CauseKind::LbHealthCheck:
        return kBalancerHealthCheck;
    case CauseKind::LbOther:
        return kBalancerOther;
    case CauseKind::OverloadCrash:
        return kOverload;
    case CauseKind::Database:
        return kDatabase;
    case CauseKind::ClientFlood:
        return kFlood;
    case CauseKind::Deploy:
        return kDeploy;
    case CauseKind::Upstream:
        return kUpstream;
    case CauseKind::HostResource:
        return kHost;
    case CauseKind::Network:
        return kNetwork;
    case CauseKind::Unknown:
        break;
    }
    return kUnknown;
}

Task taskOf(const Proposal& proposal) {
    Task task;
    task.text = proposal.text;
    task.type = proposal.type;
    task.doneWhen = proposal.doneWhen;
    return task;
}

} // namespace

Measures measuresFor(CauseKind kind) {
    const KindMeasures& m = of(kind);
    return {
        {m.improvement}, {taskOf(m.prevent), taskOf(m.detect), taskOf(m.mitigate)}, {m.question}};
}

} // namespace postlude
