// SPDX-License-Identifier: GPL-3.0-or-later
// How long an analysis goes on after it was asked to stop.
//
//     bench_cancel CASE [TIMES [SEED]]
//
// Runs it once to the end, then TIMES (50) times with a stop at a drawn moment. One line for each
// stage in which it was stopped: how often, and the longest and the median wait in ms.
#include "core/analysis/analysis.h"
#include "core/case/case.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <random>
#include <thread>

using namespace postlude;

namespace {

double now() {
    return std::chrono::duration<double, std::milli>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

template <class Value>
Value orExit(Result<Value> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "{}\n", describe(result.error()));
    std::exit(1);
}

/// What the analysis said last that it is doing.
class Stage {
public:
    void set(const std::string& name) {
        const std::scoped_lock lock(mutex_);
        name_ = name;
    }
    std::string get() {
        const std::scoped_lock lock(mutex_);
        return name_;
    }

private:
    std::mutex mutex_;
    std::string name_;
};

struct Stopped {
    std::string in;
    double ms = 0;
    bool ended = false; ///< it was done before
};

Stopped stoppedAfter(const Query& query, double wait) {
    Stage stage;
    std::stop_source source;
    Stopped out;
    double asked = 0;
    std::jthread clock([&] {
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(wait));
        out.in = stage.get();
        asked = now();
        source.request_stop();
    });
    const auto done =
        analyse(query, {}, source.get_token(), [&](const Progress& p) { stage.set(p.source); });
    const double ended = now();
    clock.join();
    out.ended = done.has_value();
    out.ms = std::max(0.0, ended - asked);
    return out;
}

} // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "usage: bench_cancel CASE [TIMES [SEED]]\n");
        return 2;
    }
    const int times = count > 2 ? std::atoi(arguments[2]) : 50;
    std::mt19937 dice(count > 3 ? unsigned(std::atoi(arguments[3])) : 1U);
    const auto one = orExit(Case::open(arguments[1], OpenMode::ReadOnly));
    const auto query = orExit(openQuery(*one));
    const double began = now();
    orExit(analyse(*query, {}, {}, {}));
    const double whole = now() - began;
    fmt::print("{:.0f} ms to the end\n", whole);
    std::map<std::string, std::vector<double>> waits;
    for (int i = 0; i < times; ++i) {
        const Stopped s = stoppedAfter(*query, double(dice()) / 4294967296.0 * whole);
        if (!s.ended) waits[s.in].push_back(s.ms);
    }
    for (auto& [stage, ms] : waits) {
        std::ranges::sort(ms);
        fmt::print("{:>4} {:8.1f} {:8.1f}  {}\n", ms.size(), ms.back(), ms[ms.size() / 2], stage);
    }
}
