// SPDX-License-Identifier: GPL-3.0-or-later
// The log of changes, in one of three manners, and the commits where no snapshots are kept.
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sim {

namespace {

struct Change {
    std::string what, system, host, by, text;
};

class Writer {
public:
    explicit Writer(const Site& site)
        : site_(site)
        , lines_(site.s.length)
        , manner_(int(site.s.seed % 3)) {}

    bool run() {
        add(-site_.dice.between(1500, 9000),
            {"deploy", site_.s.service, hosts({}), "ci", "version 4.11.3"});
        settings();
        for (const Fault& f : site_.s.faults())
            fault(f);
        for (const Decoy& d : site_.s.decoys)
            decoy(d);
        const auto folder = site_.folder / "changes";
        const bool listed =
            manner_ == 2 ? csv(folder / "changes.csv") : lines_.save(folder / "deploys.log");
        return commits(folder / "git-log.txt") && listed;
    }

private:
    void add(double t, const Change& c) {
        const std::string plain = Stamp(site_.s.begins + t).plain().substr(0, 19);
        std::string iso = plain + "Z";
        iso[10] = 'T';
        switch (manner_) {
        case 0:
            return lines_.add(t, fmt::format("{} {} svc={} host={} by={} status=ok msg=\"{}\"", iso,
                                             c.what, c.system, c.host, c.by, c.text));
        case 1:
            return lines_.add(t, fmt::format("{} [{}] {} {}: {} ({}) ok", iso, c.by, c.system,
                                             c.host, c.text, c.what));
        default:
            return lines_.add(t, fmt::format("{},{},{}@{},{}: {},ok", plain, c.by, c.system, c.host,
                                             c.what, c.text));
        }
    }

    bool csv(const std::filesystem::path& path) {
        lines_.add(-1e9, "time_utc,who,system,summary,result");
        return lines_.save(path);
    }

    [[nodiscard]] std::string hosts(const std::vector<int>& which) const {
        std::string out;
        for (std::size_t i = 0; i < site_.s.servers.size(); ++i)
            if (which.empty() || std::ranges::find(which, int(i)) != which.end())
                out += (out.empty() ? "" : manner_ == 0 ? "," : " ") + site_.s.servers[i].name;
        return out;
    }

    [[nodiscard]] std::string reason() const {
        static constexpr std::array<const char*, 4> kWeights{
            "give it a little more after the disk swap", "warm up caches after maintenance",
            "CHG-8812 new hardware takes more", "OPS-3307 step 1"};
        static constexpr std::array<const char*, 3> kKeys{"session stickiness for the new basket",
                                                          "better cache locality",
                                                          "CHG-4410 keep people on one server"};
        static constexpr std::array<const char*, 2> kChecks{
            "health check moves to the readiness endpoint", "CHG-8815 deeper health check"};
        static constexpr std::array<const char*, 2> kFirst{"fill servers one by one to save power",
                                                           "CHG-5120 pack the load"};
        switch (site_.s.fault.kind) {
        case FaultKind::Hashing:
            return site_.dice.from(kKeys);
        case FaultKind::AllDown:
            return site_.dice.from(kChecks);
        case FaultKind::FirstOnly:
            return site_.dice.from(kFirst);
        default:
            return site_.dice.from(kWeights);
        }
    }

    void settings() {
        const std::string program = site_.program();
        static constexpr std::array<const char*, 3> kUndo{
            "Revert 7c1e0b2", "rollback to last known good", "previous configuration restored"};
        for (std::size_t i = 1; i < site_.settings.size(); ++i) {
            const Setting& s = site_.settings[i];
            if (s.byHand) continue;
            const bool mends = s.at == site_.s.fault.to;
            const std::string text = !s.note.empty() ? "new log target"
                                     : mends         ? site_.dice.from(kUndo)
                                                     : reason();
            add(s.at - site_.dice.between(0.2, 0.9),
                {"config", program, "lb-01", mends ? "orbit" : "netcfg", "reload, " + text});
        }
    }

    void fault(const Fault& f) {
        if (f.kind == FaultKind::Deploy) {
            add(f.from - 0.7,
                {"deploy", site_.s.service, hosts(f.servers), "ci", "version 4.12.0"});
            add(f.to - 0.7, {"deploy", site_.s.service, hosts(f.servers), "orbit",
                             "rollback to version 4.11.3"});
        } else if (f.kind == FaultKind::Drain) {
            add(f.from - 0.5,
                {"maintenance", "haproxy", hosts(f.servers), "plover", "drain for kernel update"});
            add(f.to - 0.5, {"maintenance", "haproxy", hosts(f.servers), "orbit",
                             "drain ended, back in rotation"});
        }
    }

    void decoy(const Decoy& d) {
        const std::string host = site_.s.servers[std::size_t(d.server)].name;
        switch (d.kind) {
        case DecoyKind::Deploy:
            return add(d.at,
                       {"deploy", site_.s.service, host, "ci", "version 4.11.4 (texts only)"});
        case DecoyKind::Flag:
            return add(d.at,
                       {"flags", site_.s.service, host, "release-train", "enable new_badge 5 %"});
        case DecoyKind::Firewall:
            return add(d.at, {"firewall", "fw", "fw-01", "netops", "allow monitoring subnet"});
        case DecoyKind::Restart:
            return add(d.at, {"restart", site_.s.service, host, "kestrel", "graceful restart"});
        default:
            return;
        }
    }

    bool commits(const std::filesystem::path& path) {
        const ChangedLine c = changedLine(site_);
        if (site_.s.configFiles || c.line == 0) return true;
        const std::string file = site_.program() + "/" + site_.configName();
        const double at = site_.s.fault.from - site_.dice.between(60, 900);
        const std::string date = Stamp(site_.s.begins + at).plain().substr(0, 19) + " +0000";
        return saveText(
            path,
            fmt::format(
                "commit {}\nAuthor: plover <plover@{}.example>\nDate:   {}\n\n    lb-01: {}\n\n"
                "diff --git a/{} b/{}\n--- a/{}\n+++ b/{}\n@@ -{},1 +{},1 @@\n-{}\n+{}\n\n",
                site_.dice.hex(40), site_.s.service, date, reason(), file, file, file, file, c.line,
                c.line, c.before, c.after));
    }

    const Site& site_;
    Lines lines_;
    int manner_;
};

} // namespace

bool writeChanges(const Site& site) {
    return Writer(site).run();
}

} // namespace postlude::sim
