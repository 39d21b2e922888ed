// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/names.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

struct KindNames {
    std::string_view name, title;
};
constexpr std::array<KindNames, 13> kCauses{{
    {"lb-weights", "Load balancer weights"},
    {"lb-algorithm", "Load balancer algorithm"},
    {"lb-hashing", "Load balancer hashing"},
    {"lb-health-check", "Load balancer health check"},
    {"lb-other", "Load balancer configuration"},
    {"overload-crash", "Overload and crash"},
    {"database", "Database"},
    {"client-flood", "Flood of clients"},
    {"deploy", "Deployment"},
    {"upstream", "Services outside"},
    {"host-resource", "Resources of a host"},
    {"network", "Network"},
    {"unknown", "Unknown"},
}};
constexpr std::array<std::string_view, 15> kEntries{
    "lead-up",        "trigger",    "impact start",    "detection",    "acknowledgement",
    "assumption",     "action",     "misleading path", "escalation",   "communication",
    "identification", "mitigation", "resolution",      "verification", "observation"};

} // namespace

std::string_view nameOf(CauseKind kind) {
    return kCauses[static_cast<std::size_t>(kind)].name;
}

std::string_view nameOf(MessageChange::Kind kind) {
    constexpr std::array<std::string_view, 3> kNames{"new", "surged", "fatal"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view titleOf(CauseKind kind) {
    return kCauses[static_cast<std::size_t>(kind)].title;
}

std::string_view nameOf(EntryKind kind) {
    return kEntries[static_cast<std::size_t>(kind)];
}

namespace detail {

CauseKind causeKindNamed(std::string_view name) {
    const auto* it = std::ranges::find(kCauses, name, &KindNames::name);
    return it == kCauses.end() ? CauseKind::Unknown : CauseKind(it - kCauses.begin());
}

EntryKind entryKindNamed(std::string_view name) {
    const auto* it = std::ranges::find(kEntries, name);
    return it == kEntries.end() ? EntryKind::Action : EntryKind(it - kEntries.begin());
}

} // namespace detail

} // namespace postlude
