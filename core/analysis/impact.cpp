// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/impact.h"

#include "core/analysis/detail/fold.h"
#include "core/analysis/detail/volume.h"

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

struct Tally {
    std::uint64_t requests = 0, failed = 0, slow = 0;
};

struct Sum {
    std::uint64_t failed = 0, slow = 0;
    std::vector<Tally> services;
    ClientSet clients, affected;

    void merge(const Sum& other) {
        failed += other.failed;
        slow += other.slow;
        for (std::size_t i = 0; i < services.size(); ++i) {
            services[i].requests += other.services[i].requests;
            services[i].failed += other.services[i].failed;
            services[i].slow += other.services[i].slow;
        }
        clients.add(other.clients);
        affected.add(other.affected);
    }
};

Sum sumOf(const Traffic& traffic, const Window& window) {
    const ClientSet nobody(traffic.clients.size());
    const Sum empty{0, 0, std::vector<Tally>(traffic.services.size()), nobody, nobody};
    return folded(traffic, window, empty, [&](Sum& to, const Request& r) {
        const bool slow = traffic.isSlow(r);
        Tally& service = to.services[r.service];
        ++service.requests;
        service.failed += r.failed ? 1 : 0;
        service.slow += slow ? 1 : 0;
        to.failed += r.failed ? 1 : 0;
        to.slow += slow ? 1 : 0;
        if (!r.client) return;
        to.clients.add(r.client);
        if (r.failed || slow) to.affected.add(r.client);
    });
}

/// The stretch before is each service's own usual. Without one, that of the quietest stretches.
Tally usualOf(const Tally& before, const Baseline& baseline) {
    if (before.requests > 0) return before;
    return {baseline.requests,
            std::uint64_t(std::llround(baseline.failed * double(baseline.requests))), 0};
}

std::vector<ServiceImpact> servicesOf(const Traffic& traffic, const Sum& is, const Sum& was,
                                      const Baseline& baseline) {
    std::vector<ServiceImpact> out;
    for (std::size_t i = 0; i < is.services.size(); ++i) {
        const Tally& s = is.services[i];
        if (s.requests == 0) continue;
        const Tally usual = usualOf(was.services[i], baseline);
        const Excess e =
            excessOf(s.failed, s.requests, usual.failed, usual.requests, baseline.overdispersion);
        out.push_back({traffic.services[i], s.requests, double(s.failed) / double(s.requests),
                       s.failed, s.slow, e.failed, e.low, e.high});
    }
    std::ranges::sort(out, [](const ServiceImpact& a, const ServiceImpact& b) {
        return std::pair(b.requests, a.name) < std::pair(a.requests, b.name);
    });
    return out;
}

/// Of the quietest stretches, as the rise was found against them.
void addExcess(const Baseline& baseline, Impact& out) {
    const auto usual = std::uint64_t(std::llround(baseline.failed * double(baseline.requests)));
    const Excess e =
        excessOf(out.failed, out.requests, usual, baseline.requests, baseline.overdispersion);
    out.excessFailed = std::max(0.0, double(out.failed) - baseline.failed * double(out.requests));
    out.excessLow = std::min(e.low, out.excessFailed);
    out.excessHigh = std::max(e.high, out.excessFailed);
}

std::string clientIs(const Traffic& traffic, const Impact& i, const Sum& was) {
    if (i.requests == 0) return {};
    if (i.clients == 0) return "Clients are not logged: how many people it was cannot be said";
    std::string out =
        "A client is an address as the log names it (the first that is not a known proxy, where "
        "X-Forwarded-For is logged): many people behind one NAT, office or mobile network count "
        "as one, and one person who changes networks counts twice";
    const double each = double(i.requests) / double(i.clients);
    const auto all = std::max(i.clients, was.clients.count());
    constexpr double kMany = 200;
    constexpr std::uint64_t kFew = 10;
    if (all <= kFew && each >= kMany && traffic.requests.size() >= 1000)
        out += "; here only " + std::to_string(all) +
               " addresses sent everything, so that they are proxies rather than people";
    return out;
}

} // namespace

Impact impactOf(const Traffic& traffic, const Phases& phases, const Onsets& onsets) {
    const Sum is = sumOf(traffic, phases.during), was = sumOf(traffic, phases.before);
    Impact out;
    out.requests = traffic.within(phases.during).size();
    out.failed = is.failed;
    out.slow = is.slow;
    out.clients = is.clients.count();
    out.clientsAffected = is.affected.count();
    addExcess(onsets.baseline, out);
    out.services = servicesOf(traffic, is, was, onsets.baseline);
    out.missing = missingIn(onsets.grid, phases.during, onsets.stretches);
    out.clientIs = clientIs(traffic, out, was);
    return out;
}

} // namespace postlude::detail
