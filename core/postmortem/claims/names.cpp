// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/lowercase.h"
#include "core/postmortem/detail/known.h"

#include <algorithm>

namespace postlude::claims {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isNameByte(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
}

/// A stop or dash at the end is the sentence's.
std::string_view bare(std::string_view name) {
    while (!name.empty() && (name.back() == '.' || name.back() == '-'))
        name.remove_suffix(1);
    return name;
}

/// "web-02" as "web-#".
std::string shapeOf(std::string_view name) {
    std::string shape;
    for (const char c : name)
        if (!isDigit(c))
            shape += c;
        else if (shape.empty() || shape.back() != '#')
            shape += '#';
    return shape;
}

bool hasLetterAndDigit(std::string_view name) {
    return std::ranges::any_of(name, isDigit) &&
           std::ranges::any_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

} // namespace

Names::Names(const Analysis& analysis) {
    for (const ServerReport& server : analysis.servers) {
        add(server.key.server.substr(0, server.key.server.find(':')));
        add(server.host);
    }
    for (const HostClock& host : analysis.hosts)
        add(host.host);
    for (const Incident& incident : analysis.incidents)
        for (const ServiceImpact& service : incident.impact.services)
            add(service.name);
}

void Names::add(std::string_view name) {
    if (name.size() < 3) return; // shorter ones are words of the language, too
    const std::string small = lowerCase(name);
    if (hasLetterAndDigit(small)) shapes_.insert(shapeOf(small));
    known_.insert(small);
}

std::set<std::string> Names::in(std::string_view text) const {
    std::set<std::string> names;
    const std::string small = lowerCase(text);
    for (std::size_t at = 0; at < small.size();) {
        std::size_t end = at;
        while (end < small.size() && isNameByte(small[end]))
            ++end;
        const std::string name(bare(std::string_view(small).substr(at, end - at)));
        if (known_.contains(name) || (hasLetterAndDigit(name) && shapes_.contains(shapeOf(name))))
            names.insert(name);
        at = end + 1;
    }
    return names;
}

} // namespace postlude::claims
