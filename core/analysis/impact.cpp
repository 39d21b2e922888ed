// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/impact.h"

#include <algorithm>
#include <unordered_map>

namespace postlude::detail {

Impact impactOf(const Traffic& traffic, const Window& window, double usualFailedShare) {
    Impact out;
    struct Tally {
        std::uint64_t requests = 0, failed = 0;
    };
    std::vector<Tally> services(traffic.services.size());
    std::unordered_map<std::uint32_t, bool> clients; // affected?
    for (const Request& r : traffic.within(window)) {
        const bool slow = traffic.isSlow(r);
        ++out.requests;
        out.failed += r.failed ? 1 : 0;
        out.slow += slow ? 1 : 0;
        ++services[r.service].requests;
        services[r.service].failed += r.failed ? 1 : 0;
        if (r.client) clients[r.client] |= r.failed || slow;
    }
    out.clients = clients.size();
    out.clientsAffected =
        std::uint64_t(std::ranges::count_if(clients, [](const auto& c) { return c.second; }));
    out.excessFailed = std::max(0.0, double(out.failed) - usualFailedShare * double(out.requests));
    for (std::size_t i = 0; i < services.size(); ++i)
        if (services[i].requests)
            out.services.push_back({traffic.services[i], services[i].requests,
                                    double(services[i].failed) / double(services[i].requests)});
    std::ranges::sort(out.services, [](const ServiceImpact& a, const ServiceImpact& b) {
        return std::pair(b.requests, a.name) < std::pair(a.requests, b.name);
    });
    return out;
}

} // namespace postlude::detail
