// SPDX-License-Identifier: GPL-3.0-or-later
// The servers, with workers and a queue each, and the balancer's view of them.
#pragma once

#include "tests/support/simulator/dice.h"
#include "tests/support/simulator/simulation.h"

#include <deque>
#include <set>

namespace postlude::sim {

struct Job {
    int request = -1, attempt = 0; ///< request −1: a health check
    int server = 0;
    int check = 0;
    double arrived = 0, began = 0, ends = 0;
    double work = 0; ///< s
    int status = 200;
    bool dead = false; ///< its server died
};

struct Connecting {
    double takes = 0;
    bool refused = false;
};

struct CheckResult {
    bool passed = false;
    int job = -1;       ///< ≥ 0: waits in the server's queue; the rest is not settled
    bool began = false; ///< that job found a free worker
    std::string reason;
};

struct Death {
    double at = 0, back = 0;
    int server = 0;
};

class Machines {
public:
    Machines(const Scenario& scenario, Dice& dice, Run& out);
    [[nodiscard]] const std::vector<Death>& deaths() const { return deaths_; }
    [[nodiscard]] bool alive(int server) const { return states_[std::size_t(server)].alive; }
    Connecting connect(int server, double t);
    /// The job's number if a worker takes it at once; −1 if it waits. A full server answers at
    /// once, which is a job, too.
    int accept(int server, Request& request, int number, int attempt, double t);
    Job& job(int number) { return jobs_[std::size_t(number)]; }
    /// Ends a job; those that now begin.
    std::vector<int> release(int number, double t);
    /// The jobs that break off.
    std::vector<int> die(int server, double t);
    void start(int server, double t);
    CheckResult check(int server, double t, bool rightPath);
    /// A report runs in the database.
    void report(double t);

private:
    struct State {
        bool alive = true;
        std::set<int> running;
        std::deque<int> queue;
    };
    struct Work {
        double seconds = 0;
        int status = 200;
    };
    Work workOf(int server, Request& request, double t);
    Work callOut(int server, double t, const Fault& fault);
    /// Of the fault of that kind, if it touches the server: 0…1.
    [[nodiscard]] double level(FaultKind kind, int server, double t) const;
    /// Share of packets; by how much work takes longer.
    [[nodiscard]] double lost(int server, double t) const;
    [[nodiscard]] double slower(FaultKind kind, int server, double t) const;
    void note(double t, int server, HappeningKind kind, std::string text);
    void begin(int number, double t);
    int enqueue(Job job, double t);
    double database(int server, double work, const Request& request, double t);

    const Scenario& s_;
    Dice& dice_;
    Run& out_;
    std::vector<State> states_;
    std::vector<Job> jobs_;
    std::vector<Death> deaths_;
};

/// Which server the balancer chooses.
class Pool {
public:
    Pool(const Scenario& scenario, const std::vector<Setting>& settings);
    struct Choice {
        int server = -1;
        bool full = false; ///< there are servers, none has room
    };
    Choice choose(const Request& request, double t, int notThis, Dice& dice);
    [[nodiscard]] bool usable(int server, double t);
    void taken(int server) { ++states_[std::size_t(server)].open; }
    void freed(int server) { --states_[std::size_t(server)].open; }
    /// nginx leaves a server alone for ten seconds after a failure.
    void noteFailure(int server, double t);
    /// True if the result changes the server's state.
    bool checked(int server, bool passed);
    [[nodiscard]] bool up(int server) const { return states_[std::size_t(server)].up; }
    [[nodiscard]] bool checkRight(double t) { return at(t).checkRight; }

private:
    struct State {
        bool up = true;
        int open = 0, streak = 0;
        double leftAloneUntil = -1, current = 0;
    };
    [[nodiscard]] const Setting& at(double t);
    int roundRobin(const std::vector<int>& among, const Setting& now);
    int leastLoaded(const std::vector<int>& among, const Setting& now);
    int hashed(const std::string& key, const std::vector<int>& among, const Setting& now);
    [[nodiscard]] bool full(int server) const;

    const Scenario& s_;
    const std::vector<Setting>& settings_;
    std::vector<State> states_;
    std::size_t turn_ = 0;
};

} // namespace postlude::sim
