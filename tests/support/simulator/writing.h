// SPDX-License-Identifier: GPL-3.0-or-later
// What the writers of logs share: time stamps as programs write them, and lines in order.
#pragma once

#include "tests/support/simulator/dice.h"
#include "tests/support/simulator/simulation.h"

#include <filesystem>

namespace postlude::sim {

/// A moment on somebody's clock, taken apart.
class Stamp {
public:
    /// `seconds` since the epoch, as that clock says; `zone` minutes east of UTC.
    explicit Stamp(double seconds, int zone = 0);
    [[nodiscard]] std::string rfc3339() const;     ///< 2024-01-15T10:00:00.123Z or with the offset
    [[nodiscard]] std::string syslog() const;      ///< Jan 15 10:00:00
    [[nodiscard]] std::string haproxy() const;     ///< 15/Jan/2024:10:00:00.123
    [[nodiscard]] std::string combined() const;    ///< 15/Jan/2024:10:00:00 +0000
    [[nodiscard]] std::string python() const;      ///< 2024-01-15 10:00:00,123
    [[nodiscard]] std::string nginxError() const;  ///< 2024/01/15 10:00:00
    [[nodiscard]] std::string plain() const;       ///< 2024-01-15 10:00:00.123
    [[nodiscard]] std::string isoLocal() const;    ///< 2024-01-15T10:00:00.123
    [[nodiscard]] std::string apacheError() const; ///< Mon Jan 15 10:00:00.123000 2024

private:
    [[nodiscard]] std::string zone(bool colon) const;
    int weekday_ = 0;
    int year_ = 0, day_ = 0, hour_ = 0, minute_ = 0, second_ = 0, ms_ = 0, zone_ = 0;
    unsigned month_ = 1;
};

/// Lines of one log, sorted by when they were written; what comes after the end is left out.
class Lines {
public:
    explicit Lines(double until)
        : until_(until) {}
    void add(double at, std::string line) {
        if (at <= until_) lines_.emplace_back(at, std::move(line));
    }
    [[nodiscard]] bool empty() const { return lines_.empty(); }
    /// Writes them; false if that fails. A log without lines is an empty file.
    [[nodiscard]] bool save(const std::filesystem::path& path);

private:
    double until_;
    std::vector<std::pair<double, std::string>> lines_;
};

[[nodiscard]] bool saveText(const std::filesystem::path& path, const std::string& text);

/// All that the writers need to know.
struct Site {
    const Scenario& s;
    const Run& run;
    std::vector<Setting> settings;
    std::filesystem::path folder;
    mutable Dice dice;

    Site(const Scenario& scenario, const Run& of, std::filesystem::path to)
        : s(scenario)
        , run(of)
        , settings(settingsOf(scenario))
        , folder(std::move(to))
        , dice(scenario.seed + 77) {}
    [[nodiscard]] bool checks() const { return hasChecks(s.balancer.kind); }
    [[nodiscard]] std::string program() const;    ///< "haproxy", "nginx" …
    [[nodiscard]] std::string configName() const; ///< "haproxy.cfg" …
    [[nodiscard]] double balancerTime(double t) const {
        return s.begins + t + s.balancer.clockOffset;
    }
    [[nodiscard]] double serverTime(int server, double t) const {
        return s.begins + t + s.clockAhead(server, t);
    }
    [[nodiscard]] std::string pool() const { return s.service + "_pool"; }
    [[nodiscard]] bool tls() const {
        return s.fault.kind == FaultKind::Certificate || s.seed % 7 == 0;
    }
    [[nodiscard]] std::string balancerAddress() const;
    [[nodiscard]] std::string agentOf(const Request& r) const;
    [[nodiscard]] std::string idOf(int request) const;
    [[nodiscard]] bool hasIds() const { return s.balancer.kind != BalancerKind::HAProxy; }
    /// When the fault begins to hurt (a drain does so later than it begins).
    [[nodiscard]] double hurtsFrom() const;
};

/// The balancer's configuration in its own language.
std::string configText(const Site& site, const Setting& setting);
/// Line of the configuration (1-based) that the fault changed, with its text; 0: none.
struct ChangedLine {
    int line = 0;
    std::string before, after;
};
ChangedLine changedLine(const Site& site);

bool writeConfigs(const Site& site);
bool writeHAProxy(const Site& site);
bool writeNginx(const Site& site);
bool writeApache(const Site& site);
bool writeCaddy(const Site& site);
bool writeServers(const Site& site);
bool writeDatabase(const Site& site);
bool writeChanges(const Site& site);
/// The alerts: name, firing, resolved (< 0: not).
struct Alert {
    std::string name, summary;
    double fired = 0, resolved = -1;
};
std::vector<Alert> alertsOf(const Site& site);
bool writeAlerts(const Site& site, const std::vector<Alert>& alerts);
/// Indexes of the misleading suspicions that are told of a fault: 0 the database, 1 a flood,
/// 2 a deploy, 3 the network, 4 somebody else's service, 5 a disk.
std::vector<std::size_t> leadsOf(const Site& site, const Fault& fault);
bool writeChat(const Site& site, const std::vector<Alert>& alerts);
bool writeTruth(const Site& site, const std::vector<Alert>& alerts);

} // namespace postlude::sim
