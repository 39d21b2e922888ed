// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/review.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

using enum Severity;

// By id: configRule() searches.
constexpr ConfigRule kRules[] = {
    {"all-servers-out", Error, "No server of the backend takes requests",
     "Every request to this backend is answered with an error by the balancer itself",
     "Enable at least one server, or remove what sends requests here"},
    {"backend-missing", Error, "A backend that does not exist",
     "The balancer refuses such a configuration, or answers these requests with an error",
     "Correct the name or define the backend"},
    {"backend-unused", Note, "A backend that nobody uses",
     "What is not used is not kept right, and hides which servers really serve",
     "Remove it, or add the rule that should send requests to it"},
    {"backup-missing", Note, "No backup where others have one",
     "When all servers of this backend are down, its requests fail where others are still answered",
     "Add a backup server as for the other backends"},
    {"backup-unusable", Warning, "A backup server that the algorithm does not allow",
     "Hashing and random choice do not know backup servers: the configuration is refused, or the "
     "server takes a full share",
     "Take the backup mark away, or choose another algorithm"},
    {"change-algorithm", Warning, "The way to choose a server has changed",
     "Who gets which request changes at once: sessions and caches that live on one server are "
     "missed, and shares move",
     "Change it at a quiet hour, and watch the shares per server and their errors while it takes "
     "effect"},
    {"change-backup-removed", Warning, "A backup server was taken away",
     "There is less left to answer when the others are down",
     "Keep a backup, or say what takes over"},
    {"change-check", Warning, "What the health check asks has changed",
     "If servers do not answer the new check as expected, all of them are taken out at the same "
     "time",
     "Ask every server the new check by hand first, and roll it out to one server before the "
     "others"},
    {"change-check-removed", Error, "Health checks were switched off",
     "A server that fails keeps its share of the requests", "Keep the check"},
    {"change-limit", Warning, "A limit became smaller",
     "Requests queue or are refused at a load that was served before",
     "Compare it with the highest load seen, and leave room above it"},
    {"change-retries", Warning, "More is repeated than before",
     "When servers are slow, repeated requests add to the load that made them slow",
     "Keep retries few, and only for requests that no server has seen"},
    {"change-routing", Warning, "Requests go to another backend",
     "Another set of servers gets the load, which it may not be made for",
     "Check that the new backend answers these requests and can bear them"},
    {"change-server-removed", Warning, "A server was taken away", "The others get its share",
     "Check that the others can bear it at the highest load"},
    {"change-timeout", Warning, "A timeout became much shorter",
     "Requests that were answered so far are cut off",
     "Compare it with the 99th percentile of response times first"},
    {"change-weights", Warning, "A change of weights moves requests",
     "Shares move as soon as the configuration is loaded, without a ramp",
     "Move weights in small steps, and compare shares with what a server can bear"},
    {"check-hasty", Warning, "A single failed check takes a server out",
     "One lost packet or one slow answer removes capacity, under load from one server after the "
     "other",
     "Ask for two or three failures in a row"},
    {"check-path", Warning, "A health check asks for what cannot be right",
     "The check fails for a server that is well, or passes for one that is not",
     "Ask for a path that tells whether this service works"},
    {"check-port", Warning, "A health check asks another port than the requests use",
     "The check may pass while the service is down, or fail while it works",
     "Check the port that serves the requests"},
    {"check-slow", Note, "It takes long until a failed server is noticed",
     "Until then its share of the requests fails", "Check more often, or ask for fewer failures"},
    {"duplicate-address", Warning, "One address twice in a backend",
     "That server gets a double share, and both go down together", "Remove one of them"},
    {"duplicate-name", Error, "Two things of the same name",
     "The configuration is refused, or one of them is ignored", "Rename or remove one of them"},
    {"first-unlimited", Warning, "All requests go to the first server",
     "`first` fills servers in order; without a limit of connections the first never is full",
     "Set a limit of connections per server, or choose another algorithm"},
    {"hash-by-address", Note, "Servers are chosen by the client's address",
     "All who come through one NAT, office or mobile network end up on one server; behind a proxy "
     "or CDN nearly everybody does",
     "Choose by fewest connections, or hash something that tells users apart (a cookie, a "
     "session)"},
    {"include-missing", Warning, "An included file is not there",
     "The server does not start without it, or what it says could not be checked here",
     "Add the file, or hand it in with the others"},
    {"maxconn-below-load", Error, "A limit of connections below the load that was seen",
     "Requests wait in the queue or are refused while the server could do more",
     "Raise the limit above the highest load, or add servers"},
    {"maxconn-order", Note, "A limit of connections that can never be reached",
     "The limit around it is smaller, so this one protects nothing",
     "Bring the two limits into order"},
    {"no-health-check", Warning, "No health check",
     "A server that fails keeps its share of the requests", "Add a health check"},
    {"retries-amplify", Warning, "Retries multiply the load when servers are slow",
     "Each slow request is sent again to the next server, so an overload of one becomes one of all",
     "Fewer retries, only where no server has seen the request, and a bound in time"},
    {"rule-unreachable", Warning, "A rule that is never reached",
     "An earlier rule takes all requests that it is for",
     "Put the special rule before the general one, or remove it"},
    {"server-out", Warning, "A server that takes no requests",
     "The others carry its share, and it is easily forgotten",
     "Bring it back, or remove it if it is gone for good"},
    {"single-server", Warning, "One server only",
     "When it fails or is restarted, all requests of this backend fail",
     "Add a second server or a backup"},
    {"syntax", Error, "Not understood", "The server would refuse it too", "Correct it"},
    {"timeout-missing", Warning, "A timeout is missing",
     "Connections that nobody ends pile up until the limit is reached",
     "Set it, a little above the slowest answer that is all right"},
    {"timeout-unit", Warning, "A timeout so short that its unit is probably missing",
     "Nearly every request is cut off", "Write the unit"},
    {"weights-apart", Warning, "Weights far apart",
     "One server gets most of the requests, and the others hardly help",
     "Bring the weights together, unless the servers really differ that much"},
};

constexpr bool ordered() {
    return std::ranges::is_sorted(kRules, {}, &ConfigRule::id);
}
static_assert(ordered());

} // namespace

std::string_view nameOf(Severity severity) {
    static constexpr std::array<std::string_view, 3> kNames{"note", "warning", "error"};
    return kNames[static_cast<std::size_t>(severity)];
}

std::span<const ConfigRule> configRules() {
    return kRules;
}

const ConfigRule* configRule(std::string_view id) {
    const auto it = std::ranges::lower_bound(kRules, id, {}, &ConfigRule::id);
    return it == std::end(kRules) || it->id != id ? nullptr : it;
}

} // namespace postlude
