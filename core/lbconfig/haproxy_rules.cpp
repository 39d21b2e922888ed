// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/haproxy.h"

#include <algorithm>
#include <array>

namespace postlude::lbconfig {

namespace {

constexpr std::size_t kMostChoices = 64; ///< of one condition, once it is multiplied out
constexpr std::uint32_t kAfterRequestRules = ~0U;

/// Tests that may come out differently the next time they are asked.
bool isFickle(const std::string& what) {
    return what.starts_with("rand") || what.find("_inc_") != std::string::npos ||
           what.starts_with("lua.") || what.starts_with("date");
}

RouteTest::Match matchOf(std::string_view method) {
    using Match = RouteTest::Match;
    static const std::map<std::string_view, Match> known{{"str", Match::Exact},
                                                         {"beg", Match::Prefix},
                                                         {"end", Match::Suffix},
                                                         {"sub", Match::Inside}};
    const auto it = known.find(method);
    return it == known.end() ? Match::Other : it->second;
}

/// "path_beg" → path, prefix; "hdr_end(host)" → hdr(host), suffix; "path" → path, exact.
void takeFetch(const std::string& fetch, RouteTest& test) {
    const auto paren = fetch.find('(');
    const std::string name = fetch.substr(0, paren);
    const std::string arguments = paren == std::string::npos ? "" : fetch.substr(paren);
    const auto line = name.rfind('_');
    const std::string_view ending =
        line == std::string::npos ? std::string_view() : std::string_view(name).substr(line + 1);
    static constexpr std::array<std::string_view, 8> kEndings{"beg", "end", "sub", "reg",
                                                              "dir", "dom", "len", "str"};
    const bool known = std::ranges::find(kEndings, ending) != kEndings.end();
    test.what = known ? name.substr(0, line) + arguments : fetch;
    static constexpr std::array<std::string_view, 8> kTexts{
        "path", "hdr", "method", "url", "base", "uri", "req.hdr", "req.fhdr",
    };
    const bool text = std::ranges::find(kTexts, name) != kTexts.end() ||
                      fetch.starts_with("req.hdr(") || fetch.starts_with("req.ssl_sni") ||
                      fetch.starts_with("ssl_fc_sni");
    test.match = known ? matchOf(ending) : text ? RouteTest::Match::Exact : RouteTest::Match::Other;
    if (known && test.match == RouteTest::Match::Other) test.what += "_" + std::string(ending);
}

/// "path_beg -i /a /b" and the like, from `words[from]` on.
std::optional<RouteTest> testFrom(const std::vector<std::string>& words, std::size_t from,
                                  std::size_t end) {
    if (from >= end || isFickle(words[from])) return {};
    RouteTest test;
    takeFetch(words[from], test);
    std::size_t at = from + 1;
    for (; at < end && words[at].starts_with('-') && words[at].size() > 1; ++at) {
        const std::string& flag = words[at];
        if (flag == "--") {
            ++at;
            break;
        }
        if (flag == "-i")
            test.anyCase = true;
        else if (flag == "-m" && at + 1 < end)
            test.match = matchOf(words[++at]);
        else if ((flag == "-f" || flag == "-M") && at + 1 < end)
            test.values.push_back("\n" + words[++at]); // a file's lines: equal to itself alone
        if (flag == "-m" && test.match == RouteTest::Match::Other) test.what += " -m " + words[at];
    }
    for (; at < end; ++at)
        test.values.push_back(test.anyCase ? lowerCase(words[at]) : words[at]);
    const bool inFile =
        std::ranges::any_of(test.values, [](const auto& v) { return v.starts_with('\n'); });
    if (inFile && test.match != RouteTest::Match::Other) {
        test.what += " (file) " + std::to_string(int(test.match));
        test.match = RouteTest::Match::Other;
    }
    return test;
}

/// Changes what later conditions see.
bool rewrites(const std::string& action) {
    static constexpr std::array<std::string_view, 9> kStarts{
        "set-path",   "set-uri",    "set-query",  "set-method", "replace-",
        "set-header", "del-header", "add-header", "set-var"};
    return action.starts_with("set-src") || action.starts_with("normalize-uri") ||
           action.starts_with("lua.") || action.starts_with("unset-var") ||
           std::ranges::any_of(kStarts, [&](auto s) { return action.starts_with(s); });
}

bool endsRequest(const std::string& action) {
    static constexpr std::array<std::string_view, 6> kEnds{"deny",     "reject", "tarpit",
                                                           "redirect", "return", "silent-drop"};
    return std::ranges::find(kEnds, std::string_view(action)) != kEnds.end();
}

std::size_t conditionIn(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i)
        if (words[i] == "if" || words[i] == "unless") return i;
    return words.size();
}

} // namespace

std::optional<HaproxyRules::Choices> HaproxyRules::termOf(const std::vector<std::string>& words,
                                                          std::size_t& at) const {
    if (words[at] == "{") {
        const auto close = std::find(words.begin() + std::ptrdiff_t(at), words.end(), "}");
        const auto end = std::size_t(close - words.begin());
        const auto test = testFrom(words, at + 1, end);
        at = end + 1;
        if (!test) return {};
        return Choices{{*test}};
    }
    const std::string name = words[at++];
    if (name == "TRUE") return Choices{{}};
    if (const auto known = acls_.find(name); known != acls_.end()) return known->second;
    RouteTest own; // predefined, or from `defaults`: equal to itself alone
    own.what = "acl " + name;
    return Choices{{own}};
}

std::optional<HaproxyRules::Choices>
HaproxyRules::conditionOf(const std::vector<std::string>& words, std::size_t from,
                          bool unless) const {
    Choices all, current{{}};
    std::vector<std::string> bare = words; // without marks of negation
    for (std::size_t at = from; at < words.size();) {
        if (words[at] == "||" || lowerCase(words[at]) == "or") {
            all.insert(all.end(), current.begin(), current.end());
            current = {{}};
            ++at;
            continue;
        }
        bool negated = false;
        while (at < bare.size() && bare[at].starts_with('!')) {
            negated = !negated;
            bare[at].erase(0, 1);
            if (bare[at].empty()) ++at;
        }
        if (at >= bare.size()) return {};
        auto term = termOf(bare, at);
        if (!term) return {};
        if (negated) {
            if (term->size() != 1 || term->front().size() != 1) return {};
            term->front().front().not_ = !term->front().front().not_;
        }
        Choices product;
        for (const Tests& a : current)
            for (const Tests& b : *term) {
                product.push_back(a);
                product.back().insert(product.back().end(), b.begin(), b.end());
            }
        if (product.size() > kMostChoices) return {};
        current = std::move(product);
    }
    all.insert(all.end(), current.begin(), current.end());
    if (!unless) return all;
    if (all.size() != 1 || all.front().size() != 1) return {};
    all.front().front().not_ = !all.front().front().not_;
    return all;
}

RoutingRule HaproxyRules::ruleFrom(const Directive& d, std::size_t condition) const {
    RoutingRule rule;
    rule.text = d.text;
    rule.place = d.place();
    rule.epoch = epoch_;
    rule.always = condition >= d.words.size();
    if (rule.always) return rule;
    if (auto choices = conditionOf(d.words, condition + 1, d.words[condition] == "unless"))
        rule.anyOf = *std::move(choices);
    return rule;
}

void HaproxyRules::takeBackend(const Directive& d, BalancerConfig& config) {
    const std::string& name = d.words[1];
    const bool computed =
        name.find('%') != std::string::npos || name.find('$') != std::string::npos;
    if (computed)
        config.usesUnknown = true;
    else
        config.uses.push_back({name, d.text, d.place(), true});
    if (d.words[0] == "default_backend") {
        default_ = name;
        defaultRule_ = ruleFrom(d, d.words.size());
        defaultRule_.epoch = kAfterRequestRules;
        return;
    }
    backends_.push_back(name);
    RoutingRule rule = ruleFrom(d, conditionIn(d.words));
    rule.epoch = kAfterRequestRules;
    if (computed && rule.always) rule.always = false; // none fits: goes on
    switches_.push_back(std::move(rule));
}

void HaproxyRules::takeRequestRule(const Directive& d, std::size_t action) {
    if (action >= d.words.size()) return;
    if (rewrites(d.words[action])) ++epoch_;
    if (!endsRequest(d.words[action])) return;
    auto& rules = d.words[0] == "redirect" ? redirects_ : requests_;
    rules.push_back(ruleFrom(d, conditionIn(d.words)));
    if (d.words[0] == "redirect") rules.back().epoch = kAfterRequestRules;
}

void HaproxyRules::take(const Directive& d, BalancerConfig& config) {
    const auto& w = d.words;
    if (w[0] == "acl" && w.size() > 2) {
        auto& choices = acls_.try_emplace(w[1], Choices{}).first->second;
        const auto test = testFrom(w, 2, w.size());
        if (!test)
            choices.reset();
        else if (choices)
            choices->push_back({*test});
    } else if ((w[0] == "use_backend" || w[0] == "default_backend") && w.size() > 1) {
        takeBackend(d, config);
    } else if (w[0] == "http-request" && w.size() > 1) {
        takeRequestRule(d, 1);
    } else if (w[0] == "redirect") {
        takeRequestRule(d, 0);
    }
}

void HaproxyRules::fill(ConfigFrontend& frontend) const {
    for (const auto* rules : {&requests_, &redirects_, &switches_})
        frontend.rules.insert(frontend.rules.end(), rules->begin(), rules->end());
    // Tried last; what is behind it need not be said, but that it is never reached must.
    if (default_ && std::ranges::any_of(switches_, &RoutingRule::always))
        frontend.rules.push_back(defaultRule_);
    frontend.backends = backends_;
    if (default_) frontend.backends.push_back(*default_);
}

} // namespace postlude::lbconfig
