// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/parallel.h"

#include "core/base/vectorstate.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace postlude {

namespace {

class Crew {
public:
    Crew(std::size_t pieces, const std::function<void(std::size_t, std::size_t)>& work)
        : pieces_(pieces)
        , work_(work) {}

    void labour(std::size_t worker) {
        try {
            for (std::size_t piece = next_++; piece < pieces_; piece = next_++)
                work_(worker, piece);
        } catch (...) {
            next_ = pieces_;
            const std::lock_guard hold(mutex_);
            if (!failure_) failure_ = std::current_exception();
        }
    }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    std::size_t pieces_;
    const std::function<void(std::size_t, std::size_t)>& work_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::exception_ptr failure_;
};

} // namespace

std::size_t workersFor(std::size_t pieces) {
    const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
    return std::max<std::size_t>(1, std::min({processors, pieces, std::size_t{8}}));
}

void inParallel(std::size_t pieces, std::size_t workers,
                const std::function<void(std::size_t, std::size_t)>& work) {
    forgetUpperHalves();
    Crew crew(pieces, work);
    {
        std::vector<std::jthread> threads;
        try {
            for (std::size_t worker = 1; worker < workers; ++worker)
                threads.emplace_back([&crew, worker] { crew.labour(worker); });
        } catch (const std::system_error&) {
            // No more threads to be had: those there are do it all.
        }
        crew.labour(0);
    }
    crew.rethrow();
}

} // namespace postlude
