// SPDX-License-Identifier: GPL-3.0-or-later
// What the monitoring says and what people write to each other.
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sim {

namespace {

struct Rule {
    const char* name;
    const char* words;
    double limit;
    double (*value)(const std::vector<const Request*>&);
};

double failing(const std::vector<const Request*>& recent) {
    return double(std::ranges::count_if(recent, [](const auto* r) { return r->failed(); })) /
           double(recent.size());
}

double p95(const std::vector<const Request*>& recent) {
    std::vector<double> took;
    for (const Request* r : recent)
        took.push_back(r->took());
    const auto k = std::ptrdiff_t(double(took.size()) * 0.95);
    std::nth_element(took.begin(), took.begin() + k, took.end());
    return took[std::size_t(k)];
}

constexpr std::array<Rule, 2> kRules{
    {{"HighErrorRate", "share of 5xx over the last 30 s", 0.05, failing},
     {"HighLatencyP95", "p95 latency in s over the last 30 s", 1.0, p95}}};

std::vector<Alert> alertsBy(const Rule& rule, const Site& site,
                            const std::vector<const Request*>& byEnd) {
    std::vector<Alert> out;
    std::size_t from = 0, to = 0;
    int above = 0, below = 0;
    bool firing = false;
    for (double t = 15; t < site.s.length; t += 15) {
        while (to < byEnd.size() && byEnd[to]->done < t)
            ++to;
        while (from < to && byEnd[from]->done < t - 30)
            ++from;
        if (to - from < 20) continue;
        const double value =
            rule.value({byEnd.begin() + std::ptrdiff_t(from), byEnd.begin() + std::ptrdiff_t(to)});
        above = value > rule.limit ? above + 1 : 0;
        below = value > rule.limit ? 0 : below + 1;
        if (!firing && above >= 2) {
            out.push_back({rule.name, fmt::format("{} is {:.3f}", rule.words, value), t + 1.2, -1});
            firing = true;
        } else if (firing && below >= 2) {
            out.back().resolved = t + 1.2;
            firing = false;
        }
    }
    return out;
}

std::string alertJson(const Site& site, const Alert& a, bool resolved) {
    const auto at = [&](double t) { return Stamp(site.s.begins + t).rfc3339(); };
    return fmt::format(
        "{{\"receiver\":\"oncall\",\"status\":\"{}\",\"alerts\":[{{\"status\":\"{}\",\"labels\":{{"
        "\"alertname\":\"{}\",\"severity\":\"critical\",\"job\":\"{}\"}},"
        "\"annotations\":{{\"summary\":\"{}\"}},\"startsAt\":\"{}\",\"endsAt\":\"{}\","
        "\"generatorURL\":\"http://prometheus.{}.example:9090/"
        "graph\",\"fingerprint\":\"{:016x}\"}}],"
        "\"groupLabels\":{{\"alertname\":\"{}\"}},\"commonLabels\":{{\"alertname\":\"{}\"}},"
        "\"commonAnnotations\":{{}},\"externalURL\":\"http://"
        "alertmanager.{}.example:9093\",\"version\":\"4\",\"groupKey\":\"{{}}\","
        "\"truncatedAlerts\":0}}",
        resolved ? "resolved" : "firing", resolved ? "resolved" : "firing", a.name, site.s.service,
        a.summary, at(a.fired), resolved ? at(a.resolved) : "0001-01-01T00:00:00Z", site.s.service,
        site.s.seed + a.name.size(), a.name, a.name, site.s.service);
}

/// What whoever found it says; nobody finds everything.
std::string foundWords(const Site& site, const Fault& f) {
    const std::string host =
        f.servers.empty() ? "all of them" : site.s.servers[std::size_t(f.servers[0])].name;
    switch (f.kind) {
    case FaultKind::Weights:
    case FaultKind::Cascade:
        return host + " gets nearly everything, its weight is far too high. reverting";
    case FaultKind::Hashing:
        return "most requests go to one server since the reload. rolling the config back";
    case FaultKind::FirstOnly:
        return "everything goes to " + host + ", the others idle. reverting";
    case FaultKind::AllDown:
        return "checks get a 404 on every server, backing that out";
    case FaultKind::Database:
        return "queries take forever, killing the long one on db-01";
    case FaultKind::Flood:
        return "requests per second are through the roof on one path, blocking them at the edge";
    case FaultKind::Deploy:
        return "errors begin with 4.12.0. rolling back";
    case FaultKind::Drain:
        return host + " was never put back after the kernel update";
    default:
        return "found it, working on " + host;
    }
}

} // namespace

std::vector<Alert> alertsOf(const Site& site) {
    std::vector<const Request*> byEnd;
    for (const Request& r : site.run.requests)
        if (r.done > 0) byEnd.push_back(&r);
    std::ranges::stable_sort(byEnd, {}, &Request::done);
    std::vector<Alert> out;
    for (const Rule& rule : kRules)
        for (Alert& a : alertsBy(rule, site, byEnd))
            out.push_back(std::move(a));
    std::ranges::stable_sort(out, {}, &Alert::fired);
    return out;
}

bool writeAlerts(const Site& site, const std::vector<Alert>& alerts) {
    std::vector<std::pair<double, std::string>> all;
    for (const Alert& a : alerts) {
        all.emplace_back(a.fired, alertJson(site, a, false));
        if (a.resolved > 0) all.emplace_back(a.resolved, alertJson(site, a, true));
    }
    std::ranges::stable_sort(all, {}, &std::pair<double, std::string>::first);
    std::string text = "[";
    for (const auto& [at, one] : all)
        text += (text.size() > 1 ? ",\n " : "\n ") + one;
    return saveText(site.folder / "alerts" / "alertmanager.json", text + "\n]\n");
}

namespace {

/// Suspicions that lead nowhere: what is said, and of which faults it would be true.
struct Lead {
    const char* who;
    const char* words;
    std::initializer_list<FaultKind> trueOf;
};
constexpr std::size_t kSureLeads = 2; ///< said by whoever suspects at all
const std::array<Lead, 6> kLeads{
    {{"mossy", "first guess the database, those reports are slow", {FaultKind::Database}},
     {"fern", "or are we being flooded? looks like a ddos", {FaultKind::Flood}},
     {"kestrel", "was there a deploy just now?", {FaultKind::Deploy}},
     {"fern",
      "maybe the network again? the firewall was touched last week",
      {FaultKind::Network, FaultKind::Certificate}},
     {"mossy", "could be paylane, their status page had something yesterday", {FaultKind::Outage}},
     {"quill", "is a disk full again?", {FaultKind::DiskFull, FaultKind::SlowServer}}}};

bool isTrue(const Lead& lead, const Fault& f) {
    return std::ranges::find(lead.trueOf, f.kind) != lead.trueOf.end();
}

class Chat {
public:
    explicit Chat(const Site& site)
        : site_(site)
        , suspicious_(std::ranges::find(site.s.decoys, DecoyKind::Chat, &Decoy::kind) !=
                      site.s.decoys.end()) {}

    bool run(const std::vector<Alert>& alerts) {
        if (site_.s.quiet() || alerts.empty()) quiet();
        for (const Fault& f : site_.s.faults()) {
            const auto first = std::ranges::find_if(alerts, [&](const Alert& a) {
                return a.fired >= f.from && (&site_.s.faultAt(a.fired) == &site_.s.fault) ==
                                                (f.from == site_.s.fault.from);
            });
            if (!site_.s.quiet() && first != alerts.end()) incident(f, *first);
        }
        std::string text = "[";
        for (const std::string& one : all_)
            text += (text.size() > 1 ? ",\n" : "\n") + one;
        return saveText(site_.folder / "chat" / "incident-channel.json", text + "\n]\n");
    }

private:
    void say(double t, const char* who, const std::string& text) {
        if (t < site_.s.length)
            all_.push_back(fmt::format(" {{\"type\":\"message\",\"user\":\"U0{}\",\"text\":\"{}\","
                                       "\"ts\":\"{:.6f}\",\"user_profile\":{{\"name\":\"{}\"}}}}",
                                       who, text, site_.s.begins + t, who));
    }

    void quiet() {
        say(site_.s.length * 0.2, "quill", "lunch at twelve?");
        if (!suspicious_) return;
        say(site_.s.length * 0.5, "mossy",
            "one customer says it is slow, maybe the database? I see nothing");
        say(site_.s.length * 0.6, "kestrel", "could be bots again. graphs look fine to me");
    }

    void incident(const Fault& f, const Alert& alert) {
        double t = alert.fired + site_.dice.between(8, 25);
        say(t, "kestrel", "looking, " + alert.name + " is firing");
        if (suspicious_)
            for (const std::size_t i : leadsOf(site_, f))
                say(t += site_.dice.between(8, 13), kLeads[i].who, kLeads[i].words);
        const double found = std::max(t + 5, f.to - site_.dice.between(8, 25));
        if (found < f.to) say(found, "orbit", foundWords(site_, f));
        say(f.to + site_.dice.between(20, 50), "kestrel", "back to normal, watching");
    }

    const Site& site_;
    bool suspicious_;
    std::vector<std::string> all_;
};

} // namespace

std::vector<std::size_t> leadsOf(const Site& site, const Fault& f) {
    Dice dice(site.s.seed * 31 + std::uint64_t(f.from));
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < kLeads.size(); ++i)
        if ((i < kSureLeads || dice.chance(0.4)) && !isTrue(kLeads[i], f)) out.push_back(i);
    return out;
}

bool writeChat(const Site& site, const std::vector<Alert>& alerts) {
    return Chat(site).run(alerts);
}

} // namespace postlude::sim
