// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulator/simulation.h"

#include "tests/support/simulator/machine.h"
#include "tests/support/simulator/visitors.h"

#include <algorithm>
#include <deque>
#include <map>
#include <queue>

namespace postlude::sim {

namespace {

enum class What : std::uint8_t {
    Arrival,
    Again,
    Reaches,
    Finished,
    ServerTimeout,
    QueueTimeout,
    Retry,
    Check,
    CheckTimeout,
    Dies,
    Starts,
    Report
};

struct Event {
    double at = 0;
    std::uint64_t number = 0; ///< events at the same moment keep their order
    What what = What::Arrival;
    int a = 0, b = 0;
    bool operator<(const Event& o) const { return at != o.at ? at > o.at : number > o.number; }
};

class Simulation {
public:
    explicit Simulation(const Scenario& s)
        : s_(s)
        , dice_(s.seed)
        , visitors_(s, dice_)
        , settings_(settingsOf(s))
        , machines_(s, dice_, out_)
        , pool_(s, settings_) {}

    Run run() {
        push(visitors_.next(0), What::Arrival);
        push(dice_.between(1, 9), What::Report);
        for (int i = 0; i < int(s_.servers.size()); ++i)
            if (hasChecks(s_.balancer.kind)) push(dice_() * s_.balancer.checkEvery, What::Check, i);
        for (const Death& d : machines_.deaths()) {
            push(d.at, What::Dies, d.server);
            push(d.back, What::Starts, d.server);
        }
        while (!events_.empty()) {
            const Event e = events_.top();
            events_.pop();
            // The last requests may end, but nobody comes any more.
            if (e.at > s_.length + 30) break;
            handle(e);
        }
        finish();
        return std::move(out_);
    }

private:
    void push(double at, What what, int a = 0, int b = 0) {
        events_.push({at, number_++, what, a, b});
    }

    void handle(const Event& e) {
        now_ = e.at;
        switch (e.what) {
        case What::Arrival:
            if (now_ >= s_.length) return;
            arrive(visitors_.request(now_));
            push(visitors_.next(now_), What::Arrival);
            return;
        case What::Again:
            if (now_ < s_.length) again(e.a);
            return;
        case What::Reaches:
            reach(e.a, e.b);
            return;
        case What::Finished:
            finished(e.a);
            return;
        case What::ServerTimeout:
            if (attempt(e.a, e.b).end == End::Open) endAttempt(e.a, e.b, End::ServerTimeout, 504);
            return;
        case What::QueueTimeout:
            if (std::erase(waiting_, e.a)) answer(e.a, 503, "sQ");
            return;
        case What::Retry:
            choose(e.a);
            return;
        case What::Check:
            check(e.a);
            return;
        case What::CheckTimeout:
            checked(e.a, e.b, false, "Layer7 timeout, check duration: 2001ms");
            return;
        case What::Dies:
            for (const int job : machines_.die(e.a, now_))
                broken(job);
            return;
        case What::Starts:
            machines_.start(e.a, now_);
            return;
        case What::Report:
            report();
            return;
        }
    }

    Request& request(int r) { return out_.requests[std::size_t(r)]; }
    Attempt& attempt(int r, int a) { return request(r).attempts[std::size_t(a)]; }

    void arrive(Request r) {
        r.waiting = open_++;
        r.bytes = dice_.whole(200, 9000);
        out_.requests.push_back(std::move(r));
        choose(int(out_.requests.size()) - 1);
    }

    void again(int r) {
        Request next;
        const Request& before = request(r);
        next.arrived = now_;
        next.client = before.client;
        next.path = before.path;
        next.person = before.person;
        next.endpoint = before.endpoint;
        arrive(std::move(next));
    }

    /// Sends the request to a server, lets it wait, or turns it away.
    void choose(int r) {
        const Request& q = request(r);
        const int last = q.attempts.empty() ? -1 : q.attempts.back().server;
        const bool nginx = !hasChecks(s_.balancer.kind);
        int server = -1;
        if (last >= 0 && !nginx &&
            int(q.attempts.size()) <= s_.balancer.retries - (s_.balancer.redispatch ? 1 : 0))
            server = pool_.usable(last, now_) ? last : -1;
        if (server < 0) {
            const Pool::Choice c = pool_.choose(q, now_, last, dice_);
            if (c.full) {
                waiting_.push_back(r);
                push(now_ + s_.balancer.queueTimeout, What::QueueTimeout, r);
                return;
            }
            server = c.server;
        }
        if (server < 0) return answer(r, nginx ? 502 : 503, "SC");
        send(r, server);
    }

    void send(int r, int server) {
        Request& q = request(r);
        if (q.attempts.empty()) q.queued = now_ - q.arrived;
        q.attempts.push_back({server, now_, -1, 0, End::Open, 0});
        pool_.taken(server);
        const int a = int(q.attempts.size()) - 1;
        const Connecting c = machines_.connect(server, now_);
        push(now_ + std::min(c.takes, s_.balancer.connectTimeout), What::Reaches, r, a);
        reaches_[{r, a}] = c;
    }

    void reach(int r, int a) {
        const Connecting c = reaches_[{r, a}];
        reaches_.erase({r, a});
        Attempt& at = attempt(r, a);
        if (c.takes >= s_.balancer.connectTimeout)
            return endAttempt(r, a, End::ConnectTimeout, 504);
        if (c.refused || !machines_.alive(at.server)) return endAttempt(r, a, End::Refused, 502);
        at.connect = c.takes;
        push(now_ + s_.balancer.serverTimeout, What::ServerTimeout, r, a);
        const int job = machines_.accept(at.server, request(r), r, a, now_);
        begin(job);
    }

    void begin(int job) {
        if (job >= 0) push(machines_.job(job).ends, What::Finished, job);
    }

    void finished(int j) {
        const Job job = machines_.job(j);
        if (job.dead) return;
        for (const int next : machines_.release(j, now_))
            begin(next);
        if (job.request >= 0) {
            if (attempt(job.request, job.attempt).end == End::Open)
                endAttempt(job.request, job.attempt, End::Answered, job.status);
        } else {
            checked(job.server, job.check, job.status == 200,
                    "Layer7 check passed, code: 200, check duration: 4ms");
        }
    }

    void broken(int j) {
        const Job& job = machines_.job(j);
        if (job.request >= 0 && attempt(job.request, job.attempt).end == End::Open)
            endAttempt(job.request, job.attempt, End::Closed, 502);
    }

    void endAttempt(int r, int a, End end, int status) {
        Attempt& at = attempt(r, a);
        at.end = end;
        at.ended = now_;
        at.status = status;
        pool_.freed(at.server);
        if (end != End::Answered) pool_.noteFailure(at.server, now_);
        if (end == End::Answered)
            answer(r, status, "--");
        else if (mayRetry(r, end))
            push(now_ + retryAfter(end), What::Retry, r);
        else
            giveUp(r, end);
        takeWaiting();
    }

    [[nodiscard]] bool mayRetry(int r, End end) {
        const Request& q = request(r);
        const auto tries = int(q.attempts.size());
        const bool connecting = end == End::Refused || end == End::ConnectTimeout;
        if (hasChecks(s_.balancer.kind)) return connecting && tries <= s_.balancer.retries;
        const bool repeatable = s_.endpoints[std::size_t(q.endpoint)].method == "GET";
        return (connecting || repeatable) && tries < std::min(3, int(s_.servers.size()));
    }

    [[nodiscard]] double retryAfter(End end) const {
        if (!hasChecks(s_.balancer.kind) || end == End::ConnectTimeout) return 0;
        return std::min(1.0, s_.balancer.connectTimeout);
    }

    void giveUp(int r, End end) {
        const bool nginx = !hasChecks(s_.balancer.kind);
        switch (end) {
        case End::ServerTimeout:
            return answer(r, 504, "sH");
        case End::Closed:
            return answer(r, 502, "SH");
        case End::ConnectTimeout:
            return answer(r, nginx ? 504 : 503, "sC");
        default:
            return answer(r, nginx ? 502 : 503, "SC");
        }
    }

    void answer(int r, int status, const char* cause) {
        Request& q = request(r);
        q.status = status;
        q.done = now_ + 0.0002;
        q.cause[0] = cause[0];
        q.cause[1] = cause[1];
        if (q.attempts.empty()) q.queued = now_ - q.arrived;
        if (q.failed()) q.bytes = dice_.whole(150, 400);
        --open_;
        if (q.failed() && q.person >= 0 && !q.attack && dice_.chance(s_.clients.again))
            push(now_ + dice_.between(1, 3), What::Again, r);
    }

    void takeWaiting() {
        while (!waiting_.empty()) {
            const Pool::Choice c = pool_.choose(request(waiting_.front()), now_, -1, dice_);
            if (c.full || c.server < 0) return;
            const int r = waiting_.front();
            waiting_.pop_front();
            send(r, c.server);
        }
    }

    void check(int server) {
        push(now_ + s_.balancer.checkEvery, What::Check, server);
        if (now_ >= s_.length) return;
        const CheckResult c = machines_.check(server, now_, pool_.checkRight(now_));
        if (c.job >= 0) {
            machines_.job(c.job).check = ++checks_;
            openChecks_[server] = checks_;
            if (c.began) begin(c.job);
            push(now_ + s_.balancer.checkEvery * 0.99, What::CheckTimeout, server, checks_);
            return;
        }
        openChecks_[server] = ++checks_;
        checked(server, checks_, c.passed, c.reason);
    }

    void checked(int server, int number, bool passed, const std::string& reason) {
        if (openChecks_[server] != number) return;
        openChecks_[server] = 0;
        if (!pool_.checked(server, passed)) return;
        out_.states.push_back({now_, server, pool_.up(server), reason});
        takeWaiting();
    }

    void report() {
        push(now_ + dice_.between(8, 12), What::Report);
        if (now_ < s_.length) machines_.report(now_);
    }

    void finish() {
        std::ranges::stable_sort(out_.handled, {}, &Handled::ended);
        std::ranges::stable_sort(out_.statements, {}, &Statement::ended);
        std::ranges::stable_sort(out_.happenings, {}, &Happening::at);
    }

    const Scenario& s_;
    Dice dice_;
    Visitors visitors_;
    std::vector<Setting> settings_;
    Run out_;
    Machines machines_;
    Pool pool_;
    std::priority_queue<Event> events_;
    std::deque<int> waiting_; ///< requests at the balancer, all servers being full
    std::map<std::pair<int, int>, Connecting> reaches_;
    std::map<int, int> openChecks_;
    int checks_ = 0, open_ = 0;
    std::uint64_t number_ = 0;
    double now_ = 0;
};

} // namespace

Run simulate(const Scenario& scenario) {
    return Simulation(scenario).run();
}

} // namespace postlude::sim
