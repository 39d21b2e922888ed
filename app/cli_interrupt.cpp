// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_interrupt.h"

#include <csignal>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace postlude::cli {

namespace {

constexpr int kCancelled = 130;

/// Never destroyed: the waiting thread outlives main().
struct State {
    std::stop_source stop;
    std::mutex mutex;
    std::filesystem::path folder;
};
State& state() {
    static State& one = *new State;
    return one;
}

bool isIgnored(int signal) {
    struct sigaction now{};
    return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void waitForSignals(const sigset_t& signals) {
    const auto wait = [&signals] {
        int which = 0;
        while (sigwait(&signals, &which) != 0) // interrupted by another signal: none of ours
            continue;
    };
    wait();
    state().stop.request_stop();
    wait();
    const std::lock_guard lock(state().mutex);
    std::error_code ignored;
    if (!state().folder.empty()) std::filesystem::remove_all(state().folder, ignored);
    _exit(kCancelled);
}

} // namespace

void catchInterrupts() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        if (!isIgnored(signal)) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    (void)state();
    std::thread([signals] { waitForSignals(signals); }).detach();
}

std::stop_token interrupted() {
    return state().stop.get_token();
}

void removeOnExit(const std::filesystem::path& folder) {
    const std::lock_guard lock(state().mutex);
    state().folder = folder;
}

} // namespace postlude::cli
