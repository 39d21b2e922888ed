// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/impact.h"

#include "core/analysis/detail/fold.h"

#include <algorithm>

namespace postlude::detail {

namespace {

struct Tally {
    std::uint64_t requests = 0, failed = 0;
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
        }
        clients.add(other.clients);
        affected.add(other.affected);
    }
};

} // namespace

Impact impactOf(const Traffic& traffic, const Window& window, double usualFailedShare) {
    const ClientSet nobody(traffic.clients.size());
    const Sum empty{0, 0, std::vector<Tally>(traffic.services.size()), nobody, nobody};
    const Sum sum = folded(traffic, window, empty, [&](Sum& to, const Request& r) {
        const bool slow = traffic.isSlow(r);
        to.failed += r.failed ? 1 : 0;
        to.slow += slow ? 1 : 0;
        ++to.services[r.service].requests;
        to.services[r.service].failed += r.failed ? 1 : 0;
        if (!r.client) return;
        to.clients.add(r.client);
        if (r.failed || slow) to.affected.add(r.client);
    });
    Impact out;
    out.requests = traffic.within(window).size();
    out.failed = sum.failed;
    out.slow = sum.slow;
    out.clients = sum.clients.count();
    out.clientsAffected = sum.affected.count();
    out.excessFailed = std::max(0.0, double(out.failed) - usualFailedShare * double(out.requests));
    for (std::size_t i = 0; i < sum.services.size(); ++i)
        if (const Tally& s = sum.services[i]; s.requests)
            out.services.push_back(
                {traffic.services[i], s.requests, double(s.failed) / double(s.requests)});
    std::ranges::sort(out.services, [](const ServiceImpact& a, const ServiceImpact& b) {
        return std::pair(b.requests, a.name) < std::pair(a.requests, b.name);
    });
    return out;
}

} // namespace postlude::detail
