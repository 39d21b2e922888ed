// SPDX-License-Identifier: GPL-3.0-or-later
// Where no snapshots tell, the commits do: each changed line of a balancer's configuration in
// `git log -p` is a difference.
#include "core/analysis/detail/configs.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace postlude::detail {

namespace {

struct Line {
    std::string text;
    std::uint64_t number = 0;
};

bool isBalancerFile(std::string_view path) {
    const std::string low = lowerCase(path);
    return std::ranges::any_of(
        std::initializer_list<const char*>{"haproxy", "nginx", "apache", "httpd", "caddy", "envoy"},
        [&](const char* name) { return low.find(name) != std::string::npos; });
}

/// The number behind "weight 10", "weight=10" or "loadfactor=10".
std::optional<double> weightIn(const std::string& line) {
    for (const char* word : {"weight", "loadfactor"}) {
        const auto at = line.find(word);
        if (at == std::string::npos) continue;
        const auto digit = line.find_first_of("0123456789", at);
        if (digit != std::string::npos) return std::strtod(line.c_str() + digit, nullptr);
    }
    return {};
}

std::string wordAt(const std::string& line, std::size_t index) {
    std::size_t from = 0;
    for (std::size_t i = 0;; ++i) {
        from = line.find_first_not_of(" \t", from);
        if (from == std::string::npos) return {};
        const auto to = line.find_first_of(" \t;", from);
        if (i == index) return line.substr(from, to == std::string::npos ? to : to - from);
        if (to == std::string::npos) return {};
        from = to + 1;
    }
}

void nameServer(ConfigDifference& d, const std::string& line) {
    const auto route = line.find("route=");
    d.server = route != std::string::npos ? wordAt(line.substr(route + 6), 0) : wordAt(line, 1);
    const auto scheme = line.find("://");
    d.address = scheme != std::string::npos
                    ? line.substr(scheme + 3, line.find_first_of("/\" ", scheme + 3) - scheme - 3)
                : wordAt(line, 2).find(':') != std::string::npos ? wordAt(line, 2)
                                                                 : wordAt(line, 1);
}

DifferenceKind kindOf(const ConfigDifference& d) {
    const std::string both = lowerCase(d.before + " " + d.after),
                      first = lowerCase(wordAt(d.after.empty() ? d.before : d.after, 0));
    const auto before = weightIn(d.before), after = weightIn(d.after);
    if (before && after && *before != *after) return DifferenceKind::Weights;
    const bool algorithm = first == "balance" || first == "lb_policy" || first == "least_conn" ||
                           first == "ip_hash" || first == "hash" || first == "random" ||
                           both.find("lbmethod") != std::string::npos;
    const bool keyed = hasWord(both, "source") || hasWord(both, "uri") ||
                       both.find("hash") != std::string::npos || hasWord(both, "cookie");
    if (algorithm) return keyed ? DifferenceKind::Hashing : DifferenceKind::Algorithm;
    if (both.find("httpchk") != std::string::npos || both.find("http-check") != std::string::npos ||
        first.starts_with("health_") || both.find("hcuri") != std::string::npos)
        return DifferenceKind::HealthCheck;
    return DifferenceKind::Other;
}

ConfigDifference differenceOf(const Line& before, const Line& after) {
    ConfigDifference d;
    d.before = before.text;
    d.after = after.text;
    d.lineBefore = before.number;
    d.lineAfter = after.number;
    d.kind = kindOf(d);
    if (d.kind == DifferenceKind::Weights) {
        nameServer(d, d.after);
        d.weightBefore = *weightIn(d.before);
        d.weightAfter = *weightIn(d.after);
        d.statement = fmt::format("Weight of {} changed from {:g} to {:g}", visible(d.server),
                                  d.weightBefore, d.weightAfter);
    } else {
        d.statement = fmt::format("Balancer's {} changed from {} to {}", nameOf(d.kind),
                                  d.before.empty() ? "nothing" : visible(d.before),
                                  d.after.empty() ? "nothing" : visible(d.after));
    }
    return d;
}

class DiffReader {
public:
    explicit DiffReader(std::uint64_t firstLine)
        : number_(firstLine) {}

    std::vector<ConfigDifference> read(std::string_view raw) {
        while (!raw.empty()) {
            const auto end = raw.find('\n');
            take(raw.substr(0, end));
            raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);
            ++number_;
        }
        flush();
        return std::move(out_);
    }

private:
    void take(std::string_view line) {
        if (line.starts_with("+++ "))
            ours_ = isBalancerFile(line.substr(4));
        else if (line.starts_with("--- ") || line.starts_with("@@"))
            flush();
        else if (ours_ && line.starts_with('-'))
            removed_.push_back({std::string(trimmed(line.substr(1))), number_});
        else if (ours_ && line.starts_with('+'))
            added_.push_back({std::string(trimmed(line.substr(1))), number_});
        else
            flush();
    }

    void flush() {
        for (std::size_t i = 0; i < std::max(removed_.size(), added_.size()); ++i)
            out_.push_back(differenceOf(i < removed_.size() ? removed_[i] : Line{},
                                        i < added_.size() ? added_[i] : Line{}));
        removed_.clear();
        added_.clear();
    }

    std::uint64_t number_;
    bool ours_ = false;
    std::vector<Line> removed_, added_;
    std::vector<ConfigDifference> out_;
};

} // namespace

void addCommitSteps(ConfigHistory& history, const Events& events) {
    if (!history.steps.empty()) return;
    for (const Event& e : events.changes) {
        if (e.raw.find("\n+++ ") == std::string::npos) continue;
        auto differences = DiffReader(e.evidence.firstLine).read(e.raw);
        if (differences.empty()) continue;
        history.committed.push_back(Snapshot{e.evidence.source, {}, e.time});
        const Snapshot* where = &history.committed.back();
        history.steps.push_back({where, where, std::move(differences)});
    }
}

} // namespace postlude::detail
