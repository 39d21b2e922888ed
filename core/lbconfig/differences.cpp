// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between two snapshots: directives are aligned (longest common subsequence), those
// left over are paired by what they set, and each pair is named by what it means for balancing.
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace postlude {

using namespace lbconfig;

namespace {

constexpr std::array<std::string_view, 8> kKinds{"weights",      "algorithm",    "hashing",
                                                 "health check", "server added", "server removed",
                                                 "server",       "other"};

using Lines = std::vector<const Directive*>;

bool same(const Directive& a, const Directive& b) {
    return a.section == b.section && a.words == b.words;
}

struct Unmatched {
    Lines before, after;
};

constexpr std::size_t kMostCompared = 16'000'000; ///< pairs of directives

/// Without their order, which takes a square of memory: what is nowhere in the other file.
Unmatched unordered(std::span<const Directive> a, std::span<const Directive> b) {
    const auto key = [](const Directive& d) { return d.section + "\n" + joined(d.words, 0); };
    std::map<std::string, std::size_t> inB;
    for (const Directive& d : b)
        ++inB[key(d)];
    Unmatched out;
    for (const Directive& d : a)
        if (const auto it = inB.find(key(d)); it != inB.end() && it->second > 0)
            --it->second;
        else
            out.before.push_back(&d);
    std::map<std::string, std::size_t> inA;
    for (const Directive& d : a)
        ++inA[key(d)];
    for (const Directive& d : b)
        if (const auto it = inA.find(key(d)); it != inA.end() && it->second > 0)
            --it->second;
        else
            out.after.push_back(&d);
    return out;
}

/// Directives without a partner in the other file. Common head and tail are cut first, so that
/// the quadratic part sees only what lies between the first and the last difference.
Unmatched unmatched(const std::vector<Directive>& a, const std::vector<Directive>& b) {
    std::size_t head = 0, ea = a.size(), eb = b.size();
    while (head < ea && head < eb && same(a[head], b[head]))
        ++head;
    while (ea > head && eb > head && same(a[ea - 1], b[eb - 1]))
        --ea, --eb;
    const std::size_t n = ea - head, m = eb - head;
    if (n > 0 && m > kMostCompared / n) return unordered({&a[head], n}, {&b[head], m});
    std::vector<std::vector<std::uint32_t>> common(n + 1, std::vector<std::uint32_t>(m + 1, 0));
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;)
            common[i][j] = same(a[head + i], b[head + j])
                               ? common[i + 1][j + 1] + 1
                               : std::max(common[i + 1][j], common[i][j + 1]);
    Unmatched out;
    std::size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && same(a[head + i], b[head + j]))
            ++i, ++j;
        else if (j == m || (i < n && common[i + 1][j] >= common[i][j + 1]))
            out.before.push_back(&a[head + i++]);
        else
            out.after.push_back(&b[head + j++]);
    }
    return out;
}

/// What a directive sets, so that two of the same key are a change of one thing.
std::string keyOf(const Directive& d) {
    static constexpr std::array<std::string_view, 7> kAlgorithms{
        "balance", "least_conn", "ip_hash", "hash", "random", "least_time", "lb_policy"};
    const std::string word = lowerCase(d.words[0]);
    std::string key = d.section + "\n";
    if (std::ranges::find(kAlgorithms, std::string_view(word)) != kAlgorithms.end())
        return key + "algorithm";
    key += word;
    const bool namesThing = word == "server" || word == "balancermember" || word == "option" ||
                            word == "http-check" || word == "timeout";
    if (namesThing && d.words.size() > 1) key += " " + d.words[1];
    return key;
}

struct Place {
    const ConfigBackend* backend = nullptr;
    const ConfigServer* server = nullptr;
};

/// The server defined by, or the backend that holds, the directive at a line.
Place placeOf(const BalancerConfig& config, const Directive* d) {
    Place out;
    if (!d) return out;
    for (const ConfigBackend& b : config.backends) {
        for (const ConfigServer& s : b.servers)
            if (s.line == d->line)
                return {&b, b.servers.size() == 1 || s.text == d->text ? &s : nullptr};
        if (b.algorithmLine == d->line || b.health.line == d->line) out = {&b, nullptr};
        if (!out.backend && !d->section.empty() && d->section.find(b.name) != std::string::npos)
            out.backend = &b;
    }
    return out;
}

bool isHealth(const Directive& d) {
    const std::string word = lowerCase(d.words[0]);
    const std::string second = d.words.size() > 1 ? lowerCase(d.words[1]) : "";
    if (word == "http-check" || word == "tcp-check" || word.starts_with("health_") ||
        word == "fail_duration" || word == "max_fails" || word == "proxyhcexpr" ||
        word == "proxyhctemplate")
        return true;
    return (word == "option" && (second == "httpchk" || second.ends_with("-check"))) ||
           (word == "timeout" && second == "check") || word == "default-server" ||
           lowerCase(d.text).find("hcuri=") != std::string::npos;
}

class Comparison {
public:
    Comparison(const BalancerConfig& before, const BalancerConfig& after)
        : before_(before)
        , after_(after) {}

    std::vector<ConfigDifference> run() {
        Unmatched left = unmatched(before_.directives, after_.directives);
        for (const Directive* a : left.after)
            add(partner(*a, left.before), a);
        for (const Directive* b : left.before)
            if (b) add(b, nullptr);
        return std::move(out_);
    }

private:
    /// Takes the first directive that set the same thing before.
    static const Directive* partner(const Directive& after, Lines& before) {
        for (const Directive*& b : before) {
            if (!b || keyOf(*b) != keyOf(after)) continue;
            const Directive* found = b;
            b = nullptr;
            return found;
        }
        return nullptr;
    }

    void add(const Directive* b, const Directive* a) {
        const Place was = placeOf(before_, b), is = placeOf(after_, a);
        ConfigDifference d;
        d.before = b ? b->text : "";
        d.after = a ? a->text : "";
        d.lineBefore = b ? b->line : 0;
        d.lineAfter = a ? a->line : 0;
        const ConfigBackend* backend = is.backend ? is.backend : was.backend;
        const ConfigServer* server = is.server ? is.server : was.server;
        if (backend) d.backend = backend->name;
        if (server) {
            d.server = server->name;
            d.address = server->address;
        }
        classify(d, was, is, b, a);
        out_.push_back(std::move(d));
    }

    void classify(ConfigDifference& d, const Place& was, const Place& is, const Directive* b,
                  const Directive* a) {
        if (was.server && is.server) return changedServer(d, *was.server, *is.server);
        if (is.server || was.server) {
            d.kind = is.server ? DifferenceKind::ServerAdded : DifferenceKind::ServerRemoved;
            d.statement = fmt::format("Server {} {} {}", visible(d.server),
                                      is.server ? "added to" : "removed from", visible(d.backend));
        } else if (changesAlgorithm(d, was, is)) {
            algorithm(d);
        } else if (isHealth(a ? *a : *b)) {
            d.kind = DifferenceKind::HealthCheck;
            d.statement = words("Health check", d);
        } else {
            d.statement = words("Setting", d);
        }
    }

    static bool changesAlgorithm(const ConfigDifference& d, const Place& was, const Place& is) {
        return (is.backend && d.lineAfter && is.backend->algorithmLine == d.lineAfter) ||
               (was.backend && d.lineBefore && was.backend->algorithmLine == d.lineBefore);
    }

    void algorithm(ConfigDifference& d) {
        const ConfigBackend* was = before_.backend(d.backend);
        const ConfigBackend* is = after_.backend(d.backend);
        const Balancing from = was ? was->balancing : Balancing::Other;
        const Balancing to = is ? is->balancing : Balancing::Other;
        if (from == to && was && is && weightsInDirective(d, *was, *is)) return;
        d.kind =
            isHashing(from) || isHashing(to) ? DifferenceKind::Hashing : DifferenceKind::Algorithm;
        d.statement =
            fmt::format("Balancing of {} changed from {} ({}) to {} ({})", visible(d.backend),
                        nameOf(from), quoted(d.before), nameOf(to), quoted(d.after));
    }

    /// Caddy's policy says the weights of all servers: the one that changed most is told.
    static bool weightsInDirective(ConfigDifference& d, const ConfigBackend& was,
                                   const ConfigBackend& is) {
        double most = 1;
        for (const ConfigServer& after : is.servers) {
            const auto before = std::ranges::find(was.servers, after.name, &ConfigServer::name);
            if (before == was.servers.end() || before->weight == after.weight) continue;
            const double low = std::min(before->weight, after.weight),
                         high = std::max(before->weight, after.weight),
                         factor = high / std::max(low, high / 1000);
            if (factor <= most) continue;
            most = factor;
            d.kind = DifferenceKind::Weights;
            d.server = after.name;
            d.address = after.address;
            d.weightBefore = before->weight;
            d.weightAfter = after.weight;
            d.statement =
                fmt::format("Weight of {} in {} changed from {:g} to {:g}", visible(d.server),
                            visible(d.backend), before->weight, after.weight);
        }
        return most > 1;
    }

    static void changedServer(ConfigDifference& d, const ConfigServer& was,
                              const ConfigServer& is) {
        d.kind = DifferenceKind::ServerOther;
        if (was.weight != is.weight) {
            d.kind = DifferenceKind::Weights;
            d.weightBefore = was.weight;
            d.weightAfter = is.weight;
            d.statement = fmt::format("Weight of {} in {} changed from {:g} to {:g}",
                                      visible(d.server), visible(d.backend), was.weight, is.weight);
        } else if (was.check != is.check) {
            d.kind = DifferenceKind::HealthCheck;
            d.statement = fmt::format("Health check of {} switched {}", visible(d.server),
                                      is.check ? "on" : "off");
        } else {
            d.statement = words("Server " + visible(d.server), d);
        }
    }

    static std::string quoted(const std::string& text) {
        return text.empty() ? "not set" : visible(text);
    }

    static std::string words(const std::string& what, const ConfigDifference& d) {
        if (d.before.empty()) return what + " added: " + visible(d.after);
        if (d.after.empty()) return what + " removed: " + visible(d.before);
        if (const auto part = differing(d.before, d.after))
            return fmt::format("{} ({}) changed from {} to {}", what, visible(part->directive),
                               visible(part->before), visible(part->after));
        return what + " changed from " + visible(d.before) + " to " + visible(d.after);
    }

    struct Part {
        std::string_view directive, before, after;
    };
    /// Of long directives the words that differ, behind the one before them; absent for others.
    static std::optional<Part> differing(std::string_view before, std::string_view after) {
        constexpr std::size_t kLong = 5;
        const auto was = split(before), is = split(after);
        if (std::min(was.size(), is.size()) < kLong) return {};
        std::size_t same = 0, end = 0;
        const std::size_t most = std::min(was.size(), is.size());
        while (same < most && was[same] == is[same])
            ++same;
        while (end < most - same && was[was.size() - 1 - end] == is[is.size() - 1 - end])
            ++end;
        if (same < 2 || same + end == most) return {}; // something was only added, or all differs
        const auto words = [&](std::span<const std::string_view> all) {
            const std::string_view first = all[same - 1], last = all[all.size() - 1 - end];
            return std::string_view(first.data(),
                                    std::size_t(last.data() + last.size() - first.data()));
        };
        return Part{was.front(), words(was), words(is)};
    }
    static std::vector<std::string_view> split(std::string_view text) {
        std::vector<std::string_view> out;
        for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != text.npos;) {
            const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
            out.push_back(text.substr(at, end - at));
            at = end;
        }
        return out;
    }

    const BalancerConfig& before_;
    const BalancerConfig& after_;
    std::vector<ConfigDifference> out_;
};

} // namespace

std::string_view nameOf(DifferenceKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::vector<ConfigDifference> differences(const BalancerConfig& before,
                                          const BalancerConfig& after) {
    return Comparison(before, after).run();
}

bool undoes(const ConfigDifference& later, const ConfigDifference& earlier) {
    return later.backend == earlier.backend && later.before == earlier.after &&
           later.after == earlier.before;
}

} // namespace postlude
