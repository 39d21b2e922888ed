// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/crew.h"

#include "core/base/vectorstate.h"

#include <system_error>
#include <thread>

namespace postlude::detail {

namespace {

constexpr std::size_t kSpareJobs = 2; // more than threads: read and waiting for one before them
constexpr std::size_t kTextInMemory = std::size_t{128} << 20U;

} // namespace

Crew::Crew(const Reading& reading, std::vector<const Source*> order, unsigned threads)
    : reading_(reading)
    , order_(std::move(order))
    , threads_(threads)
    , mostJobs_(threads + kSpareJobs) {}

PieceSize Crew::pieceSize(unsigned threads) {
    const std::size_t share = kTextInMemory / (threads + kSpareJobs);
    return {kSegmentRows, std::clamp(share, std::size_t{2} << 20U, std::size_t{16} << 20U)};
}

Result<void> Crew::run() {
    forgetUpperHalves();
    workTogether();
    if (thrown_) std::rethrow_exception(thrown_);
    const Result<void> saved = reading_.committer.finish();
    if (reading_.stop.stop_requested())
        return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    if (error_) return std::unexpected(*error_);
    return saved;
}

void Crew::workTogether() {
    const std::stop_callback wake(reading_.stop, [this] {
        const std::scoped_lock lock(mutex_);
        changed_.notify_all();
    });
    std::vector<std::jthread> others;
    others.reserve(threads_);
    try {
        for (unsigned i = 1; i < threads_; ++i)
            others.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        // No more threads to be had: those there are do it all.
    }
    work();
}

bool Crew::over() const {
    return thrown_ || error_ || reading_.stop.stop_requested() ||
           (next_ == order_.size() && flows_.empty());
}

void Crew::work() {
    Lock lock(mutex_);
    try {
        while (!over())
            if (!doNext(lock)) changed_.wait(lock);
    } catch (...) { // what this thread was about will never be done: nobody may wait for it
        if (!lock.owns_lock()) lock.lock();
        if (!thrown_) thrown_ = std::current_exception();
    }
    changed_.notify_all();
}

/// False if there is nothing to do until another thread is done with something. What a flow has
/// cut is known to the thread that cuts alone, until it is done.
bool Crew::doNext(Lock& lock) {
    for (const auto& flow : flows_) {
        if (flow->settling) continue;
        if (!flow->jobs.empty() && flow->jobs.front()->ready) return settle(*flow, lock), true;
        if (flow->jobs.empty() && !flow->cutting && flow->allCut) return finish(*flow, lock), true;
    }
    if (jobs_ >= mostJobs_) return false;
    for (const auto& flow : flows_) {
        if (flow->cutting || flow->allCut) continue;
        const bool waits = flow->firstCut && !flow->firstSettled;
        if (!waits) return cutAndRead(*flow, lock), true;
    }
    if (next_ == order_.size() || flows_.size() >= mostJobs_) return false;
    open(lock);
    return true;
}

bool Crew::failed(const Result<void>& done) {
    if (!done && !error_) error_ = done.error();
    return !done;
}

/// The source may be at fault; all others are read nevertheless.
bool Crew::failedOrFaulty(SourceFlow& flow, const Error& error) {
    if (!SourceFlow::isOwnFault(error)) return failed(std::unexpected(error));
    flow.allCut = true;
    return failed(flow.report(error)), true;
}

void Crew::open(Lock& lock) {
    flows_.push_back(std::make_unique<SourceFlow>(reading_, *order_[next_++]));
    SourceFlow& flow = *flows_.back();
    flow.cutting = true;
    lock.unlock();
    const Result<void> done = flow.open();
    lock.lock();
    flow.cutting = false;
    if (!done && failedOrFaulty(flow, done.error())) return changed_.notify_all();
    if (!flow.allCut) cutAndRead(flow, lock);
    changed_.notify_all();
}

void Crew::cutAndRead(SourceFlow& flow, Lock& lock) {
    std::shared_ptr<Job> job;
    if (spare_.empty()) {
        job = std::make_shared<Job>();
    } else {
        job = std::move(spare_.back());
        spare_.pop_back();
    }
    flow.cutting = true;
    ++jobs_;
    lock.unlock();
    const Result<bool> more = flow.cut(*job);
    lock.lock();
    flow.cutting = false;
    flow.firstCut = true;
    if (!more || !*more) {
        --jobs_;
        flow.allCut = true;
        if (!more) failedOrFaulty(flow, more.error());
        return changed_.notify_all();
    }
    flow.allCut = job->piece.last;
    flow.jobs.push_back(job);
    changed_.notify_all();
    lock.unlock();
    const Result<void> done = flow.read(*job);
    lock.lock();
    job->ready = true;
    failed(done);
    changed_.notify_all();
}

void Crew::settle(SourceFlow& flow, Lock& lock) {
    const std::shared_ptr<Job> job = flow.jobs.front();
    flow.jobs.pop_front();
    flow.settling = true;
    lock.unlock();
    const Result<void> done = flow.settle(*job);
    lock.lock();
    flow.settling = false;
    flow.firstSettled = true;
    --jobs_;
    if (spare_.size() < mostJobs_) spare_.push_back(job);
    failed(done);
    changed_.notify_all();
}

void Crew::finish(SourceFlow& flow, Lock& lock) {
    flow.settling = true;
    lock.unlock();
    const Result<void> done = flow.finish();
    lock.lock();
    std::erase_if(flows_, [&](const auto& each) { return each.get() == &flow; });
    failed(done);
    changed_.notify_all();
}

} // namespace postlude::detail
