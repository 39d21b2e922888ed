// SPDX-License-Identifier: GPL-3.0-or-later
// What really happened, for whoever judges an analysis of the logs.
#include "tests/support/simulator/writing.h"

#include "tests/support/simulator/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace postlude::sim {

namespace {

bool isBad(const Request& r) {
    return r.done > 0 && (r.failed() || r.took() > kSlow);
}

struct KindWords {
    const char* kind;
    const char* accepted; ///< kinds of cause that name it, as JSON
};

/// What a right analysis may call it.
KindWords wordsOf(const Fault& f) {
    switch (f.kind) {
    case FaultKind::None:
        return {"none", ""};
    case FaultKind::Weights:
        return {"lb-misconfiguration", "\"lb-weights\""};
    case FaultKind::Hashing:
        return {"hashing-hotspot", "\"lb-hashing\",\"lb-algorithm\""};
    case FaultKind::FirstOnly:
        return {"algorithm", "\"lb-algorithm\",\"lb-hashing\""};
    case FaultKind::Crash:
        return {"crash", "\"overload-crash\""};
    case FaultKind::Cascade:
        return {"crash-cascade", "\"lb-weights\",\"lb-other\",\"overload-crash\""};
    case FaultKind::AllDown:
        return {"all-down", "\"lb-health-check\""};
    case FaultKind::SlowServer:
        // Where no log tells why, naming the server is all that can be asked.
        return {"slow-server",
                f.variant == 3 ? "\"host-resource\",\"unknown\"" : "\"host-resource\""};
    case FaultKind::OutOfMemory:
        return {"out-of-memory", "\"host-resource\",\"overload-crash\""};
    case FaultKind::DiskFull:
        return {"disk-full", "\"host-resource\""};
    case FaultKind::Database:
        return {"database", "\"database\""};
    case FaultKind::Flood:
        return {"ddos", "\"client-flood\""};
    case FaultKind::Deploy:
        return {"deploy", "\"deploy\""};
    case FaultKind::Outage:
        return {"outage", "\"upstream\""};
    case FaultKind::Network:
        return {"network", "\"network\""};
    case FaultKind::Certificate:
        return {"certificate", "\"network\""};
    case FaultKind::Drain:
        return {"drain", "\"lb-weights\",\"lb-other\""};
    }
    return {"", ""};
}

class Json {
public:
    void text(const std::string& key, const std::string& value) {
        std::string quoted;
        for (const char c : value)
            (quoted += c == '"' || c == '\\' ? "\\" : "") += c;
        raw(key, "\"" + quoted + "\"");
    }
    void raw(const std::string& key, const std::string& value) {
        out_ += fmt::format("{}\n \"{}\": {}", out_.empty() ? "" : ",", key, value);
    }
    [[nodiscard]] std::string str() const { return "{" + out_ + "\n}\n"; }

private:
    std::string out_;
};

std::string listOf(const std::vector<std::string>& all) {
    std::string out = "[";
    for (const std::string& one : all)
        out += (out.size() > 1 ? ", \"" : "\"") + one + "\"";
    return out + "]";
}

class Truth {
public:
    Truth(const Site& site, const std::vector<Alert>& alerts)
        : site_(site)
        , alerts_(alerts) {}

    bool run() {
        const Fault& f = site_.s.fault;
        json_.text("bundle", site_.folder.filename());
        json_.raw("seed", std::to_string(site_.s.seed));
        json_.text("balancer", "lb-01");
        json_.raw("slow_threshold_s", fmt::format("{}", kSlow));
        hosts();
        kind(f, json_);
        if (!site_.s.quiet()) incident(f, json_);
        if (site_.s.later) {
            Json also;
            kind(*site_.s.later, also);
            incident(*site_.s.later, also);
            json_.raw("also", "[" + also.str() + "]");
        }
        if (site_.s.beside) {
            Json beside;
            kind(*site_.s.beside, beside);
            incident(*site_.s.beside, beside);
            json_.raw("beside", beside.str());
        }
        return saveText(site_.folder.string() + ".truth.json", json_.str());
    }

private:
    [[nodiscard]] std::string at(double t) const { return Stamp(site_.s.begins + t).rfc3339(); }

    static void kind(const Fault& f, Json& to) {
        const KindWords words = wordsOf(f);
        to.text("kind", words.kind);
        to.text("fault", std::string(nameOf(f.kind)));
        to.raw("accepted_kinds", std::string("[") + words.accepted + "]");
    }

    /// Clocks that drift or are set: what they are ahead when it matters.
    [[nodiscard]] double momentOfClocks() const {
        const Hurt hurt = hurtOf(site_.s, site_.run, site_.s.fault);
        if (hurt.started < 0) return site_.s.length / 2;
        return (hurt.started + (hurt.recovered > 0 ? hurt.recovered : site_.s.length)) / 2;
    }

    void hosts() {
        std::string offsets = fmt::format("{{\"lb-01\": {}", site_.s.balancer.clockOffset);
        std::string addresses = fmt::format("{{\"lb-01\": \"{}\"", site_.balancerAddress());
        const double moment = momentOfClocks();
        for (int i = 0; i < int(site_.s.servers.size()); ++i) {
            const Server& s = site_.s.servers[std::size_t(i)];
            offsets += fmt::format(", \"{}\": {:.6f}", s.name, site_.s.clockAhead(i, moment));
            addresses +=
                fmt::format(", \"{}\": \"{}\"", s.name, s.address.substr(0, s.address.find(':')));
        }
        json_.raw("clock_offset_s", offsets + "}");
        json_.raw("addresses", addresses + "}");
        courses();
        // Servers that Combined logs stamp in whole seconds.
        json_.raw("stamp_s", site_.s.serverLog == ServerLog::Json ? "0.001" : "1");
        std::map<int, int> served;
        for (const Handled& h : site_.run.handled)
            served[h.server] += h.request >= 0 ? 1 : 0;
        std::string counts;
        for (std::size_t i = 0; i < site_.s.servers.size(); ++i)
            counts +=
                fmt::format("{}\"{}\": {}", i ? ", " : "", site_.s.servers[i].name, served[int(i)]);
        json_.raw("requests_by_server", "{" + counts + "}");
    }

    /// What each server's clock is ahead at some moments, none too near to where it is set: what
    /// a clock wrote that was set back, it wrote twice.
    void courses() {
        std::string out;
        for (int i = 0; i < int(site_.s.servers.size()); ++i) {
            const Server& s = site_.s.servers[std::size_t(i)];
            const double near = std::max(2.0, -s.jump);
            std::string moments;
            for (const double share : {0.05, 0.25, 0.5, 0.75, 0.95}) {
                const double t = share * site_.s.length;
                if (s.jump != 0 && std::abs(t - s.jumpAt) < near) continue;
                moments += fmt::format("{}[\"{}\", {:.6f}]", moments.empty() ? "" : ", ", at(t),
                                       site_.s.clockAhead(i, t));
            }
            out += fmt::format("{}\"{}\": [{}]", out.empty() ? "" : ", ", s.name, moments);
        }
        json_.raw("clocks_ahead_s", "{" + out + "}");
    }

    void incident(const Fault& f, Json& to) const {
        const Hurt hurt = hurtOf(site_.s, site_.run, f);
        to.text("t_cause", at(f.from));
        if (f.to < site_.s.length) to.text("t_fix", at(f.to));
        to.raw("ramp_s", fmt::format("{:.1f}", f.kind == FaultKind::OutOfMemory ? 0 : f.ramp));
        to.raw("hurt_requests", std::to_string(hurt.requests.size()));
        if (!alerts_.empty()) to.text("t_alert", at(alerts_.front().fired));
        culprit(f, to);
        misleading(f, to);
        if (hurt.started < 0) return;
        to.text("t_onset", at(hurt.answered));
        to.text("t_onset_request_started", at(hurt.started));
        if (hurt.recovered > 0) to.text("t_recovered", at(hurt.recovered));
        impact(hurt.started, hurt.recovered > 0 ? hurt.recovered : site_.s.length, to);
    }

    void impact(double from, double until, Json& to) const {
        int all = 0, failed = 0, slow = 0;
        std::set<std::string> clients, affected, broken;
        std::set<int> people, peopleAffected;
        for (const Request& r : site_.run.requests) {
            if (r.done <= 0 || r.done > site_.s.length || r.arrived < from || r.arrived > until)
                continue;
            ++all;
            failed += r.failed() ? 1 : 0;
            slow += isBad(r) && !r.failed() ? 1 : 0;
            clients.insert(r.client);
            people.insert(r.person);
            if (r.failed()) broken.insert(r.client);
            if (!isBad(r)) continue;
            affected.insert(r.client);
            peopleAffected.insert(r.person);
        }
        const auto share = [](auto part, auto whole) {
            return whole ? fmt::format("{:.5f}", double(part) / double(whole)) : "0";
        };
        to.raw("requests", std::to_string(all));
        to.raw("failed_share", share(failed, all));
        to.raw("slow_share", share(slow, all));
        to.raw("clients_affected_share", share(affected.size(), clients.size()));
        to.raw("clients_failed_share", share(broken.size(), clients.size()));
        to.raw("people_hurt_share", share(peopleAffected.size(), people.size()));
    }

    void culprit(const Fault& f, Json& to) const {
        std::vector<std::string> servers;
        for (const int i : f.servers)
            servers.push_back(site_.s.servers[std::size_t(i)].name);
        Json c;
        const ChangedLine line = changedLine(site_);
        if (f.from == site_.s.fault.from && line.line > 0 &&
            line.after.find("log") == std::string::npos) {
            c.text("file", "lb/" + site_.configName());
            c.text("line", line.after.substr(line.after.find_first_not_of(' ')));
        }
        if (f.kind == FaultKind::Database) c.text("host", "db");
        if (f.kind == FaultKind::Flood) c.text("path", servicePath(f.endpoint));
        if (f.kind == FaultKind::Flood && f.variant == 1)
            c.raw("network", "[\"127.80.\", \"127.81.\"]");
        if (f.kind == FaultKind::Deploy) c.text("service", site_.s.service);
        if (f.kind == FaultKind::Outage) c.text("what", "api.paylane.example " + servicePath(4));
        if (f.kind == FaultKind::Certificate) c.text("what", "certificate handshake");
        if (!servers.empty()) c.raw("server", listOf(servers));
        if (f.kind == FaultKind::DiskFull && servers.empty()) c.text("what", "space disk");
        to.raw("culprit", c.str());
    }

    [[nodiscard]] std::string servicePath(int endpoint) const {
        const std::string& path = site_.s.endpoints[std::size_t(endpoint)].path;
        return path.substr(0, path.find_first_of("/?", 1));
    }

    void misleading(const Fault& f, Json& to) const {
        static constexpr std::array<const char*, 6> kSaid{
            "database suspected in chat", "flood suspected in chat",    "deploy suspected in chat",
            "network suspected in chat",  "upstream suspected in chat", "disk suspected in chat"};
        std::vector<std::string> all;
        const bool first = f.from == site_.s.fault.from;
        for (const Decoy& d : site_.s.decoys) {
            if (d.kind == DecoyKind::Chat && !alerts_.empty())
                for (const std::size_t lead : leadsOf(site_, f))
                    if (lead != 0 || site_.s.databaseLog) all.emplace_back(kSaid[lead]);
            if (!first || d.at > site_.hurtsFrom()) continue;
            if (d.kind == DecoyKind::Deploy && f.kind != FaultKind::Deploy)
                all.emplace_back("deploy of texts");
            if (d.kind == DecoyKind::Firewall) all.emplace_back("firewall change");
        }
        to.raw("misleading", listOf(all));
    }

    const Site& site_;
    const std::vector<Alert>& alerts_;
    Json json_;
};

/// Of moments in order: the first that is followed by three more within 15 s; −1: none.
double firstDense(const std::vector<double>& at) {
    for (std::size_t i = 0; i + 3 < at.size(); ++i)
        if (at[i + 3] - at[i] <= 15) return at[i];
    return -1;
}

} // namespace

Hurt hurtOf(const Scenario& s, const Run& run, const Fault& fault) {
    Hurt out;
    if (fault.kind == FaultKind::None) return out;
    const double from = fault.from;
    // What comes after the next one began is that one's.
    const double until = s.later && s.later->from > from ? s.later->from : s.length;
    std::vector<double> starts, answers;
    for (std::size_t i = 0; i < run.requests.size(); ++i) {
        const Request& r = run.requests[i];
        if (!isBad(r) || r.usual || r.done < from || r.done > until || r.arrived > fault.to + 120)
            continue;
        out.requests.push_back(i);
        starts.push_back(r.arrived);
        answers.push_back(r.done);
    }
    std::ranges::sort(answers);
    // Once it is mended and all were well for a while, what comes then is another story.
    for (std::size_t i = 1; i < answers.size(); ++i)
        if (answers[i] > fault.to && answers[i] - std::max(answers[i - 1], fault.to) > 20)
            answers.resize(i);
    out.started = firstDense(starts);
    out.answered = firstDense(answers);
    std::vector<double> backwards;
    for (auto it = answers.rbegin(); it != answers.rend(); ++it)
        backwards.push_back(-*it);
    const double last = firstDense(backwards);
    if (last < 0 && -last < until - 15) out.recovered = -last;
    return out;
}

bool writeTruth(const Site& site, const std::vector<Alert>& alerts) {
    return Truth(site, alerts).run();
}

std::expected<void, std::string> write(const Scenario& scenario, const Run& run,
                                       const std::filesystem::path& folder) {
    const Site site(scenario, run, folder);
    const auto alerts = alertsOf(site);
    static constexpr std::array<bool (*)(const Site&), 5> kWriters{
        writeHAProxy, writeHAProxy, writeNginx, writeApache, writeCaddy};
    if (!kWriters[std::size_t(scenario.balancer.kind)](site))
        return std::unexpected("the balancer's log");
    if (!writeServers(site)) return std::unexpected("the servers' logs");
    if (!writeConfigs(site)) return std::unexpected("the configurations");
    if (!writeDatabase(site)) return std::unexpected("the database's log");
    if (!writeChanges(site)) return std::unexpected("the changes");
    if (!writeAlerts(site, alerts) || !writeChat(site, alerts))
        return std::unexpected("alerts and chat");
    if (!writeTruth(site, alerts)) return std::unexpected("the truth");
    return {};
}

} // namespace postlude::sim
