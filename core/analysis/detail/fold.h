// SPDX-License-Identifier: GPL-3.0-or-later
// One pass over many requests by all processors.
#pragma once

#include "core/analysis/detail/traffic.h"

#include <algorithm>
#include <system_error>
#include <thread>

namespace postlude::detail {

/// Gives each processor a stretch of the requests in `window` and a copy of `start`, calls
/// `take(sum, request)`, and then `sum.merge(other)` in order. Same result however many there are,
/// as long as merging is adding.
template <class Sum, class Take>
Sum folded(const Traffic& traffic, const Window& window, const Sum& start, const Take& take) {
    constexpr std::size_t kWorthAThread = 200'000;
    const PackedRequests::Range all = traffic.within(window);
    const std::size_t processors = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
    const std::size_t parts = std::min(processors, all.size() / kWorthAThread + 1);
    std::vector<Sum> sums(parts, start);
    const auto work = [&](std::size_t part) {
        for (const Request& r : all.part(part, parts))
            take(sums[part], r);
    };
    {
        std::vector<std::jthread> threads;
        std::size_t begun = 1;
        try {
            for (; begun < parts; ++begun)
                threads.emplace_back([&work, part = begun] { work(part); });
        } catch (const std::system_error&) {
            // No more threads to be had: this one does the rest.
        }
        work(0);
        for (std::size_t part = begun; part < parts; ++part)
            work(part);
    }
    for (std::size_t part = 1; part < parts; ++part)
        sums[0].merge(sums[part]);
    return std::move(sums[0]);
}

} // namespace postlude::detail
