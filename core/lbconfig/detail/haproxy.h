// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy's routing: acl, use_backend, default_backend and the rules that end before them.
#pragma once

#include "core/lbconfig/detail/tokens.h"

namespace postlude::lbconfig {

/// Collects the rules of one section, in the order in which HAProxy tries them.
class HaproxyRules {
public:
    void take(const Directive& d, BalancerConfig& config);
    void fill(ConfigFrontend& frontend) const;

private:
    using Tests = std::vector<RouteTest>;
    using Choices = std::vector<Tests>; ///< one of these, all tests of it

    [[nodiscard]] RoutingRule ruleFrom(const Directive& d, std::size_t condition) const;
    [[nodiscard]] std::optional<Choices> conditionOf(const std::vector<std::string>& words,
                                                     std::size_t from, bool unless) const;
    [[nodiscard]] std::optional<Choices> termOf(const std::vector<std::string>& words,
                                                std::size_t& at) const;
    void takeBackend(const Directive& d, BalancerConfig& config);
    void takeRequestRule(const Directive& d, std::size_t action);

    std::map<std::string, std::optional<Choices>> acls_; ///< nothing: not understood
    std::vector<RoutingRule> requests_, redirects_, switches_;
    std::vector<std::string> backends_;
    std::optional<std::string> default_;
    RoutingRule defaultRule_;
    std::uint32_t epoch_ = 0;
};

} // namespace postlude::lbconfig
