// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/drain.h"

#include "core/analysis/detail/masks.h"
#include "core/analysis/detail/words.h"

#include <algorithm>
#include <limits>

namespace postlude::detail {

namespace {

constexpr std::uint32_t kUnknown = std::numeric_limits<std::uint32_t>::max();

bool mayVary(std::string_view word) {
    return std::ranges::any_of(word,
                               [](char c) { return c == kVariable || (c >= '0' && c <= '9'); });
}

} // namespace

Drain::Drain(std::size_t mostGroups)
    : most_(mostGroups)
    , groups_(1) {}

std::uint32_t Drain::place(std::string_view masked) {
    splitWords(masked, words_);
    ids_.clear();
    for (const std::string_view word : words_) {
        const auto it = known_.find(std::string(word));
        ids_.push_back(it == known_.end() ? kUnknown : it->second);
    }
    Leaf& leaf = leafOf();
    std::uint32_t at = nearest(leaf);
    if (at == kUnknown) {
        if (groups_.size() >= most_ || leaf.size() >= kClusters) return 0;
        at = std::uint32_t(clusters_.size());
        clusters_.emplace_back().slots.resize(words_.size());
        leaf.push_back(at);
    }
    return groupIn(clusters_[at]);
}

Drain::Leaf& Drain::leafOf() {
    auto& children = tree_[words_.size()];
    const bool varies = words_.empty() || mayVary(words_[0]);
    if (!varies) {
        if (const auto it = children.find(words_[0]); it != children.end()) return it->second;
        if (children.size() < kChildren) return children[std::string(words_[0])];
    }
    return children[std::string(1, kVariable)];
}

double Drain::similarity(const Cluster& cluster) const {
    std::size_t same = 0, values = 0;
    for (std::size_t k = 0; k < words_.size(); ++k) {
        const Slot& slot = cluster.slots[k];
        const bool equal = slot.variable
                               ? fits(slot.pattern, words_[k])
                               : std::ranges::find(slot.values, ids_[k]) != slot.values.end();
        if (!equal) continue;
        const bool value = (slot.variable ? slot.pattern.size() : words_[k].size()) == 1 &&
                           (slot.variable || words_[k][0] == kVariable);
        (value ? values : same) += 1;
    }
    // Values say nothing, unless there is nothing else.
    if (same + values == words_.size()) return 1;
    return double(same) / double(words_.size());
}

/// The most similar cluster that is similar enough; of equals the first.
std::uint32_t Drain::nearest(const Leaf& leaf) const {
    double best = 0;
    std::uint32_t found = kUnknown;
    for (const std::uint32_t i : leaf) {
        const double now = similarity(clusters_[i]);
        if (now > best) {
            best = now;
            found = i;
        }
    }
    return best >= kSimilar ? found : kUnknown;
}

std::uint32_t Drain::groupIn(Cluster& cluster) {
    bool changed = false;
    for (std::size_t k = 0; k < words_.size(); ++k)
        changed |= widen(cluster.slots[k], k);
    if (changed) regroup(cluster);
    std::string text = textIn(cluster, words_);
    if (const auto it = cluster.groups.find(text); it != cluster.groups.end()) return it->second;
    if (groups_.size() >= most_) return 0;
    const auto group = std::uint32_t(groups_.size());
    groups_.push_back({text, group});
    cluster.groups.emplace(std::move(text), group);
    if (cluster.groups.size() > kTogether && crowded(cluster)) regroup(cluster);
    return group;
}

/// Takes a word up in its place; true if other words' groups may change by that.
bool Drain::widen(Slot& slot, std::size_t k) {
    if (slot.variable) {
        if (slot.pattern == words_[k]) return false;
        std::string wider = commonOf(slot.pattern, words_[k]);
        if (wider == slot.pattern) return false;
        slot.pattern = std::move(wider);
        return true;
    }
    if (ids_[k] == kUnknown) ids_[k] = idOf(words_[k]);
    if (std::ranges::find(slot.values, ids_[k]) != slot.values.end()) return false;
    const bool values = std::ranges::any_of(
        slot.values, [&](std::uint32_t v) { return differByValue(names_[v], words_[k]); });
    slot.values.push_back(ids_[k]);
    if (!values && slot.values.size() <= kValues) return false;
    generalise(slot);
    return true;
}

void Drain::generalise(Slot& slot) {
    slot.pattern = names_[slot.values[0]];
    for (const std::uint32_t value : slot.values)
        slot.pattern = commonOf(slot.pattern, names_[value]);
    slot.variable = true;
    slot.values.clear();
}

/// Too many combinations of few values each: the places with the most values become variables.
bool Drain::crowded(Cluster& cluster) {
    std::size_t most = 1;
    for (const Slot& slot : cluster.slots)
        most = std::max(most, slot.values.size());
    if (most == 1) return false;
    for (Slot& slot : cluster.slots)
        if (slot.values.size() == most) generalise(slot);
    return true;
}

void Drain::regroup(Cluster& cluster) {
    std::map<std::string, std::uint32_t> groups;
    std::vector<std::string_view> words;
    for (const auto& [text, group] : cluster.groups) {
        splitWords(text, words);
        const auto [it, isNew] = groups.try_emplace(textIn(cluster, words), group);
        if (!isNew) unite(it->second, group);
    }
    for (const auto& [text, group] : groups)
        groups_[root(group)].text = text;
    cluster.groups = std::move(groups);
}

std::string Drain::textIn(const Cluster& cluster,
                          const std::vector<std::string_view>& words) const {
    std::string out;
    for (std::size_t k = 0; k < words.size(); ++k) {
        if (k > 0) out += ' ';
        if (cluster.slots[k].variable)
            out += cluster.slots[k].pattern;
        else
            out += words[k];
    }
    return out;
}

std::uint32_t Drain::idOf(std::string_view word) {
    const auto [it, isNew] = known_.try_emplace(std::string(word), std::uint32_t(names_.size()));
    if (isNew) names_.emplace_back(word);
    return it->second;
}

std::uint32_t Drain::root(std::uint32_t group) const {
    while (groups_[group].parent != group)
        group = groups_[group].parent;
    return group;
}

void Drain::unite(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    groups_[std::max(a, b)].parent = std::min(a, b);
}

} // namespace postlude::detail
